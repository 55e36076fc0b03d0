"""督办单（第四十条第一款）。"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django_fsm import FSMField, transition

from accounts.authority import may
from accounts.models import Organ
from documents.models import Letter
from petitions.act.decorator import act, why_not
from petitions.act.guards import guard
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.timekeeping import local_date, now, today
from supervision.orders import progress_periods
from supervision.orders import rules as refusals
from supervision.querysets import OPEN, OWED, OrderQuerySet


class OrderState(models.TextChoices):
    DRAFTED = "drafted", "拟稿"
    ISSUED = "issued", "待反馈"
    ANSWERED = "answered", "反馈待核"
    RETURNED = "returned", "退回重报"
    CLOSED = "closed", "已办结"


EVER_ISSUED = [*OPEN, OrderState.CLOSED]


class Ground(models.TextChoices):
    """督办事由（第四十条第一款，rules §1.12）。"""

    SV01 = "SV01", "未按规定登记、转送、告知"
    SV02 = "SV02", "无正当理由未按规定期限办结"
    SV03 = "SV03", "交办件未按指定期限反馈"
    SV04 = "SV04", "未按规定程序办理"
    SV05 = "SV05", "推诿、敷衍、拖延、弄虚作假"
    SV06 = "SV06", "拒不执行信访处理意见"
    SV07 = "SV07", "处理意见事实不清、依据或者程序明显错误"
    SV08 = "SV08", "领导批示、联席会议挂牌或者重大紧急"
    SV09 = "SV09", "信访人评价不满意且抽查属实"


@guard("督办单已经签收", article="内部管理要求")
def not_signed_for(order) -> bool:
    return order.signed_at is None


@guard("已经是红牌督办，不能再升级", article="内部管理要求")
def not_yet_red(order) -> bool:
    return order.card != Order.Card.RED


class Order(models.Model):
    """督办单：一件事项、一个责任单位、一个事由；下发、签收、报告、反馈、退回、升级、办结都是日志上的一行。"""

    class Card(models.TextChoices):
        PLAIN = "plain", "普通督办"
        YELLOW = "yellow", "黄牌督办"
        RED = "red", "红牌督办"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="orders", verbose_name="信访事项")
    number = models.CharField("文号", max_length=60, blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="督办函")
    state = FSMField("状态", choices=OrderState.choices, default=OrderState.DRAFTED, protected=True)
    card = models.CharField("类型", max_length=8, choices=Card.choices, default=Card.PLAIN)
    ground = models.CharField("事由", max_length=6, choices=Ground.choices)
    issuer = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="督办单位")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="督办人"
    )  # 空：系统自动下发
    issued_at = models.DateTimeField("下发时间", null=True)
    to = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    problem = models.TextField("存在问题")
    requirement = models.TextField("督办要求")
    due_on = models.DateField("反馈期限")
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    report_every = models.PositiveSmallIntegerField("每几个工作日报告进展", default=0)
    reports_since = models.DateField("报告间隔从哪天数起", null=True)
    next_report_on = models.DateField("下一次报告", null=True)
    answer = models.TextField("反馈", blank=True)
    answered_at = models.DateTimeField("反馈时间", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verdict = models.TextField("核查意见", blank=True)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    closed_at = models.DateTimeField("办结时间", null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "督办单"
        indexes = [
            models.Index(
                fields=["issuer", "due_on", "id"], name="open_order_issuer", condition=models.Q(state__in=OPEN)
            ),
            models.Index(fields=["to", "due_on", "id"], name="open_order_to", condition=models.Q(state__in=OPEN)),
            models.Index(fields=["closed_at"], name="closed_order", condition=models.Q(state="closed")),
        ]

    def __str__(self):
        return self.number or f"督办单 {self.pk}"

    # Acts

    @act(Act.ORDER, refuses=[refusals.unlawful_order])
    @transition(field=state, source=OrderState.DRAFTED, target=OrderState.ISSUED)
    def order(self, *, by):
        """下发：写明问题、要求和期限（第四十条第一款）；SV 期限自此起算。"""
        self.issued_at = now()
        self._reports_from_today()
        self.petition.under_order = True
        self.petition.involve("supervises", self.issuer)
        return {"details": self._cadence()}

    @act(Act.SIGN_ORDER)
    @transition(field=state, source=OWED, target=None, conditions=[not_signed_for])
    def sign_order(self, *, by):
        """签收：责任单位点收，只作记录，反馈期限不因没有签收而推后。"""
        self._for_the_organ_only(by)
        self.signed_at, self.signed_by = now(), by.user

    @act(Act.REPORT_ORDER, refuses=[refusals.empty_report])
    @transition(field=state, source=OWED, target=None)
    def report_order(self, *, by, report):
        """报告进展：说到哪一步、下一步、还缺什么；下一期从这一期届满之日数起。"""
        self._for_the_organ_only(by)
        self.next_report_on = progress_periods.next_due(
            self.reports_since, self.report_every, today(), calendar_in_force()
        )

    @act(Act.RAISE_ORDER, refuses=[refusals.unlawful_raise])
    @transition(field=state, source=OWED, target=None, conditions=[not_yet_red])
    def raise_order(self, *, by, card, reason, every):
        """升级：普通升黄牌、黄牌升红牌，只升不降；反馈期限不变，迟了的仍是迟了的。"""
        self.card, self.report_every = card, every
        self._reports_from_today()
        return {"details": self._cadence()}

    @act(Act.ANSWER_ORDER, refuses=[refusals.empty_answer])
    @transition(field=state, source=[OrderState.ISSUED, OrderState.RETURNED], target=OrderState.ANSWERED)
    def answer_order(self, *, by, answer):
        """反馈：只由责任单位反馈，期限就此停止。"""
        self._for_the_organ_only(by)
        self.answer, self.answered_at, self.answered_by = answer, now(), by.user
        self.next_report_on = None

    @act(Act.RETURN_ORDER, refuses=[refusals.unlawful_return])
    @transition(field=state, source=OrderState.ANSWERED, target=OrderState.RETURNED)
    def return_order(self, *, by, reason, due_on):
        """退回反馈：指定新的期限，重新起算。"""
        self.verdict, self.due_on, self.returns = reason, due_on, self.returns + 1
        self._reports_from_today()
        return {"details": self._cadence()}

    @act(Act.CLOSE_ORDER, refuses=[refusals.unlawful_close])
    @transition(
        field=state,
        source=[OrderState.ANSWERED, OrderState.ISSUED, OrderState.RETURNED],
        target=OrderState.CLOSED,
    )
    def close_order(self, *, by, opinion=""):
        """办结：核查反馈属实，予以核销。"""
        self.verdict, self.closed_at, self.next_report_on = opinion, now(), None
        self.petition.under_order = self.petition.orders.open().exclude(pk=self.pk).exists()

    @act(Act.CALL_IN)
    @transition(field=state, source=list(OPEN), target=None)
    def call_in(self, *, by, record):
        """约谈：责任单位的负责人谈过一次，记录在约谈上，这里留一行。"""
        on, promised = local_date(record.held_at).isoformat(), record.commitments.count()
        return {"scope": {"call_in": record.pk}, "details": {"on": on, "commitments": promised}}

    @act(Act.KEEP_COMMITMENT)
    @transition(field=state, source=EVER_ISSUED, target=None)
    def keep_commitment(self, *, by, record, on):
        """登记承诺履行：督办单办结以后也还要跟到底。"""
        return {"scope": {"call_in": record.call_in_id, "commitment": record.pk}}

    @act(Act.CIRCULATE)
    @transition(field=state, source=EVER_ISSUED, target=None)
    def circulate(self, *, by, record):
        """通报：发给了几个单位。"""
        return {"scope": {"circular": record.pk}, "details": {"told": record.told.count()}}

    def _for_the_organ_only(self, by):
        if by.user is not None and not self.is_owed_by(by.user):
            raise PermissionDenied(f"督办单下给{self.to.short_name}，请由该单位签收、报告、反馈")

    def _reports_from_today(self):
        self.reports_since = today()
        self.next_report_on = progress_periods.next_due(
            self.reports_since, self.report_every, today(), calendar_in_force()
        )

    def _cadence(self) -> dict:
        """What the log keeps of card and reports: the periods are read off it again."""
        return {"card": str(self.card), "every": self.report_every}

    # Reading

    def the_petition(self):
        return self.petition

    @property
    def log_scope(self) -> dict:
        return {"order": self.pk}

    def log_facts(self) -> dict:
        """What the SV clock needs to know: who owes the answer and by which day."""
        return {"owed_by_organ": self.to_id, "due_on": self.due_on.isoformat(), "ground": str(self.ground)}

    @property
    def is_answered(self) -> bool:
        return self.state == OrderState.ANSWERED

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def days_left(self, today) -> int:
        """自然日 to the day the answer is due; negative once it has passed."""
        return (self.due_on - today).days

    def is_owed_by(self, user) -> bool:
        """Whether the user acts for the organ the order was sent to."""
        return user.organ_id is not None and user.office.pk == self.to.office_id

    def open_acts(self, user) -> list[dict]:
        """What the user's posts may do to the order, with the reasons why it cannot be done now (empty: open)."""
        offered = []
        for move in OFFERED:
            if move.act in BY_THE_ORGAN and not self.is_owed_by(user):
                continue
            if may(user, move.act, self.petition):
                offered.append({"act": move.act, "reasons": why_not(self, move)})
        return offered


BY_THE_ORGAN = (Act.SIGN_ORDER, Act.REPORT_ORDER, Act.ANSWER_ORDER)
OFFERED = (
    Order.sign_order,
    Order.report_order,
    Order.answer_order,
    Order.return_order,
    Order.raise_order,
    Order.close_order,
)
