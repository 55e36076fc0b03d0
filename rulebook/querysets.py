"""Questions the rulebook's rows answer."""

from datetime import date

from django.db import models
from django.db.models import Max, Q

from rulebook import timekeeping


class RuleSetQuerySet(models.QuerySet):
    """Rule sets, by standing and by day."""

    def published(self):
        """Sets that were published, those since superseded included."""
        return self.exclude(status=self.model.Status.DRAFT)

    def published_keys(self):
        """The keys of these sets, one tuple each."""
        return self.published().order_by("pk").values_list("pk")

    def in_force_on(self, day: date):
        """Published sets already effective on the day, the one in force first: each holds until the next begins."""
        return self.published().filter(effective_from__lte=day).order_by("-effective_from", "-id")


class CalendarVersionQuerySet(models.QuerySet):
    """Holiday tables, a later version of a year replacing the earlier."""

    def published(self):
        """Tables whose days are complete and sealed."""
        return self.filter(published_at__isnull=False)

    def drafts(self):
        """Tables that were uploaded and not yet published."""
        return self.filter(published_at__isnull=True)

    def newest_id(self) -> int:
        """The id of the newest published table, 0 if there is none: it names the whole set of tables."""
        return self.published().aggregate(newest=Max("id"))["newest"] or 0

    def latest_as_of(self, newest: int):
        """The last version of each year among the tables up to that id."""
        tables = self.published().filter(id__lte=newest)
        return tables.order_by("year", "-version").distinct("year")


class EffectiveQuerySet(models.QuerySet):
    """Rows with a first and a last day."""

    def in_force_on(self, day: date):
        """Rows valid on the day, both ends included; an open end is valid for good."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class ClockShiftQuerySet(models.QuerySet):
    """The one row that shifts the clock of every process."""

    def seconds(self) -> int:
        """How many seconds the clock is put forward; 0 without a row."""
        return self.filter(pk=1).values_list("seconds", flat=True).first() or 0

    def put(self, seconds: int) -> None:
        """Set the shift; this process follows at once, the others within a second."""
        self.update_or_create(pk=1, defaults={"seconds": seconds})
        timekeeping.forget_shift()
