"""期限现在按哪一版日历数：存下的期限 → 规则簿的计数，公布了新表就往后走，已届满、已结束的留在原版。

One answer for the fold of the log, for the guards, for the preview and for the counting again in batches.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q

from accounts.messages.notices import tell_many
from petitions.act.decorator import SYSTEM
from petitions.act.notifications import words_of_moves
from petitions.clocks.models import Deadline, heard_days
from petitions.record.models import PetitionEvent
from rulebook.acts import Act
from rulebook.books import calendar_of, editions_after, terms_of
from rulebook.calendar import Calendar
from rulebook.clock import Key, Span
from rulebook.models import RuleSet
from rulebook.recount import Change, Counting, Edition, Standing, changed_days, recount
from rulebook.terms import Term
from rulebook.timekeeping import BEIJING, now

NEAR = 31  # 自然日：阶梯上按工作日数的级离届满日最远也不过如此


class Row(NamedTuple):
    """A stored deadline as counting again needs it; COLUMNS in their order, so that thousands are read cheaply."""

    pk: int
    petition_id: int
    rule_set_id: int
    number: str
    secrecy: int
    term: str
    scope_id: int
    started_by: int
    kind: str
    starts_on: date
    extended_days: int
    hearings: list
    due_on: date
    internal_on: date | None
    provisional: bool
    calendar_version: int
    next_rung_at: datetime | None

    @property
    def added_days(self) -> int:
        """自然日 beyond the term's own length."""
        return self.extended_days + heard_days(self.hearings)

    @classmethod
    def of(cls, deadline: Deadline) -> "Row":
        """The row of a deadline whose petition is loaded."""
        return cls(*(attrgetter(column.replace("__", "."))(deadline) for column in COLUMNS))


COLUMNS = tuple(f"petition__{name}" if name in ("rule_set_id", "number", "secrecy") else name for name in Row._fields)


@dataclass(frozen=True)
class Moved:
    """One stored deadline and what the tables published since make of it."""

    row: Row
    term: Term
    change: Change


@dataclass
class Recounting:
    """The editions that may have to be taken up, and what was learnt on the way. One for a whole run of batches."""

    editions: list[Edition]
    terms: dict[int, dict[str, Term]] = field(default_factory=dict)
    spans: dict[tuple, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.near = cache(self._is_near)

    def moved(self, rows: list[Row]) -> list[Moved]:
        """Those of the open rows that take up a later edition, whether or not a day moves with it.

        At most one query, for appointed days.
        """
        appointed = self._appointed(rows)
        found = []
        for row in rows:
            term = self.term(row)
            clock = Counting(term, row.starts_on, row.added_days, appointed.get((row.petition_id, row.started_by)))
            was = Standing(row.due_on, row.internal_on or row.due_on, row.provisional, row.calendar_version)
            is_now = recount(clock, was, self.editions, self.count)
            if is_now.version != was.version:
                found.append(Moved(row, term, Change(was, is_now)))
        return found

    def term(self, row: Row) -> Term:
        """The term as the petition's own rule set has it."""
        pinned = row.rule_set_id
        if pinned not in self.terms:
            self.terms[pinned] = {term.code: term for term in terms_of(RuleSet.objects.get(pk=pinned))}
        return self.terms[pinned][row.term]

    def count(self, clock: Counting, calendar: Calendar) -> Span:
        """The period; of a hundred thousand deadlines many began on one day under one term, and are counted once."""
        term = clock.term
        key = (term.code, term.length, clock.starts_on, clock.added, clock.appointed, calendar.version)
        if key not in self.spans:
            self.spans[key] = clock.counted(calendar)
        return self.spans[key]

    def wakes(self, moved: Moved) -> bool:
        """Whether the ladder must look again: the last day moved, or a day near it is worked now and was not."""
        change = moved.change
        asleep = moved.row.next_rung_at is None
        return change.is_due_moved or (not asleep and self.near(change.now.due_on, change.was.version))

    def _is_near(self, due_on: date, version: int) -> bool:
        changed = changed_days(calendar_of(version), self.editions[-1].calendar)
        return any(abs((day - due_on).days) <= NEAR for day in changed)

    def _appointed(self, rows: list[Row]) -> dict[tuple[int, int], date]:
        asked = [row for row in rows if self.term(row).appointed]
        if not asked:
            return {}
        lines = PetitionEvent.objects.filter(
            petition__in={row.petition_id for row in asked}, seq__in={row.started_by for row in asked}
        ).values_list("petition_id", "seq", "details")
        return {(pk, seq): date.fromisoformat(told["due_on"]) for pk, seq, told in lines if told.get("due_on")}


def stale(editions: list[Edition]) -> Q:
    """Deadlines still running that may have to take up one of the editions: not those that had lapsed before it."""
    asked, since = Q(pk__in=[]), 0
    for edition in editions:
        version = edition.calendar.version
        asked |= Q(calendar_version__gte=since, calendar_version__lt=version, due_on__gte=edition.published_on)
        since = version
    return asked & Q(ended_how="")


def as_logged(moves: Iterable[Moved]) -> dict:
    """What the line 日历重算 keeps: the version taken up; of each clock of which a day moved, its key, old → new.

    Empty where no day moves: a 暂定 mark that is cleared leaves no line.
    """
    moved = [one for one in moves if one.change.is_day_moved]
    if not moved:
        return {}
    return {"calendar": max(one.change.now.version for one in moved), "moved": [_told(one) for one in moved]}


def _told(moved: Moved) -> dict:
    row, was, is_now = moved.row, moved.change.was, moved.change.now
    return {
        "term": row.term,
        "scope_id": row.scope_id,
        "started_by": row.started_by,
        "due_on": [was.due_on.isoformat(), is_now.due_on.isoformat()],
        "internal_on": [was.internal_on.isoformat(), is_now.internal_on.isoformat()],
    }


def take_up(deadline: Deadline, is_now: Standing, *, wake: bool) -> Deadline:
    """The stored deadline with its new days; `wake` makes the ladder look at it again. The caller saves it."""
    deadline.due_on, deadline.internal_on = is_now.due_on, is_now.internal_on
    deadline.due_at = due_at(is_now.due_on)
    deadline.provisional, deadline.calendar_version = is_now.provisional, is_now.version
    if wake:
        deadline.next_rung_at = now()
    return deadline


def catch_up(petition, deadlines: Iterable[Deadline], calendar: Calendar) -> list[Deadline]:
    """The open deadlines that take up tables published since they were counted, with their new days.

    An act that comes before the batches do this, so that nothing is counted twice or with two tables. Writes the line
    日历重算 and word of it where a day moves; the caller saves the deadlines and the petition.
    """
    late = {row.pk: row for row in behind(deadlines, calendar.version)}
    if not late:
        return []
    recounting, moves = _recounted(late.values())
    if logged := as_logged(moves):
        petition.log(Act.RECOMPUTE, by=SYSTEM, details=logged)
        tell_many(words_of_moves([(petition, logged["moved"])]))
    return [take_up(late[one.row.pk], one.change.now, wake=recounting.wakes(one)) for one in moves]


def _recounted(late: Collection[Deadline]) -> tuple[Recounting, list[Moved]]:
    recounting = Recounting(editions_after(min(deadline.calendar_version for deadline in late)))
    return recounting, recounting.moved([Row.of(deadline) for deadline in late])


def due_at(due_on: date) -> datetime:
    """届满时刻：当日二十四时（北京时间）。"""
    return datetime.combine(due_on, time(23, 59, 59), BEIJING)


def behind(rows: Iterable[Deadline], version: int) -> list[Deadline]:
    """The open rows that were counted with earlier tables than that version."""
    return [row for row in rows if not row.ended_how and 0 < row.calendar_version < version]


def calendars(rows: Iterable[Deadline], calendar: Calendar) -> Mapping[Key, Calendar]:
    """The clocks that are counted with other tables than those now in force, by key, as the fold of the log asks.

    An open clock takes up what was published while it ran; nothing is stored.
    """
    rows = list(rows)
    versions = {key_of(row): row.calendar_version for row in rows if row.calendar_version}
    if late := {row.pk: row for row in behind(rows, calendar.version)}:
        _, moves = _recounted(late.values())
        versions |= {key_of(late[moved.row.pk]): moved.change.now.version for moved in moves}
    return {key: calendar_of(version) for key, version in versions.items() if version != calendar.version}


def key_of(row: Deadline) -> Key:
    return (row.term, row.scope, row.scope_id, row.started_by)
