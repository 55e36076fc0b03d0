"""When a day draws near or has passed, who is told. Pure: the rungs are the city's data, the days come in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from rulebook.calendar import Calendar
from rulebook.labelled import Labelled

NATURAL, WORKING = "natural", "working"
LEVEL_NAMES = {1: "提醒", 2: "催办", 3: "黄牌", 4: "红牌", 5: "约谈", 6: "三项建议"}


class Opens(Labelled):
    """What a rung opens beside the reminder: a step laid before the supervisor, who takes it or lets it be."""

    URGE = "urge", "催办"
    ORDER = "order", "普通督办"
    YELLOW = "yellow", "黄牌督办"
    RED = "red", "红牌督办"
    CALL_IN = "call_in", "约谈"
    PROPOSAL = "proposal", "三项建议"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Value and label of each, for a model field."""
        return [(one.value, one.label) for one in cls]


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step. `offset` counts `unit`s from the due day, negative before it (自然日 or 工作日).

    `level` 1–6 is the step of the whole ladder it stands on; `tells` maps each addressee (承办人 … 信访部门) to the
    roles it stands for, `above` those to whom silence is reported, the nearest first; `channels` by which the word
    goes; `opens` what is laid before the supervisor (Opens, or nothing); `logged` rungs leave a line in the log.
    `category`: the code of a category or the first digits of one; empty, the rung is for all petitions.
    """

    code: str
    label: str
    level: int
    offset: int
    unit: str = NATURAL
    tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channels: tuple[str, ...] = ("in_app",)
    opens: str = ""
    logged: bool = False
    category: str = ""

    def day(self, due_on: date, calendar: Calendar) -> date:
        """The day on which this rung is reached. The calendar is only asked where the rung counts 工作日."""
        if self.unit == WORKING:
            return calendar.step(due_on, self.offset)
        return due_on + timedelta(days=self.offset)


def of_category(ladder: Iterable[Rung], category: str) -> list[Rung]:
    """The rungs that are meant for a petition of that category code (empty: none chosen), in the ladder's order.

    Of several with one code the one that names the category most exactly takes the place of the others: whatever a
    petition is classified as, it climbs each code once.
    """
    meant = [rung for rung in ladder if category.startswith(rung.category)]
    nearest = {rung.code: rung for rung in sorted(meant, key=lambda rung: len(rung.category))}
    return [rung for rung in meant if nearest[rung.code] is rung]


def rung_called(ladder: Iterable[Rung], code: str, category: str) -> Rung | None:
    """The rung of that code for a petition of that category; None where the ladder has none for it."""
    return next((rung for rung in of_category(ladder, category) if rung.code == code), None)


def bracket(ladder: Iterable[Rung], category: str) -> str:
    """The longest category any rung names that the code falls under: all codes of a bracket have one ladder."""
    return max((rung.category for rung in ladder if category.startswith(rung.category)), key=len, default="")


def due_rungs(
    due_on: date, ladder: Iterable[Rung], climbed: Collection[str], today: date, calendar: Calendar
) -> list[Rung]:
    """The rungs reached by today and not yet climbed, lowest first: what an outage missed is made good, once."""
    reached = [rung for rung in ladder if rung.code not in climbed and rung.day(due_on, calendar) <= today]
    return sorted(reached, key=lambda rung: (rung.day(due_on, calendar), rung.level, rung.code))


def next_rung_on(due_on: date, ladder: Iterable[Rung], today: date, calendar: Calendar) -> date | None:
    """The day of the next rung after today; None where the ladder ends."""
    return min((day for rung in ladder if (day := rung.day(due_on, calendar)) > today), default=None)


def last_day_on(rung: Rung, today: date, calendar: Calendar) -> date:
    """The last day due whose matter has reached the rung by today: the rung's day never comes earlier for a later
    day due."""
    if rung.unit != WORKING:
        return today - timedelta(days=rung.offset)
    last = calendar.step(today, -rung.offset)
    while rung.day(last + timedelta(days=1), calendar) <= today:
        last += timedelta(days=1)
    while rung.day(last, calendar) > today:
        last -= timedelta(days=1)
    return last


def standing_on(due_on: date, ladder: Iterable[Rung], today: date, calendar: Calendar) -> Rung | None:
    """The highest rung reached by today, climbed or not: where the board shows the matter. None below the first."""
    reached = [rung for rung in ladder if rung.day(due_on, calendar) <= today]
    return max(reached, key=lambda rung: (rung.level, rung.offset), default=None)


def spans(ladder: Iterable[Rung]) -> dict[int, str]:
    """Level → which days it covers, in words (剩 15–8 日, 超期 1–7 日, 超期 16 日起), for one term's ladder."""
    steps = sorted({rung.level: rung for rung in sorted(ladder, key=lambda rung: -rung.offset)}.values(), key=_offset)
    found = {rung.level: _span(rung.offset, after.offset - 1) for rung, after in pairwise(steps)}
    if steps:
        found[steps[-1].level] = _span(steps[-1].offset, None)
    return found


def _offset(rung: Rung) -> int:
    return rung.offset


def _span(first: int, last: int | None) -> str:
    if last is None:
        return f"超期 {first} 日起" if first > 0 else f"剩 {-first} 日起"
    if first > 0:
        return f"超期 {first} 日" if first == last else f"超期 {first}–{last} 日"
    if first == last == 0:
        return "届满当日"
    if last > 0:
        return f"剩 {-first} 日至超期 {last} 日"
    return f"剩 {-first} 日" if first == last else f"剩 {-first}–{-last} 日"
