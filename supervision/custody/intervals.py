"""责任持有时长：谁从什么时候起、到什么时候止拿着这一件，在办、在等谁还是依法停着。Pure: log lines in, intervals out.

The intervals of a life follow each other without a gap and without overlap, from the first line to the last moment
anybody held it. Late days are charged where they arose: what others lost beyond their own term comes off first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from rulebook.acts import Act
from rulebook.labelled import Labelled


class Kind(Labelled):
    """What the time was: each moment of a life is exactly one of these."""

    WORKING = "working", "办理"
    PETITIONER = "petitioner", "等待信访人"
    OTHER = "other", "等待其他单位"
    PAUSED = "paused", "依法停止计时"
    REST = "rest", "无人承办"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a log, as custody reads it: who held the matter after it and what was waited for.

    `at` is aware. `scope` names what the act was about; of `details` only `owed_by_organ` and `kind` are read.
    """

    act: Act
    at: datetime
    organ: int | None
    user: int | None = None
    waiting_for: str = ""
    at_work: bool = False
    scope: Mapping[str, int] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A stretch of one custody. `organ` held it (None while nobody did); `waits_on` is the other organ waited for."""

    since: datetime
    until: datetime
    kind: Kind
    organ: int | None
    user: int | None = None
    waiting_for: str = ""
    waits_on: int | None = None

    @property
    def length(self) -> timedelta:
        return self.until - self.since

    @property
    def answers(self) -> int | None:
        """The organ whose time it is: the one waited for, else the one that held it."""
        return self.waits_on or self.organ


# What opens a wait, by the subject it is about; what closes it. A wait that is never closed ends with the life.
ASSISTED = "leg"
TALKED = "mediation"
ON_ITS_WAY = "service"
REVIEWED = "proceeding"
HEARD = "hearing"
OPENS = {
    Act.ASK_ASSIST: ASSISTED,
    Act.MEDIATE: TALKED,
    Act.POST: ON_ITS_WAY,
    Act.PUBLISH_NOTICE: ON_ITS_WAY,
    Act.REQUEST_REVIEW: REVIEWED,
    Act.REQUEST_RECHECK: REVIEWED,
    Act.CALL_HEARING: HEARD,
}
CLOSES = {
    Act.ANSWER_ASSIST: ASSISTED,
    Act.AGREE: TALKED,
    Act.GIVE_UP: TALKED,
    Act.SERVE: ON_ITS_WAY,
    Act.ATTEMPT_SERVICE: ON_ITS_WAY,
    Act.DECIDE_REVIEW: REVIEWED,
    Act.REFUSE_REVIEW: REVIEWED,
    Act.WITHDRAW_REVIEW: REVIEWED,
    Act.CONCLUDE_HEARING: HEARD,
    Act.CANCEL_HEARING: HEARD,
}
REVIEWS = {"review": "复查", "recheck": "复核"}


@dataclass
class _Waits:
    """What is open after a line: subject → the line that opened it."""

    opened: dict[tuple[str, int], Line] = field(default_factory=dict)

    def read(self, line: Line) -> None:
        for subject, acts in (("opens", OPENS), ("closes", CLOSES)):
            name = acts.get(line.act)
            if name is None or name not in line.scope:
                continue
            if subject == "opens":
                self.opened[name, line.scope[name]] = line
            else:
                self.opened.pop((name, line.scope[name]), None)

    def of(self, name: str) -> list[Line]:
        return [line for (kind, _), line in self.opened.items() if kind == name]

    def holding(self, line: Line) -> dict[str, Any]:
        """Kind, organ and words of the time after a line."""
        if line.organ is None:
            return self._reviewed()
        held: dict[str, Any] = {"organ": line.organ, "user": line.user, "waiting_for": line.waiting_for}
        if line.at_work and (asked := self.of(ASSISTED)):
            return held | {"kind": Kind.OTHER, "waits_on": asked[0].details.get("owed_by_organ"), "waiting_for": "协办"}
        if line.at_work and self.of(TALKED):
            return held | {"kind": Kind.PETITIONER, "waiting_for": "调解、和解"}
        if not line.at_work and self.of(ON_ITS_WAY):
            return held | {"kind": Kind.PETITIONER, "waiting_for": "签收文书"}
        return held | {"kind": Kind.WORKING}

    def _reviewed(self) -> dict[str, Any]:
        """Nobody holds a concluded petition, but an organ above may be reviewing what was decided."""
        asked = self.of(REVIEWED)
        if not asked:
            return {"kind": Kind.REST, "organ": None}
        last = asked[-1]
        what = str(last.details.get("kind", ""))
        # 只有复核的听证不计入期限（第三十六条第二款）
        kind = Kind.PAUSED if what == "recheck" and self.of(HEARD) else Kind.WORKING
        words = "听证" if kind is Kind.PAUSED else REVIEWS.get(what, "复查复核")
        return {"kind": kind, "organ": last.details.get("owed_by_organ"), "waiting_for": words}


def intervals(lines: Iterable[Line], until: datetime) -> list[Interval]:
    """The life of a petition in stretches of one custody, oldest first, from its first line to `until`.

    A line recorded later for an earlier day takes effect on that day, but never before the line in front of it.
    The rest after the last holder is no part of the life; a rest in between (办结以后又申请复查) is.
    """
    waits, found = _Waits(), []
    held: dict[str, Any] | None = None
    since = until
    for line in lines:
        at = min(max(since, line.at), until) if held is not None else min(line.at, until)
        if held is not None:
            found.append(Interval(since=since, until=at, **held))
        waits.read(line)
        held, since = waits.holding(line), at
    if held is not None:
        found.append(Interval(since=since, until=until, **held))
    while found and found[-1].kind is Kind.REST:
        found.pop()
    return _joined(found)


def _joined(found: Sequence[Interval]) -> list[Interval]:
    """Neighbours of one custody as one stretch; stretches of no length are left out."""
    joined: list[Interval] = []
    for one in found:
        if not one.length:
            continue
        if joined and replace(joined[-1], since=one.since, until=one.until) == one:
            joined[-1] = replace(joined[-1], until=one.until)
        else:
            joined.append(one)
    return joined


# lateness


@dataclass(frozen=True, kw_only=True)
class Step:
    """What another organ was to do while the clock ran: due by `due_on`, done on `ended_on` (None: not yet)."""

    organ: int
    due_on: date
    ended_on: date | None = None


def days_down(due_on: date, ended_on: date, down: Collection[date]) -> int:
    """自然日 of lateness on which the system was down (停机期间): they arose with no organ."""
    return sum(1 for day in down if due_on < day <= ended_on)


def charge(
    *,
    starts_on: date,
    due_on: date,
    ended_on: date,
    owed_by: int | None,
    steps: Iterable[Step],
    down: Collection[date] = frozenset(),
) -> dict[int | None, int]:
    """自然日 of lateness by the organ where they arose; together with `days_down` exactly the days from `due_on` to
    `ended_on`. The due day itself never moves.

    Days that another organ lost beyond the term of its own step, while this clock ran and the system was up, come off
    first and in order of time, at most as many as there are late days; what is left is the owing organ's.
    """
    late = max((ended_on - due_on).days, 0) - days_down(due_on, ended_on, down)
    lost: dict[date, int] = {}
    for step in sorted(steps, key=lambda one: (one.due_on, one.organ)):
        if step.organ == owed_by:
            continue
        first = max(step.due_on, starts_on) + timedelta(days=1)
        last = min(step.ended_on or ended_on, ended_on)
        for offset in range((last - first).days + 1):
            if (day := first + timedelta(days=offset)) not in down:
                lost.setdefault(day, step.organ)
    charged: dict[int | None, int] = {}
    for day in sorted(lost)[:late]:
        charged[lost[day]] = charged.get(lost[day], 0) + 1
    rest = late - sum(charged.values())
    if rest:
        charged[owed_by] = rest
    return charged
