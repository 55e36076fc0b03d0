"""Count statutory days: what happened in, deadlines out. Pure: no Django, no system clock, nothing stored.

The rules of counting, said once: the first day is never counted; 自然日 count every day and 工作日 only worked
days; an organ's last day stays where it falls, a petitioner's moves past rest days (民法典第二百零三条，参照);
only a recheck's 30 days leave a hearing out (第三十六条第二款); only 第三十四条 can be extended, by at most 30 days.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from rulebook.acts import Act
from rulebook.calendar import Calendar
from rulebook.corrected import on_the_right_day
from rulebook.terms import ANY_ORGAN, Kind, Scope, Term, Unit

MET, LATE, VOID, LAPSED = "met", "late", "void", "lapsed"
_MOOT = "moot"  # 到期以前了结的作废，到期以后了结的届满未办

Key = tuple[str, str, int, int]  # 期限代号、对象、对象键、起算行


class FactMissing(ValueError):
    """A happening lacks a fact without which no honest answer exists; the sentence names it."""


@dataclass(frozen=True)
class Happening:
    """One line of a petition's log, as the clock reads it.

    `at` is the legal day in Asia/Shanghai; `seq` the line's place in the log; `scope_ids` name the subjects
    ("petition", "leg", "service", "proceeding", "order"). Facts read here: `organ_kind`, `leg_kind`, `leg_role`,
    `path`, `letter`, `days` (延期天数), `due_on` (指定期限), `until` (听证拟作出结论之日), `posted_on`
    (信访人交邮日), `since` (从哪一天数起), `counted_from` (受理争议不重新起算), `simple` (建议简易办理), `notified`,
    `unserved`, `own` (本机关自己的程序), `owed_by_organ`, `undoes` (拆并所撤销的并案行), `received_on`
    (更正后的收到日).
    """

    act: Act
    at: date
    seq: int
    scope_ids: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def subject(self, scope: Scope) -> int | None:
        """The id this happening names for the scope; a history is one petition's, so that id may be left out."""
        return self.scope_ids.get(scope.value, 0 if scope is Scope.PETITION else None)


@dataclass(frozen=True)
class Deadline:
    """One clock as read off the log. Key: (term.code, scope, scope_id, started_by).

    `due_on` is the last day of the period (24:00, 北京时间). `internal_on` is the last working day on or before it;
    `rolled_on` the first working day on or after it, for reference only where the term does not roll.
    `met_on` is the day it was met (in time or late); `ended_on` the day it ended however it did. `hearings` are the
    first and last days of the hearings left out of a recheck's period; one that still runs counts to its planned end.
    """

    term: Term
    scope: Scope
    scope_id: int
    started_by: int
    starts_on: date
    due_on: date
    internal_on: date
    rolled_on: date
    owed_by_organ: int | None = None
    met_on: date | None = None
    ended_on: date | None = None
    ended_how: str | None = None
    ended_by: int | None = None
    extended: int = 0
    extensions: int = 0
    hearings: tuple[tuple[date, date], ...] = ()
    provisional: bool = False
    calendar_version: int = 0

    @property
    def is_running(self) -> bool:
        return self.ended_how is None

    def is_overdue(self, today: date) -> bool:
        """Whether a duty or internal term still runs after its last day; a right is never overdue."""
        return self.is_running and self.term.kind is not Kind.RIGHT and today > self.due_on


@dataclass
class _Running:
    term: Term
    scope_id: int
    start: Happening
    appointed: date | None
    extended: int = 0
    extensions: int = 0
    hearings: dict[int, tuple[date, date]] = field(default_factory=dict)
    owed_by: int | None = None
    end: Happening | None = None
    how: str = ""

    @property
    def key(self) -> Key:
        return (self.term.code, str(self.term.scope), self.scope_id, self.start.seq)


@dataclass(frozen=True)
class Span:
    """A period counted: its last day, the two days beside it, and whether the calendar may still move them."""

    due_on: date
    internal_on: date
    rolled_on: date
    provisional: bool


def span(term: Term, start: date, calendar: Calendar, *, added: int = 0, appointed: date | None = None) -> Span:
    """The period of a term begun on a day. `added`: 自然日 of extension or hearing; `appointed`: 指定的届满日."""
    nominal = appointed or _nominal(term, start, calendar) + timedelta(days=added)
    rolled = calendar.roll_forward(nominal)
    due = rolled if term.rolls else nominal
    internal = calendar.last_working_on_or_before(due)
    counted_from = start if term.unit is Unit.WORKING_DAY and not appointed else min(internal, nominal)
    return Span(due, internal, rolled, calendar.is_provisional_between(counted_from, rolled))


def _nominal(term: Term, start: date, calendar: Calendar) -> date:
    if term.length is None:
        raise FactMissing(f"“{term.label}”没有法定天数，须写明指定期限（{term.article}）")
    if term.unit is Unit.WORKING_DAY:
        return calendar.step(start, term.length)
    if term.unit is Unit.MONTH:
        return months_after(start, term.length)
    if term.unit is Unit.HOUR:
        raise FactMissing(f"“{term.label}”以小时计，不能只凭日期推算（{term.article}）")
    return start + timedelta(days=term.length)


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day (民法典第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def deadlines(
    history: Iterable[Happening],
    terms: Iterable[Term],
    calendar: Calendar,
    today: date | None = None,
    kept: Mapping[Key, Calendar] = MappingProxyType({}),
) -> list[Deadline]:
    """Every clock that one petition's history started, in the order they started.

    With `today`, a right whose last day has passed is read as lapsed. `kept` holds the calendars of clocks that are
    not counted with `calendar`: those that ended or lapsed before it was published. Raises FactMissing if a happening
    lacks what its clock needs. 延期 are summed as recorded: refusing too much is the guard's part.
    """
    starting, ending = _index(terms)
    clocks: list[_Running] = []
    running: list[_Running] = []
    for happening in on_the_right_day(sorted(history, key=lambda line: line.seq)):
        if happening.act is Act.EXTEND:
            _extend(running, happening)
        if happening.act in HEARING_ACTS:
            _hear(running, happening)
        if happening.act is Act.DESIGNATE:
            _hand_on(running, happening)
        if happening.act is Act.UNMERGE:
            running += _resumed(clocks, happening)
        if happening.act in ending:
            for clock in running:
                _end(clock, happening)
            running = [clock for clock in running if clock.end is None]
        for term in starting.get(happening.act, ()):
            if _begins(term, happening):
                clock = _start(term, happening)
                if happening.act in term.anew:
                    _void(running, clock, happening)
                clocks.append(clock)
                running.append(clock)
    return [_reading(clock, kept.get(clock.key, calendar), today) for clock in clocks]


def _index(terms: Iterable[Term]) -> tuple[dict[Act, list[Term]], set[Act]]:
    starting: dict[Act, list[Term]] = {}
    ending: set[Act] = set()
    for term in terms:
        for act in term.starts | term.anew:
            starting.setdefault(act, []).append(term)
        ending |= term.met_by | term.met_if_told | term.voided_by | term.lapsed_by | term.moot_by
    return starting, ending


def _fact(happening: Happening, term: Term, name: str) -> Any:
    if name not in happening.facts:
        raise FactMissing(f"“{happening.act.label}”未写明 {name}，无法起算“{term.label}”（{term.article}）")
    return happening.facts[name]


def _begins(term: Term, happening: Happening) -> bool:
    if term.applies_to != ANY_ORGAN and _fact(happening, term, "organ_kind") != term.applies_to:
        return False
    if happening.act is Act.ARRIVE and happening.facts.get("leg_role") == "co":
        return False  # 请求协办不是转送，不引起收到转送的期限
    if term.competent_leg and (
        _fact(happening, term, "leg_kind") not in _kinds(term) or _fact(happening, term, "leg_role") != "lead"
    ):
        return False
    if happening.act in term.anew and not happening.facts.get("since"):
        return False  # 期限没有完成过，照走
    if term.told and not happening.facts.get("notified"):
        return False
    if term.suggested_simple and not happening.facts.get("simple"):
        return False
    if term.in_house and not happening.facts.get("own"):
        return False
    if term.path and _fact(happening, term, "path") != term.path:
        return False
    # 只有送达行为才问文书种类；签发的就是处理意见书。
    return not (term.letter and happening.act is Act.SERVE and _fact(happening, term, "letter") != term.letter)


def _kinds(term: Term) -> tuple[str, ...]:
    return ("forward", "assign", "designate") if term.designated_too else ("forward", "assign")


def _start(term: Term, happening: Happening) -> _Running:
    scope_id = happening.subject(term.scope)
    if scope_id is None:
        raise FactMissing(f"“{happening.act.label}”未写明 {term.scope.value}，“{term.label}”没有计时对象")
    appointed = None
    if term.appointed:
        appointed = happening.facts.get("due_on")
        if appointed is None and term.length is None:
            appointed = _fact(happening, term, "due_on")
    return _Running(term, scope_id, happening, _day(appointed))


def _extend(running: Sequence[_Running], happening: Happening) -> None:
    for clock in running:
        if clock.term.extension and happening.subject(clock.term.scope) == clock.scope_id:
            clock.extended += int(_fact(happening, clock.term, "days"))
            clock.extensions += 1


def _hand_on(running: Sequence[_Running], happening: Happening) -> None:
    """第二十四条：what the petition's organ owes is owed by the organ named from now on; the days go on (rules E14)."""
    for clock in running:
        if clock.term.scope is Scope.PETITION and "owed_by_organ" in happening.facts:
            clock.owed_by = happening.facts["owed_by_organ"]


HEARING_ACTS = (Act.CALL_HEARING, Act.CONCLUDE_HEARING, Act.CANCEL_HEARING)


def _hear(running: Sequence[_Running], happening: Happening) -> None:
    """听证所需时间: from the day it is decided on to the day of its conclusion, both included; none if cancelled."""
    for clock in running:
        if not clock.term.hearing_excluded or happening.subject(clock.term.scope) != clock.scope_id:
            continue
        key = happening.scope_ids["hearing"]
        if happening.act is Act.CANCEL_HEARING:
            clock.hearings.pop(key, None)
        elif happening.act is Act.CALL_HEARING:
            until = _day(_fact(happening, clock.term, "until"))
            clock.hearings[key] = (happening.at, max(until or happening.at, happening.at))
        elif key in clock.hearings:
            clock.hearings[key] = (clock.hearings[key][0], happening.at)


def _resumed(clocks: Sequence[_Running], happening: Happening) -> list[_Running]:
    """拆并: what the merging ended runs on from its own start, as if it had never ended (rules §1.11)."""
    if "undoes" not in happening.facts:
        raise FactMissing(f"“{happening.act.label}”未写明 undoes，不知道恢复哪一次并案停下的期限")
    resumed = [clock for clock in clocks if clock.end and clock.end.seq == happening.facts["undoes"]]
    for clock in resumed:
        clock.end, clock.how = None, ""
    return resumed


def days_heard(hearings: Iterable[tuple[date, date]]) -> int:
    """自然日 of hearings, the first and the last day of each included (第三十六条第二款)."""
    return sum((last - first).days + 1 for first, last in hearings)


def _void(running: list[_Running], by: _Running, happening: Happening) -> None:
    """The clock of the same subject that another takes the place of."""
    for clock in [clock for clock in running if (clock.term, clock.scope_id) == (by.term, by.scope_id)]:
        clock.end, clock.how = happening, VOID
        running.remove(clock)


def _end(clock: _Running, happening: Happening) -> None:
    term, act = clock.term, happening.act
    how = _how(term, happening)
    if not how:
        return
    named = happening.subject(term.scope)
    if named == clock.scope_id or act in term.petition_wide:
        clock.end, clock.how = happening, how


def _how(term: Term, happening: Happening) -> str:
    act = happening.act
    if act in term.met_by:
        if act is Act.SERVE and term.letter and happening.facts.get("letter") != term.letter:
            return ""
        return "" if act is Act.SERVE and happening.facts.get("unserved") else MET
    if act in term.met_if_told:
        return MET if happening.facts.get("notified") else ""
    if act in term.voided_by:
        return VOID
    if act in term.moot_by:
        return _MOOT
    return LAPSED if act in term.lapsed_by else ""


def _acted_on(term: Term, end: Happening) -> date:
    """The day of the ending act; a petitioner's own act by post counts from the postmark (民诉法，参照)."""
    posted = end.facts.get("posted_on") if term.rolls else None
    return _day(posted) or end.at


def _day(written: date | str | None) -> date | None:
    """A fact may come from JSON, where a day is written in ISO form."""
    return date.fromisoformat(written) if isinstance(written, str) else written


def _begun(term: Term, start: Happening) -> date:
    """The day the count begins after: the act's own, or the earlier one it names.

    受理争议不重新起算：指定以后仍从第一个收到转送的机关收到之日算（第二十三条、第二十四条）。
    """
    since = _day(start.facts.get("since"))
    since = since or (_day(start.facts.get("counted_from")) if term.designated_too else None)
    return since or start.at


def _reading(clock: _Running, calendar: Calendar, today: date | None) -> Deadline:
    term, start = clock.term, clock.start
    begun = _begun(term, start)
    counted = span(
        term, begun, calendar, added=clock.extended + days_heard(clock.hearings.values()), appointed=clock.appointed
    )
    reading = Deadline(
        term=term,
        scope=term.scope,
        scope_id=clock.scope_id,
        started_by=start.seq,
        starts_on=begun,
        due_on=counted.due_on,
        internal_on=counted.internal_on,
        rolled_on=counted.rolled_on,
        owed_by_organ=clock.owed_by or start.facts.get("owed_by_organ"),
        extended=clock.extended,
        extensions=clock.extensions,
        hearings=tuple(clock.hearings.values()),
        provisional=counted.provisional,
        calendar_version=calendar.version,
    )
    if clock.end is None:
        if term.kind is Kind.RIGHT and today is not None and today > reading.due_on:
            return replace(reading, ended_how=LAPSED, ended_on=reading.due_on)
        return reading
    day, how = _acted_on(term, clock.end), clock.how
    if how == MET and day > reading.due_on:
        how = LATE
    if how == _MOOT:
        how = VOID if day <= reading.due_on else LAPSED
    met_on = day if how in (MET, LATE) else None
    return replace(reading, ended_how=how, ended_on=day, met_on=met_on, ended_by=clock.end.seq)
