"""虚假办结核查：一次办结至多一条，写着理由；认定由督查人员作出，不因此自动追究任何人。"""

from django.conf import settings
from django.db import models

from petitions.models import Petition
from supervision.querysets import HollowCheckQuerySet


class CheckState(models.TextChoices):
    OPEN = "open", "待认定"
    CONFIRMED = "confirmed", "属虚假办结"
    DISMISSED = "dismissed", "不属虚假办结"


class HollowCheck(models.Model):
    """One closing that somebody should look at, and what they made of it. Says nothing of the petitioner.

    `signals`: rows of code, weight, reason and about (key of another petition, 0 for none), as supervision.hollow.
    """

    State = CheckState

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="hollow_checks", verbose_name="信访事项")
    closing = models.PositiveIntegerField("办结的日志行")
    closed_on = models.DateField("办结日")
    signals = models.JSONField("线索", default=list)
    score = models.FloatField("分值", default=0)
    by_hand = models.BooleanField("人工补记", default=False)
    opened_at = models.DateTimeField("列出时间")
    state = models.CharField("认定", max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    verdict = models.TextField("认定理由", blank=True)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="认定人"
    )
    verdict_at = models.DateTimeField("认定时间", null=True)

    objects = HollowCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "虚假办结核查"
        constraints = [
            models.UniqueConstraint(fields=["petition", "closing"], name="one_hollow_check_per_closing"),
            models.CheckConstraint(
                condition=models.Q(state="open", verdict_at=None)
                | (~models.Q(state="open") & ~models.Q(verdict="") & models.Q(verdict_at__isnull=False)),
                name="a_judged_check_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["-score", "-id"], name="open_hollow_checks", condition=models.Q(state="open")),
            models.Index(fields=["-verdict_at", "-id"], name="judged_hollow_checks", condition=~models.Q(state="open")),
        ]

    def __str__(self):
        return f"{self.petition_id} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == CheckState.OPEN

    @property
    def reasons(self) -> list[str]:
        """The sentences, the weightiest first."""
        return [row["reason"] for row in self.signals]
