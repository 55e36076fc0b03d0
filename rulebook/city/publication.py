"""Publish a city pack's rules into rows that nobody can change afterwards. Running it twice publishes nothing new."""

from datetime import date

from django.db import connection, transaction

from rulebook import timekeeping
from rulebook.city.rules_pack import CalendarTable, Pack
from rulebook.models import CalendarDay, CalendarVersion, PackSetting, RuleSet, TermRow


class PackRefused(ValueError):
    """The pack may not be published; `complaints` holds the sentences."""

    def __init__(self, complaints: list[str]):
        super().__init__("；".join(complaints))
        self.complaints = complaints


PUBLISHING = 0x52554C45  # 发布时的咨询锁


@transaction.atomic
def publish(pack: Pack, *, by: str, effective_from: date | None = None) -> RuleSet:
    """Publish the pack's calendars and its rule set from a day on (the pack's own day unless told).

    Returns the set that now holds the pack's content; PackRefused if the pack has complaints, or another set of
    the city already begins on that day.
    """
    starts = effective_from or pack.effective_from
    if pack.complaints or starts is None:
        raise PackRefused(pack.complaints or ["规则包没有写明施行日期"])
    _one_at_a_time()
    for table in pack.calendars:
        publish_calendar(table, by=by)
    sets = RuleSet.objects.published().filter(city=pack.city)
    current = sets.in_force_on(starts).first()
    if current is not None and current.content_hash == pack.content_hash:
        return current
    if sets.filter(effective_from__gte=starts).exists():
        raise PackRefused([f"{pack.city}已有自{starts}或以后施行的规则集，新的规则集应另定更晚的施行日期"])
    rule_set = RuleSet.objects.create(
        code=pack.code,
        city=pack.city,
        effective_from=starts,
        sources=pack.sources,
        content_hash=pack.content_hash,
    )
    TermRow.objects.bulk_create(
        TermRow(rule_set=rule_set, code=code, length=length, source=source)
        for code, (length, source) in pack.terms.items()
    )
    PackSetting.objects.bulk_create(
        PackSetting(rule_set=rule_set, key=key, value=value) for key, value in pack.settings.items()
    )
    rule_set.status = RuleSet.Status.PUBLISHED
    rule_set.published_at, rule_set.published_by = timekeeping.now(), by
    rule_set.save(update_fields=["status", "published_at", "published_by"])
    sets.exclude(pk=rule_set.pk).filter(status=RuleSet.Status.PUBLISHED).update(status=RuleSet.Status.FROZEN)
    return rule_set


@transaction.atomic
def publish_calendar(table: CalendarTable, *, by: str = "") -> CalendarVersion:
    """Publish one year's table as its next version; the version in force if it says the same already.

    Clocks already running are counted again by `petitions.clocks.republication`, not here.
    """
    _one_at_a_time()
    last = CalendarVersion.objects.published().filter(year=table.year).order_by("-version").first()
    if last is not None and _same(last, table):
        return last
    version = CalendarVersion.objects.create(
        year=table.year,
        version=last.version + 1 if last else 1,
        provisional=table.provisional,
        source=table.source,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, day=day, is_workday=is_workday, name=name)
        for day, (is_workday, name) in sorted(table.days.items())
    )
    version.published_at, version.published_by = timekeeping.now(), by
    version.save(update_fields=["published_at", "published_by"])
    return version


@transaction.atomic
def keep_draft(table: CalendarTable) -> CalendarVersion:
    """Keep a year's table as the year's draft (version 0), in the place of an earlier one. It answers no question."""
    _one_at_a_time()
    for old in CalendarVersion.objects.drafts().filter(year=table.year):
        drop_draft(old)
    draft = CalendarVersion.objects.create(
        year=table.year, version=0, provisional=table.provisional, source=table.source
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=draft, day=day, is_workday=is_workday, name=name)
        for day, (is_workday, name) in sorted(table.days.items())
    )
    return draft


@transaction.atomic
def drop_draft(draft: CalendarVersion) -> None:
    """Throw a draft away; the database refuses where it was published."""
    draft.days.all().delete()
    draft.delete()


def _one_at_a_time() -> None:
    """The newest id names a whole set of tables, so ids must become visible in the order they were given out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])


def table_of(version: CalendarVersion) -> CalendarTable:
    """The table that a version, published or draft, holds."""
    days = {row.day: (row.is_workday, row.name) for row in version.days.order_by("day")}
    return CalendarTable(version.year, version.source, days, version.provisional)


def _same(version: CalendarVersion, table: CalendarTable) -> bool:
    return table_of(version) == table
