"""送达：文书 × 信访人。权利自有记录的送达之日起算（第三十五条，rules V04）。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from documents.models import Letter
from petitions import guards, reviewing
from petitions.acting import act
from petitions.models.party import Party
from petitions.objections import unlawful_service
from petitions.querysets import ServiceQuerySet
from rulebook.acts import Act
from rulebook.timekeeping import now


class ServiceState(models.TextChoices):
    WAITING = "waiting", "待送达"
    SERVED = "served", "已送达"


class Service(models.Model):
    """One letter to be served on one party. An unanswered door starts nothing: the row stays waiting."""

    class Method(models.TextChoices):
        DIRECT = "direct", "直接送达"
        WITNESS = "witness", "留置送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达"
        NOTICE = "notice", "公告送达"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="services")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", verbose_name="文书")
    party = models.ForeignKey(Party, models.PROTECT, related_name="services", verbose_name="受送达人")
    required = models.BooleanField("须送达后方可办结", default=False)
    state = FSMField("状态", choices=ServiceState.choices, default=ServiceState.WAITING, protected=True)
    method = models.CharField("方式", max_length=12, choices=Method.choices, blank=True)
    served_on = models.DateField("送达日", null=True)
    tracking = models.CharField("邮寄单号", max_length=40, blank=True)
    received_by = models.CharField("签收人及关系", max_length=40, blank=True)
    witness = models.CharField("见证人", max_length=40, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("记录时间", null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "送达"
        constraints = [models.UniqueConstraint(fields=["letter", "party"], name="one_service_per_letter_and_party")]

    @act(Act.SERVE, refuses=[unlawful_service])
    @transition(field=state, source=ServiceState.WAITING, target=ServiceState.SERVED)
    def serve(self, *, by, means, on, tracking="", received_by="", witness=""):
        """送达：直接、留置（有见证人）、邮寄（签收日）、电子（经同意）、公告。D08 自送达日起算。"""
        self.method, self.served_on, self.tracking = means, on, tracking
        self.received_by, self.witness = received_by, witness
        self.recorded_by, self.recorded_at = by.user, now()
        waiting = self.petition.services.filter(letter__kind=self.letter.kind, served_on=None)
        others = waiting.exclude(pk=self.pk).count()
        if self.letter.kind == "F12":
            self.petition.served_on = max(filter(None, (self.petition.served_on, on)))
        return {
            "happened_on": on,
            "details": {"letter": self.letter.kind, "unserved": others, "owed_by_organ": self.petition.organ_id},
        }

    @act(Act.REQUEST_REVIEW, refuses=[reviewing.unlawful_review])
    @transition(field=state, source=ServiceState.SERVED, target=None, conditions=[guards.may_be_reviewed])
    def request_review(self, *, by, to, applied_on, grounds, posted_on=None, received_on=None, excuse=""):
        """申请复查：信访人自收到处理意见书之日起30日内（第三十五条）；复查机关的30日自收到请求起算。"""
        return reviewing.start(
            self,
            "review",
            by,
            to=to,
            applied_on=applied_on,
            grounds=grounds,
            posted_on=posted_on,
            received_on=received_on,
            excuse=excuse,
        )

    @act(Act.REQUEST_RECHECK, refuses=[reviewing.unlawful_recheck])
    @transition(field=state, source=ServiceState.SERVED, target=None, conditions=[guards.may_be_reviewed])
    def request_recheck(self, *, by, to, applied_on, grounds, posted_on=None, received_on=None, excuse=""):
        """申请复核：信访人自收到复查意见之日起30日内（第三十六条）。"""
        return reviewing.start(
            self,
            "recheck",
            by,
            to=to,
            applied_on=applied_on,
            grounds=grounds,
            posted_on=posted_on,
            received_on=received_on,
            excuse=excuse,
        )

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"service": self.pk, "letter": self.letter_id}

    def log_facts(self) -> dict:
        return {"letter": self.letter.kind}
