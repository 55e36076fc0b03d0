"""印版：每种样子在每个区各刻一块，成千上万次填空；哪一件用哪一块、排什么号，由件的号码定。"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import exp
from random import Random

from bench.million.making.bench_city import HOME
from bench.million.making.patterns import District, Line, Pattern, copied
from bench.million.plan import Plan
from petitions.models import Category
from rulebook import books
from rulebook.timekeeping import today

FIRST_DAY = date(2022, 5, 9)
OPEN_FOR = timedelta(days=100)  # 全是在办的那一轮：阶梯的各级都有件站着
STAYS_OPEN = 25  # 自然日：收到以后，在办的大约按这个数衰减
LEFT_OVER = 0.003  # 久拖不决的


@dataclass
class Form:
    """One pattern in one district: texts with blanks, made once and filled in thousands of times."""

    submission: str
    petition: str
    legs: list[str]
    involvements: list[str]
    lines: list[Line]
    padding: Line


@dataclass
class Press:
    """All forms of a city, ready to print petitions."""

    plan: Plan
    patterns: list[Pattern]
    districts: list[District]
    forms: dict[tuple[int, int], Form] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.districts) % 2 == 0 or len(self.districts) % 5 == 0:
            self.districts.pop()  # 逢十的件也要摊到每个区
        self.closed = sorted((p for p in self.patterns if not p.is_open), key=lambda p: p.duration)
        self.open = sorted((p for p in self.patterns if p.is_open), key=lambda p: p.duration)
        self.last_day = today()
        self.first_day = self.last_day - OPEN_FOR if self.plan.all_open else FIRST_DAY
        self.span = (self.last_day - self.first_day).days
        self.number_pattern = books.settings_of(self.patterns[0].petition.rule_set)["petition_number"]
        known = Category.objects.exclude(keywords="").order_by("pk")
        self.categories = list(known.values_list("pk", flat=True))
        self.taken = {int(year): n for year, n in self.plan.kept["taken"].items()}  # 样子已经用掉的号

    @cached_property
    def year_starts(self) -> dict[int, int]:
        """The number of the first petition of each year."""
        starts = {}
        for year in range(self.first_day.year, self.last_day.year + 1):
            days = max(0, (date(year, 1, 1) - self.first_day).days)
            at = -(-days * self.plan.petitions // self.span)
            while at > 1 and self.day_of(at - 1).year >= year:
                at -= 1
            while self.day_of(max(at, 1)).year < year:
                at += 1
            starts[year] = max(at, 1)
        return starts

    def day_of(self, number: int) -> date:
        return self.first_day + timedelta(days=number * self.span // (self.plan.petitions + 1))

    def case_number(self, number: int) -> tuple[str, int, int]:
        """The area, the year, and the place in that year's row: without gaps, whoever prints which part."""
        place, year = number % len(self.districts), self.day_of(number).year
        first = self.year_starts[year]
        first += (place - first) % len(self.districts)
        taken = self.taken.get(year, 0) if place == 0 else 0
        return self.districts[place].area, year, taken + (number - first) // len(self.districts) + 1

    def counters(self) -> dict[tuple[str, int], int]:
        """Where each area's row of numbers stands when all are loaded."""
        ends: dict[tuple[str, int], int] = {}
        borders = [*list(self.year_starts.values())[1:], self.plan.petitions + 1]
        for border in borders:
            for number in range(max(1, border - len(self.districts)), border):
                area, year, place = self.case_number(number)
                ends[area, year] = max(ends.get((area, year), 0), place)
        return ends

    def life_of(self, number: int, dice: Random) -> tuple[int, int]:
        """Which pattern, and by how many weeks it is moved."""
        day = self.day_of(number).toordinal()
        age = self.last_day.toordinal() - day
        stays = self.plan.all_open or dice.random() < LEFT_OVER + exp(-age / STAYS_OPEN)
        among = self.open if stays else self.closed
        fitting = bisect_right(among, age, key=lambda pattern: pattern.duration)
        if not fitting:
            among, fitting = self.open, max(1, bisect_right(self.open, age, key=lambda pattern: pattern.duration))
        pattern = among[dice.randrange(fitting)]
        return self.patterns.index(pattern), (day - pattern.received) // 7

    def form(self, which: int, place: int) -> Form:
        if (which, place) not in self.forms:
            self.forms[which, place] = _form(self.patterns[which], self.districts[place])
        return self.forms[which, place]


def _form(pattern: Pattern, district: District) -> Form:
    return Form(
        submission=_row_of(pattern.petition.submission, pattern, district, _SUBMISSION),
        petition=_row_of(pattern.petition, pattern, district, _PETITION | _area(pattern, district)),
        legs=[
            _row_of(leg, pattern, district, {"id": f"%(leg{leg.number})d", "petition_id": "%(petition)d"})
            for leg in pattern.legs
        ],
        involvements=[
            copied(
                [
                    "%(petition)d",
                    row.kind,
                    district.organ(row.organ_id),
                    district.post(row.post_id),
                    district.user(row.user_id),
                    pattern.moment(row.since),
                    pattern.moment(row.until),
                    row.open,
                ]
            )
            for row in pattern.involvements
        ],
        lines=[pattern.line(line, district) for line in pattern.lines],
        padding=pattern.padding(district),
    )


_SUBMISSION = {
    "id": "%(petition)d",
    "number": "%(number)s",
    "original": "%(original)s",
    "original_hash": "%(original_hash)s",
    "people_count": 1,
    "anonymous": False,
    "notice_exempt": False,
}
_PETITION = {
    "id": "%(petition)d",
    "submission_id": "%(petition)d",
    "number": "%(number)s",
    "ordinal": 1,
    "category_id": "%(category)d",
    "title": "%(title)s",
    "excerpt": "",
    "place": "%(place)s",
    "about_text": "",
    "accused_text": "",
    "path_record": [],
    "seq": "%(seq)d",
    "last_hash": "%(hash)s",
    "next_due_on": "%(next_due_on)s",
    "next_term": "%(next_term)s",
}


def _area(pattern: Pattern, district: District) -> dict:
    return {"territory": district.area + pattern.petition.territory[len(HOME) :]}


def _row_of(row, pattern: Pattern, district: District, told: dict) -> str:
    """A stored row as COPY text: dates moved, organs, people and posts those of the district, the rest as it stands."""
    values = []
    for column in row._meta.concrete_fields:
        name, value = column.column, getattr(row, column.attname)
        target = column.related_model._meta.model_name if column.is_relation else ""
        if name in told:
            value = told[name]
        elif target in ("organ", "user", "post"):
            value = getattr(district, target)(value)
        elif hasattr(value, "astimezone"):
            value = pattern.moment(value)
        elif isinstance(value, date):
            value = pattern.day(value)
        elif isinstance(value, str):
            value = value.replace("%", "%%")
        values.append(value)
    return copied(values)
