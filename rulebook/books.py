"""The rulebook opened: rows turned into the pure things the clock counts with, kept per process.

Published rows never change, so what was read once under an id may be kept for good.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rulebook.calendar import Calendar
from rulebook.city.options import filled
from rulebook.city.rules_pack import CalendarTable
from rulebook.models import CalendarDay, CalendarVersion, PackSetting, RuleSet, TermRow
from rulebook.recount import Edition
from rulebook.terms import NATIONAL_TERMS, Term
from rulebook.timekeeping import local_date


class RulesMissing(LookupError):
    """No published table or set answers the question; the message is the sentence to show."""


_held: ContextVar[Calendar | None] = ContextVar("held_calendar", default=None)


@contextmanager
def calendar_held() -> Iterator[Calendar]:
    """Inside, the tables now in force are asked for once, not once an act: for thousands of acts in a row."""
    token = _held.set(calendar_in_force())
    try:
        yield _held.get()
    finally:
        _held.reset(token)


def calendar_in_force() -> Calendar:
    """The newest published tables of all years. One small query; RulesMissing if no table was ever published."""
    if (held := _held.get()) is not None:
        return held
    newest = CalendarVersion.objects.newest_id()
    if not newest:
        raise RulesMissing("尚未发布任何年份的放假安排，请先发布规则包")
    return calendar_of(newest)


@lru_cache(maxsize=32)
def calendar_of(version: int) -> Calendar:
    """The tables as they stood at that version (`Deadline.calendar_version`); no query once read."""
    return _laid_together(_tables_as_of(version), version)


def calendar_with(table: CalendarTable) -> Calendar:
    """The tables now in force with one year's laid in the place of the old: what publishing it would give.

    Its version is higher than any published; nothing is stored.
    """
    newest = CalendarVersion.objects.newest_id()
    others = [known for known in _tables_as_of(newest) if known.year != table.year]
    return _laid_together(sorted([*others, table], key=lambda known: known.year), newest + 1)


def editions_after(version: int) -> list[Edition]:
    """The tables published after that version, oldest first; of several published on one day, how the day ended."""
    later = CalendarVersion.objects.published().filter(id__gt=version).order_by("id")
    last_of_day = {local_date(at): pk for pk, at in later.values_list("id", "published_at")}
    return [Edition(calendar_of(pk), day) for day, pk in sorted(last_of_day.items(), key=lambda item: item[1])]


def _tables_as_of(newest: int) -> list[CalendarTable]:
    """The last table of each year among those up to that version, by year."""
    versions = list(CalendarVersion.objects.latest_as_of(newest))
    days: dict[int, dict[date, tuple[bool, str]]] = {version.pk: {} for version in versions}
    for row in CalendarDay.objects.filter(version__in=versions):
        days[row.version_id][row.day] = (row.is_workday, row.name)
    return [CalendarTable(known.year, known.source, days[known.pk], known.provisional) for known in versions]


def _laid_together(tables: list[CalendarTable], version: int) -> Calendar:
    """One calendar of several years; a day that two tables list is answered by the later year's."""
    holidays: dict[date, str] = {}
    makeup: dict[date, str] = {}
    for table in tables:
        for day, (is_workday, name) in table.days.items():
            holidays.pop(day, None)
            makeup.pop(day, None)
            (makeup if is_workday else holidays)[day] = name
    return Calendar(
        years=frozenset(table.year for table in tables),
        holidays=MappingProxyType(holidays),
        makeup_workdays=MappingProxyType(makeup),
        provisional_years=frozenset(table.year for table in tables if table.provisional),
        version=version,
    )


def rule_set_on(day: date) -> RuleSet:
    """The set in force on a day, the one a petition received that day pins. RulesMissing if there is none."""
    rule_set = RuleSet.objects.in_force_on(day).first()
    if rule_set is None:
        raise RulesMissing(f"{day:%Y-%m-%d}没有已发布的规则集，请先发布规则包")
    return rule_set


def terms_of(rule_set: RuleSet) -> tuple[Term, ...]:
    """The national terms with this city's shorter lengths laid over them."""
    return _sealed_terms(rule_set.pk) if _is_sealed(rule_set) else _read_terms(rule_set.pk)


def settings_of(rule_set: RuleSet) -> Mapping[str, Any]:
    """Every option's value under this set, defaults filled in."""
    return _sealed_settings(rule_set.pk) if _is_sealed(rule_set) else _read_settings(rule_set.pk)


def _is_sealed(rule_set: RuleSet) -> bool:
    return rule_set.status != RuleSet.Status.DRAFT


def _read_terms(rule_set_id: int) -> tuple[Term, ...]:
    shorter = {row.code: row for row in TermRow.objects.filter(rule_set_id=rule_set_id)}
    return tuple(
        replace(term, length=shorter[term.code].length, source=shorter[term.code].source)
        if term.code in shorter
        else term
        for term in NATIONAL_TERMS
    )


def _read_settings(rule_set_id: int) -> Mapping[str, Any]:
    chosen = dict(PackSetting.objects.filter(rule_set_id=rule_set_id).values_list("key", "value"))
    return MappingProxyType(filled(chosen))


_sealed_terms = lru_cache(maxsize=64)(_read_terms)
_sealed_settings = lru_cache(maxsize=64)(_read_settings)
