"""邮寄批次：一次交给邮局的若干份文书。交邮和退回仍是每份文书自己的行为，批次只把它们编在一起。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from petitions.service.models import Service


class PostBatch(models.Model):
    """What one office takes to the post together. Its number is its own key."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="交邮单位")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编批人")
    made_at = models.DateTimeField("编批时间")

    class Meta:
        verbose_name = "邮寄批次"

    def __str__(self):
        return f"第 {self.pk} 批"


class PostItem(models.Model):
    """One letter in a batch. Until it has its number it is in this batch only."""

    batch = models.ForeignKey(PostBatch, models.PROTECT, related_name="items", verbose_name="批次")
    service = models.ForeignKey(Service, models.PROTECT, related_name="post_items", verbose_name="送达")
    tracking = models.CharField("邮寄单号", max_length=40, blank=True)

    class Meta:
        verbose_name = "批次中的文书"
        constraints = [
            models.UniqueConstraint(fields=["service"], condition=models.Q(tracking=""), name="one_batch_until_posted")
        ]

    def __str__(self):
        return f"{self.batch_id}：{self.service_id}"

    @property
    def is_to_post(self) -> bool:
        """Not posted yet, by this batch or by hand, nor served in another way meanwhile."""
        return not self.tracking and self.service.state == "waiting" and self.service.posted_on is None

    @property
    def is_on_its_way(self) -> bool:
        """Posted under the number of this batch; neither signed for nor returned."""
        service = self.service
        return bool(self.tracking) and service.state == "waiting" and service.tracking == self.tracking

    @property
    def status(self) -> str:
        """Where it is, in words."""
        service = self.service
        if self.is_on_its_way:
            return f"已交邮 {service.posted_on:%m-%d}"
        attempts = service.attempts.all() if self.tracking else ()
        returned = next((one for one in attempts if one.tracking == self.tracking), None)
        if returned is not None:
            return f"已退回 {returned.on:%m-%d}：{returned.get_outcome_display()}"
        if service.served_on:
            return f"已送达 {service.served_on:%m-%d}"
        return "待交邮" if self.is_to_post else "已另行处理"
