"""系统停机的记录：停了多久、为什么、谁记、谁核实。法定期限一天也不因它变动，只在“逾期出在哪里”上另列。"""

from django.conf import settings
from django.db import models


class Outage(models.Model):
    """A stretch in which nobody could work in the system. `since` and `until` are aware; counts once a second person
    confirmed it, and no more where that person refused."""

    class State(models.TextChoices):
        RECORDED = "recorded", "待核实"
        CONFIRMED = "confirmed", "已核实"
        REFUSED = "refused", "不属实"

    since = models.DateTimeField("自")
    until = models.DateTimeField("至")
    reason = models.CharField("原因", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    decided_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        verbose_name = "系统停机"
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="outage_ends_after_it_began")
        ]

    def __str__(self):
        return f"停机 {self.pk}"
