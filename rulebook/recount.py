"""What a newly published table moves: clocks still open, old day → new day; what has lapsed stays (规则 R10). Pure.

A clock keeps the tables it was counted with until later ones are published while it still runs. Later tables are taken
up one after another, each as of the day it was published, so it does not matter when the counting again is done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rulebook.calendar import FIXED_HOLIDAYS, Calendar
from rulebook.clock import Span, span
from rulebook.terms import Term


@dataclass(frozen=True)
class Edition:
    """The tables of all years as they stand from the day the newest of them was published."""

    calendar: Calendar
    published_on: date


@dataclass(frozen=True)
class Counting:
    """What the length of one clock is counted from. `added`: 自然日 of extension; `appointed`: 指定的届满日."""

    term: Term
    starts_on: date
    added: int = 0
    appointed: date | None = None

    def counted(self, calendar: Calendar) -> Span:
        """The period under a calendar."""
        return span(self.term, self.starts_on, calendar, added=self.added, appointed=self.appointed)


@dataclass(frozen=True)
class Standing:
    """Where an open clock stands, and under which version of the tables."""

    due_on: date
    internal_on: date
    provisional: bool
    version: int

    @classmethod
    def of(cls, counted: Span, version: int) -> "Standing":
        return cls(counted.due_on, counted.internal_on, counted.provisional, version)


@dataclass(frozen=True)
class Change:
    """One clock before and after."""

    was: Standing
    now: Standing

    @property
    def is_due_moved(self) -> bool:
        return self.was.due_on != self.now.due_on

    @property
    def is_day_moved(self) -> bool:
        """Whether the last day or the house's own day before it is another."""
        return self.is_due_moved or self.was.internal_on != self.now.internal_on

    @property
    def is_mark_moved(self) -> bool:
        """Whether the 暂定 mark was set or cleared."""
        return self.was.provisional != self.now.provisional


Count = Callable[[Counting, Calendar], Span]


def recount(
    clock: Counting, standing: Standing, editions: Iterable[Edition], count: Count = Counting.counted
) -> Standing:
    """Where an open clock stands once the editions after its own are taken up, oldest first.

    已届满的不追溯: a clock whose last day had passed when a table was published takes up neither it nor a later one. A
    table never makes a clock lapse backwards either: where the new last day would already have passed on the day of
    publication, the clock keeps the day that everybody was told. `count` may be a `Counting.counted` that remembers.
    """
    for edition in editions:
        if edition.calendar.version <= standing.version:
            continue
        if standing.due_on < edition.published_on:
            break
        after = count(clock, edition.calendar)
        if after.due_on >= edition.published_on:
            standing = Standing.of(after, edition.calendar.version)
    return standing


def changed_days(old: Calendar, new: Calendar) -> list[date]:
    """The days worked under one calendar and not under the other."""
    listed = {*old.holidays, *old.makeup_workdays, *new.holidays, *new.makeup_workdays}
    guessed = {date(year, month, day) for year in old.years ^ new.years for month, day in FIXED_HOLIDAYS}
    return sorted(day for day in listed | guessed if old.is_working(day) != new.is_working(day))
