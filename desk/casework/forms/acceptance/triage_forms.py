"""受理环节：定类定途径、转送交办、异议、受理与各种不进入信访程序的去向。"""

from typing import Any, ClassVar

from django import forms

from accounts.models import Organ
from desk.casework.forms.base import ActForm, Plain, day, long_text, organ_fields, pick_organ
from desk.casework.page import case_choices
from documents.letters.fields import DECLINE_GROUNDS, SECRECY_MARKS
from petitions.acceptance.referral import PROCEDURAL, SECRECY
from petitions.act.objections import NOT_AGAIN_GROUNDS
from petitions.models import Petition
from rulebook.triage.branches import BRANCHES


class ToOrgan(ActForm):
    """An act that names a receiving organ."""

    target = "去向单位"

    proposes = False

    def prepare(self) -> None:
        """Grouped organs; what the routing rules propose stands in the typed field, for the clerk to confirm."""
        self.groups = case_choices.receivers(self.petition)
        organ_fields(self, "to", self.target, self.groups)
        self.proposal = case_choices.proposed(self.petition) if self.proposes else None
        if self.proposal and self.proposal.organ_id != self.petition.organ_id:
            self.fields["to_name"].initial = self.proposal.organ.short_name

    def names(self) -> list[str]:
        """For the list of suggestions under the typed field."""
        return case_choices.names(self.groups)

    def clean(self) -> dict[str, Any]:
        """One organ, typed or picked."""
        super().clean()
        pick_organ(self, "to")
        return self.cleaned_data


class Forward(ToOrgan):
    proposes = True
    article = "《信访工作条例》第二十二条；有权处理的机关自收到之日起 15 日内告知（第二十三条）"
    effect = "本单位的登记转送期限就此完成；对方自收到之日起 15 日内告知，5 个工作日内可以提出异议。"
    reason = long_text(
        "转送理由", required=False, rows=2, most=200, help_text="不按系统建议、或者转给信访人反映的单位时必填"
    )
    says = "reason"
    layout = (("to_name", "c6"), ("to", "c6"))
    previews = True


class Assign(ToOrgan):
    proposes = True
    article = "《信访工作条例》第二十二条第一款第三项"
    effect = "对方除 15 日内告知外，还须在指定日期前反馈办结报告。"
    due_on = day("反馈期限", help_text="不超过 90 日")
    report_required = forms.BooleanField(label="须反馈办结报告", required=False, initial=True)
    reason = long_text("交办要求", required=False, rows=2, most=200)
    says = "reason"
    layout = (("to_name", "c6"), ("to", "c6"), ("due_on", "c6"), ("report_required", "c6"))
    previews = True


class SuggestsOrgan(ActForm):
    """An act that may name the organ its author thinks competent."""

    suggestion = ""  # 建议哪种单位
    layout = (("suggested_name", "c6"), ("suggested", "c6"))

    def prepare(self) -> None:
        """The organ that should have it, if known."""
        self.groups = case_choices.receivers(self.petition)
        organ_fields(self, "suggested", self.suggestion, self.groups, required=False)
        self.order_fields(["grounds", "basis", "suggested_name", "suggested"])

    def names(self) -> list[str]:
        """For the list of suggestions under the typed field."""
        return case_choices.names(self.groups)

    def clean(self) -> dict[str, Any]:
        """At most one organ."""
        super().clean()
        pick_organ(self, "suggested")
        return self.cleaned_data


class Object(SuggestsOrgan):
    article = "《信访工作条例》第二十三条第三款：自收到之日起 5 个工作日内提出"
    effect = "原告知期限继续计算；转出机关同意的，本单位的告知期限作废。"
    grounds = long_text("异议理由", help_text="写明为什么不属于本单位职权、依据哪一条职责规定")
    basis = long_text("职责依据", required=False, rows=2, help_text="职责规定、权责清单，一行一条；将印在异议书上")
    says = "grounds"
    previews = True
    suggestion = "建议转送单位"


class Uphold(ActForm):
    article = "《信访工作条例》第二十三条第三款"
    effect = "本件退回本单位重新转送；本单位的 15 日转送期限不重新起算，内部要求 2 个工作日内再转。"
    answer = long_text("核实意见", help_text="写明同意异议的理由")
    says = "answer"


class Overrule(ActForm):
    article = "《信访工作条例》第二十三条第三款、第二十四条"
    effect = "对方的告知期限从原收到日继续计算，不重新起算；同一单位不能再次提出异议。"
    answer = long_text("核实意见", help_text="写明不同意异议的理由和职责依据")
    says = "answer"


class Accept(Plain):
    article = "《信访工作条例》第二十三条、第三十一条第六项、第三十四条"
    effect = "告知期限就此完成；60 日办理期限自今天起算。"
    confirm = "受理并出具告知书"
    previews = True


class Decline(ActForm):
    article = "《信访工作条例》第十九条第三款、第二十三条、第二十八条"
    effect = "须逐级批准；批准前告知期限继续计算，请留足时间。"
    confirm = "报请批准"
    ground = forms.ChoiceField(label="法定情形", widget=forms.RadioSelect)
    reason = long_text("理由")
    evidence = forms.CharField(
        label="依据材料",
        max_length=200,
        help_text="材料名称、文号：如法院受理案件通知书、下级机关的受理告知书；将印在告知书上",
    )
    way = forms.CharField(label="应走的途径", max_length=200, help_text="例如：向人民法院提起民事诉讼")
    authority = forms.CharField(label="受理机关", max_length=100, help_text="写全称，将印在告知书上")
    authority_address = forms.CharField(label="机关地址", max_length=120, help_text="地址或者提出的方式")
    says = "reason"
    layout = (("authority", "c6"), ("authority_address", "c6"))
    previews = True

    def prepare(self) -> None:
        """The closed list of grounds."""
        self.fields["ground"].choices = list(DECLINE_GROUNDS.items())


class NotAgain(ActForm):
    article = "《信访工作条例》第三十六条第三款、第三十七条第三款"
    effect = "须逐级批准；批准前告知期限继续计算。"
    confirm = "报请批准"
    ground = forms.ChoiceField(label="情形", widget=forms.RadioSelect)
    earlier = forms.CharField(
        label="前案编号", required=False, max_length=44, help_text="涉法涉诉已依法终结、没有来过的，可以不填"
    )
    reason = long_text("同一事实和理由的说明")
    new_facts = forms.BooleanField(label="本次提出了新的事实、理由、证据或者诉求", required=False)
    recheck_organ = forms.CharField(label="复核机关", required=False, max_length=100)
    recheck_no = forms.CharField(label="复核意见书文号", required=False, max_length=60)
    recheck_on = day("复核意见书日期", required=False)
    final_organ = forms.CharField(
        label="依法终结的机关", required=False, max_length=100, help_text="人民法院、人民检察院或者公安机关的全称"
    )
    final_no = forms.CharField(label="终结文书文号", required=False, max_length=60)
    final_on = day("终结文书日期", required=False)
    says = "reason"
    layout = (("recheck_no", "c6"), ("recheck_on", "c6"), ("final_no", "c6"), ("final_on", "c6"))
    previews = True
    # 情形 → 怎么称呼、必须写明什么
    WANTED: ClassVar = {
        "36-3": ("已复核终结", ("earlier", "recheck_organ", "recheck_no", "recheck_on")),
        "35-late": ("逾期未申请复查、复核", ("earlier",)),
        "37-3": ("涉法涉诉已依法终结", ("final_organ", "final_no", "final_on")),
    }

    def prepare(self) -> None:
        """The closed list of cases."""
        self.fields["ground"].choices = list(NOT_AGAIN_GROUNDS.items())

    def clean_earlier(self) -> Petition | None:
        """A petition the user may see; what the courts ended need not have been here before."""
        return named(self, "earlier") if self.cleaned_data["earlier"].strip() else None

    def clean(self) -> dict[str, Any]:
        """What each case must name: the earlier petition, the recheck, or the court's last paper."""
        told = super().clean()
        said, names = self.WANTED.get(told.get("ground"), ("", ()))
        for name in names:
            if not told.get(name) and name not in self.errors:
                self.add_error(name, f"{said}的，请填写{self.fields[name].label}")
        return told


class Redirect(ActForm):
    article = "《信访工作条例》第二十三条第一款"
    effect = "告知期限就此完成，不再计算办理期限。"
    confirm = "告知并出具文书"
    authority = forms.CharField(label="有权处理的机关", max_length=100, help_text="写全称，将印在告知书上")
    authority_address = forms.CharField(label="机关地址", max_length=120, help_text="地址或者提出的方式")
    layout = (("authority", "c6"), ("authority_address", "c6"))
    reason = long_text("理由")
    says = "reason"
    previews = True


class LeadIn(ActForm):
    article = "《信访工作条例》第三十一条第一至五项"
    effect = "信访期限就此停止，转入所选途径自己的期限；由本机关履行法定职责的，仍由本机关接着办、按期答复。"
    confirm = "导入并出具文书"
    path = forms.ChoiceField(
        label="法定途径", choices=[(code, branch.label) for code, branch in BRANCHES.items()], widget=forms.RadioSelect
    )
    authority = forms.CharField(
        label="受理机关", max_length=100, help_text="写全称，将印在文书上；第四、五项由本机关办理的写本机关"
    )
    reason = long_text("理由")
    term = forms.CharField(
        label="该途径的期限", required=False, max_length=40, help_text="例如：自知道之日起 60 日内申请复议"
    )
    due_on = day(
        "另有规定的届满日",
        required=False,
        help_text="本机关履行法定职责的，自接到申请之日起两个月；法律、法规另有规定的才填",
    )
    says = "reason"
    layout = (("authority", "c6"), ("term", "c6"))
    previews = True

    def prepare(self) -> None:
        """The path that was decided; an organ whose own procedure it is leads the matter there itself."""
        self.fields["path"].initial = self.petition.path
        if self.petition.path in PROCEDURAL and not self.petition.organ.is_petition_office:
            self.fields["authority"].initial = self.petition.organ.office.name


class Refer(ActForm):
    article = "《信访工作条例》第三十条"
    effect = "随出检举控告事项转送函；移交后由检举控告专岗保密办理，移交人不再能查看本件。"
    to = forms.ChoiceField(label="专岗所在机关")
    secrecy_mark = forms.ChoiceField(
        label="转送函密级标注", required=False, choices=list(SECRECY_MARKS.items()), initial=SECRECY
    )
    authority_ground = long_text(
        "管理权限判断",
        required=False,
        help_text="被反映的人、单位属哪一级管理，为什么由该机关接收；不写的用通常的一句",
    )

    def prepare(self) -> None:
        """Discipline bodies only."""
        self.fields["to"].choices = [("", "——"), *case_choices.disciplinary_posts()]

    def details(self) -> dict[str, Any]:
        """The body as a row."""
        told = super().details()
        mark = told["secrecy_mark"] or SECRECY
        return told | {"to": Organ.objects.get(pk=told["to"]), "secrecy_mark": mark}


class Study(Plain):
    article = "《信访工作条例》第二十九条"
    effect = "建议意见不适用 60 日办理期限；采纳或部分采纳的应当回复。"
    previews = True


class FileAway(ActForm):
    article = "《信访工作条例》第二十三条第二款"
    effect = "登记存档，不再计算期限；有姓名、住址可以告知的不能用“存”代替告知。"
    reason = long_text("存档理由", help_text="例如：匿名且无联系方式；无实质内容；表达感谢")
    says = "reason"


class Merge(ActForm):
    article = "《信访工作条例》第二十三条；并案不免除告知"
    effect = "不另计办理期限，随主件办理；本件信访人仍会收到告知书。"
    into = forms.CharField(label="主件编号", max_length=44, help_text="填写正在办理的主件的编号")
    note = forms.CharField(label="同一事项的说明", required=False, max_length=500)
    says = "note"
    previews = True

    def clean_into(self) -> Petition:
        """A petition the user may see."""
        return named(self, "into")


def named(form: ActForm, name: str) -> Petition:
    """The petition of the typed number among those the user may see. Raises ValidationError with a sentence."""
    number = form.cleaned_data[name].strip()
    found = (
        Petition.objects.visible_to(form.user).select_related("organ", "rule_set", "submission").filter(number=number)
    )
    petition = found.first()
    if petition is None:
        raise forms.ValidationError(f"没有编号为“{number}”的信访件，或者您无权查看")
    return petition
