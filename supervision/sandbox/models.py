"""草拟的规则——提醒阶梯、分流规则：先照近一年的件试算，由第二个人启用，一键退回（决定 0029、0040）。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from petitions.models import Petition
from supervision.querysets import ReplayedCaseQuerySet


class Draft(models.Model):
    """A rule somebody proposes: when it was replayed, who enabled it and what stood before."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ENABLED = "enabled", "已启用"
        UNDONE = "undone", "已退回"
        DROPPED = "dropped", "已作废"

    name = models.CharField("名称", max_length=60)
    reason = models.TextField("理由")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    made_at = models.DateTimeField("拟稿时间")
    replayed_at = models.DateTimeField("试算时间", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("启用、作废时间", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField("退回时间", null=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class LadderDraft(Draft):
    """A ladder somebody proposes: its text and what replaying it gave."""

    text = models.TextField("阶梯")
    result = models.JSONField("试算结果", null=True)
    before = models.JSONField("启用前的阶梯", null=True)

    class Meta:
        verbose_name = "阶梯草案"


class RoutingDraft(Draft):
    """One routing rule somebody proposes: new, changed or, without `rule`, to be ended."""

    code = models.CharField("规则代码", max_length=20)
    rule = models.JSONField("规则", null=True)
    before = models.JSONField("试算时的现行规则", null=True)

    class Meta:
        verbose_name = "分流规则草案"


class ReplayedCase(models.Model):
    """One petition in the replay of a routing draft: what was proposed then, what each set of rules proposes, what the
    person decided. Nobody: 待甄别, or not decided."""

    of = models.ForeignKey(RoutingDraft, models.CASCADE, related_name="cases")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", db_index=False)
    then_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    live_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    draft_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    chosen_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = ReplayedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "分流试算的件"
        constraints = [models.UniqueConstraint(fields=["of", "petition"], name="one_replay_per_petition")]
