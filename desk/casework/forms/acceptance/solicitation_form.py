"""转人民建议征集：选哪次征集，写一个不带个人信息的题目。"""

from django import forms

from desk.casework.forms.base import ActForm
from routing.models import Campaign
from routing.suggestions import receipt
from rulebook.timekeeping import today


class ToSuggestion(ActForm):
    """Which campaign it goes to, and what it is called there."""

    article = "《信访工作条例》第二十九条"
    effect = "本件照常研究、答复，期限一天不变；建议另有编号，逐级研究，结果记在建议里。姓名、电话不转过去。"
    confirm = "转人民建议征集"
    campaign = forms.ModelChoiceField(label="征集活动", queryset=None, empty_label="请选择")
    title = forms.CharField(label="题目", max_length=receipt.TITLE, help_text="不写姓名、电话、门牌")
    note = forms.CharField(label="说明", required=False, max_length=500, widget=forms.TextInput)
    says = "note"

    def prepare(self) -> None:
        """The campaigns open today whose area holds the organ in charge."""
        territory = self.petition.organ.office.territory
        above = [territory[:length] for length in range(1, len(territory) + 1)]
        self.fields["campaign"].queryset = Campaign.objects.open_on(today()).filter(organ__territory__in=above)
        self.fields["title"].initial = self.petition.title[: receipt.TITLE]
