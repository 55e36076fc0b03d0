"""认定：两条信访人记录是同一个人，或者一条记录混进了两个人。只增不改；撤销是另写一笔。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.parties.models import Person


class PersonRuling(models.Model):
    """Who ruled on which two records, what moved, and why. Says nothing about the person but who they are."""

    class Kind(models.TextChoices):
        JOIN = "join", "合为一人"
        PART = "part", "分为两人"

    kind = models.CharField("认定", max_length=4, choices=Kind.choices)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="rulings", verbose_name="留用的记录")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="并入（分出）的记录")
    parties = models.JSONField("随之改动的当事人", default=list)
    reason = EncryptedTextField("依据")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="认定单位")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认定人")
    at = models.DateTimeField("认定时间")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撤销人"
    )
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_reason = EncryptedTextField("撤销理由", blank=True, default="")

    class Meta:
        verbose_name = "同一人认定"

    def __str__(self):
        return f"{self.get_kind_display()} {self.kept_id}、{self.other_id}"
