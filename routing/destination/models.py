"""分流规则与建议：规则是行，理由写得出；系统只建议，人确认或另选，两样都留下（第二十二条）。"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from petitions.models import Category, Petition
from routing.querysets import PromotionQuerySet, RoutingProposalQuerySet, RoutingRuleQuerySet, SorterVersionQuerySet
from rulebook.models import Effective, RuleSet
from rulebook.triage.paths import TOPICS


class RoutingRule(Effective):
    """One row: any of the words, or the category, in the territory → a kind of organ. Ended, never changed."""

    rule_set = models.ForeignKey(
        RuleSet, models.PROTECT, null=True, blank=True, related_name="routing_rules", verbose_name="规则集"
    )
    code = models.CharField("代码", max_length=20)
    priority = models.PositiveSmallIntegerField("次序")
    words = ArrayField(models.CharField(max_length=40), verbose_name="词语", default=list, blank=True)
    exclude = ArrayField(models.CharField(max_length=40), verbose_name="排除词", default=list, blank=True)
    category_code = models.CharField("内容分类", max_length=12, blank=True)
    by_category = models.BooleanField("仅凭分类即可", default=False)
    territory = models.CharField("辖区代码", max_length=20, blank=True)
    target = models.CharField("去向", max_length=60)
    above = models.CharField("被反映的是它时的去向", max_length=60, blank=True)
    reason = models.CharField("理由", max_length=200)
    certainty = models.CharField("可信度", max_length=4, blank=True)

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "分流规则"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="one_routing_rule_in_force")
        ]

    def __str__(self):
        return f"{self.code} → {self.target}"


class Topic(models.Model):
    """One of the second-level matters of the six key fields: its words, and who handles it at each level."""

    code = models.CharField("代码", max_length=4, unique=True)
    keywords = ArrayField(models.CharField(max_length=40), verbose_name="关键词", default=list)
    city = models.CharField("市级", max_length=120, blank=True)
    district = models.CharField("区级", max_length=120, blank=True)
    street = models.CharField("街道、乡镇", max_length=120, blank=True)
    certainty = models.CharField("可信度", max_length=4)

    class Meta:
        verbose_name = "重点领域事项"

    def __str__(self):
        return f"{self.code} {TOPICS[self.code]}"


class TopicWay(models.Model):
    """What is asked for in a matter → the lawful paths for it, the one to take first at the front."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="ways", verbose_name="事项")
    position = models.PositiveSmallIntegerField("次序")
    situation = models.CharField("情形", max_length=80)
    matter = models.CharField("争的是什么", max_length=20)
    paths = ArrayField(models.CharField(max_length=4), verbose_name="途径")
    law = models.CharField("依据", max_length=120, blank=True)
    certainty = models.CharField("可信度", max_length=4)

    class Meta:
        verbose_name = "重点领域事项的途径"
        constraints = [models.UniqueConstraint(fields=["topic", "position"], name="one_way_per_position")]


class PromptRule(models.Model):
    """Words that the desk draws the clerk's eye to, each with its article. They say nothing about a person."""

    class Kind(models.TextChoices):
        THREAT = "threat", "扬言"
        URGENT = "urgent", "重大紧急"
        REQUEST = "request", "请求"
        GROUNDS = "grounds", "理由"

    code = models.CharField("代码", max_length=8, unique=True)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    words = ArrayField(models.CharField(max_length=20), verbose_name="词语")
    exclude = ArrayField(models.CharField(max_length=20), verbose_name="排除词", default=list)
    says = models.CharField("提示", max_length=60, blank=True)
    article = models.CharField("依据", max_length=80)
    certainty = models.CharField("可信度", max_length=4)

    class Meta:
        verbose_name = "登记提示词"


class Subject(models.TextChoices):
    """What a sorter is learnt for."""

    LEVEL1 = "level1", "一级分类"
    LEVEL2 = "level2", "二级分类"
    LEVEL3 = "level3", "三级分类"
    ORGAN = "organ", "去向单位"


class SorterVersion(models.Model):
    """One night's training: how it did on the held-back cases beside what was in use. Never changed."""

    subject = models.CharField("学什么", max_length=8, choices=Subject.choices)
    number = models.PositiveIntegerField("版次")
    made_at = models.DateTimeField("训练时间")
    cases = models.PositiveIntegerField("学过的件数")
    held_back = models.PositiveIntegerField("留作检验的件数")
    fingerprint = models.CharField("所用各件的摘要", max_length=32)
    scores = models.JSONField("在检验件上的成绩")
    rival = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="当时在用的版次")
    rival_scores = models.JSONField("在用的在同一批检验件上的成绩")
    # 没有启用过的不留内容：只留成绩
    stored = models.BinaryField("内容", default=bytes)

    objects = SorterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "学到的判断"
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="one_sorter_per_number")]

    def __str__(self):
        return f"{self.get_subject_display()}第 {self.number} 版"


class Promotion(models.Model):
    """Which version came into use when, by whom (none: the nightly task) and why. Lines are only added."""

    subject = models.CharField("学什么", max_length=8, choices=Subject.choices)
    version = models.ForeignKey(
        SorterVersion, models.PROTECT, null=True, related_name="promotions", verbose_name="启用的版次"
    )  # 没有：只按分类表、关键词和规则
    at = models.DateTimeField("启用时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="启用人")
    reason = models.CharField("理由", max_length=200)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = "判断的启用"
        indexes = [models.Index(fields=["subject", "-id"], name="promotion_in_use")]

    def __str__(self):
        return f"{self.get_subject_display()}：{self.version or '只按规则'}"


class RoutingProposal(models.Model):
    """What the rules proposed and what a person decided: both kept. One unsettled proposal a petition."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="routing_proposals", verbose_name="信访事项")
    secrecy = models.PositiveSmallIntegerField("密级", default=0)
    rule = models.ForeignKey(RoutingRule, models.PROTECT, null=True, related_name="+", verbose_name="规则")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="建议单位")
    percent = models.PositiveSmallIntegerField("占全部线索的百分比", default=0)
    reasons = models.JSONField("理由", default=list)
    version = models.ForeignKey(
        SorterVersion, models.PROTECT, null=True, related_name="+", verbose_name="凭哪一版学到的判断"
    )
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name="建议分类")
    category_reason = models.CharField("分类依据", max_length=120, blank=True)
    made_at = models.DateTimeField("建议时间")
    chosen_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="确定单位")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确定人"
    )
    chosen_at = models.DateTimeField("确定时间", null=True)
    followed = models.BooleanField("采纳建议", null=True)
    override_reason = models.CharField("另选理由", max_length=200, blank=True)

    objects = RoutingProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "分流建议"
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(chosen_at=None), name="one_unsettled_proposal_per_petition"
            )
        ]
        indexes = [
            models.Index(fields=["petition"], name="waiting_for_triage", condition=Q(chosen_at=None, organ=None)),
        ]

    def __str__(self):
        return f"{self.petition_id} → {self.organ_id or '待甄别'}"

    @property
    def is_triage(self) -> bool:
        """待甄别：没有规则说得出去向，还没有人定。"""
        return self.organ_id is None and self.chosen_at is None

    @property
    def rule_code(self) -> str:
        return self.rule.code if self.rule else ""
