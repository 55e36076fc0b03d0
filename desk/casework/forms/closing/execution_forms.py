"""落实：登记落实、调整任务、登记拒不落实。"""

from django import forms

from accounts.models import Organ
from desk.casework.forms.base import ActForm, day, long_text
from petitions.closing.execution import rules as executing
from petitions.models import PetitionAttachment
from rulebook.terms import Unit
from rulebook.timekeeping import today

DUTY = "《信访工作条例》第三十二条第二款：支持信访请求的，督促有关机关、单位执行"


def promised_days(*, initial: int | None = None, required: bool = True) -> dict[str, forms.Field]:
    """The pair of fields that says how long a promise may run."""
    return {
        "days": forms.IntegerField(
            label="落实天数",
            required=required,
            min_value=1,
            max_value=executing.MOST_DAYS,
            initial=initial,
            help_text="支持的诉求几日内落实；条例没有写天数，今天不计",
            error_messages={"invalid": f"请填写 1 至 {executing.MOST_DAYS} 的整数"},
        ),
        "unit": forms.ChoiceField(
            label="怎样计算",
            required=required,
            choices=[(str(Unit.DAY), "自然日"), (str(Unit.WORKING_DAY), "工作日")],
            initial=str(Unit.DAY),
        ),
    }


class Perform(ActForm):
    """What was done, on which day, with which proof."""

    article = DUTY
    effect = "落实期限就此完成；不影响信访人的复查申请期。"
    confirm = "登记落实"
    result = long_text("落实情况", help_text="写明做了什么、付了多少、由谁确认")
    on = day("落实日")
    evidence = forms.ChoiceField(label="凭证", help_text="合同、付款凭据、照片、回访记录；没有的先在详情页收存材料")
    says = "result"
    layout = (("on", "c6"), ("evidence", "c6"))

    def prepare(self) -> None:
        """Materials of the file, the newest first."""
        self.fields["on"].initial = today()
        kept = sorted(self.petition.attachments.all(), key=lambda row: -row.pk)
        self.fields["evidence"].choices = [("", "——"), *((row.pk, row.title) for row in kept)]

    def clean_evidence(self) -> PetitionAttachment:
        """The material itself."""
        return PetitionAttachment.objects.get(pk=self.cleaned_data["evidence"])


class Replan(ActForm):
    """The same claim by another way, another organ or another day."""

    article = DUTY
    effect = "原任务作废，落实期限从今天重新起算；期限届满以后不能再调整。"
    confirm = "调整落实任务"
    promised = long_text("落实内容")
    to = forms.ChoiceField(
        label="落实单位", required=False, help_text="承办单位，或者参与过本件的单位；别的单位请先请求协办"
    )
    says = "promised"
    layout = (("to", "c4"), ("days", "c4"), ("unit", "c4"))

    def prepare(self) -> None:
        """What the task says now; the organs involved."""
        self.fields |= promised_days(initial=getattr(self.noun, "days", None))
        self.fields["promised"].initial = getattr(self.noun, "promised", "")
        known = {
            row.organ_id: row.organ.short_name for row in self.petition.involvements.all() if not row.organ.is_section
        }
        self.fields["to"].choices = [("", "——"), *sorted(known.items())]
        self.fields["to"].initial = getattr(self.noun, "organ_id", "")

    def clean_to(self) -> Organ | None:
        """The organ itself; none keeps the one it has."""
        told = self.cleaned_data["to"]
        return Organ.objects.select_related("office").get(pk=told) if told else None


class RefuseExecution(ActForm):
    """Who will not do it, and why."""

    article = "《信访工作条例》第四十条第一款：拒不执行信访处理意见的，督办；第四十二条"
    effect = "落实的义务和期限不停；报信访部门督办。"
    confirm = "登记并报督办"
    reason = long_text("情况", help_text="谁、以什么理由不落实，已经怎样督促")
    says = "reason"
