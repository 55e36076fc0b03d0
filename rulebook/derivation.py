"""How a day was arrived at, step by step, for a clerk to check against the paper calendar. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from rulebook.calendar import ONE_DAY, Calendar
from rulebook.clock import Span, months_after, span
from rulebook.terms import Term, Unit


class CannotCount(ValueError):
    """The question itself is against the rules of counting; the message is the sentence to show."""


@dataclass(frozen=True)
class Step:
    """One line of the explanation. `count` is the running number of the period's days, None where none is counted."""

    day: date
    what: str
    count: int | None = None


@dataclass(frozen=True)
class Derivation:
    """A period with the reason for every day that was skipped, added or moved.

    `due_at` is the minute, 北京时间, at which a term of hours ends; None where the period ends with its day.
    """

    term: Term
    start: date
    due_on: date
    internal_on: date
    rolled_on: date
    provisional: bool
    steps: tuple[Step, ...]
    due_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values under fixed names, days in ISO form."""
        return {
            "rule": self.term.code,
            "label": self.term.label,
            "article": self.term.article,
            "certainty": str(self.term.certainty),
            "remark": self.term.remark,
            "start": self.start.isoformat(),
            "due_on": self.due_on.isoformat(),
            "internal_on": self.internal_on.isoformat(),
            "rolled_on": self.rolled_on.isoformat(),
            "due_at": self.due_at.isoformat(timespec="minutes") if self.due_at else None,
            "provisional": self.provisional,
            "steps": [asdict(step) | {"day": step.day.isoformat()} for step in self.steps],
        }


def derive(
    term: Term,
    start: date,
    *,
    calendar: Calendar,
    at: time | None = None,
    extend: int = 0,
    hearings: Sequence[tuple[date, date]] = (),
    due_on: date | None = None,
    as_recorded: bool = False,
) -> Derivation:
    """The period of `term` begun on `start`, explained.

    `at`: the time of day, 北京时间, from which hours run, needed by a term of hours and by no other;
    `extend`: 自然日 of extension in all; `hearings`: first and last day of each hearing of a recheck, both included;
    `due_on`: the appointed day of a term with 指定期限. `as_recorded` explains what a log already holds and leaves
    the cap on extensions unasked. Raises CannotCount with a sentence.
    """
    _refuse_extension(term, extend, as_recorded)
    _refuse_appointed(term, start, due_on)
    if term.unit is Unit.HOUR:
        return _hours(term, start, at, calendar, hearings)
    steps, end = _plain_period(term, start, calendar, due_on)
    heard = 0
    for hearing in sorted(hearings):
        heard += _hearing_days(term, start, end + timedelta(days=heard), hearing)
    added = extend + heard
    if extend:
        end += timedelta(days=extend)
        steps.append(Step(end, f"延长{extend}日（第三十四条），累计{(end - start).days}日", (end - start).days))
    if heard:
        end += timedelta(days=heard)
        steps.append(Step(end, f"听证含首尾共{heard}日，不计算在内（第三十六条第二款），顺加{heard}日"))
    counted = span(term, start, calendar, added=added, appointed=due_on)
    steps += _last_day(term, end, counted, calendar)
    return Derivation(
        term, start, counted.due_on, counted.internal_on, counted.rolled_on, counted.provisional, tuple(steps)
    )


def _refuse_extension(term: Term, extend: int, as_recorded: bool) -> None:
    if not extend:
        return
    if extend < 0:
        raise CannotCount("延长天数应为1日以上")
    if not term.extension:
        raise CannotCount(f"“{term.label}”没有延期的规定；只有依照第三十一条第六项办理的事项可以延期（第三十四条）")
    if extend > term.extension and not as_recorded:
        raise CannotCount(f"延长期限累计不得超过{term.extension}日（第三十四条），现为{extend}日")


def _refuse_appointed(term: Term, start: date, due_on: date | None) -> None:
    if due_on is None:
        return
    if not term.appointed:
        raise CannotCount(f"“{term.label}”为{term.period}，不能另行指定期限（{term.article}）")
    if due_on < start:
        raise CannotCount(f"指定期限{due_on}早于起算日{start}")


def _hearing_days(term: Term, start: date, end: date, hearing: tuple[date, date]) -> int:
    first, last = hearing
    if not term.hearing_excluded:
        raise CannotCount(f"只有复核期限扣除听证时间（第三十六条第二款），“{term.label}”不扣除")
    if last < first:
        raise CannotCount(f"听证结束日{last}早于开始日{first}")
    if first < start:
        raise CannotCount(f"听证开始日{first}早于收到复核请求之日{start}")
    if first > end:
        raise CannotCount(f"听证开始日{first}晚于复核期限届满日{end}，期限已经届满")
    return (last - first).days + 1


def _plain_period(term: Term, start: date, calendar: Calendar, due_on: date | None) -> tuple[list[Step], date]:
    """The period before anything is added to it."""
    if due_on is not None:
        return [Step(start, "起算"), Step(due_on, "指定期限的最后一日")], due_on
    if term.length is None:
        raise CannotCount(f"“{term.label}”没有法定天数，须写明指定期限（{term.article}）")
    if term.unit is Unit.WORKING_DAY:
        return _working_days(start, term.length, calendar)
    if term.unit is Unit.MONTH:
        return _months(start, term.length)
    return _calendar_days(start, term.length)


def _calendar_days(start: date, length: int) -> tuple[list[Step], date]:
    end = start + timedelta(days=length)
    steps = [Step(start, "起算日不计入"), Step(start + ONE_DAY, "第1日", 1)]
    if length > 1:
        steps.append(Step(end, f"第{length}日（自然日，休息日不扣除）", length))
    return steps, end


def _months(start: date, length: int) -> tuple[list[Step], date]:
    end = months_after(start, length)
    same = "与起算日对应的日" if end.day == start.day else f"没有{start.day}日，取月末"
    return [Step(start, "起算日不计入"), Step(end, f"第{length}个月{same}（参照民法典第二百零二条）")], end


def _hours(
    term: Term, start: date, at: time | None, calendar: Calendar, hearings: Sequence[tuple[date, date]]
) -> Derivation:
    """Hours run through nights, weekends and holidays; the moment they start is counted from at once."""
    if at is None:
        raise CannotCount(f"“{term.label}”以小时计，请写明起算时刻，如 {start}T09:30")
    for hearing in hearings:
        _hearing_days(term, start, start, hearing)
    due = datetime.combine(start, at) + timedelta(hours=term.length or 0)
    steps = (
        Step(start, f"{at:%H:%M} 起算"),
        Step(due.date(), f"{due:%H:%M} 满{term.length}小时，夜间、周末、节假日不停表"),
    )
    internal, rolled = calendar.last_working_on_or_before(due.date()), calendar.roll_forward(due.date())
    return Derivation(term, start, due.date(), internal, rolled, False, steps, due)


def _working_days(start: date, length: int, calendar: Calendar) -> tuple[list[Step], date]:
    steps, day, count = [Step(start, "起算日不计入")], start, 0
    while count < length:
        day += ONE_DAY
        read = calendar.explain(day)
        doubt = "（暂定日历）" if read.is_provisional else ""
        if read.is_working:
            count += 1
            note = "" if read.why == "工作日" else f"，{read.why}"
            steps.append(Step(day, f"第{count}个工作日{note}{doubt}", count))
        else:
            steps.append(Step(day, f"{read.why}，不计入{doubt}"))
    return steps, day


def _last_day(term: Term, nominal: date, counted: Span, calendar: Calendar) -> list[Step]:
    """Why the last day stays or moves, the house's own day, and what is still provisional."""
    steps = []
    read = calendar.explain(nominal)
    if not read.is_working and term.rolls:
        steps += [Step(nominal, f"末日为{read.why}，信访人的期限顺延（参照民法典第二百零三条）")]
        day = nominal + ONE_DAY
        while day < counted.due_on:
            steps.append(Step(day, f"{calendar.explain(day).why}，继续顺延"))
            day += ONE_DAY
        steps.append(Step(counted.due_on, f"{calendar.explain(counted.due_on).why}，为最后一日"))
    elif not read.is_working:
        steps.append(Step(nominal, f"末日为{read.why}，机关的期限不顺延，仍于当日24时届满"))
        internal = calendar.explain(counted.internal_on)
        steps.append(Step(counted.internal_on, f"{internal.why}，届满前最近的工作日，为内控截止"))
        steps.append(Step(counted.rolled_on, "顺延后的日期，仅供参照"))
    else:
        steps.append(Step(nominal, f"{read.why}，当日24时届满"))
    if counted.provisional:
        steps.append(Step(counted.due_on, "所涉年份的放假安排尚未公布，按周一至周五和固定法定节日暂定，公布后重算"))
    return steps
