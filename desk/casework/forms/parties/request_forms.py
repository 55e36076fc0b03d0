"""回应信访人：补充材料看过了没有，撤回、回避同意不同意。"""

from django import forms

from accounts.privacy import mask_text
from desk.casework.forms.base import ActForm, long_text
from petitions.models import PartyRequest
from petitions.parties.request import rules as requesting


class AnswerRequest(ActForm):
    """What the petitioner asked for, and what is said to it."""

    article = "《信访工作条例》第二十八条第三款（回避）；内部管理要求：5 个工作日内回应"
    effect = "信访人在进度页上看得到结果和这段话；法定期限一天不变。"
    confirm = "回应"
    outcome = forms.ChoiceField(label="结果", widget=forms.RadioSelect)
    answer = long_text("回应", rows=3, most=1000, help_text="信访人看得到；不要写姓名、电话和内部意见")
    says = "answer"

    def prepare(self) -> None:
        """The outcomes that fit; the petitioner's own words beside the field."""
        asked = self.noun if isinstance(self.noun, PartyRequest) else None
        kind = asked.kind if asked else requesting.SUPPLEMENT
        fitting = [requesting.NOTED] if kind == requesting.SUPPLEMENT else [requesting.GRANTED, requesting.REFUSED]
        self.fields["outcome"].choices = [(key, requesting.OUTCOMES[key]) for key in fitting]
        if len(fitting) == 1:
            self.fields["outcome"].initial = fitting[0]
        if asked:
            whose = "（替全体）" if asked.scope == requesting.ALL else ""
            self.fields[
                "outcome"
            ].help_text = f"{asked.party.shown_name}{asked.get_kind_display()}{whose}：{mask_text(asked.words)}"
