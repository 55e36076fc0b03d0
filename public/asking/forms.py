"""信访人自己填的几张小表。话用大白话，错在哪一栏就写在哪一栏，填过的不丢。"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_WORDS = 2000  # 字
PRIVATE = _("请不要写身份证号、银行卡号")


def words(label: str, required: str, *, hint: str = "", rows: int = 4) -> forms.CharField:
    """A text of several lines that must be there."""
    return forms.CharField(
        label=label,
        max_length=MOST_WORDS,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class AskForm(forms.Form):
    """What is asked. `details()` gives the act's arguments, `words_of()` what the log keeps."""

    def details(self) -> dict[str, Any]:
        """The act's keyword arguments, from cleaned data."""
        return dict(self.cleaned_data)

    def words_of(self) -> str:
        """The petitioner's own words."""
        return self.cleaned_data.get("words", "")


class ReviewForm(AskForm):
    """复查、复核：向哪个机关、为什么；过了日子的写明为什么迟。"""

    words = words(
        _("不同意的是什么，理由是什么"),
        _("请写明申请的理由"),
        hint=_("针对意见书的内容写；新的诉求请另外提出"),
    )

    def __init__(self, *args, organs, late, **kwargs):
        super().__init__(*args, **kwargs)
        self.organs = {str(organ.pk): organ for organ in organs}
        if len(self.organs) > 1:
            choices = [(key, organ.name) for key, organ in self.organs.items()]
            missing = {"required": _("请选择向哪个机关申请，选定以后不能再换")}
            self.fields["to"] = forms.ChoiceField(
                label=_("向哪个机关申请"), choices=choices, widget=forms.RadioSelect, error_messages=missing
            )
        if late:
            self.fields["excuse"] = words(
                _("为什么过了日子才申请"),
                _("申请期已满，请写明正当理由，由复查（复核）机关决定是否准许"),
                hint=_("例如住院、不在当地；有证明的，到登记窗口提交"),
                rows=2,
            )

    def details(self) -> dict[str, Any]:
        """The organ, the grounds and, where it is late, why."""
        told = self.cleaned_data
        key = told.get("to") or next(iter(self.organs))
        return {"to": self.organs[key], "grounds": told["words"], "excuse": told.get("excuse", "")}
