"""更正登记信息：只填要改的；现在的内容遮盖着，不填的不动。"""

from typing import Any

from django import forms

from desk.casework.forms.base import day, long_text
from desk.casework.forms.parties.party_forms import OfOne, _line
from desk.registration.register_choices import ID_STATUSES, ID_TYPES
from desk.registration.submitted_parties import CITIZEN_CARD
from petitions.intake.correction import CLAIM, CLAIMS_OPEN, DAY_GROUNDS
from petitions.models import Party
from petitions.parties.identity import examine, tidy, tidy_name
from rulebook.timekeeping import today

AS_IS = ("", "不改")
YES_NO = [AS_IS, ("1", "是"), ("0", "否")]
# 栏目 → 页面上可以显示的现值：遮盖过的
SHOWN = {"name": "shown_name", "id_number": "masked_id", "phone": "masked_phone", "address": "masked_address"}


def _choice(label: str, choices, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[AS_IS, *choices], required=False, help_text=help_text)


class Correct(OfOne):
    article = "《信访工作条例》第十九条、第二十二条、第二十三条：登记须如实、准确；收到日须有凭证"
    effect = "改前改后都加密留底，原话封存不改。更正收到日的，从收到日起算的期限随之重读；其他更正不影响期限。"
    confirm = "更正"
    name = _line("姓名（名称）", 120, required=False)
    assumed = _choice("化名、冒名", [("none", "不是"), *Party.Assumed.choices])
    id_status = _choice("证件情况", ID_STATUSES)
    id_type = _choice("证件类型", ID_TYPES)
    id_number = _line("证件号", 30, required=False)
    origin = _choice("国籍或地区", Party.Origin.choices)
    nationality = _line("国籍（国名）", 40, required=False, help_text="外国人必填")
    phone = _line("手机", 20, required=False)
    address = _line("住址", 200, required=False)
    delivery_address = _line("送达地址", 200, required=False)
    name_withheld = _choice("姓名保密", YES_NO[1:])
    place = _line("发生地", 120, required=False)
    people_count = forms.IntegerField(label="信访人数", min_value=1, required=False)
    notice_exempt = _choice("姓名、住址不清", YES_NO[1:], "“是”即豁免书面告知（第二十三条第二款）")
    received_on = day("收到日", required=False)
    ground = _choice("收到日的依据", list(DAY_GROUNDS.items()))
    reason = long_text("理由和依据", rows=2)
    says = "reason"
    layout = tuple(
        (name, "c6")
        for name in (
            *("party", "name", "assumed", "id_status", "id_type", "id_number", "origin", "nationality", "phone"),
            *("name_withheld", "people_count", "notice_exempt", "received_on", "ground"),
        )
    )

    def prepare(self) -> None:
        """Whom it is about, what stands there now as far as the page shows it, and the claims while they are open."""
        super().prepare()
        self.fields["party"].required = False
        self.fields["received_on"].help_text = f"现为 {self.petition.received_on:%Y-%m-%d}"
        self.fields["people_count"].help_text = f"现为 {self.petition.submission.people_count}"
        self.fields["place"].help_text = f"现为 {self.petition.place or '空'}"
        parties = [party for party in self.petition.submission.parties.all() if self.wanted(party)]
        if len(parties) == 1:
            for column, seen in SHOWN.items():
                self.fields[column].help_text = f"现为 {getattr(parties[0], seen) or '空'}"
        if self.petition.state in CLAIMS_OPEN:
            for claim in self.petition.claims.all():
                field = long_text(f"第 {claim.number} 项诉求", required=False, rows=2)
                field.initial = claim.text
                self.fields[f"{CLAIM}{claim.number}"] = field
        self.fields["reason"] = self.fields.pop("reason")  # 理由写在最后

    def clean_name(self) -> str:
        """Without stray spaces."""
        return tidy_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """A number that can be called."""
        return self._phone()

    def clean_party(self) -> Party | None:
        """The person as a row, or none where only the matter is corrected."""
        return super().clean_party() if self.cleaned_data["party"] else None

    def clean(self) -> dict[str, Any]:
        """An identity number is read as what its type makes it."""
        told = super().clean()
        party = told.get("party")
        kind = told.get("id_type") or (party.id_type if party else CITIZEN_CARD)
        if told.get("id_number"):
            told["id_number"] = tidy(told["id_number"])
            natural = party is None or party.person.kind == party.person.Kind.NATURAL
            identity = examine(told["id_number"], today())
            is_read = kind == CITIZEN_CARD and natural and told.get("id_status") not in ("none", "mismatch")
            if is_read and identity.problem:
                self.add_error("id_number", f"{identity.problem}：请核对；确实如此的，把证件情况改为“证件不符”")
        if told.get("received_on") not in (None, self.petition.received_on) and not told.get("ground"):
            self.add_error("ground", "更正收到日须选定依据")
        return told

    def details(self) -> dict[str, Any]:
        """Only what was filled in; `received_on` and its ground apart."""
        told = self.cleaned_data
        changes: dict[str, Any] = {}
        for name in self.fields:
            if name in ("party", "reason", "received_on", "ground") or told.get(name) in (None, ""):
                continue
            # 浏览器送来的换行是 CRLF，没有动过的诉求不算更正
            changes[name] = told[name].replace("\r\n", "\n") if name.startswith(CLAIM) else told[name]
        for name in ("name_withheld", "notice_exempt"):
            if name in changes:
                changes[name] = changes[name] == "1"
        if changes.get("assumed") == "none":
            changes["assumed"] = ""
        return {
            "party": told.get("party"),
            "changes": changes,
            "received_on": told.get("received_on"),
            "ground": told.get("ground", ""),
            "reason": told["reason"],
        }
