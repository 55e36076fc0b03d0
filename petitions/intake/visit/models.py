"""接访：到大厅来的一拨人，从取号到离开。号牌不写姓名；登记了什么事项，另有来件。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.intake.models import Submission


class VisitQuerySet(models.QuerySet):
    def on(self, organ, day):
        """The visits of one office on one day."""
        return self.filter(organ_id=organ.office_id, day=day)

    def waiting(self):
        """Who waits, in the order of being called: special needs first, then by number."""
        return self.filter(state="waiting").order_by(
            models.Case(models.When(need="", then=1), default=0), "number", "pk"
        )

    def in_hand(self):
        """Called or being met."""
        return self.filter(state__in=("called", "met"))


class Visit(models.Model):
    """One party of visitors in the hall of an office on one day. Without a number where nobody drew one.

    It names nobody and judges nobody; what was registered stands in `submissions` (one visit may bring two matters).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等候"
        CALLED = "called", "叫号"
        MET = "met", "接待中"
        LEFT = "left", "离开"

    class Need(models.TextChoices):
        """特殊群体优先接待（rules §8.2 第 1 步）。"""

        ELDERLY = "elderly", "老年人"
        DISABLED = "disabled", "残疾人"
        PREGNANT = "pregnant", "孕妇、携带婴幼儿"
        ILL = "ill", "身体不适"

    class End(models.TextChoices):
        """怎样离开：只记事实，不评价人。"""

        CALM = "calm", "接待完毕，自行离开"
        PERSUADED = "persuaded", "经劝导后离开"
        FETCHED = "fetched", "由亲属、单位接走"
        STAYED = "stayed", "滞留，另行登记秩序事件"
        ABSENT = "absent", "叫号未到"
        GONE = "gone", "等候中自行离开"

    class Mood(models.TextChoices):
        """信访人自己的表示。"""

        CONTENT = "content", "表示满意"
        PARTLY = "partly", "表示基本满意"
        NOT = "not", "表示不满意"
        UNSAID = "unsaid", "未表示"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="visits", verbose_name="接待单位")
    day = models.DateField("日期")
    number = models.PositiveIntegerField("号", null=True)
    need = models.CharField("优先接待", max_length=10, choices=Need.choices, blank=True)
    people = models.PositiveIntegerField("人数", default=1)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    taken_at = models.DateTimeField("取号时间")
    called_at = models.DateTimeField("叫号时间", null=True)
    calls = models.PositiveSmallIntegerField("叫号次数", default=0)
    window = models.PositiveSmallIntegerField("窗口", null=True)
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="visits", verbose_name="接待人"
    )
    met_at = models.DateTimeField("接待开始", null=True)
    left_at = models.DateTimeField("离开时间", null=True)
    end = models.CharField("怎样离开", max_length=10, choices=End.choices, blank=True)
    told = models.BooleanField("已当场告知去向和期限", default=False)
    receipt = models.BooleanField("已交回执", default=False)
    mood = models.CharField("信访人的表示", max_length=8, choices=Mood.choices, blank=True)
    note = EncryptedTextField("情况", blank=True, default="")
    submissions = models.ManyToManyField(Submission, related_name="visits", verbose_name="登记的来件")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "接访"
        constraints = [
            models.UniqueConstraint(fields=["organ", "day", "number"], name="one_number_a_day"),
            models.UniqueConstraint(
                fields=["clerk", "day"], condition=models.Q(state__in=("called", "met")), name="one_visit_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["organ", "day", "state"], name="visits_of_the_day")]

    def __str__(self):
        return self.ticket

    @property
    def ticket(self) -> str:
        """What the paper in the visitor's hand says; visitors without a number have none."""
        return f"A{self.number:03d}" if self.number else "无号"

    @property
    def minutes(self) -> int | None:
        """How long the reception took, in whole minutes; None while it lasts or where it never began."""
        if self.met_at is None or self.left_at is None:
            return None
        return int((self.left_at - self.met_at).total_seconds() // 60)

    @property
    def is_recorded(self) -> bool:
        """Whether somebody wrote down how the visit ended, beyond that it did."""
        return bool(self.mood)


class ShiftHandover(models.Model):
    """交接班：谁把哪些没有办完的交给了谁。只增不改；草稿的内容不在这里。"""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="交班人")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="接班人")
    window = models.PositiveSmallIntegerField("窗口", null=True)
    drafts = models.JSONField("移交的草稿", default=list)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+", verbose_name="移交的接访")
    note = EncryptedTextField("交代事项", blank=True, default="")
    at = models.DateTimeField("交接时间")

    class Meta:
        verbose_name = "交接班"
        indexes = [models.Index(fields=["organ", "-at"], name="handovers_of_organ")]

    def __str__(self):
        return f"{self.giver}→{self.taker} {self.at:%m-%d %H:%M}"
