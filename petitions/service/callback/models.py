"""回访：一次不满意的评价一件，由上一级信访部门打电话；每次联系都留着，结果记一次。"""

from django.conf import settings
from django.db import models

from accounts.authority import organs_of, standing
from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.petition.models import Petition
from petitions.service.rating import rating_scope
from petitions.service.rating.models import Rating
from rulebook.acts import Act

OPEN, DONE, DROPPED = "open", "done", "dropped"


class Outcome(models.TextChoices):
    """回访的结果。前三种是信访人回答了的。"""

    SOLVED = "solved", "问题已解决"
    PARTLY = "partly", "部分解决"
    UNSOLVED = "unsolved", "未解决"
    DECLINED = "declined", "不愿回访"
    UNREACHED = "unreached", "联系不上"


REACHED = (Outcome.SOLVED, Outcome.PARTLY, Outcome.UNSOLVED)  # 解决率的分母


class Finding(models.TextChoices):
    """不满意的理由，抽查下来是不是这样（SV09）。"""

    CONFIRMED = "confirmed", "不满意的情况属实"
    UNFOUNDED = "unfounded", "不满意的情况不属实"


class Try(models.TextChoices):
    """一次联系怎样。"""

    NO_ANSWER = "no_answer", "无人接听"
    ENGAGED = "engaged", "占线、关机"
    WRONG = "wrong", "号码不对"
    APPOINTED = "appointed", "约定时间再打"
    REACHED = "reached", "接通"


FAILED = (Try.NO_ANSWER, Try.ENGAGED, Try.WRONG)


class CallBackQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state="open")

    def done(self):
        return self.filter(state="done")

    def confirmed(self, day):
        """Whose rating was found true and whose window is over by the day: a ground of an order (SV09)."""
        return self.filter(state="done", finding="confirmed", rating__until__lt=day)

    def of_caller(self, user):
        """Those the user's office has to make, on petitions the user may call back about; not on those they handle, nor
        on an organ they sit in by another post."""
        offices = {claim.seat.organ.office_id for claim in standing(user).of(Act.CALL_BACK)}
        petitions = Petition.objects.visible_to(user, Act.CALL_BACK)
        apart = ~models.Q(rating__organ__in=organs_of(user)) | models.Q(rating__organ=models.F("office"))
        found = self.filter(apart, office__in=offices, rating__petition__in=petitions.values("pk"))
        return found.exclude(rating__petition__handler=user.pk)

    def seen_by(self, user, day):
        """Those on ratings the user may see."""
        return self.filter(rating_scope.seen_by(user, day, "rating__"))


class CallBack(models.Model):
    """One rating to be asked about by telephone. What was said is sealed; nothing of it is in the petition's log."""

    Outcome = Outcome
    Finding = Finding
    STATES = [
        (OPEN, "待回访"),
        (DONE, "已回访"),
        (DROPPED, "评价已改，不再回访"),
    ]

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="call_back", verbose_name="评价")
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="回访单位")
    opened_at = models.DateTimeField("开启时间")
    due_on = models.DateField("届满日")
    state = models.CharField("状态", max_length=8, choices=STATES, default=OPEN)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, blank=True)
    finding = models.CharField("属不属实", max_length=10, choices=Finding.choices, blank=True)
    words = EncryptedTextField("怎样核实的", blank=True, default="")
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="回访人"
    )
    concluded_at = models.DateTimeField("记下结果的时间", null=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = "回访"
        indexes = [models.Index(fields=["office", "due_on"], name="call_backs_open", condition=models.Q(state=OPEN))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=DONE, concluded_at__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state=DONE) & models.Q(concluded_at=None, outcome=""),
                name="a_call_back_ends_with_an_outcome",
            )
        ]

    def __str__(self):
        return f"{self.rating_id} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def petition(self):
        return self.rating.petition


class CallTry(models.Model):
    """One call, whatever came of it. Only ever added."""

    call_back = models.ForeignKey(CallBack, models.PROTECT, related_name="tries", verbose_name="回访")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="谁打的")
    at = models.DateTimeField("时间")
    result = models.CharField("怎样", max_length=10, choices=Try.choices)
    again_on = models.DateField("约定再打的日子", null=True)
    words = EncryptedTextField("说明", blank=True, default="")

    class Meta:
        verbose_name = "回访的一次联系"

    def __str__(self):
        return f"{self.call_back_id} {self.get_result_display()}"
