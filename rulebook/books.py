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
from rulebook.models import CalendarDay, CalendarVersion, PackSetting, RuleSet, TermRow
from rulebook.options import filled
from rulebook.terms import NATIONAL_TERMS, Term


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
    tables = list(CalendarVersion.objects.latest_as_of(version))
    rows = CalendarDay.objects.filter(version__in=tables).order_by("version__year", "day")
    holidays, makeup = {}, {}
    for row in rows:
        holidays.pop(row.day, None)
        makeup.pop(row.day, None)
        (makeup if row.is_workday else holidays)[row.day] = row.name
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
