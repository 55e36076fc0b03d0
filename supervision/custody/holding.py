"""一件的责任持有：从办理日志读出行，从期限读出逾期，交给纯算的那一边（supervision.custody.intervals）。"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from petitions.act.states import AT_WORK, State
from petitions.models import Deadline
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.terms import BY_CODE, Kind, Scope
from rulebook.timekeeping import local_date, now, today
from supervision.custody import intervals
from supervision.custody.intervals import Interval, Line, Step
from supervision.watch import downtime


def lines_of(petition) -> list[Line]:
    """The petition's log as custody reads it; sections count as themselves."""
    return [
        Line(
            act=Act(line.act),
            at=line.at,
            organ=line.holder_organ_id,
            user=line.holder_user_id,
            waiting_for=line.waiting_for,
            at_work=line.went_to in AT_WORK and line.went_to != State.SUBMITTED,
            scope=line.scope,
            details=line.details,
        )
        for line in sorted(petition.events.all(), key=lambda line: line.seq)
    ]


def stretches(petition, until: datetime | None = None) -> list[Interval]:
    """Who has held the petition, oldest first, up to `until` (now, if it is left out)."""
    return intervals.intervals(lines_of(petition), until or now())


@dataclass(frozen=True)
class Lateness:
    """One duty that was or is late: 自然日 in all, by the organ where they arose, and `down`, those on which the system
    was down; `days` is the sum."""

    deadline: Deadline
    days: int
    by_organ: dict[int | None, int]
    down: int = 0


def lateness(petition, day: date | None = None, down: frozenset[date] | None = None) -> list[Lateness]:
    """Every duty of the petition that was met late, lapsed unmet or is overdue on `day`, with where its days arose.

    A duty that lapsed is counted up to the day a later line of the log took its place. `down` are the days of confirmed
    outages, read here (one query, where anything is late at all) unless the caller has them.
    """
    day = day or today()
    rows = [row for row in petition.deadlines.all() if row.ended_how != Deadline.Ended.VOID]
    found = []
    for row in rows:
        ended = _ended_on(petition, row, day)
        if row.kind != Kind.DUTY or ended <= row.due_on:
            continue
        down = downtime.days() if down is None else down
        steps = [*_steps_of_others(petition, rows, row, day), *_steps_before_hand_over(petition, row)]
        shares = intervals.charge(
            starts_on=row.starts_on,
            due_on=row.due_on,
            ended_on=ended,
            owed_by=row.owed_by_organ_id,
            steps=steps,
            down=down,
        )
        apart = intervals.days_down(row.due_on, ended, down)
        found.append(Lateness(row, (ended - row.due_on).days, shares, apart))
    return sorted(found, key=lambda late: (late.deadline.due_on, late.deadline.pk))


def _ended_on(petition, row, day: date) -> date:
    """The day a duty was met; for one that lapsed the day of the line that ended it; else today."""
    if row.met_on:
        return row.met_on
    if row.ended_how == Deadline.Ended.LAPSED:
        after = [local_date(line.at) for line in petition.events.all() if line.seq > row.started_by]
        return min((on for on in after if on > row.due_on), default=row.due_on)
    return day


def _steps_of_others(petition, rows: Iterable[Deadline], late: Deadline, day: date) -> list[Step]:
    """What other organs were to do while the duty ran, each with a day of its own: 异议审核、督查核查、裁定、协办……"""
    by_seq = {line.seq: line for line in petition.events.all()}
    steps = []
    for row in rows:
        if row.kind != Kind.INTERNAL or row.scope not in (Scope.PETITION, Scope.LEG):
            continue
        organ = _owing(by_seq[row.started_by])
        if organ and organ != late.owed_by_organ_id:
            steps.append(Step(organ=organ, due_on=row.due_on, ended_on=_ended_on(petition, row, day)))
    return steps


def _owing(line) -> int | None:
    """The organ that is to move after a line: whoever was asked for assistance, else whoever then held the matter."""
    if line.act == Act.ASK_ASSIST:
        return line.details.get("owed_by_organ")
    return line.holder_organ.office_id if line.holder_organ else None


def _steps_before_hand_over(petition, late: Deadline) -> list[Step]:
    """第二十四条：the days went on when another organ was named. What the one before had beyond the five working days
    in which it could object is its own."""
    if late.scope != Scope.PETITION:
        return []
    term, steps, since = BY_CODE["D04"], [], late.starts_on
    before: int | None = None
    for line in sorted(petition.events.all(), key=lambda line: line.seq):
        if line.seq < late.started_by:
            continue
        if line.seq == late.started_by:
            before = line.details.get("owed_by_organ")
        elif line.act == Act.DESIGNATE and before and line.details.get("owed_by_organ") != before:
            allowed = calendar_in_force().step(since, term.length or 0)
            handed = local_date(line.at)
            steps.append(Step(organ=before, due_on=allowed, ended_on=handed))
            before, since = line.details.get("owed_by_organ"), handed
    return steps


def in_words(length: timedelta) -> str:
    """A length as the page says it: days with one decimal, below a day hours."""
    days = length / timedelta(days=1)
    if days >= 1:
        return f"{days:.1f}".removesuffix(".0") + " 天"
    hours = round(length / timedelta(hours=1))
    return f"{hours} 小时" if hours else "不足 1 小时"
