"""回访：一次不满意的评价一件，由上一级信访部门打电话；每次联系都留着，结果记一次。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.petition.querysets import CallBackQuerySet
from petitions.service.callback import rules as calling_back
from petitions.service.rating.models import Rating


class CallBack(models.Model):
    """One rating to be asked about by telephone. What was said is sealed; nothing of it is in the petition's log."""

    Outcome = calling_back.Outcome
    Finding = calling_back.Finding
    STATES = [
        (calling_back.OPEN, "待回访"),
        (calling_back.DONE, "已回访"),
        (calling_back.DROPPED, "评价已改，不再回访"),
    ]

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="call_back", verbose_name="评价")
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="回访单位")
    opened_at = models.DateTimeField("开启时间")
    due_on = models.DateField("届满日")
    state = models.CharField("状态", max_length=8, choices=STATES, default=calling_back.OPEN)
    outcome = models.CharField("结果", max_length=10, choices=calling_back.Outcome.choices, blank=True)
    finding = models.CharField("属不属实", max_length=10, choices=calling_back.Finding.choices, blank=True)
    words = EncryptedTextField("怎样核实的", blank=True, default="")
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="回访人"
    )
    concluded_at = models.DateTimeField("记下结果的时间", null=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = "回访"
        indexes = [
            models.Index(
                fields=["office", "due_on"], name="call_backs_open", condition=models.Q(state=calling_back.OPEN)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=calling_back.DONE, concluded_at__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state=calling_back.DONE) & models.Q(concluded_at=None, outcome=""),
                name="a_call_back_ends_with_an_outcome",
            )
        ]

    def __str__(self):
        return f"{self.rating_id} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == calling_back.OPEN

    @property
    def petition(self):
        return self.rating.petition


class CallTry(models.Model):
    """One call, whatever came of it. Only ever added."""

    call_back = models.ForeignKey(CallBack, models.PROTECT, related_name="tries", verbose_name="回访")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="谁打的")
    at = models.DateTimeField("时间")
    result = models.CharField("怎样", max_length=10, choices=calling_back.Try.choices)
    again_on = models.DateField("约定再打的日子", null=True)
    words = EncryptedTextField("说明", blank=True, default="")

    class Meta:
        verbose_name = "回访的一次联系"

    def __str__(self):
        return f"{self.call_back_id} {self.get_result_display()}"
