"""信访人请求：谁、提出什么、怎样回应。补充材料、撤回、回避各是一个行为；回应是承办单位的一个行为。"""

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from accounts.privacy import EncryptedTextField
from petitions.act import guards
from petitions.act.decorator import act
from petitions.parties.models import Party
from petitions.parties.request import rules as requesting
from rulebook.acts import Act
from rulebook.timekeeping import now

TO_ASK = [guards.is_registered, requesting.is_open_to_requests]


class PartyRequest(models.Model):
    """What one petitioner asked for through the citizen's door. The words are sealed; only the kind is in the log."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="requests")
    party = models.ForeignKey(Party, models.PROTECT, related_name="requests", verbose_name="提出人")
    kind = models.CharField("种类", max_length=10, choices=list(requesting.KINDS.items()))
    once = models.CharField("一次的记号", max_length=40, unique=True)
    words = EncryptedTextField("所说的")
    scope = models.CharField("为谁", max_length=4, blank=True)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="申请谁回避"
    )
    asked_at = models.DateTimeField("提出时间")
    state = FSMField(
        "状态",
        choices=[(requesting.WAITING, "待回应"), (requesting.ANSWERED, "已回应")],
        default=requesting.WAITING,
        protected=True,
    )
    outcome = models.CharField("结果", max_length=8, choices=list(requesting.OUTCOMES.items()), blank=True)
    answer = EncryptedTextField("回应", blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("回应时间", null=True)

    class Meta:
        verbose_name = "信访人请求"
        indexes = [
            models.Index(fields=["petition"], name="requests_waiting", condition=models.Q(state=requesting.WAITING))
        ]

    def __str__(self):
        return f"{self.get_kind_display()}（{self.petition_id}）"

    @act(Act.ANSWER_REQUEST, refuses=[requesting.unanswerable])
    @transition(
        field=state,
        source=requesting.WAITING,
        target=requesting.ANSWERED,
        conditions=[requesting.petition_goes_on],
    )
    def answer_request(self, *, by, outcome, answer):
        """回应信访人的请求：`answer` 信访人看得到；同意撤回、同意回避的，先办成再回应。"""
        self.outcome, self.answer = outcome, answer
        self.answered_by, self.answered_at = by.user, now()

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"request": self.pk}

    def log_facts(self) -> dict:
        return {"kind": self.kind}


class Requesting:
    """信访人在群众之窗提出的 (第二十八条第三款；rules §1.15). 都不停止、不重起任何法定期限."""

    @act(Act.SUPPLEMENT, refuses=[requesting.not_theirs, requesting.nothing_said, requesting.too_many_files])
    @transition(field="state", source=requesting.STILL_OPEN, target=None, conditions=TO_ASK)
    def supplement(self, *, by, words, once, files=()):
        """补充材料：话和文件收进卷里，承办单位看过以后回应；意见书签发以前都可以。"""
        return requesting.lay(self, by, requesting.SUPPLEMENT, words=words, once=once, files=files)

    @act(Act.REQUEST_WITHDRAWAL, refuses=[requesting.not_theirs, requesting.nothing_said, requesting.may_not_withdraw])
    @transition(field="state", source=requesting.STILL_OPEN, target=None, conditions=TO_ASK)
    def request_withdrawal(self, *, by, words, once, scope):
        """申请撤回：书面提出，由承办单位核实后记录撤回；只有一名信访人的报请终止（rules E56）。"""
        return requesting.lay(self, by, requesting.WITHDRAWAL, words=words, once=once, scope=scope)

    @act(Act.REQUEST_RECUSAL, refuses=[requesting.not_theirs, requesting.nothing_said, requesting.may_not_challenge])
    @transition(field="state", source=requesting.STILL_OPEN, target=None, conditions=TO_ASK)
    def request_recusal(self, *, by, words, once):
        """申请回避：办理人员与本事项、信访人有直接利害关系的（第二十八条第三款）；由承办人以外的人决定。"""
        return requesting.lay(self, by, requesting.RECUSAL, words=words, once=once)
