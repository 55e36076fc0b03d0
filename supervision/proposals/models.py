"""三项建议（第四十条）和责任追究（第四十二条至第四十六条）。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from documents.models import Letter
from petitions.models import Petition
from rulebook.models import Effective, RuleSet
from supervision.orders.models import Ground, Order


class Adoption(models.TextChoices):
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT = "not_adopted", "未采纳"


class Proposal(models.Model):
    """One proposal to one organ, with the petitions it came of: drafted by one person, issued by another."""

    class Kind(models.TextChoices):
        IMPROVE = "improve", "改进工作建议"
        POLICY = "policy", "完善政策建议"
        BLAME = "blame", "追究责任建议"

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待批准"
        RETURNED = "returned", "退回修改"
        ISSUED = "issued", "待反馈"
        ANSWERED = "answered", "已反馈"

    class Means(models.TextChoices):
        SYSTEM = "system", "系统签收"
        PAPER = "paper", "送交纸质，签收"
        EXCHANGE = "exchange", "公文交换"

    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SUBMITTED)
    issuer = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="提出单位")
    to = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="收文单位")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+", verbose_name="由哪份督办单而来")
    petitions = models.ManyToManyField(Petition, related_name="+", verbose_name="所附事项")
    subject = models.CharField("事项", max_length=120)
    ground = models.CharField("情形", max_length=6, choices=Ground.choices, blank=True)
    responsible = models.CharField("责任单位和岗位", max_length=120, blank=True)
    problem = models.TextField("问题、事实")
    circumstances = models.TextField("情节", blank=True)
    consequences = models.TextField("后果", blank=True)
    basis = models.TextField("依据", blank=True)
    suggestions = models.TextField("建议")
    due_on = models.DateField("反馈日期")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True)
    return_reason = models.TextField("退回理由", blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="建议书")
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发出日", null=True)
    served_on = models.DateField("送达日", null=True)
    served_how = models.CharField("送达方式", max_length=10, choices=Means.choices, blank=True)
    adoption = models.CharField("采纳情况", max_length=12, choices=Adoption.choices, blank=True)
    answer_reason = models.TextField("未采纳的理由", blank=True)
    arrangement = models.TextField("落实安排", blank=True)
    answer_number = models.CharField("反馈函文号", max_length=60, blank=True)
    answered_on = models.DateField("反馈日", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记反馈的人"
    )

    class Meta:
        verbose_name = "三项建议"
        indexes = [
            models.Index(fields=["issuer", "-id"], name="proposals_of_issuer"),
            models.Index(fields=["to", "-id"], name="proposals_to"),
        ]

    def __str__(self):
        return self.number or f"{self.get_kind_display()} {self.pk}"

    @property
    def is_out(self) -> bool:
        return self.state in (Proposal.State.ISSUED, Proposal.State.ANSWERED)

    def days_left(self, today) -> int:
        """自然日 to the day the answer is due; negative once it has passed."""
        return (self.due_on - today).days


class ResponsibilityRule(Effective):
    """One item of articles 42–46, as the city pack writes it. Ended, never deleted."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="+", verbose_name="规则集")
    code = models.CharField("代号", max_length=8)
    article = models.CharField("条", max_length=20)
    item = models.CharField("项", max_length=20, blank=True)
    words = models.CharField("情形", max_length=200)
    mark = models.CharField("可信度", max_length=4)

    class Meta:
        verbose_name = "追责情形"

    def __str__(self):
        return f"{self.article}{self.item} {self.words}"


class Responsibility(models.Model):
    """责任追究记录：单位、岗位、情形，移交哪个机关，结果。人名只在加密的一栏；只有指定岗位看得见。"""

    class Result(models.TextChoices):
        NONE = "none", "不予追究"
        EDUCATION = "education", "谈话提醒、批评教育、责令检查"
        ADMONITION = "admonition", "诫勉"
        POSTS = "posts", "组织处理"
        PARTY = "party", "党纪处分"
        GOVERNMENT = "government", "政务处分"
        JUSTICE = "justice", "移送司法机关"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="responsibilities", verbose_name="追究责任建议")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    post = models.CharField("责任岗位", max_length=60)
    person = EncryptedTextField("责任人员", blank=True)
    rule = models.ForeignKey(ResponsibilityRule, models.PROTECT, related_name="+", verbose_name="情形")
    facts = EncryptedTextField("事实")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    handed_on = models.DateField("移交日", null=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    result = models.CharField("处理结果", max_length=12, choices=Result.choices, blank=True)
    result_words = EncryptedTextField("结果说明", blank=True)
    result_on = models.DateField("结果日", null=True)
    result_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "责任追究记录"
