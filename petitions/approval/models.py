"""审批：矩阵要求批准的行为先成“报请”，逐级批准；最后一级批准时行为在同一事务里办成（rules §8.1 审批矩阵）。"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Organ, Post
from rulebook.acts import Act


class PendingActQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state="waiting")

    def for_seats(self, seats):
        """Those whose current step one of the seats may decide: the step's role, in the step's organ (or anywhere)."""
        allowed = models.Q(pk__in=[])
        for seat in seats:
            allowed |= models.Q(step_roles__contains=[seat.role_code]) & (
                models.Q(step_organ=None) | models.Q(step_organ_id=seat.organ.office_id)
            )
        return self.waiting().filter(allowed)


class ApprovalStep(models.Model):
    """One step of the matrix: this act of an organ of this level wants this role's approval. City data."""

    act = models.CharField("行为", max_length=30, choices=Act.choices)
    organ_level = models.CharField("机构层级", max_length=10)
    step = models.PositiveSmallIntegerField("级次")
    roles = ArrayField(models.CharField(max_length=30), verbose_name="角色")
    anywhere = models.BooleanField("不限本单位", default=False)
    own_counts = models.BooleanField("报请人自己是这一级的，从下一级起", default=False)
    label = models.CharField("名称", max_length=60)
    article = models.CharField("依据", max_length=80)

    class Meta:
        verbose_name = "审批级次"
        constraints = [models.UniqueConstraint(fields=["act", "organ_level", "step"], name="one_step_per_level")]
        ordering = ["act", "organ_level", "step"]


class PendingAct(models.Model):
    """An act asked for and not yet approved. `arguments` hold keys and ISO dates only; words are in `note`."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审批"
        DONE = "done", "已批准并办成"
        REJECTED = "rejected", "不批准"
        WITHDRAWN = "withdrawn", "已撤回"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="pending_acts")
    act = models.CharField("行为", max_length=30, choices=Act.choices)
    arguments = models.JSONField("内容", default=dict)
    note = models.TextField("说明", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报请人")
    asked_at = models.DateTimeField("报请时间")
    step = models.PositiveSmallIntegerField("当前级次", default=1)
    step_label = models.CharField("等待", max_length=60, blank=True)
    step_roles = ArrayField(models.CharField(max_length=30), default=list)
    step_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("了结时间", null=True)

    objects = PendingActQuerySet.as_manager()

    class Meta:
        verbose_name = "报请审批"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "act"], condition=models.Q(state="waiting"), name="one_waiting_act_per_kind"
            )
        ]

    @property
    def label(self) -> str:
        return Act(self.act).label


class Approval(models.Model):
    """One decision on one step, by whom, from which post, on whose behalf."""

    pending = models.ForeignKey(PendingAct, models.PROTECT, related_name="approvals")
    step = models.PositiveSmallIntegerField("级次")
    approved = models.BooleanField("批准")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审批意见"
        constraints = [models.UniqueConstraint(fields=["pending", "step"], name="one_decision_per_step")]
