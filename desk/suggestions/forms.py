"""人民建议的小表：只管形状，规矩在行为里。"""

from django import forms

from accounts.authority import organs_reached
from accounts.models import Organ
from desk.casework.forms.base import long_text
from routing.models import Campaign, Contributor, Outcome, Suggestion
from routing.suggestions import campaigns, levels, receipt, study
from rulebook.acts import Act
from rulebook.timekeeping import today

UNCHOSEN = "请选择"


class OrganChoice(forms.ModelChoiceField):
    """Organs by their full name under one level each."""

    def label_from_instance(self, obj: Organ) -> str:
        return f"{levels.LEVELS[levels.level_of(obj)]} · {obj.name}"


class ContributorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Contributor) -> str:
        return f"{obj.name}（{obj.field}）"


def organ(label: str, missing: str, help_text: str = "") -> OrganChoice:
    return OrganChoice(
        label=label, queryset=None, empty_label=UNCHOSEN, help_text=help_text, error_messages={"required": missing}
    )


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "日期应写成 2026-01-31 的样子"},
    )


def line(label: str, *, longest: int, required: bool = True, help_text: str = "") -> forms.CharField:
    missing = {"required": f"请填写{label}", "max_length": f"{label}不能超过 {longest} 字"}
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text, error_messages=missing
    )


def said(label: str, *, required: bool = True, rows: int = 3, help_text: str = "") -> forms.CharField:
    field = long_text(label, required=required, rows=rows, help_text=help_text, most=2000)
    field.error_messages |= {"required": f"请填写{label}", "max_length": f"{label}不能超过 2000 字"}
    return field


class NewForm(forms.Form):
    """照来信、来访、电话登记一条建议。"""

    campaign = forms.ModelChoiceField(
        label="征集活动", queryset=None, empty_label=UNCHOSEN, error_messages={"required": "请选择征集活动"}
    )
    channel = forms.ChoiceField(label="渠道", choices=[("", UNCHOSEN), *Campaign.Channel.choices])
    organ = organ("研究单位", "请选择先由谁研究")
    received_on = day("收到日")
    title = line("题目", longest=receipt.TITLE, help_text="不写姓名、电话、门牌")
    body = forms.CharField(
        label="建议内容",
        max_length=receipt.BODY,
        help_text="照原话写",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请填写建议内容"},
    )
    name = line("姓名", longest=60, required=False, help_text="可以不留；加密保存")
    phone = line("电话", longest=40, required=False, help_text="可以不留；加密保存")
    contributor = ContributorChoice(label="特邀建议人", queryset=None, required=False, empty_label="不是")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial={"received_on": today()}, **kwargs)
        self.fields["channel"].error_messages["required"] = "请选择渠道"
        self.fields["campaign"].queryset = campaigns.seen_by(user).open_on(today())
        reached = organs_reached(user, Act.STUDY_SUGGESTION).values("pk")
        self.fields["organ"].queryset = levels.holders().filter(pk__in=reached)
        self.fields["contributor"].queryset = Contributor.objects.filter(
            invitations__campaign__in=self.fields["campaign"].queryset.order_by().values("pk")
        ).distinct()


class TakeUpForm(forms.Form):
    due_on = day("研究期限", help_text="条例没有写天数；内部管理要求默认 60 日")

    def __init__(self, *args, suggestion, user, **kwargs):
        super().__init__(*args, initial={"due_on": suggestion.due_on}, **kwargs)


class PassForm(forms.Form):
    to = organ("转给", "请选择转给谁", "一次上一级、下一级，或者同级单位")
    reason = said("理由", rows=2)
    due_on = day("研究期限")

    def __init__(self, *args, suggestion, user, **kwargs):
        super().__init__(*args, initial={"due_on": study.default_day()}, **kwargs)
        self.fields["to"].queryset = levels.within_reach(suggestion.organ)


class DecideForm(forms.Form):
    result = forms.ChoiceField(
        label="研究结果",
        choices=Suggestion.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择研究结果"},
    )
    reason = said("理由")
    arrangement = said("落实安排", required=False, rows=2, help_text="采纳、部分采纳的必填")

    def __init__(self, *args, suggestion, user, **kwargs):
        super().__init__(*args, **kwargs)


class Bare(forms.Form):
    """An act that asks for nothing but the press of its button."""

    def __init__(self, *args, suggestion, user, **kwargs):
        super().__init__(*args, **kwargs)


class ReplyForm(Bare):
    words = said("回复", rows=4, help_text="凭查询码看得到；并入的各条看到同一份")


class ReasonForm(Bare):
    reason = said("理由", rows=2)


class MergeForm(Bare):
    into = forms.CharField(
        label="并入",
        max_length=40,
        help_text="另一条建议的编号；右边“说得像的”里有",
        error_messages={"required": "请填写另一条建议的编号"},
    )


class BecameForm(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=Outcome.Kind.choices)
    name = line("名称", longest=120)
    document_number = line("文号、立项号", longest=60, required=False)
    on = day("印发日、立项日")

    def __init__(self, *args, suggestion, user, **kwargs):
        super().__init__(*args, initial={"on": today()}, **kwargs)


class ProgressForm(Bare):
    words = said("进展", rows=2, help_text="公开查询页上看得到，不写人")


class PublishForm(forms.Form):
    title = line("公布的题目", longest=receipt.TITLE)
    words = said("公布的内容", rows=3, help_text="几句话：什么建议、怎样采纳、成了什么；不写姓名、电话、门牌")

    def __init__(self, *args, suggestion, user, **kwargs):
        kept = {"title": suggestion.public_title or suggestion.title, "words": suggestion.public_words}
        super().__init__(*args, initial=kept, **kwargs)


class CampaignForm(forms.Form):
    """发布征集活动。"""

    organ = organ("征集单位", "请选择征集单位")
    theme = line("主题", longest=60)
    words = said("征集说明", rows=4, help_text="征集什么、怎么用；写给群众看")
    channels = forms.MultipleChoiceField(
        label="渠道",
        choices=Campaign.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择征集渠道"},
    )
    opens_on = day("开始日")
    closes_on = day("截止日", required=False, help_text="不填的是常年征集")

    def __init__(self, *args, user, **kwargs):
        initial = {"opens_on": today(), "organ": user.organ.office_id, "channels": Campaign.Channel.values}
        super().__init__(*args, initial=initial, **kwargs)
        reached = organs_reached(user, Act.COLLECT).values("pk")
        self.fields["organ"].queryset = levels.holders().filter(pk__in=reached)


class EndForm(forms.Form):
    reason = said("结束原因", rows=2)


class InviteForm(forms.Form):
    contributor = ContributorChoice(
        label="特邀建议人", queryset=None, empty_label=UNCHOSEN, error_messages={"required": "请选择特邀建议人"}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        reached = organs_reached(user, Act.COLLECT).values("pk")
        self.fields["contributor"].queryset = Contributor.objects.filter(organ__in=reached).order_by("-pk")


class EngageForm(forms.Form):
    """登记特邀建议人。"""

    organ = organ("聘请单位", "请选择聘请单位")
    name = line("姓名", longest=60, help_text="加密保存")
    phone = line("电话", longest=40, required=False, help_text="加密保存")
    field = line("专长、行业", longest=60)
    since = day("聘期自")
    until = day("聘期至", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial={"since": today(), "organ": user.organ.office_id}, **kwargs)
        reached = organs_reached(user, Act.COLLECT).values("pk")
        self.fields["organ"].queryset = levels.holders().filter(pk__in=reached)
