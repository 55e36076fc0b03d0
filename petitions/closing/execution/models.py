"""落实任务：意见书支持的每一项诉求，谁、做什么、几日内做到；做到了凭证在卷，做不到的报督办（第三十二条第二款）。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from accounts.models import Organ
from petitions.act import guards
from petitions.act.decorator import act
from petitions.closing.execution import rules as executing
from petitions.handling.opinion.models import Claim, Opinion, PetitionAttachment
from petitions.review.models import Proceeding
from rulebook.acts import Act
from rulebook.terms import Unit
from rulebook.timekeeping import now


class ExecutionQuerySet(models.QuerySet):
    def undone(self):
        """Still owed, refused ones among them; those of an opinion sent back to be made anew are owed no more."""
        redone = Proceeding.objects.filter(opinion=models.OuterRef("opinion"), state="decided", outcome="redo")
        return self.filter(~models.Exists(redone), state__in=("owed", "refused"))

    def unexecuted(self, day):
        """拒不执行处理意见的线索（第四十条）: refused, or not done by its day."""
        return self.undone().filter(models.Q(state="refused") | models.Q(due_on__lt=day))

    def owed_by(self, organ):
        return self.filter(organ__office_id=organ.office_id)


class ExecutionState(models.TextChoices):
    DRAWN = "drawn", "待确定"
    OWED = "owed", "待落实"
    DONE = "done", "已落实"
    REFUSED = "refused", "拒不落实"
    REPLACED = "replaced", "已调整"


class Execution(models.Model):
    """What one supported claim was promised: by whom and by which day. Late is read off the day, never stored."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="executions")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="executions", verbose_name="诉求")
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="executions", verbose_name="处理意见")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="由哪项调整而来")
    state = FSMField("状态", choices=ExecutionState.choices, default=ExecutionState.DRAWN, protected=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="executions", verbose_name="落实单位")
    promised = models.TextField("落实内容")
    days = models.PositiveSmallIntegerField("天数")
    unit = models.CharField("天数单位", max_length=12, choices=[(unit.value, unit.label) for unit in executing.UNITS])
    due_on = models.DateField("落实期限")
    result = models.TextField("落实情况", blank=True)
    evidence = models.ForeignKey(
        PetitionAttachment, models.PROTECT, null=True, related_name="+", verbose_name="落实凭证"
    )
    done_on = models.DateField("落实日", null=True)
    refusal = models.TextField("拒不落实的情况", blank=True)
    refused_at = models.DateTimeField("登记拒不落实时间", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ExecutionQuerySet.as_manager()

    class Meta:
        verbose_name = "落实任务"
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "claim"],
                condition=~models.Q(state="replaced"),
                name="one_execution_per_supported_claim",
            )
        ]
        indexes = [
            models.Index(
                fields=["organ", "due_on"],
                name="executions_owed",
                condition=models.Q(state__in=executing.UNDONE),
            )
        ]

    def __str__(self):
        return f"{self.petition.number} 第 {self.claim.number} 项落实任务"

    # Acts

    @act(Act.PROMISE)
    @transition(field=state, source=ExecutionState.DRAWN, target=ExecutionState.OWED)
    def promise(self, *, by):
        """确定：意见书签发即定下落实内容、单位和日子，落实期限自此起算；申请复查不停止落实。"""

    @act(Act.REPLAN, refuses=[executing.unlawful_replan])
    @transition(
        field=state,
        source=ExecutionState.OWED,
        target=ExecutionState.REPLACED,
        conditions=[guards.opinion_stands, guards.execution_is_not_late],
    )
    def replan(self, *, by, promised, days, unit=Unit.DAY, to=None):
        """调整：期限届满以前可以改内容、单位、日子；旧任务留在卷里，新任务另起期限。"""

    @act(Act.PERFORM, refuses=[executing.unproven])
    @transition(
        field=state,
        source=[ExecutionState.OWED, ExecutionState.REFUSED],
        target=ExecutionState.DONE,
        conditions=[guards.opinion_stands],
    )
    def perform(self, *, by, result, on, evidence):
        """登记落实：写明做了什么、哪天做到，附凭证。"""
        self.result, self.done_on, self.evidence, self.recorded_by = result, on, evidence, by.user
        executing.let_go(self.petition, self.organ, done=self)
        return {"happened_on": on}

    @act(Act.REFUSE_EXECUTION, refuses=[executing.refusal_untold])
    @transition(
        field=state,
        source=ExecutionState.OWED,
        target=ExecutionState.REFUSED,
        conditions=[guards.opinion_stands],
    )
    def refuse_execution(self, *, by, reason):
        """登记拒不落实：报信访部门督办（第四十条第一款）；落实的义务和期限不因此停止。"""
        self.refusal, self.refused_at, self.recorded_by = reason, now(), by.user

    # Reading

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"execution": self.pk}

    def log_facts(self) -> dict:
        """What the clock needs to know: who owes it, by which day; and which claim, for the timeline."""
        return {"owed_by_organ": self.organ_id, "due_on": self.due_on.isoformat(), "claim": self.claim_id}

    @property
    def is_undone(self) -> bool:
        return self.state in executing.UNDONE

    @property
    def period(self) -> str:
        """The length in words: 30日, 10个工作日."""
        return f"{self.days}{Unit(self.unit).label}"
