"""受理争议：两个以上机关都认为不归自己，报共同的上一级指定由谁受理（第二十四条）。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from documents.models import Letter
from petitions.acceptance.models import Leg
from rulebook.timekeeping import now


class DisputeQuerySet(models.QuerySet):
    def open(self):
        """Raised and not yet ruled on."""
        return self.filter(state="raised")

    def before(self, office):
        """Those that the office has to rule on."""
        return self.filter(organ__office_id=office.office_id)


class DisputeState(models.TextChoices):
    RAISED = "raised", "待裁定"
    RULED = "ruled", "已指定"
    WITHDRAWN = "withdrawn", "已撤回"


class Dispute(models.Model):
    """One question of competence: how it came, before whom, what was ruled.

    Its state follows the petition's acts (报请、指定、撤回报请): while it is raised the petition waits for the ruling.
    """

    class Cause(models.TextChoices):
        RETURNED = "returned", "多次异议退回"
        LOOP = "loop", "循环流转"
        REQUESTED = "requested", "单位报请"
        TAKEN_UP = "taken_up", "受理以后发现不属本单位职权"

    class Basis(models.TextChoices):
        SUPERIOR = "superior", "共同的上一级机关"
        JOINT = "joint", "联席会议办公室"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="disputes")
    number = models.PositiveSmallIntegerField("次序")
    state = models.CharField("状态", max_length=10, choices=DisputeState.choices, default=DisputeState.RAISED)
    cause = models.CharField("缘由", max_length=10, choices=Cause.choices)
    grounds = models.TextField("争议情况")
    requester = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="报请单位")
    suggested = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="建议受理单位")
    raised_at = models.DateTimeField("报请时间")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="disputes", verbose_name="裁定机关")
    basis = models.CharField("裁定机关的由来", max_length=10, choices=Basis.choices)
    counted_from = models.DateField("告知期限起算日", null=True)
    to = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="指定受理单位")
    leg = models.OneToOneField(Leg, models.PROTECT, null=True, related_name="dispute", verbose_name="指定的流转")
    held_at = models.CharField("协调时间", max_length=40, blank=True)
    place = models.CharField("协调地点", max_length=120, blank=True)
    host = models.CharField("主持人", max_length=40, blank=True)
    positions = models.TextField("各方意见", blank=True)
    decisions = models.TextField("议定事项", blank=True)
    ended_at = models.DateTimeField("了结时间", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="协调单")

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = "受理争议"
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="one_dispute_per_number"),
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state="raised"), name="one_open_dispute_per_petition"
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "raised_at"], name="disputes_open", condition=models.Q(state="raised"))
        ]

    def __str__(self):
        return f"{self.petition.number} 受理争议"

    def end(self, how, by, **ruling) -> None:
        """Book-keeping by the petition's own acts. `ruling`: to, leg, held_at, place, host, positions, decisions."""
        for name, value in ruling.items():
            setattr(self, name, value)
        self.state, self.ended_at, self.ended_by = how, now(), by.user
        self.save()

    @property
    def is_open(self) -> bool:
        return self.state == DisputeState.RAISED
