"""领导接访公告：哪位领导、何时何地接待、接待哪些事、怎样预约，事先向社会公布（第十八条；rules §1.17）。"""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop as _

from accounts.models import Organ


class ReceptionQuerySet(models.QuerySet):
    def of(self, organ):
        """The announcements of one office, drafts too."""
        return self.filter(organ_id=organ.office_id)

    def public_on(self, day):
        """What the public sees on a day: published from that day or before, called off or not, past or to come."""
        return self.exclude(state="draft").filter(shown_from__lte=day)

    def to_come(self, day):
        return self.filter(shown_until__gte=day).order_by("day", "opens", "pk")

    def past(self, day):
        return self.filter(shown_until__lt=day).order_by("-day", "-opens", "-pk")


class Reception(models.Model):
    """One announced reception by a leader: a draft until published; published words do not change, they are called off
    with a reason that the public reads. It holds public names of officials and nothing of any petitioner."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已公布"
        CANCELLED = "cancelled", "已取消"

    class Way(models.TextChoices):
        FIXED = "fixed", _("定点接访")
        INVITED = "invited", _("重点约访")
        VISIT = "visit", _("带案下访")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="receptions", verbose_name="公布单位")
    leader = models.CharField("领导姓名", max_length=40)
    post = models.CharField("职务", max_length=60)
    charge = models.CharField("分管工作", max_length=120, blank=True)
    way = models.CharField("形式", max_length=8, choices=Way.choices, default=Way.FIXED)
    day = models.DateField("接待日期")
    opens = models.TimeField("开始")
    closes = models.TimeField("结束")
    place = models.CharField("接待地点", max_length=120)
    matters = models.CharField("接待哪些事项", max_length=200)
    booking = models.CharField("怎样预约、排队", max_length=200)
    shown_from = models.DateField("公布起始日")
    shown_until = models.DateField("公布截止日")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField("第几稿", default=1)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布时间", null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="取消人"
    )
    cancelled_at = models.DateTimeField("取消时间", null=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        verbose_name = "领导接访公告"
        constraints = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="reception_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(shown_from__lte=models.F("day"), shown_until__gte=models.F("day")),
                name="reception_shown_on_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_at=None)
                | ~models.Q(state="draft") & models.Q(published_at__isnull=False),
                name="reception_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(reason=""), name="reception_called_off_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["shown_until", "state"], name="receptions_shown")]

    def __str__(self):
        return f"{self.post}{self.leader} {self.day:%m-%d}"

    def stands_on(self, day: date) -> str:
        """How it stands on a day, in a word."""
        if self.state == self.State.PUBLISHED and self.shown_until < day:
            return "已过期"
        if self.state == self.State.PUBLISHED and self.shown_from > day:
            return "待公布"
        return self.get_state_display()
