"""建议的一步：到级拟开启的催办、督办、约谈、三项建议，等督查人员签发；不签发，什么也没有发生。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from petitions.models import Petition
from supervision.ladder.models import Reminder
from supervision.ladder.rungs import Opens
from supervision.querysets import StepQuerySet


class SuggestedStep(models.Model):
    """What a rung laid before the supervisor: one for a reminder. It binds nobody and no organ sees it."""

    class End(models.TextChoices):
        TAKEN = "taken", "已办"
        LEFT = "left", "不办"

    reminder = models.OneToOneField(Reminder, models.PROTECT, related_name="suggested", verbose_name="提醒")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="suggested_steps", verbose_name="信访事项")
    opens = models.CharField("拟开启", max_length=10, choices=Opens.choices)
    to = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    made_at = models.DateTimeField("列出时间")
    ended_how = models.CharField("结果", max_length=10, blank=True, choices=End.choices)
    ended_at = models.DateTimeField("了结时间", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("不办的理由", max_length=200, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "建议的一步"
        indexes = [models.Index(fields=["made_at", "id"], name="step_waits", condition=models.Q(ended_how=""))]

    def __str__(self):
        return self.get_opens_display()
