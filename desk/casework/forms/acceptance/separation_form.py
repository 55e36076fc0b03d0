"""拆分：每一项诉求留在原件，或者归到某一件并列事项。"""

from typing import Any

from django import forms

from accounts.models import Organ
from desk.casework.forms.base import ActForm, long_text, organ_fields, pick_organ
from desk.casework.page import case_choices
from petitions.act.states import Kind

MOST_SIBLINGS = 4


class Split(ActForm):
    """For each claim the petition it goes to; for each new petition its kind and, where needed, an excerpt."""

    article = "《信访工作条例》第二十九条至第三十一条：不同性质的诉求分别按各自途径办理"
    effect = "每件并列事项有自己的期限，都从原收到日起算；互不影响。"
    confirm = "拆分"
    excerpt = long_text(
        "原件摘录", required=False, rows=3, help_text="拆出检举控告的必填：原话只随检举控告件，原件改为显示这段摘录"
    )
    note = forms.CharField(label="说明", required=False, max_length=500)
    says = "note"

    def prepare(self) -> None:
        """One choice for each claim; a block for each possible sibling."""
        self.siblings = range(1, min(MOST_SIBLINGS, max(len(self.petition.claims.all()) - 1, 1)) + 1)
        places = [("0", "留在原件"), *((str(n), f"新事项{n}") for n in self.siblings)]
        for claim in self.petition.claims.all():
            self.fields[f"claim{claim.number}"] = forms.ChoiceField(
                label=f"第 {claim.number} 项", choices=places, initial="0", widget=forms.RadioSelect
            )
        for n in self.siblings:
            self.fields[f"kind{n}"] = forms.ChoiceField(
                label=f"新事项{n}类别", choices=Kind.choices, initial=Kind.APPEAL, required=False
            )
            self.fields[f"excerpt{n}"] = long_text(f"新事项{n}摘录", required=False, rows=2)
        organ_fields(self, "accused", "被检举控告单位", self.groups(), required=False)

    def groups(self):
        """Organs that may be complained of: any in force."""
        self._groups = case_choices.receivers(self.petition)
        own = (self.petition.organ_id, self.petition.organ.short_name)
        return [("本单位", [own]), *self._groups]

    def names(self) -> list[str]:
        """For the list of suggestions under the typed field."""
        return case_choices.names(self._groups)

    def claims(self) -> list[dict[str, Any]]:
        """Each claim with its choice."""
        return [{"claim": claim, "place": self[f"claim{claim.number}"]} for claim in self.petition.claims.all()]

    def blocks(self) -> list[dict[str, Any]]:
        """Each possible sibling with its fields."""
        return [{"n": n, "kind": self[f"kind{n}"], "excerpt": self[f"excerpt{n}"]} for n in self.siblings]

    def draws(self, bound) -> bool:
        """Claims and siblings have tables of their own."""
        return bound.name in ("excerpt", "note", "accused", "accused_name")

    def clean(self) -> dict[str, Any]:
        """At least one claim moves; the rules of splitting itself are asked by `petitions.acceptance.separation`."""
        super().clean()
        pick_organ(self, "accused")
        if not self.plan():
            first = self.petition.claims.all()[0]
            self.add_error(f"claim{first.number}", "请至少把一项诉求归到新事项")
        return self.cleaned_data

    def plan(self) -> list[dict[str, Any]]:
        """What `petitions.acceptance.separation.split` takes: only siblings that were given a claim."""
        told = self.cleaned_data
        plan = []
        for n in self.siblings:
            numbers = [
                claim.number for claim in self.petition.claims.all() if told.get(f"claim{claim.number}") == str(n)
            ]
            if numbers:
                kind = told.get(f"kind{n}") or Kind.APPEAL
                accused: Organ | None = told.get("accused") if kind == Kind.REPORT else None
                plan.append(
                    {"claims": numbers, "kind": kind, "excerpt": told.get(f"excerpt{n}", ""), "accused_organ": accused}
                )
        return plan

    def details(self) -> dict[str, Any]:
        """The plan and the original's excerpt."""
        return {"plan": self.plan(), "excerpt": self.cleaned_data.get("excerpt", "")}
