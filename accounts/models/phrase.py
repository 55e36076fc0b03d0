"""常用概况：一个单位写好的、登记时一键插入的文字。插入以后照实际改，登记的仍是登记的那一份。"""

from django.conf import settings
from django.db import models

from accounts.models.organ import Organ


class Phrase(models.Model):
    """A text an office keeps for its desk. It names no petitioner; what was registered with it does not follow it."""

    MOST = 40  # 条；再多一张下拉单里找不到

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="phrases", verbose_name="单位", db_index=False)
    name = models.CharField("名称", max_length=20)
    body = models.TextField("文字", max_length=1000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="最后修改人"
    )
    written_at = models.DateTimeField("最后修改时间")

    class Meta:
        verbose_name = "常用概况"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organ", "name"], name="one_phrase_per_name")]

    def __str__(self):
        return self.name
