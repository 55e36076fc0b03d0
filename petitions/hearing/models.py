"""听证：决定、通知、举行、结论，或者取消（第三十一条第六项、第三十六条第二款）。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.act.decorator import act
from petitions.hearing import recusal
from petitions.hearing import rules as hearings
from petitions.review.models import Proceeding
from rulebook.acts import Act
from rulebook.timekeeping import now, today


class HearingState(models.TextChoices):
    CALLED = "called", "已决定"
    CONCLUDED = "concluded", "已作出结论"
    CANCELLED = "cancelled", "已取消"


class Hearing(models.Model):
    """One hearing, while a petition is handled or before an organ that reviews: who sits, when, what was found."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="hearings")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, null=True, related_name="hearings")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="举行机关")
    state = FSMField("状态", choices=HearingState.choices, default=HearingState.CALLED, protected=True)
    called_on = models.DateField("决定日")
    held_on = models.DateField("举行日")
    held_at = models.CharField("时间", max_length=40)
    until = models.DateField("拟作出结论之日")
    place = models.CharField("地点", max_length=120)
    host = models.CharField("主持人", max_length=40)
    members = models.CharField("听证员", max_length=200)
    recorder = models.CharField("记录人", max_length=40, blank=True)
    interests = EncryptedTextField("申报的利害关系", blank=True, default="")
    is_public = models.BooleanField("公开举行", default=True)
    minutes = models.TextField("笔录摘要", blank=True)
    evidence = models.TextField("举证、质证", blank=True)
    votes = models.CharField("评议情况", max_length=120, blank=True)
    result = models.TextField("听证结论", blank=True)
    concluded_on = models.DateField("结论日", null=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("了结时间", null=True)

    class Meta:
        verbose_name = "听证"

    def __str__(self):
        return f"{self.petition.number} 听证 {self.held_on:%Y-%m-%d}"

    @act(Act.CONCLUDE_HEARING, refuses=[hearings.not_the_organ_of, hearings.not_held_yet])
    @transition(field=state, source=HearingState.CALLED, target=HearingState.CONCLUDED)
    def conclude_hearing(self, *, by, minutes, evidence, votes, result):
        """作出听证结论，制作笔录；复核的听证时间自决定之日至今日，含首尾。"""
        self.minutes, self.evidence, self.votes, self.result = minutes, evidence, votes, result
        self.concluded_on, self.ended_at = today(), now()

    @act(Act.CANCEL_HEARING, refuses=[hearings.not_the_organ_of])
    @transition(field=state, source=HearingState.CALLED, target=HearingState.CANCELLED)
    def cancel_hearing(self, *, by, reason, after=""):
        """取消听证：没有举行的不产生扣除，已经扣除的作废（rules E21）。随件了结的，`after` 是了结本件的行为。"""
        self.ended_at = now()
        return {"details": {"after": after}} if after else None

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"hearing": self.pk, **({"proceeding": self.proceeding_id} if self.proceeding_id else {})}

    def log_facts(self) -> dict:
        """Who owes the decision that waits for the hearing."""
        return {"owed_by_organ": self.organ_id}

    @property
    def people(self) -> list[str]:
        """听证员, one by one."""
        return recusal.names_of(self.members)

    @property
    def is_open_still(self) -> bool:
        return self.state == HearingState.CALLED
