"""三项建议的录入：每种建议要的项不同。只管形状，规矩在 drafting、answering、blaming。"""

from datetime import timedelta

from django import forms

from accounts.models import Organ
from rulebook.timekeeping import today
from supervision.models import Adoption, Ground, Proposal, Responsibility
from supervision.orders.forms import day, words
from supervision.proposals import accountability, proposal_draft

Kind = Proposal.Kind
UNCHOSEN = "请选择"


class OrganChoice(forms.ModelChoiceField):
    """Organs by full name."""

    def label_from_instance(self, organ) -> str:
        return organ.name


class DraftForm(forms.Form):
    """One proposal of one kind."""

    to = OrganChoice(
        label="收文单位", queryset=None, empty_label=UNCHOSEN, error_messages={"required": "请选择收文单位"}
    )
    due_on = day("反馈日期", missing="请指定反馈日期")
    subject = forms.CharField(
        label="事项",
        max_length=120,
        error_messages={"required": "请写明是什么事项", "max_length": "事项不能超过 120 字"},
    )
    ground = forms.ChoiceField(label="情形", choices=Ground.choices, error_messages={"required": "请选择情形"})
    responsible = forms.CharField(
        label="责任单位和岗位",
        max_length=120,
        help_text="只写单位和岗位，不写姓名",
        error_messages={"required": "请写明责任单位和岗位"},
    )
    problem = words("问题", missing="请写明存在的问题", rows=4)
    circumstances = words("情节", missing="请写明情节", rows=2)
    consequences = words("后果", missing="请写明造成的后果", rows=2)
    basis = words("依据", missing="请写明依据的条款", rows=2, help_text="一行一条，例如：《信访工作条例》第四十五条")
    suggestions = words("建议", missing="请写明建议", rows=4, help_text="一行一条")

    WANTED = {
        Kind.IMPROVE: ("ground",),
        Kind.POLICY: (),
        Kind.BLAME: ("responsible", "circumstances", "consequences", "basis"),
    }
    HINTS = {
        Kind.IMPROVE: "有处理责任的机关、单位",
        Kind.POLICY: "本级党委、政府",
        Kind.BLAME: "有管理权限的机关、单位，不是责任单位自己",
    }

    def __init__(self, *args, kind, user, **kwargs):
        days = proposal_draft.days_to_answer()
        kwargs["initial"] = {"due_on": today() + timedelta(days=days)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        wanted = {name for names in self.WANTED.values() for name in names} - set(self.WANTED[kind])
        for name in wanted:
            del self.fields[name]
        organs = Organ.objects.offices().in_force_on(today()).in_territory(user.organ.office.territory)
        above = Organ.objects.filter(pk__in=user.organ.ancestor_ids)
        self.fields["to"].queryset = (organs | above).exclude(pk=user.organ.office_id).order_by("path")
        self.fields["to"].help_text = self.HINTS[kind]
        self.fields["due_on"].help_text = f"条例没有写天数，默认 {days} 日"
        if kind == Kind.BLAME:
            self.fields["problem"].label = "违规事实"


class SendBackForm(forms.Form):
    reason = words("退回理由", missing="请写明退回理由", rows=2, longest=500)


class ServeForm(forms.Form):
    on = day("送达日", missing="请填写送达日")
    how = forms.ChoiceField(label="送达方式", choices=Proposal.Means.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": today()}, **kwargs)


class AnswerForm(forms.Form):
    """What the other organ's letter says (F27)."""

    adoption = forms.ChoiceField(
        label="采纳情况",
        choices=Adoption.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择采纳情况"},
    )
    reason = words("理由", missing="", required=False, rows=2, help_text="部分采纳、未采纳的必填")
    arrangement = words("落实安排", missing="", required=False, rows=2, help_text="采纳、部分采纳的必填")
    number = forms.CharField(label="反馈函文号", required=False, max_length=60)
    on = day("反馈日", missing="请填写反馈日")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": today()}, **kwargs)


class RecordForm(forms.Form):
    """责任追究: the organ and the post; a name only where it is needed, encrypted."""

    organ = OrganChoice(
        label="责任单位", queryset=None, empty_label=UNCHOSEN, error_messages={"required": "请选择责任单位"}
    )
    post = forms.CharField(label="责任岗位", max_length=60, error_messages={"required": "请写明责任岗位"})
    rule = forms.ModelChoiceField(
        label="情形", queryset=None, empty_label=UNCHOSEN, error_messages={"required": "请选择条款情形"}
    )
    person = forms.CharField(label="责任人员", max_length=60, required=False, help_text="确有必要才写；加密保存")
    facts = words("事实", missing="请写明事实", rows=3, help_text="加密保存")

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        offices = proposal.petitions.values("organ__office_id")
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=offices).order_by("path")
        self.fields["rule"].queryset = accountability.rules_in_force()


class HandOverForm(forms.Form):
    on = day("移交日", missing="请填写移交日")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": today()}, **kwargs)


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        label="处理结果",
        choices=[("", UNCHOSEN), *Responsibility.Result.choices],
        error_messages={"required": "请选择处理结果"},
    )
    words = words("结果说明", missing="", required=False, rows=2, help_text="不予追究的必填；加密保存")
    on = day("结果日", missing="请填写结果日")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": today()}, **kwargs)
