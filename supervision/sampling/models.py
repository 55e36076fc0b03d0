"""质量评查：评查表（城市数据）、抽样方案、抽中的件、两人的评查表、定分。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from petitions.models import Petition
from rulebook.models import Effective, RuleSet


class Answer(models.TextChoices):
    YES = "yes", "做到"
    NO = "no", "没有做到"
    NA = "na", "不适用"


class QualitySheet(Effective):
    """The city's sheet as it was published; a plan keeps the one it was drawn under. Ended, never changed."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="+", verbose_name="规则集")
    pass_mark = models.PositiveSmallIntegerField("合格分")
    # [{code, label, items: [{code, words, points, na, article, mark}]}]
    parts = models.JSONField("评查项目")

    class Meta:
        verbose_name = "评查表"

    @property
    def items(self) -> list[dict]:
        """Every item of the sheet, in its order."""
        return [item for part in self.parts for item in part["items"]]

    def score(self, answers: dict[str, str]) -> float | None:
        """Points earned of the points that apply, 0–100; None where nothing applies."""
        asked = [item for item in self.items if answers.get(item["code"], Answer.NA) != Answer.NA]
        whole = sum(item["points"] for item in asked)
        earned = sum(item["points"] for item in asked if answers[item["code"]] == Answer.YES)
        return 100 * earned / whole if whole else None


class SamplePlan(models.Model):
    """One drawing: drawn once, in the same moment as it is written down, and frozen."""

    name = models.CharField("名称", max_length=60, unique=True)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="评查单位")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="主持人")
    since = models.DateField("了结日自")
    until = models.DateField("了结日至")
    by_category = models.BooleanField("按内容分类分层", default=True)
    by_ending = models.BooleanField("按了结方式分层", default=True)
    size = models.PositiveSmallIntegerField("抽取件数")
    least = models.PositiveSmallIntegerField("每层至少", default=1)
    seed = models.CharField("种子", max_length=60)
    sheet = models.ForeignKey(QualitySheet, models.PROTECT, related_name="+", verbose_name="评查表")
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="评查人")
    drawn_at = models.DateTimeField("抽取时间")
    population = models.PositiveIntegerField("总体件数")
    # [{organ, name, category, ending, population, drawn}]，organ 为机构代码
    strata = models.JSONField("分层")
    list_hash = models.CharField("名单指纹", max_length=64)
    population_hash = models.CharField("总体指纹", max_length=64)

    class Meta:
        verbose_name = "质量评查方案"
        indexes = [models.Index(fields=["office", "-drawn_at"], name="plans_of_office")]

    def __str__(self):
        return self.name


class SampledPetition(models.Model):
    """One petition on the list. What is found of it is written here and nowhere on the petition."""

    plan = models.ForeignKey(SamplePlan, models.PROTECT, related_name="sampled", verbose_name="方案")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name="信访事项")
    place = models.PositiveSmallIntegerField("名单序号")
    stratum = models.PositiveSmallIntegerField("所在层")
    answers = models.JSONField("定分", default=dict)
    settled_at = models.DateTimeField("定分时间", null=True)

    class Meta:
        verbose_name = "抽中的件"
        constraints = [
            models.UniqueConstraint(fields=["plan", "petition"], name="drawn_once"),
            models.UniqueConstraint(fields=["plan", "place"], name="one_place_on_the_list"),
        ]

    def __str__(self):
        return f"{self.plan} 第 {self.place} 件"


class Reading(models.Model):
    """One reader's sheet of one petition: open to that reader alone until both are in."""

    sampled = models.ForeignKey(SampledPetition, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评查人")
    seat = models.PositiveSmallIntegerField("第几位")
    answers = models.JSONField("评查", default=dict)
    remark = EncryptedTextField("评查说明", blank=True)
    version = models.PositiveIntegerField("保存次数", default=0)
    done_at = models.DateTimeField("交表时间", null=True)

    class Meta:
        verbose_name = "评查表（一人一份）"
        constraints = [
            models.UniqueConstraint(fields=["sampled", "reader"], name="one_sheet_a_reader"),
            models.UniqueConstraint(fields=["sampled", "seat"], name="two_seats_a_petition"),
            models.CheckConstraint(condition=models.Q(seat__in=(1, 2)), name="two_readers"),
        ]
        indexes = [models.Index(fields=["reader"], name="sheets_to_fill", condition=models.Q(done_at=None))]


class Settlement(models.Model):
    """What the third person settled of one item on which the two differ, and why."""

    sampled = models.ForeignKey(SampledPetition, models.PROTECT, related_name="settlements")
    item = models.CharField("项目", max_length=12)
    answer = models.CharField("定为", max_length=3, choices=Answer.choices)
    reason = EncryptedTextField("理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="定分人")
    at = models.DateTimeField("定分时间")

    class Meta:
        verbose_name = "定分"
        constraints = [models.UniqueConstraint(fields=["sampled", "item"], name="settled_once")]
