"""草拟的阶梯：先照近一年的日志试算，由第二个人启用，一键退回（决定 0029）。"""

from django.conf import settings
from django.db import models


class LadderDraft(models.Model):
    """A ladder somebody proposes: its text, what replaying it gave, who enabled it and what stood before."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ENABLED = "enabled", "已启用"
        UNDONE = "undone", "已退回"
        DROPPED = "dropped", "已作废"

    name = models.CharField("名称", max_length=60)
    text = models.TextField("阶梯")
    reason = models.TextField("理由")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    made_at = models.DateTimeField("拟稿时间")
    result = models.JSONField("试算结果", null=True)
    replayed_at = models.DateTimeField("试算时间", null=True)
    before = models.JSONField("启用前的阶梯", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("启用、作废时间", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField("退回时间", null=True)

    class Meta:
        verbose_name = "阶梯草案"

    def __str__(self):
        return self.name
