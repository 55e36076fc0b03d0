"""复查、复核：对一份已送达意见书的一次申请，有自己的小状态机（第三十五条、第三十六条）。"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop as _
from django_fsm import FSMField, transition

from accounts.models import Organ
from documents.letters.fields import REVIEW_DECLINES, REVIEW_RESULTS
from documents.models import Letter
from petitions.act import guards
from petitions.act.decorator import act
from petitions.handling.opinion.examination import acknowledgement
from petitions.handling.opinion.models import Opinion
from petitions.hearing import rules as hearings
from petitions.parties.models import Party
from petitions.review import rules as reviewing
from petitions.service.models import Service
from rulebook.acts import Act
from rulebook.timekeeping import now

REDO = "redo"  # 结论之一：原意见退回重作


class ProceedingState(models.TextChoices):
    REQUESTED = "requested", _("待审查")
    ADMITTED = "admitted", _("审理中")
    DECIDED = "decided", _("已出具意见")
    REFUSED = "refused", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")


class Proceeding(models.Model):
    """One applicant's request against one served opinion, and what the organ above made of it."""

    class Kind(models.TextChoices):
        REVIEW = "review", "复查"
        RECHECK = "recheck", "复核"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="proceedings")
    number = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("程序", max_length=8, choices=Kind.choices)
    state = FSMField("状态", choices=ProceedingState.choices, default=ProceedingState.REQUESTED, protected=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="申请人")
    service = models.ForeignKey(Service, models.PROTECT, related_name="proceedings", verbose_name="所不服的送达")
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="+", verbose_name="所涉处理意见")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="所不服的复查")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="proceedings", verbose_name="复查（复核）机关")
    applied_on = models.DateField("申请日")
    posted_on = models.DateField("交邮日", null=True)
    received_on = models.DateField("收到日")
    grounds = models.TextField("申请理由")
    excuse = models.TextField("逾期理由", blank=True)
    refuse_ground = models.CharField("不予受理情形", max_length=14, choices=list(REVIEW_DECLINES.items()), blank=True)
    refuse_reason = models.TextField("不予受理理由", blank=True)
    outcome = models.CharField("结论", max_length=8, choices=list(REVIEW_RESULTS.items()), blank=True)
    facts = models.TextField("认定的事实", blank=True)
    basis = models.TextField("依据", blank=True)
    decision = models.TextField("复查（复核）意见", blank=True)
    redo_due_on = models.DateField("重新作出的期限", null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("起草时间", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("签发时间", null=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="意见书")

    class Meta:
        verbose_name = "复查复核"
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="one_proceeding_per_number"),
            # 二选一的复查机关选定后不可再选另一家；撤回或者不予受理的不算
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(state__in=["requested", "admitted", "decided"]),
                name="one_proceeding_per_served_opinion",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organ", "received_on"],
                name="proceedings_open",
                condition=models.Q(state__in=["requested", "admitted"]),
            )
        ]

    def __str__(self):
        return f"{self.petition.number} {self.get_kind_display()}"

    # Acts

    @act(Act.ADMIT_REVIEW, refuses=[reviewing.handled_it_before])
    @transition(field=state, source=ProceedingState.REQUESTED, target=ProceedingState.ADMITTED)
    def admit_review(self, *, by):
        """受理申请：30日自收到请求起算，不因审查、补正顺延；逾期申请的，受理即认可正当理由。"""

    @act(Act.REFUSE_REVIEW, refuses=[reviewing.handled_it_before, reviewing.no_ground_to_refuse])
    @transition(field=state, source=ProceedingState.REQUESTED, target=ProceedingState.REFUSED)
    def refuse_review(self, *, by, ground, reason):
        """不予受理：书面告知理由（北京2006年条例第五十条）。"""
        self.refuse_ground, self.refuse_reason = ground, reason

    @act(Act.WITHDRAW_REVIEW)
    @transition(
        field=state,
        source=[ProceedingState.REQUESTED, ProceedingState.ADMITTED],
        target=ProceedingState.WITHDRAWN,
        conditions=[guards.no_hearing_is_open],
    )
    def withdraw_review(self, *, by, reason):
        """申请人撤回申请；原意见继续有效。"""

    @act(
        Act.CALL_HEARING,
        refuses=[
            hearings.not_the_organ_of,
            reviewing.handled_it_before,
            hearings.unlawful_hearing,
            hearings.somebody_must_step_back,
        ],
    )
    @transition(field=state, source=ProceedingState.ADMITTED, target=None, conditions=[guards.no_hearing_is_open])
    def call_hearing(
        self, *, by, held_on, held_at, until, place, host, members, recorder, asked=False, interests="", is_open=True
    ):
        """决定听证并通知；只有复核的听证时间不计入30日（第三十六条第二款）。"""
        sits = {"host": host, "members": members, "recorder": recorder, "interests": interests}
        day = {"held_on": held_on, "held_at": held_at, "until": until, "place": place, "is_public": is_open}
        return hearings.call(self, by, organ=self.organ, proceeding=self, **sits, **day)

    @act(Act.PROPOSE_REVIEW, refuses=[reviewing.handled_it_before, reviewing.incomplete_proposal])
    @transition(field=state, source=ProceedingState.ADMITTED, target=None, conditions=[guards.no_hearing_is_open])
    def propose_review(self, *, by, outcome, facts, basis, decision, redo_due_on=None):
        """起草复查（复核）意见，等待签发；可以反复修改。"""
        self.outcome, self.facts, self.basis, self.decision = outcome, facts, basis, decision
        self.redo_due_on = redo_due_on if outcome == REDO else None
        self.proposed_by, self.proposed_at = by.user, now()

    @act(
        Act.DECIDE_REVIEW,
        refuses=[reviewing.handled_it_before, reviewing.drafted_it_oneself, acknowledgement.review_not_heeded],
    )
    @transition(
        field=state,
        source=ProceedingState.ADMITTED,
        target=ProceedingState.DECIDED,
        conditions=[guards.review_is_proposed, guards.no_hearing_is_open],
    )
    def decide_review(self, *, by, overrides=None):
        """签发复查（复核）意见书：维持、撤销、变更、责令限期重新作出；复核意见为终局（第三十六条）。

        审核提示“请核对”的，`overrides` 逐条写明保留的理由；“必须改”的不能签发。
        """
        kept = acknowledgement.keep(self.petition, by, overrides, proceeding=self)
        self.decided_by, self.decided_at = by.user, now()
        return {"details": {"overrides": kept}} if kept else None

    # Reading

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"proceeding": self.pk, "service": self.service_id}

    def log_facts(self) -> dict:
        """What the clocks need to know: who owes the decision."""
        return {"owed_by_organ": self.organ_id, "kind": str(self.kind)}

    @property
    def is_open(self) -> bool:
        """Whether the organ still owes its decision."""
        return self.state in (ProceedingState.REQUESTED, ProceedingState.ADMITTED)

    @property
    def quashed_id(self) -> int | None:
        """The opinion this proceeding sent back to be made anew."""
        sent_back = self.state == ProceedingState.DECIDED and self.outcome == REDO
        return self.opinion_id if sent_back else None

    @property
    def is_final(self) -> bool:
        """No organ stands above: a recheck, or a review by an organ without one (Q12: 市政府复查即终局, 待核)."""
        return self.kind == Proceeding.Kind.RECHECK or self.organ.review_organ_id is None

    def open_hearing(self):
        """The hearing that was called and neither concluded nor cancelled, or None."""
        return next((hearing for hearing in self.hearings.all() if hearing.is_open_still), None)
