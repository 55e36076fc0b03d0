"""送达：文书 × 信访人。权利自有记录的送达之日起算（第三十五条，rules V04）。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from accounts.privacy import mask_text
from documents.models import Attachment, Letter
from petitions.act import guards
from petitions.act.decorator import act
from petitions.parties.models import Party
from petitions.review import rules as reviewing
from petitions.service import rules as serving
from petitions.service.rating import rules as rating
from rulebook.acts import Act
from rulebook.timekeeping import now


class ServiceQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(served_on=None, recalled=False)

    def rateable(self):
        """Served opinions their petitioners may rate: 匿名、不宜公开、重复信访的不评 (rules §1.15, §10)."""
        return self.filter(
            served_on__isnull=False,
            letter__kind="F12",
            petition__secrecy=0,
            petition__repeat_of=None,
            petition__submission__notice_exempt=False,
        )


class ServiceState(models.TextChoices):
    WAITING = "waiting", "待送达"
    PUBLISHED = "published", "公告中"
    SERVED = "served", "已送达"


class Service(models.Model):
    """One letter to be served on one party. An unanswered door starts nothing: the row stays waiting."""

    Method = serving.Method
    Receiver = serving.Receiver

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="services")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", verbose_name="文书")
    party = models.ForeignKey(Party, models.PROTECT, related_name="services", verbose_name="受送达人")
    required = models.BooleanField("须送达后方可办结", default=False)
    recalled = models.BooleanField("已收回，不再送达", default=False)
    state = FSMField("状态", choices=ServiceState.choices, default=ServiceState.WAITING, protected=True)
    method = models.CharField("方式", max_length=12, choices=Method.choices, blank=True)
    served_on = models.DateField("送达日", null=True)
    posted_on = models.DateField("交邮日", null=True)
    tracking = models.CharField("邮寄单号", max_length=40, blank=True)
    receiver = models.CharField("签收人", max_length=10, choices=Receiver.choices, default=Receiver.SELF)
    received_by = models.CharField("代收人姓名", max_length=40, blank=True)
    witness = models.CharField("见证人", max_length=40, blank=True)
    refusal = models.CharField("拒收理由", max_length=120, blank=True)
    proof = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name="凭证")
    notice_allowed_at = models.DateTimeField("准予公告时间", null=True)
    notice_place = models.CharField("公告处", max_length=120, blank=True)
    notice_on = models.DateField("公告日", null=True)
    notice_until = models.DateField("公告期满日", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("记录时间", null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "送达"
        constraints = [models.UniqueConstraint(fields=["letter", "party"], name="one_service_per_letter_and_party")]

    @act(Act.SERVE, refuses=[serving.unlawful_service])
    @transition(field=state, source=[ServiceState.WAITING, ServiceState.PUBLISHED], target=ServiceState.SERVED)
    def serve(
        self,
        *,
        by,
        means,
        on,
        tracking="",
        receiver="self",
        received_by="",
        proof=None,
        witness="",
        refusal="",
    ):
        """送达：直接、留置（见证或者影像）、邮寄（签收日）、电子（经同意）、公告（期满日）；D08 自送达日起算。"""
        self.method, self.served_on, self.tracking = means, on, tracking.strip() or self.tracking
        self.receiver, self.received_by, self.proof = receiver, received_by, proof
        self.witness, self.refusal = witness, refusal
        self.recorded_by, self.recorded_at = by.user, now()
        waiting = self.petition.services.waiting().filter(letter__kind=self.letter.kind)
        others = waiting.exclude(pk=self.pk).count()
        if self.letter.kind == "F12":
            self.petition.served_on = max(filter(None, (self.petition.served_on, on)))
        return {
            "happened_on": on,
            "details": {"letter": self.letter.kind, "unserved": others, "owed_by_organ": self.petition.organ_id},
        }

    @act(Act.ATTEMPT_SERVICE, refuses=[serving.unlawful_attempt])
    @transition(field=state, source=ServiceState.WAITING, target=None)
    def attempt_service(self, *, by, means, on, outcome, reason="", tracking=""):
        """没有送到：门没有开、拒收、退信、搬走、地址不对。什么期限都不起算；退回的可以再交邮，或者改用其他方式。"""
        number = tracking.strip() or self.tracking
        self.attempts.create(
            petition=self.petition,
            means=means,
            on=on,
            outcome=outcome,
            reason=reason,
            tracking=number if means == "post" else "",
            by=by.user,
            at=now(),
        )
        if means == "post":
            self.posted_on, self.tracking = None, ""
        return {"happened_on": on}

    @act(Act.POST, refuses=[serving.unlawful_posting])
    @transition(field=state, source=ServiceState.WAITING, target=None, conditions=[guards.is_not_on_its_way])
    def post(self, *, by, on, tracking):
        """交邮：交给邮局不是送达，签收了才是。"""
        self.posted_on, self.tracking = on, tracking.strip()
        return {"happened_on": on}

    @act(Act.PUBLISH_NOTICE, refuses=[serving.unlawful_publication])
    @transition(
        field=state,
        source=ServiceState.WAITING,
        target=ServiceState.PUBLISHED,
        conditions=[guards.notice_is_allowed],
    )
    def publish_notice(self, *, by, on, place):
        """公告：从这一天的次日起数，期满之日视为送达；其间本人来领的，照直接送达记。"""
        self.notice_on, self.notice_place = on, place
        self.notice_until = serving.notice_ends(self.petition, on)
        return {"happened_on": on, "details": {"until": self.notice_until.isoformat()}}

    @act(Act.RATE, refuses=[rating.unlawful_rating])
    @transition(field=state, source=ServiceState.SERVED, target=None, conditions=[guards.may_be_rated])
    def rate(self, *, by, scores, words="", checked=False):
        """评价：信访人在送达后的窗口内，对信访部门、责任单位各评一次，期满以前可以改；期满以后只收意见，不计分。

        `scores`: body → (score, reason). By the petitioner, or by telephone through a clerk of neither body, who has
        `checked` who is calling.
        """
        return rating.score(self, scores, by=by)

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

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to reach somebody."""
        return self.served_on is None and not self.recalled

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"service": self.pk, "letter": self.letter_id}

    def log_facts(self) -> dict:
        return {"letter": self.letter.kind}


class ServiceAttempt(models.Model):
    """One time a letter was brought, sent or posted and did not arrive. Only added to, never changed."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="attempts")
    service = models.ForeignKey(Service, models.PROTECT, related_name="attempts", verbose_name="送达")
    means = models.CharField("方式", max_length=12, choices=serving.Method.choices)
    on = models.DateField("日期")
    outcome = models.CharField("未送达的原因", max_length=10, choices=serving.Outcome.choices)
    reason = models.CharField("经过、拒收理由", max_length=120, blank=True)
    tracking = models.CharField("邮寄单号", max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "未送达记录"

    @property
    def shown_reason(self) -> str:
        """The reason with numbers of people hidden."""
        return mask_text(self.reason)

    def __str__(self):
        way = "邮件退回" if self.means == serving.Method.POST else self.get_means_display()
        return f"{self.on:%m-%d} {way}：{self.get_outcome_display()}"
