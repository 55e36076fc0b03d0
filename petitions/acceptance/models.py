"""流转：一次移交。首次收到者、首次办理者不因后续流转而改变（首接首办）。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from accounts.models import Organ
from petitions.act import guards
from petitions.act.decorator import act
from petitions.act.objections import not_asked_of_you
from petitions.act.states import Procedure
from petitions.closing.execution import rules as executing
from rulebook.acts import Act
from rulebook.timekeeping import now


class LegQuerySet(models.QuerySet):
    def lead(self):
        return self.exclude(kind="assist")

    def next_number(self, petition) -> int:
        return (self.filter(petition=petition).aggregate(last=models.Max("number"))["last"] or 0) + 1


class LegState(models.TextChoices):
    SENT = "sent", "已发出"
    ARRIVED = "arrived", "已到达"
    SIGNED = "signed", "已签收"
    ENDED = "ended", "已了结"


class Leg(models.Model):
    """One hand-over from one organ to another; also one request for assistance."""

    class Kind(models.TextChoices):
        FORWARD = "forward", "转送"
        ASSIGN = "assign", "交办"
        ASSIST = "assist", "协办"
        DESIGNATE = "designate", "指定管辖"
        TAKE_OVER = "take_over", "指定承接"

    class End(models.TextChoices):
        ACCEPTED = "accepted", "已受理"
        RETURNED = "returned", "异议成立退回"
        PASSED_ON = "passed_on", "再次移交"
        CONCLUDED = "concluded", "已作其他处理"
        ANSWERED = "answered", "已反馈"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="legs")
    number = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("方式", max_length=10, choices=Kind.choices)
    state = FSMField("状态", choices=LegState.choices, default=LegState.SENT, protected=True)
    sender = models.ForeignKey(Organ, models.PROTECT, related_name="legs_out", verbose_name="转出单位")
    receiver = models.ForeignKey(Organ, models.PROTECT, related_name="legs_in", verbose_name="去向单位")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("发出时间")
    arrived_at = models.DateTimeField("到达时间", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("指定期限", null=True, blank=True)
    report_required = models.BooleanField("须报办结报告", default=False)
    objected_at = models.DateTimeField("提出异议时间", null=True)
    suggested_organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    objection = models.TextField("异议理由", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    upheld = models.BooleanField("异议成立", null=True)
    answer = models.TextField("答复", blank=True)
    reported_at = models.DateTimeField("反馈办结报告时间", null=True)
    report = models.TextField("办结报告", blank=True)
    counted_from = models.DateField("告知期限起算日", null=True)  # 指定管辖的：第一个机关收到之日
    ended_at = models.DateTimeField("了结时间", null=True)
    ended_how = models.CharField("了结方式", max_length=10, blank=True, choices=End.choices)

    objects = LegQuerySet.as_manager()

    class Meta:
        verbose_name = "流转"
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="one_leg_per_number"),
            models.UniqueConstraint(
                fields=["petition", "receiver"],
                condition=models.Q(objected_at__isnull=False),
                name="one_objection_per_organ",
            ),
        ]

    # Acts

    @act(Act.ARRIVE)
    @transition(field=state, source=LegState.SENT, target=LegState.ARRIVED)
    def arrive(self, *, by):
        """到达：系统送到之日即收到之日，不待对方签收（rules §1.3）。"""
        self.arrived_at = now()
        if self.is_lead and self.petition.arrived_at is None:
            self.petition.arrived_at = self.arrived_at

    @act(Act.SIGN_FOR)
    @transition(field=state, source=LegState.ARRIVED, target=LegState.SIGNED, conditions=[guards.leg_is_current])
    def sign_for(self, *, by):
        """签收：记下谁接手；不影响任何期限的起算。"""
        self.signed_at, self.signed_by = now(), by.user

    @act(Act.ANSWER_ASSIST, refuses=[not_asked_of_you])
    @transition(
        field=state,
        source=[LegState.ARRIVED, LegState.SIGNED],
        target=LegState.ENDED,
        conditions=[guards.leg_is_assist],
    )
    def answer_assist(self, *, by, answer):
        """协办单位反馈；主办单位统一答复。"""
        self.answer, self.answered_at = answer, now()
        self.ended_at, self.ended_how = now(), Leg.End.ANSWERED
        executing.let_go(self.petition, self.receiver, done=self)

    # Reading

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"leg": self.pk}

    def log_facts(self) -> dict:
        """What the clocks need to know about this leg's happenings."""
        return {
            "organ_kind": "petition_office" if self.receiver.is_petition_office else "other",
            "leg_kind": str(self.kind),
            "leg_role": "lead" if self.is_lead else "co",
            "owed_by_organ": self.receiver_id,
            **({"due_on": self.due_on.isoformat()} if self.due_on else {}),
            **({"simple": True} if self.petition.procedure == Procedure.SUGGESTED else {}),
            **({"counted_from": self.counted_from.isoformat()} if self.counted_from else {}),
        }

    @property
    def is_lead(self) -> bool:
        return self.kind != Leg.Kind.ASSIST

    @property
    def is_designated(self) -> bool:
        """Whether a ruling on competence made it: nobody objects to it any more."""
        return self.kind in (Leg.Kind.DESIGNATE, Leg.Kind.TAKE_OVER)

    @property
    def owes_report(self) -> bool:
        """An assignment whose report was asked for and has not come."""
        return (
            self.kind == Leg.Kind.ASSIGN
            and self.report_required
            and self.reported_at is None
            and self.ended_how != Leg.End.RETURNED
        )

    def finish(self, how) -> None:
        """Book-keeping by the petition's own acts: the hand-over has served its purpose."""
        self.ended_at, self.ended_how = now(), how
        self.save(update_fields=["ended_at", "ended_how", "answered_at", "answer", "upheld"])
