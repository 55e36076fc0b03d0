"""期限：日志的读数，存下来只为能索引、能巡查。"""

from datetime import date

from django.db import connection, models

from accounts.models import Organ, Post
from rulebook.clock import days_heard
from rulebook.timekeeping import now


def heard_days(hearings: list) -> int:
    """自然日 of hearings written as pairs of ISO days, both days of each included."""
    return days_heard(_days(hearings))


def _days(hearings: list) -> list[tuple[date, date]]:
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in hearings]


class DeadlineQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_how="", paused=False)

    def duties(self):
        """Duties of organs; rights and internal limits never turn a lamp red."""
        return self.filter(kind="duty")

    def overdue(self, day):
        return self.running().filter(due_on__lt=day)

    def lapsed_by(self, day):
        return self.running().filter(due_on__lt=day)

    def wake(self) -> None:
        """The ladder looks at these again at its next round: what is asked of it has changed, not the day."""
        self.filter(ended_how="").update(next_rung_at=now())

    def look_again(self, deadlines) -> None:
        """Store when the ladder looks at each of the deadlines again (`next_rung_at`): one statement for all."""
        columns = [[row.pk for row in deadlines], [row.next_rung_at for row in deadlines]]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE petitions_deadline row SET next_rung_at = now.at "
                "FROM unnest(%s::bigint[], %s::timestamptz[]) AS now (id, at) WHERE row.id = now.id",
                columns,
            )


class Deadline(models.Model):
    """A stored reading of the log. Its key is the line that set it running, so it keeps its identity when it moves."""

    class Ended(models.TextChoices):
        MET = "met", "按期"
        LATE = "late", "逾期完成"
        VOID = "void", "作废"
        LAPSED = "lapsed", "届满未办"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="deadlines")
    term = models.CharField("期限", max_length=10)
    scope = models.CharField("对象", max_length=12)
    scope_id = models.BigIntegerField("对象键")
    started_by = models.PositiveIntegerField("起算行")
    kind = models.CharField("性质", max_length=10, default="duty")
    owed_by_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    owed_by_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    district = models.CharField("区代码", max_length=20, blank=True)
    starts_on = models.DateField("起算日")
    due_on = models.DateField("届满日")
    due_at = models.DateTimeField("届满时刻", null=True)
    internal_on = models.DateField("内控截止", null=True)
    met_on = models.DateField("完成日", null=True)
    ended_how = models.CharField("结果", max_length=10, blank=True, choices=Ended.choices)
    paused = models.BooleanField("中止", default=False)
    extended_days = models.PositiveSmallIntegerField("已延长天数", default=0)
    next_rung_at = models.DateTimeField("下次提醒", null=True)
    hearings = models.JSONField("扣除的听证起止", default=list, blank=True)
    provisional = models.BooleanField("暂定日历", default=False)
    calendar_version = models.PositiveIntegerField("日历版本", default=0)
    notice_exempt = models.BooleanField("豁免书面告知", default=False)
    secrecy = models.PositiveSmallIntegerField("密级", default=0)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "期限"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "term", "scope", "scope_id", "started_by"], name="one_deadline_per_start"
            )
        ]
        indexes = [
            models.Index(
                fields=["owed_by_organ", "due_on", "id"], name="running_by_organ", condition=models.Q(ended_how="")
            ),
            models.Index(
                fields=["district", "due_on", "id"], name="running_by_district", condition=models.Q(ended_how="")
            ),
            models.Index(fields=["next_rung_at"], name="running_by_rung", condition=models.Q(ended_how="")),
        ]

    @property
    def is_running(self) -> bool:
        return not self.ended_how and not self.paused

    @property
    def held(self) -> list[tuple[date, date]]:
        """First and last day of each hearing left out of the period."""
        return _days(self.hearings)

    @property
    def added_days(self) -> int:
        """自然日 beyond the term's own length: extensions and the hearings left out."""
        return self.extended_days + heard_days(self.hearings)

    def was_missed(self, today) -> bool:
        """Whether its last day went by before it was met, or has gone by and it still runs."""
        return self.ended_how in ("late", "lapsed") or (self.is_running and self.due_on < today)

    def days_left(self, today) -> int:
        """Natural days to the due day; negative once it has passed."""
        return (self.due_on - today).days
