"""待发的批量催办：写好了先放一会儿，发出以前可以撤回。"""

from django.conf import settings
from django.db import models

from accounts.privacy import EncryptedTextField
from petitions.models import Petition
from supervision.querysets import UrgingQuerySet


class Urging(models.Model):
    """One round of 催办 as it was confirmed: waiting, sent or taken back. What was taken back leaves nothing else."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="催办人")
    made_at = models.DateTimeField("确认时间")
    send_at = models.DateTimeField("发出时间")
    text = EncryptedTextField("催办内容")
    petitions = models.ManyToManyField(Petition, related_name="+", verbose_name="信访事项")
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )
    taken_back_at = models.DateTimeField("撤回时间", null=True)
    sent_at = models.DateTimeField("实际发出时间", null=True)
    urged = models.JSONField("已催办的编号", default=list)
    refused = models.JSONField("没有催办的编号与缘由", default=list)

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = "待发催办"
        indexes = [
            models.Index(fields=["send_at"], name="urging_waits", condition=models.Q(sent_at=None, taken_back_at=None))
        ]

    @property
    def is_waiting(self) -> bool:
        return self.sent_at is None and self.taken_back_at is None
