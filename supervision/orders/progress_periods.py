"""督办进展多久报告一次：从督办单自己的日志行读出每一期何时届满、何时报的、迟没迟。纯函数。

A period is so many 工作日; its first day is not counted. It asks for a report made within it. Where none was, the
first one made afterwards is the late one, and it stands for the period it falls into as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rulebook.acts import Act
from rulebook.calendar import Calendar

STARTS = frozenset({Act.ORDER, Act.RAISE_ORDER, Act.RETURN_ORDER})
STOPS = frozenset({Act.ANSWER_ORDER, Act.CLOSE_ORDER})


@dataclass(frozen=True)
class Line:
    """One line of the order's log as read here; `every` is how many 工作日 a period has from then on, 0 for none."""

    act: Act
    on: date
    every: int = 0


@dataclass(frozen=True)
class Period:
    """One period: the last day for its report, and the day it was reported (None: not yet, or never)."""

    due_on: date
    made_on: date | None = None

    def is_late(self, today: date) -> bool:
        return (self.made_on or today) > self.due_on


def next_due(since: date, every: int, after: date, calendar: Calendar) -> date | None:
    """The last day of the first period that begins on or after the day `after`; None where no reports are asked for.

    `since` is the day the order was issued, raised or sent back.
    """
    if not every:
        return None
    return next(due for begins, due in _grid(since, every, calendar) if begins >= after)


def periods(lines: Iterable[Line], today: date, calendar: Calendar) -> list[Period]:
    """Every period that asked or asks for a report, oldest first, up to the first one not yet over.

    An answer, a new card or a return ends the stretch it falls into: what was due on that day or later is not asked
    for any more, what was due before stays as it was.
    """
    lines = list(lines)
    found: list[Period] = []
    for number, line in enumerate(lines):
        if line.act not in STARTS or not line.every:
            continue
        rest = lines[number + 1 :]
        ends = next((later.on for later in rest if later.act in STARTS | STOPS), None)
        reports = [later.on for later in rest if later.act is Act.REPORT_ORDER and (ends is None or later.on <= ends)]
        for begins, due in _grid(line.on, line.every, calendar):
            made = next((day for day in reports if day > begins), None)
            if ends is not None and due >= ends:
                break
            found.append(Period(due, made))
            if ends is None and made is None and due >= today:
                break
    return found


def _grid(since: date, every: int, calendar: Calendar) -> Iterator[tuple[date, date]]:
    """(the day a period begins, its last day), without end."""
    while True:
        due = calendar.step(since, every)
        yield since, due
        since = due
