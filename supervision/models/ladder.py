"""提醒阶梯（城市数据）和提醒（每期限每级每届满日一条）。"""

from django.db import models

from petitions.models import Deadline
from rulebook.models import Effective, RuleSet
from supervision.ladder import NATURAL, WORKING, Rung
from supervision.querysets import LadderQuerySet


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
    logged = models.BooleanField("记入办理日志", default=False)

    objects = LadderQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒阶梯"

    def __str__(self):
        return f"{self.code} {self.label}"

    def rung(self) -> Rung:
        """The row as the pure ladder reads it."""
        tells = {addressee: tuple(roles) for addressee, roles in self.tells.items()}
        facts = {name: getattr(self, name) for name in ("code", "label", "level", "offset", "unit", "logged")}
        return Rung(tells=tells, **facts)


class Reminder(models.Model):
    """One rung climbed for one deadline at one due day; after an extension the new day warns again."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders", verbose_name="期限")
    rung = models.CharField("级", max_length=20)
    level = models.PositiveSmallIntegerField("阶梯级")
    due_on = models.DateField("届满日")
    made_at = models.DateTimeField("提醒时间")
    told_to = models.JSONField("告知人员", default=list)

    class Meta:
        verbose_name = "提醒"
        constraints = [models.UniqueConstraint(fields=["deadline", "rung", "due_on"], name="one_reminder_per_rung")]
