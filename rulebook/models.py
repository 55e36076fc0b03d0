"""A city's published rules and the State's holiday tables: rows that are sealed once published.

A petition pins the RuleSet in force on the day it was received; the calendar is never pinned, its versions only grow.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from rulebook.city.options import OPTIONS
from rulebook.querysets import CalendarVersionQuerySet, ClockShiftQuerySet, EffectiveQuerySet, RuleSetQuerySet
from rulebook.terms import NATIONAL_TERMS


def term_codes() -> list[tuple[str, str]]:
    """Code and label of every term."""
    return [(term.code, term.label) for term in NATIONAL_TERMS]


def option_keys() -> list[tuple[str, str]]:
    """Key and label of every setting a city may choose."""
    return [(option.key, option.label) for option in OPTIONS.values()]


class RuleSet(models.Model):
    """What one city decided, published as a whole from a day on. Draft → published → frozen (superseded)."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        FROZEN = "frozen", "已被取代"

    code = models.CharField("规则包", max_length=40)
    city = models.CharField("城市", max_length=60)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    effective_from = models.DateField("施行日期")
    sources = models.JSONField("依据", default=list)
    content_hash = models.CharField("文件摘要", max_length=64)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=60, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规则集"
        constraints = [
            models.UniqueConstraint(
                fields=["city", "effective_from"], condition=~Q(status="draft"), name="one_rule_set_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.city} {self.effective_from:%Y-%m-%d}"


class TermRow(models.Model):
    """A statutory length this city shortened, with the document that says so."""

    rule_set = models.ForeignKey(RuleSet, verbose_name="规则集", on_delete=models.PROTECT, related_name="term_rows")
    code = models.CharField("期限", max_length=10, choices=term_codes)
    length = models.PositiveSmallIntegerField("天数")
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "期限（地方）"
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="one_row_a_term")]

    def __str__(self):
        return f"{self.code} {self.length}"


class PackSetting(models.Model):
    """One choice of the city among the options of the house."""

    rule_set = models.ForeignKey(RuleSet, verbose_name="规则集", on_delete=models.PROTECT, related_name="settings")
    key = models.CharField("事项", max_length=40, choices=option_keys)
    value = models.JSONField("取值")

    class Meta:
        verbose_name = verbose_name_plural = "城市设置"
        constraints = [models.UniqueConstraint(fields=["rule_set", "key"], name="one_row_a_setting")]

    def __str__(self):
        return f"{self.key} = {self.value}"


class CalendarVersion(models.Model):
    """One table of one year's rest days and 调休 working days; a correction is the next version."""

    year = models.PositiveSmallIntegerField("年份")
    version = models.PositiveSmallIntegerField("版次")
    provisional = models.BooleanField("暂定", default=False)
    source = models.CharField("依据", max_length=200)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=60, blank=True)

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        constraints = [models.UniqueConstraint(fields=["year", "version"], name="one_calendar_version")]

    def __str__(self):
        return f"{self.year}年第{self.version}版"


class CalendarDay(models.Model):
    """A day that differs from Monday-to-Friday, listed in the table of a year (not always its own)."""

    version = models.ForeignKey(CalendarVersion, verbose_name="放假安排", on_delete=models.PROTECT, related_name="days")
    day = models.DateField("日期")
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "休、班日"
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="one_line_a_day")]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {'班' if self.is_workday else '休'}"


class ClockShift(models.Model):
    """How far the clock of all processes is put forward; one row, read only where settings allow a shift."""

    seconds = models.BigIntegerField("拨快秒数", default=0)

    objects = ClockShiftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时钟拨动"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_clock_shift")]

    def __str__(self):
        return f"{self.seconds}秒"


class Statute(models.Model):
    """A law, regulation or rule that opinions cite: its names, its number of articles, whether it has ended."""

    name = models.CharField("名称", max_length=100, unique=True)
    short_names = models.JSONField("简称", default=list)
    articles = models.PositiveSmallIntegerField("条数")
    ended_on = models.DateField("废止日", null=True, blank=True)
    replaced_by = models.CharField("代之以", max_length=100, blank=True)
    earlier_facts = models.BooleanField("可适用于废止前的事实", default=False)
    certainty = models.CharField("可信度", max_length=2)
    source = models.CharField("出处", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "法律法规"

    def __str__(self):
        return self.name


class Effective(models.Model):
    """Something valid from a day to a day, both included; an open end has none. Ended, never deleted."""

    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_to = models.DateField("失效日期", null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force_on(self, day: date) -> bool:
        """Whether this row is valid on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
