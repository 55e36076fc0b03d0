"""Tests that read like the Regulation: dates in, dates out, no database.

The reference pack's own calendar is read from its files, so the tests count with what a city would publish.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from rulebook.acts import Act
from rulebook.calendar import Calendar
from rulebook.city import rules_pack
from rulebook.clock import Deadline, Happening, deadlines
from rulebook.terms import NATIONAL_TERMS

REFERENCE = Path(__file__).parents[2] / "citypacks" / "reference"
OFFICE, STREET, BUREAU = 11, 22, 33  # 云河区信访办、青柳街道办事处、区住建局
PLAIN = {"organ_kind": "other", "leg_kind": "forward", "leg_role": "lead", "path": "31-6", "letter": "F12"}


def _reference_calendar() -> Calendar:
    holidays: dict[date, str] = {}
    makeup: dict[date, str] = {}
    tables = rules_pack.read(REFERENCE).calendars
    for table in tables:
        for day, (is_workday, name) in table.days.items():
            (makeup if is_workday else holidays)[day] = name
    return Calendar(frozenset(table.year for table in tables), holidays, makeup, version=1)


CALENDAR = _reference_calendar()


def on(
    act: Act,
    day: str,
    *,
    seq: int | None = None,
    leg: int = 7,
    service: int = 70,
    proceeding: int = 5,
    hearing: int = 3,
    execution: int = 4,
    **facts,
) -> Happening:
    """A happening on a day. Sequence numbers follow the days unless told; facts not told are the plain ones."""
    at = date.fromisoformat(day)
    ids = {"petition": 1, "leg": leg, "service": service, "order": 9, "proceeding": proceeding, "hearing": hearing}
    ids["execution"] = execution
    return Happening(act, at, at.toordinal() if seq is None else seq, ids, PLAIN | facts)


def read(*history: Happening, today: str | None = None) -> list[Deadline]:
    """Every clock of a history under the national terms."""
    return deadlines(history, NATIONAL_TERMS, CALENDAR, date.fromisoformat(today) if today else None)


def only(code: str) -> Callable[..., Deadline]:
    """A function from a history to its one deadline under the term of that code."""

    def deadline(*history: Happening, today: str | None = None) -> Deadline:
        [one] = [reading for reading in read(*history, today=today) if reading.term.code == code]
        return one

    return deadline


def codes(*history: Happening) -> set[str]:
    """The terms whose clocks a history has started."""
    return {reading.term.code for reading in read(*history)}
