"""评价：信访人对送达的一份处理意见书，分别评价信访部门和责任单位（国信发〔2022〕11号，rules §1.15）。"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop as _

from accounts.models import Organ
from petitions.service.models import Service
from petitions.service.rating import rating_scope


class RatingQuerySet(models.QuerySet):
    def closed(self, day):
        """Whose window is over by the day: what was said last counts, and nobody is kept from seeing it."""
        return self.filter(until__lt=day)

    def seen_by(self, user, day):
        """What the user may see of ratings on the day (see rating_scope.seen_by)."""
        return self.filter(rating_scope.seen_by(user, day))


class Rating(models.Model):
    """The score that counts: the last one given inside the window; those before it are in the log. What is said later
    is words on the log only."""

    class Body(models.TextChoices):
        OFFICE = "office", _("信访部门")
        ORGAN = "organ", _("责任单位")

    class Score(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        FAIR = "fair", _("基本满意")
        DISSATISFIED = "dissatisfied", _("不满意")

    class Reason(models.TextChoices):
        """不满意的原因：国家系统有此字段，选项未见原文，由本系统列出。"""

        FACTS = "facts", _("事实没有查清")
        UNANSWERED = "unanswered", _("诉求没有逐项答复")
        BASIS = "basis", _("依据没有讲明白")
        LATE = "late", _("办理拖延")
        MANNER = "manner", _("态度作风")
        UNFULFILLED = "unfulfilled", _("承诺没有落实")
        OTHER = "other", _("其他")

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="ratings")
    service = models.ForeignKey(Service, models.PROTECT, related_name="ratings", verbose_name="所评价的送达")
    body = models.CharField("评价对象", max_length=8, choices=Body.choices)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="被评价单位")
    score = models.CharField("评价", max_length=14, choices=Score.choices)
    reason = models.CharField("不满意的原因", max_length=12, choices=Reason.choices, blank=True)
    rated_at = models.DateTimeField("评价时间")
    until = models.DateField("评价期的最后一天")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="电话代录人"
    )

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "满意度评价"
        indexes = [models.Index(fields=["until"], name="poor_ratings", condition=models.Q(score="dissatisfied"))]
        constraints = [
            models.UniqueConstraint(fields=["service", "body"], name="one_rating_per_service_and_body"),
            models.CheckConstraint(
                condition=~models.Q(score="dissatisfied") | ~models.Q(reason=""), name="dissatisfied_with_a_reason"
            ),
        ]

    @property
    def is_poor(self) -> bool:
        return self.score == self.Score.DISSATISFIED

    def __str__(self):
        return f"{self.organ.short_name} {self.get_score_display()}"
