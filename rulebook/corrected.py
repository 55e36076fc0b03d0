"""收到日更正以后，日志那一行说的是哪一天。Pure."""

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from rulebook.acts import Act

Line = TypeVar("Line", bound=Any)


def on_the_right_day(history: list[Line]) -> list[Line]:
    """The happenings in order; the receipt on the day that the last correction tells (fact `received_on`, ISO form).

    The line of receipt keeps its place and its key: only the day its clocks are counted from is another.
    """
    told = [line.facts["received_on"] for line in history if line.act is Act.CORRECT and "received_on" in line.facts]
    if not told:
        return history
    day = date.fromisoformat(told[-1])
    return [replace(line, at=day) if line.act is Act.RECEIVE else line for line in history]
