"""二百件随机案例，逐日重数：不用规则簿的任何一行，长度、单位、顺延都在这里另写一遍。"""

import csv
import random
from datetime import date, datetime, time, timedelta

import pytest

from rulebook.derivation import derive
from rulebook.terms import BY_CODE
from tests.law import CALENDAR, REFERENCE

CASES = 200
ONE = timedelta(days=1)
NATURAL = {"D01": 15, "D02": 15, "D03": 15, "D06": 60, "D07": 30, "D08": 30, "D09": 30, "D10": 30, "D11": 30}
NATURAL |= {"D06r": 60, "D13": 30, "D17": 30, "D01b1": 5, "D01b2": 3, "D01b3": 3, "D01b4": 4, "D18c": 7, "D18d": 15}
NATURAL |= {"D03d": 15}
WORKING = {"D04": 5, "D05": 2, "D16a": 3, "D16b": 3, "D16c": 10, "D20a": 15, "D20b": 15}
HOURS = {"D14a": 1, "D14b": 2, "D18a": 2, "D18b": 24}
MONTHS = {"D19": 2}
PETITIONERS = {"D08", "D10"}  # 信访人的期限，末日遇休息日顺延


def _listed() -> tuple[set[date], set[date]]:
    rest, worked = set(), set()
    for path in sorted((REFERENCE / "calendar").glob("*.csv")):
        for day, rest_or_work, _ in list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]:
            (worked if rest_or_work == "班" else rest).add(date.fromisoformat(day))
    return rest, worked


REST, WORKED = _listed()


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in REST)


def recount(code: str, start: date, extend: int, heard: int) -> date:
    """One day after another, the first day not counted."""
    day = start
    if code in MONTHS:
        for _ in range(MONTHS[code]):
            day = day.replace(day=1) + timedelta(days=31)
        month = day.month
        day = day.replace(day=1) + timedelta(days=start.day - 1)
        while day.month != month:
            day -= ONE
        return day
    left = (NATURAL | WORKING)[code] + extend + heard
    while left:
        day += ONE
        left -= 1 if code in NATURAL or works(day) else 0
    while code in PETITIONERS and not works(day):
        day += ONE
    return day


def cases() -> list[tuple[str, date, int, int]]:
    """Rule, start, days of extension, days of hearing; the same two hundred every time."""
    dice = random.Random(20261125)
    first, last = date(2022, 5, 1), date(2026, 8, 31)
    drawn = []
    for _ in range(CASES):
        code = dice.choice(sorted(NATURAL | WORKING | MONTHS))
        start = first + timedelta(days=dice.randrange((last - first).days))
        extend = dice.randrange(31) if code == "D06" else 0
        heard = dice.randrange(20) if code == "D11" else 0
        drawn.append((code, start, extend, heard))
    return drawn


@pytest.mark.parametrize(("code", "start", "extend", "heard"), cases())
def test_every_day_is_the_one_counted_by_hand(code, start, extend, heard):
    begun = start + timedelta(days=3)
    hearings = [(begun, begun + timedelta(days=heard - 1))] if heard else []
    found = derive(BY_CODE[code], start, calendar=CALENDAR, extend=extend, hearings=hearings)
    assert found.due_on == recount(code, start, extend, heard)
    assert works(found.internal_on) and works(found.rolled_on)
    assert found.internal_on <= found.due_on <= found.rolled_on


def test_the_table_here_names_every_counted_row_of_the_field():
    counted = set(NATURAL) | set(WORKING) | set(HOURS) | set(MONTHS) | {"D07n", "D12", "D15"}
    assert counted == {code for code in BY_CODE if code.startswith("D")}


@pytest.mark.parametrize("code", sorted(HOURS))
@pytest.mark.parametrize("start", [datetime(2026, 2, 13, 17, 30), datetime(2026, 9, 30, 23, 50)])
def test_hours_run_through_nights_weekends_and_holidays(code, start):
    due, minutes = start, HOURS[code] * 60
    while minutes:
        due += timedelta(minutes=1)
        minutes -= 1
    found = derive(BY_CODE[code], start.date(), calendar=CALENDAR, at=time(start.hour, start.minute))
    assert (found.due_at, found.due_on) == (due, due.date())
