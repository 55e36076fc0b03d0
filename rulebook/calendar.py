"""Which days are worked: the State Council's yearly tables, and a marked guess for a year without one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"

# 固定日期的法定节日。春节、清明、端午、中秋随农历、节气而定，无法由公历推出，暂定历中不含。
FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}


@dataclass(frozen=True)
class DayReading:
    """What the calendar says of one day, and in which words."""

    day: date
    is_working: bool
    why: str
    is_provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Published rest days and 调休 working days, keyed by the day itself.

    `years` have a table of their own; `provisional_years` are among them and hold a table that was not yet
    officially announced. A day may be listed in a neighbouring year's table (2022-12-31 stands in that of 2023).
    A day of a year without a table is answered by Monday to Friday and the statutory holidays of fixed date, and
    the answer is marked provisional; 春节、清明、端午、中秋 cannot be computed here and count as ordinary days.
    `version` says which set of tables this is.
    """

    years: frozenset[int]
    holidays: Mapping[date, str]
    makeup_workdays: Mapping[date, str]
    provisional_years: frozenset[int] = frozenset()
    version: int = 0
    _known: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", frozenset(self.holidays) | frozenset(self.makeup_workdays))

    @property
    def _settled(self) -> frozenset[int]:
        return self.years - self.provisional_years

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for this day may still change when the year's table is published."""
        if day.year in self.provisional_years:
            return True
        return day.year not in self.years and day not in self._known

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; a listed day as listed, any other Monday to Friday."""
        if day in self.makeup_workdays:
            return True
        if day.weekday() > 4 or day in self.holidays:
            return False
        return day.year in self.years or (day.month, day.day) not in FIXED_HOLIDAYS

    def explain(self, day: date) -> DayReading:
        """The same answer in words: 国庆节放假、周六休息、调休上班（春节）、工作日."""
        guessed = FIXED_HOLIDAYS.get((day.month, day.day)) if day.year not in self.years else None
        holiday = self.holidays.get(day) or guessed
        if day in self.makeup_workdays:
            name = self.makeup_workdays[day]
            why = f"调休上班（{name}）" if name else "调休上班"
        elif holiday:
            why = f"{holiday}放假"
        elif day in self.holidays:
            why = "放假"
        elif day.weekday() > 4:
            why = f"周{WEEKDAYS[day.weekday()]}休息"
        else:
            why = "工作日"
        return DayReading(day, self.is_working(day), why, self.is_provisional(day))

    def step(self, day: date, working_days: int) -> date:
        """The day that many 工作日 after the day (before it, if negative); the day itself is not counted."""
        direction = ONE_DAY if working_days > 0 else -ONE_DAY
        remaining = abs(working_days)
        while remaining:
            day += direction
            remaining -= self.is_working(day)
        return day

    def roll_forward(self, day: date) -> date:
        """The day itself if worked, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def last_working_on_or_before(self, day: date) -> date:
        """The day itself if worked, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def unsettled_years(self, first: date, last: date) -> list[int]:
        """Years from the first to the last day, both included, whose table is not published, or only for the time
        being."""
        return [year for year in range(first.year, last.year + 1) if year not in self._settled]

    def is_provisional_between(self, first: date, last: date) -> bool:
        """Whether any answer from the first to the last day, both included, may still change."""
        if first.year in self._settled and last.year in self._settled and last.year - first.year < 2:
            return False
        return any(self.is_provisional(first + ONE_DAY * n) for n in range((last - first).days + 1))
