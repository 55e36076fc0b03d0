"""更正已经发出的文书。"""

from typing import Any

from django import forms

from desk.casework.forms.base import ActForm, long_text
from petitions.letters.amendment import amendable


class Amend(ActForm):
    article = "文书正文发出即固定，差错另行告知（内部管理要求）"
    effect = "不改变任何期限；原文书的文号、正文和送达日都不变。"
    confirm = "发出更正告知书"
    letter = forms.ChoiceField(label="更正哪一份")
    mistake = long_text("原文", rows=2, most=300, help_text="照原文书逐字填写")
    corrected = long_text("更正为", rows=2, most=300, help_text="只限文字差错，不能改变处理结论")
    reason = forms.CharField(label="差错原因", max_length=200, help_text="例如：经办人笔误")
    says = "reason"
    previews = True

    def prepare(self) -> None:
        """The letters the user's own office issued; the latest first."""
        office = self.user.office.pk if self.user.office else None
        self.links = {str(link.pk): link for link in amendable(self.petition) if link.letter.organ_id == office}
        named = [(key, _name(link)) for key, link in reversed(self.links.items())]
        self.fields["letter"].choices = [("", "——"), *named]

    def details(self) -> dict[str, Any]:
        """The letter as a row."""
        return {**super().details(), "letter": self.links[self.cleaned_data["letter"]]}


def _name(link) -> str:
    number = link.letter.number or f"{link.letter.issued_at:%Y-%m-%d}"
    whose = f"，{link.party.shown_name}" if link.party else ""
    return f"《{link.letter.title}》{number}{whose}"
