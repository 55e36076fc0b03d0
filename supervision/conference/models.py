"""联席会议议题：督查岗位列入的一件，会议怎么定、谁办、到哪天（第十三条、第三十九条，rules §1.18）。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.act.decorator import act
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.orders import rules as refusals
from supervision.querysets import ConferenceItemQuerySet


class ConferenceItem(models.Model):
    """One petition put before the joint conference of an office's area; listed once at a time, decided once."""

    class State(models.TextChoices):
        NEW = "new", "拟列入"
        LISTED = "listed", "待议"
        DECIDED = "decided", "已议定"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="conference_items", verbose_name="信访事项")
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="联席会议办公室")
    state = FSMField("状态", choices=State.choices, default=State.NEW, protected=True)
    on = models.DateField("拟上会日")
    reason = EncryptedTextField("列入理由")
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="列入人")
    listed_at = models.DateTimeField("列入时间")
    held_on = models.DateField("议定日", null=True)
    decision = EncryptedTextField("议定事项", blank=True, default="")
    to = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("落实期限", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    decided_at = models.DateTimeField("登记时间", null=True)

    objects = ConferenceItemQuerySet.as_manager()

    class Meta:
        verbose_name = "联席会议议题"
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state__in=["new", "listed"]), name="listed_once_at_a_time"
            )
        ]

    def __str__(self):
        return f"联席会议议题 {self.pk}"

    # Acts

    @act(Act.LIST_FOR_CONFERENCE, refuses=[refusals.unlawful_listing])
    @transition(field=state, source=State.NEW, target=State.LISTED)
    def list_for_conference(self, *, by):
        """列入联席会议：理由进日志说明；不改变谁在办、哪天届满。"""
        return {"details": {"on": self.on.isoformat()}}

    @act(Act.DECIDE_AT_CONFERENCE, refuses=[refusals.unlawful_decision])
    @transition(field=state, source=State.LISTED, target=State.DECIDED)
    def decide_at_conference(self, *, by, on, decision, to, due_on):
        """登记联席会议决定：哪天议定、谁落实、到哪天；只登记，不由此生成法定期限。"""
        self.held_on, self.decision, self.to, self.due_on = on, decision.strip(), to, due_on
        self.decided_by, self.decided_at = by.user, now()

    # Reading

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"conference": self.pk}

    def log_facts(self) -> dict:
        """Nothing beyond what each act keeps."""
        return {}
