"""批示：一段话、一个日子，手机上也填得完；报告批示落实。"""

from django import forms

from accounts.models import Organ
from desk.casework.forms.base import ActForm, day, long_text
from petitions.handling.instruction import rules as instructing
from rulebook.books import calendar_in_force
from rulebook.timekeeping import today

DEFAULT_DAYS = 5  # 个工作日


class Instruct(ActForm):
    """What is to be done, and by which day who reports."""

    article = "内部管理要求：领导批示另设报告落实情况的日子，不改变法定期限"
    effect = "法定期限一天不变；到日子没有报告的，按阶梯提醒，并列给督查岗位。"
    confirm = "批示"
    instruction = long_text("批示内容", rows=3, most=1000, help_text="看得到本件的工作人员都看得到，信访人看不到")
    due_on = day("报告日", help_text="默认 5 个工作日")
    to = forms.ChoiceField(label="报告单位", required=False, help_text="不选的，由承办单位报告")
    says = "instruction"
    layout = (("due_on", "c6"), ("to", "c6"))

    def prepare(self) -> None:
        """Five working days from today; the offices that have the petition in hand."""
        self.fields["due_on"].initial = calendar_in_force().step(today(), DEFAULT_DAYS)
        self.fields["to"].choices = [("", "承办单位"), *instructing.offices(self.petition).items()]

    def clean_to(self) -> Organ | None:
        """The organ itself; none where the organ in charge reports."""
        told = self.cleaned_data["to"]
        return Organ.objects.select_related("office").get(pk=told) if told else None


class ReportInstructed(ActForm):
    """What came of it."""

    article = "内部管理要求：批示的落实情况"
    effect = "落实批示的期限就此完成，并告知批示的领导；法定期限不变。"
    confirm = "报告"
    report = long_text("落实情况", help_text="没有落实的，写明原因和下一步")
    says = "report"
