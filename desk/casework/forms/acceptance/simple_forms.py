"""简易办理：建议、受理、答复、转为普通程序（《信访事项简易办理办法（试行）》）。"""

from django import forms

from desk.casework.forms.base import ActForm, long_text
from documents.letters.fields import ADOPTIONS
from petitions.acceptance.simple.rules import GROUNDS, MEANS, MEASURE, wants_paper
from petitions.act.states import Finding, Kind
from rulebook.books import settings_of
from rulebook.city.options import SIMPLE_BARS


class Fitting(ActForm):
    """Why the case may be simple, and what would forbid it."""

    ground = forms.ChoiceField(label="适用情形", widget=forms.RadioSelect, choices=list(GROUNDS.items()))
    bars = forms.MultipleChoiceField(
        label="不适用情形",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="有其中一项的，请勾选：不能简易办理，按普通程序办理",
    )

    def prepare(self) -> None:
        """The list of the city."""
        counted = settings_of(self.petition.rule_set)["simple_bars"]
        self.fields["bars"].choices = [(code, SIMPLE_BARS[code]) for code in counted]


class SuggestSimple(Fitting):
    article = MEASURE
    effect = "内部要求自收到之日起 3 个工作日内转送、对方 3 个工作日内受理告知；15 日的法定期限不变。"
    confirm = "建议简易办理"


def told(label: str) -> forms.ChoiceField:
    """How the petitioner is told without a letter."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "——"), *MEANS.items()],
        help_text="要纸质的、姓名住址不清豁免告知的可不选",
    )


def on_paper(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text="出具纸质文书，不改变任何期限")


class AcceptSimply(Fitting):
    article = f"{MEASURE}；《信访工作条例》第二十三条"
    effect = "10 个工作日内答复（内控），不能延期，办不完的转为普通程序；60 日的法定期限同时起算。"
    confirm = "简易受理"
    means = told("告知方式")
    paper = on_paper("信访人要求纸质")
    layout = (("means", "c6"), ("paper", "c6"))
    previews = True


SHORT = [(code, label) for code, label in Finding.choices if code != Finding.REJECT]


class AnswerSimply(ActForm):
    article = f"{MEASURE}；《信访工作条例》第三十二条"
    effect = "简易期限和 60 日期限就此完成；认为没有妥善解决的，可转为普通程序出具处理意见书。"
    confirm = "答复并办结"
    outcome = forms.ChoiceField(
        label="办理结果", widget=forms.RadioSelect, help_text="不支持诉求的不适用简易答复，请申请转为普通程序"
    )
    reply = long_text("答复内容", rows=3, help_text="逐项说明怎样处理；出具纸质文书时原样印上")
    means = told("答复方式")
    paper = on_paper("信访人要求纸质")
    says = "reply"
    layout = (("outcome", "c12"), ("reply", "c12"), ("means", "c6"), ("paper", "c6"))
    previews = True

    def prepare(self) -> None:
        """A suggestion is adopted or not; paper is remembered from when the case was taken up."""
        suggestion = self.petition.kind == Kind.SUGGESTION
        self.fields["outcome"].choices = list(ADOPTIONS.items()) if suggestion else SHORT
        self.fields["paper"].initial = wants_paper(self.petition)


class Convert(ActForm):
    article = f"{MEASURE}：不宜简易办理或者未妥善解决的，经负责人批准转为普通程序，告知信访人"
    effect = "须经负责人在简易期限内批准；10 个工作日的期限作废，60 日默认自简易受理之日起算，可以依法延期。"
    confirm = "报请批准"
    reason = long_text("理由", help_text="写明为什么不宜简易办理，或者哪里没有妥善解决")
    says = "reason"
    previews = True
