"""定类定途径：问清事实，看系统的意见和理由，照办或者写明另定的理由（第二十九条至第三十一条）。"""

import json
from typing import Any

from django import forms

from desk.casework.forms.base import ActForm, long_text
from desk.casework.page import case_choices, triage_advice
from petitions.act.states import Kind, LegalPath
from petitions.models import Category
from routing.destination.acts import text_of
from routing.guide import pathways as routing_guide
from routing.guide import triage_facts
from rulebook.triage import Advice, Facts, branches
from rulebook.triage.facts import EARLIER, MATTERS, STATUSES
from rulebook.triage.paths import AREAS, TOPICS

YES_NO = [("no", "不属于"), ("yes", "属于")]
ASKS = {Kind.APPEAL: "claim", Kind.SUGGESTION: "suggestion", Kind.REPORT: "accusation", Kind.INQUIRY: "inquiry"}
PATH_OF = {Kind.SUGGESTION: LegalPath.SUGGESTION, Kind.REPORT: LegalPath.REPORT}
FACT = "fact_"


class Classify(ActForm):
    """The facts of the case → the advice on them → five answers, each with its reason → the clerk's own decision.

    31-6 is reached only by answering no to the five branches before it. What the clerk decides otherwise than advised
    wants a reason; facts, advice and that reason are kept with the answers.
    """

    article = "《信访工作条例》第二十九条至第三十一条"
    effect = "不改变任何期限；途径决定受理后适用哪一种办理期限。"
    confirm = "保存定类"
    advises = True
    says = "note"
    kind = forms.ChoiceField(label="事项类别", choices=Kind.choices, widget=forms.RadioSelect)
    fact_matter = forms.ChoiceField(
        label="争的是什么", required=False, choices=[("", "——"), *((k, v) for k, v in MATTERS.items() if k)]
    )
    fact_status = forms.ChoiceField(label="同一诉求的程序", choices=list(STATUSES.items()), required=False)
    fact_topic = forms.ChoiceField(label="重点领域", required=False)
    fact_earlier = forms.ChoiceField(label="从前的信访", choices=list(EARLIER.items()), required=False)
    fact_competent = forms.BooleanField(label="属本单位职权", required=False, initial=True)
    fact_new_facts = forms.BooleanField(label="有新事实、新理由、新证据或者新诉求", required=False)
    fact_excuse = forms.BooleanField(label="逾期有正当理由", required=False)
    fact_report_back = forms.BooleanField(label="重要，需要反馈结果", required=False)
    fact_substance = forms.BooleanField(label="内容具体、有可办的事", required=False, initial=True)
    former = forms.CharField(required=False, widget=forms.HiddenInput)
    overrule = forms.CharField(
        label="另定的理由", required=False, max_length=200, help_text="与系统建议的途径不同的必填"
    )
    category = forms.ChoiceField(label="内容分类", required=False)
    note = forms.CharField(label="说明", required=False, max_length=500)

    def prepare(self) -> None:
        """Initial answers: what the clerk typed, else the decision that stands, else what the file tells."""
        kept = self.petition.path_record or []
        before = next((row["facts"] for row in kept if "facts" in row), {})
        self.file_facts = triage_facts.known(self.petition)
        self.fields["fact_topic"].choices = [("", "不在六大领域"), *_topics()]
        self.fields["category"].choices = [("", "未分类"), *case_choices.categories()]
        self._ask_only_what_matters()
        first = self.file_facts | before
        if "competent" not in before:
            first["competent"] = self._is_ours()
        if "topic" not in before:
            first["topic"] = self._guessed_topic()
        for name, field in self._facts():
            field.initial = first.get(name, field.initial)
        self.fields["kind"].initial = self.petition.kind
        self.fields["category"].initial = self.petition.category_id or ""
        told = {row.get("branch"): row for row in kept}
        for code, branch in branches.BRANCHES.items():
            row, digit = told.get(code, {}), code[-1]
            answer = forms.ChoiceField(label=branch.label, choices=YES_NO, required=False, widget=forms.RadioSelect)
            answer.initial = {True: "yes", False: "no"}.get(row.get("answer"))
            reason = long_text("判定理由", required=False, rows=2, most=200)
            reason.initial = row.get("reason", "")
            self.fields[f"branch{digit}"], self.fields[f"why{digit}"] = answer, reason
        self.considered = triage_facts.advise(self._told())
        if self.considered and not self.is_bound:
            self._fill_in(self.considered[0])

    def _ask_only_what_matters(self) -> None:
        office = self.petition.organ.is_petition_office
        for name in ("competent",) if office else ("report_back",):
            del self.fields[FACT + name]
        if not self.petition.submission.anonymous:
            del self.fields[f"{FACT}substance"]

    def _is_ours(self) -> bool:
        """The desk chose another organ at registration, or nobody did."""
        row = self.petition.routing_proposals.exclude(chosen_organ=None).order_by("-pk").first()
        return row is None or row.chosen_organ_id == self.petition.organ_id

    def _guessed_topic(self) -> str:
        """The matter the words point to, for the clerk to confirm; says by which words."""
        claims = [claim.text for claim in self.petition.claims.all()]
        found = routing_guide.guess(text_of(self.petition, claims))
        if found is None:
            return ""
        self.fields["fact_topic"].help_text = f"按提到的{'、'.join(f'“{hit}”' for hit in found.hits[:3])}填好，请核对"
        return found.card.code

    def _facts(self) -> list[tuple[str, forms.Field]]:
        return [(name.removeprefix(FACT), field) for name, field in self.fields.items() if name.startswith(FACT)]

    def _told(self) -> dict[str, Any]:
        """The facts as they stand in the form now, on top of those of the file."""
        kind = self["kind"].value()
        asked = {name: _value(self[FACT + name], field) for name, field in self._facts()}
        if kind != Kind.APPEAL:
            asked["matter"] = ""
        return self.file_facts | asked | {"asks": ASKS.get(kind, "")}

    def _fill_in(self, facts: Facts) -> None:
        """The proposed answers where the clerk gave none, or left what an earlier advice had proposed."""
        former = _proposed(self.initial.get("former", ""))
        for answer in branches.answers(facts):
            digit = answer.branch.code[-1]
            was = former.get(answer.branch.code)
            for name, said, proposed in (
                (f"branch{digit}", "yes" if answer.yes else "no", was and ("yes" if was.yes else "no")),
                (f"why{digit}", answer.reason, was and was.reason),
            ):
                if self.get_initial_for_field(self.fields[name], name) in (None, "", proposed):
                    self.initial[name] = said
        self.initial["former"] = json.dumps(vars(facts), ensure_ascii=False)

    @classmethod
    def typed(cls, data) -> dict[str, Any]:
        """What was typed, unjudged, for a page that only asks for advice."""
        names = [*cls.base_fields, *(f"{part}{digit}" for part in ("branch", "why") for digit in range(1, 6))]
        fields = cls.base_fields
        ticks = {name for name, field in fields.items() if isinstance(field, forms.BooleanField)}
        return {name: name in data if name in ticks else data.get(name, "") for name in names}

    @property
    def advice(self) -> dict[str, Any] | None:
        """The advice in words, or None while the facts do not say enough."""
        return triage_advice.shown(self.considered[1].as_json()) if self.considered else None

    @property
    def shows_questions(self) -> bool:
        """The five questions stand open once there is an advice on them, or an answer, or a fault to mend."""
        answered = any(row["answer"].value() or row["reason"].value() for row in self.questions())
        return self.is_bound or answered or self.advice is not None

    def asked(self) -> list[tuple[forms.BoundField, str]]:
        """The facts that are asked, with their widths."""
        wide = {"matter": "c6", "status": "c6", "topic": "c6", "earlier": "c6"}
        return [(self[FACT + name], f"{wide.get(name, 'c6')} wide") for name, _ in self._facts()]

    def questions(self) -> list[dict[str, Any]]:
        """The record: one row for each branch."""
        return [
            {"label": branch.label, "answer": self[f"branch{code[-1]}"], "reason": self[f"why{code[-1]}"]}
            for code, branch in branches.BRANCHES.items()
        ]

    def clean(self) -> dict[str, Any]:
        """申诉求决 wants what is claimed and the five answers with reasons; what differs from the advice, a reason."""
        told = super().clean()
        told["yes"] = []
        if told.get("kind") != Kind.APPEAL:
            return told
        if not told.get("fact_matter"):
            self.add_error("fact_matter", "请选择争的是什么，再看建议")
        for code in branches.BRANCHES:
            digit = code[-1]
            if not told.get(f"branch{digit}"):
                self.add_error(f"branch{digit}", f"请判定是否属于第三十一条第{digit}项")
            elif not told.get(f"why{digit}"):
                self.add_error(f"why{digit}", f"请写明第{digit}项的判定理由")
        told["yes"] = [code for code in branches.BRANCHES if told.get(f"branch{code[-1]}") == "yes"]
        if len(told["yes"]) > 1:
            self.add_error(f"branch{told['yes'][1][-1]}", "一件只走一种途径；几项诉求应走不同途径的，请先拆分诉求")
        elif self.considered and not self.errors:
            self._refuse_silence(told, self.considered[1])
        return told

    def _refuse_silence(self, told, advice: Advice) -> None:
        chosen = self.path_of(told)
        if advice.branch and chosen != advice.branch and not told.get("overrule", "").strip():
            self.add_error(
                "overrule",
                f"按所填事实，系统建议走{LegalPath(advice.branch).label}，与逐项判定不同；请核对，或者写明另定的理由",
            )

    @staticmethod
    def path_of(told) -> str:
        """The path that the answers lead to."""
        if told["kind"] != Kind.APPEAL:
            return str(PATH_OF.get(told["kind"], ""))
        return told["yes"][0] if told["yes"] else str(LegalPath.PETITION)

    def details(self) -> dict[str, Any]:
        """kind, path, category and the record: five answers, then the facts, the advice and why it was overruled."""
        told = self.cleaned_data
        category = Category.objects.filter(pk=told["category"]).first() if told.get("category") else None
        record: list[dict[str, Any]] = []
        if told["kind"] == Kind.APPEAL:
            record = [branches.row(code, code in told["yes"], told[f"why{code[-1]}"]) for code in branches.BRANCHES]
        path = self.path_of(told)
        if self.considered:
            facts, advice = self.considered
            overruled = told["overrule"].strip() if advice.branch != path else ""
            record.append({"facts": vars(facts), "advice": advice.as_json(), "overruled": overruled})
        return {"kind": told["kind"], "path": path, "category": category, "record": record}

    def words(self) -> str:
        """The remark, and why another path was chosen than advised."""
        told = self.cleaned_data
        overruled = f"未照系统建议：{told['overrule']}" if told.get("overrule", "").strip() else ""
        return "；".join(part for part in (told.get("note", ""), overruled) if part)


def _value(bound: forms.BoundField, field: forms.Field):
    """What stands in one fact's control; what a select does not offer is left for the field itself to refuse."""
    if isinstance(field, forms.BooleanField):
        return bool(bound.value())
    return bound.value() or ("none" if "none" in dict(field.choices) else "")


def _topics() -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, label in TOPICS.items():
        groups.setdefault(AREAS[code[:2]], []).append((code, label))
    return list(groups.items())


def _proposed(former: str) -> dict[str, branches.Answer]:
    """What the advice shown before had proposed, by branch; nothing where none was shown."""
    try:
        told = json.loads(former) if former else {}
    except ValueError:
        return {}  # 隐藏栏被改动：当作没有看过
    found = triage_facts.advise(told) if isinstance(told, dict) else None
    return {answer.branch.code: answer for answer in branches.answers(found[0])} if found else {}
