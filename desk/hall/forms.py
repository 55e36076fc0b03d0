"""大厅的小表：取号、走访结束。"""

from django import forms

from petitions.models import Visit

ENDS = [(one.value, one.label) for one in (Visit.End.CALM, Visit.End.PERSUADED, Visit.End.FETCHED, Visit.End.STAYED)]


class TicketForm(forms.Form):
    """取号: who should go first, and how many come together. No name is asked."""

    need = forms.ChoiceField(label="优先接待", required=False, choices=[("", "普通"), *Visit.Need.choices])
    people = forms.IntegerField(
        label="人数",
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "请填写人数", "invalid": "人数请填数字", "min_value": "人数至少为 1"},
    )


class EndForm(forms.Form):
    """走访结束登记（rules §8.2 第 12 步）。"""

    told = forms.BooleanField(label="已当场告知去向、期限和查询方式", required=False)
    receipt = forms.BooleanField(label="已打印并交给登记回执", required=False)
    end = forms.ChoiceField(
        label="怎样离开",
        choices=ENDS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样离开"},
    )
    mood = forms.ChoiceField(
        label="信访人表示",
        choices=Visit.Mood.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择信访人的表示，没有表示的选“未表示”"},
    )
    note = forms.CharField(
        label="情况",
        required=False,
        max_length=500,
        help_text="只写事实，不评价人；加密保存",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @staticmethod
    def said(visit, *, printed: bool) -> dict:
        """What the form starts with: what was said before, or the usual end of a visit."""
        if visit is not None and visit.is_recorded:
            return {name: getattr(visit, name) for name in ("told", "receipt", "end", "mood", "note")}
        return {"told": True, "receipt": printed, "end": Visit.End.CALM, "mood": Visit.Mood.UNSAID}
