"""提醒阶梯（城市数据）、提醒（每期限每级每届满日一条）、告知（每条提醒每人一次）。"""

from django.conf import settings
from django.db import models

from accounts.models import Channel, Outbox
from petitions.models import Deadline
from rulebook.models import Effective, RuleSet
from supervision.ladder.addressees import LABELS
from supervision.ladder.rungs import NATURAL, WORKING, Opens, Rung
from supervision.querysets import LadderQuerySet, ReminderQuerySet, TellingQuerySet


def in_app() -> list[str]:
    """The channel of a rung whose pack names none."""
    return [str(Channel.IN_APP)]


PLAIN = ("code", "label", "level", "offset", "unit", "opens", "logged", "category")


class LadderRow(Effective):
    """One rung of the city's ladder, for the terms it names. Ended, never deleted; applies from its own day."""

    class Unit(models.TextChoices):
        NATURAL = NATURAL, "自然日"
        WORKING = WORKING, "工作日"

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="+", verbose_name="规则集")
    terms = models.JSONField("适用期限")
    code = models.CharField("代号", max_length=20)
    level = models.PositiveSmallIntegerField("级")
    label = models.CharField("名称", max_length=20)
    offset = models.SmallIntegerField("距届满日")
    unit = models.CharField("单位", max_length=8, choices=Unit.choices, default=Unit.NATURAL)
    tells = models.JSONField("告知对象")
    above = models.JSONField("无人知悉时依次报", default=dict)
    channels = models.JSONField("渠道", default=in_app)
    opens = models.CharField("开启", max_length=10, choices=Opens.choices, blank=True)
    logged = models.BooleanField("记入办理日志", default=False)
    # 三级分类的代码，或者它的前几位；空：不分类别
    category = models.CharField("内容分类", max_length=12, blank=True, default="", db_default="")

    objects = LadderQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒阶梯"

    def __str__(self):
        return f"{self.code} {self.label}"

    def rung(self) -> Rung:
        """The row as the pure ladder reads it."""
        facts = {name: getattr(self, name) for name in PLAIN}
        return Rung(
            tells=_by_addressee(self.tells),
            above=_by_addressee(self.above),
            channels=tuple(self.channels),
            **facts,
        )


def _by_addressee(stored: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """From the handler upwards, in whatever order they were stored."""
    return {addressee: tuple(stored[addressee]) for addressee in LABELS if addressee in stored}


class Reminder(models.Model):
    """One rung climbed for one deadline at one due day; after an extension the new day warns again."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders", verbose_name="期限")
    rung = models.CharField("级", max_length=20)
    level = models.PositiveSmallIntegerField("阶梯级")
    due_on = models.DateField("届满日")
    made_at = models.DateTimeField("提醒时间")
    told_to = models.JSONField("告知人员", default=list)
    # 过了这一天还没有人知悉、办理的报上一级；空：不用报，或者已经看过
    answer_by = models.DateField("知悉截止", null=True)
    raised_to = models.CharField("报给", max_length=10, blank=True)
    raised_at = models.DateTimeField("报上时间", null=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒"
        constraints = [models.UniqueConstraint(fields=["deadline", "rung", "due_on"], name="one_reminder_per_rung")]
        indexes = [
            models.Index(
                fields=["answer_by", "id"], name="reminder_to_answer", condition=models.Q(answer_by__isnull=False)
            ),
            models.Index(
                fields=["deadline", "due_on"], name="reminder_withdrawn", condition=models.Q(withdrawn_at__isnull=False)
            ),
        ]

    @property
    def key(self) -> str:
        """What telling it once means (accounts.messages.notices)."""
        return f"rung:{self.deadline_id}:{self.rung}:{self.due_on}"


class Telling(models.Model):
    """告知：一条提醒告知一人。低级的先攒着，到上班时刻并成一份摘要；`message` 是送到他那里的那一条。"""

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="tellings", verbose_name="提醒")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="告知人员")
    addressee = models.CharField("身份", max_length=10, blank=True)  # 承办人 … 召集人；空：岗位空缺，告知全单位
    due_at = models.DateTimeField("送达时刻")
    message = models.ForeignKey(
        Outbox,
        models.PROTECT,
        null=True,
        to_field="dedupe_key",
        related_name="+",
        db_index=False,
        verbose_name="消息",
    )

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = "告知"
        constraints = [models.UniqueConstraint(fields=["reminder", "person"], name="one_telling_per_person")]
        indexes = [models.Index(fields=["person", "due_at"], name="telling_waits", condition=models.Q(message=None))]
