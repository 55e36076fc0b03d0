"""调解、和解：各方自愿，达成协议制作协议书；不停任何期限（第三十三条，rules §1.8、R8、E24）。"""

from django.db import models
from django_fsm import FSMField, transition

from accounts.privacy import EncryptedTextField
from documents.letters.fields import AGREEMENTS
from documents.models import Letter
from petitions.act.decorator import act
from petitions.mediation import rules as mediating
from rulebook.acts import Act
from rulebook.timekeeping import now


class MediationState(models.TextChoices):
    OPEN = "open", "调解中"
    AGREED = "agreed", "达成协议"
    FAILED = "failed", "未达成协议"


class Mediation(models.Model):
    """One attempt of the parties to a dispute to agree: who, before whom, and what came of it."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="mediations")
    state = FSMField("状态", choices=MediationState.choices, default=MediationState.OPEN, protected=True)
    mode = models.CharField("方式", max_length=12, choices=list(AGREEMENTS.items()))
    by_committee = models.BooleanField("人民调解委员会主持", default=False)
    mediator = models.CharField("调解组织、调解员", max_length=120, blank=True)
    disputants = EncryptedTextField("各方当事人")
    dispute = models.TextField("纠纷事实和争议")
    interests = EncryptedTextField("申报的利害关系", blank=True, default="")
    opened_on = models.DateField("开始日")
    agreement = models.TextField("协议内容", blank=True)
    performance = models.TextField("履行", blank=True)
    agreed_on = models.DateField("协议生效日", null=True)
    court = models.CharField("司法确认的法院", max_length=80, blank=True)
    confirmation_on = models.DateField("申请司法确认日", null=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="协议书")
    ended_at = models.DateTimeField("了结时间", null=True)

    class Meta:
        verbose_name = "调解"
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=models.Q(state="open"), name="one_open_mediation_per_petition"
            )
        ]

    def __str__(self):
        return f"{self.petition.number} {self.get_mode_display()}"

    # Acts

    @act(Act.AGREE, refuses=[mediating.incomplete_agreement])
    @transition(field=state, source=MediationState.OPEN, target=MediationState.AGREED)
    def agree(self, *, by, agreement, performance, on, court=""):
        """达成协议，制作协议书；不违反强制性规定，不损害他人利益（第三十三条）。"""
        self.agreement, self.performance, self.agreed_on, self.court = agreement, performance, on, court
        self.ended_at = now()

    @act(Act.GIVE_UP)
    @transition(field=state, source=MediationState.OPEN, target=MediationState.FAILED)
    def give_up(self, *, by, reason, after=""):
        """终止调解：一方不愿继续或者未能达成协议，依法作出处理意见，不以调代处；`after` 是随之了结的那一行为。"""
        self.ended_at = now()
        return {"details": {"after": after}} if after else None

    @act(Act.CONFIRM, refuses=[mediating.cannot_be_confirmed])
    @transition(field=state, source=MediationState.AGREED, target=None)
    def confirm(self, *, by, on, court):
        """记下各方共同申请司法确认：人民调解协议生效之日起 30 日内（《人民调解法》第三十三条）。"""
        self.confirmation_on, self.court = on, court

    # Reading

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"mediation": self.pk}

    def log_facts(self) -> dict:
        return {}

    @property
    def people(self) -> list[str]:
        """各方当事人, one a line."""
        return [line.strip() for line in self.disputants.splitlines() if line.strip()]

    @property
    def is_open_still(self) -> bool:
        return self.state == MediationState.OPEN

    @property
    def confirmation_ends_on(self):
        """The last day for asking the court together, or None where no court confirms it."""
        return mediating.last_day_to_confirm(self)
