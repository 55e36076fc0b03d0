"""一份督办单的证据材料：某一刻的快照和由它印出的 PDF。"""

import uuid

from django.conf import settings
from django.db import models

from accounts.privacy import EncryptedTextField
from rulebook.timekeeping import now
from supervision.orders.models import Order


def evidence_path(pack, filename) -> str:
    """A name that tells nothing: packs are found by their row, never by their address."""
    return f"evidence/{uuid.uuid4().hex}"


class EvidencePack(models.Model):
    """Made once, never changed; later acts on the case want a new one."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="evidence", verbose_name="督办单")
    number = models.PositiveSmallIntegerField("第几份")
    snapshot = EncryptedTextField("快照")
    snapshot_hash = models.CharField("快照散列", max_length=64)
    pdf = models.FileField("PDF", upload_to=evidence_path)
    pdf_hash = models.CharField("PDF 散列", max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="制作人")
    made_at = models.DateTimeField("制作时间", default=now)

    class Meta:
        verbose_name = "督办证据材料"
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="one_pack_per_number")]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("evidence is never changed")
        super().save(*args, **kwargs)
