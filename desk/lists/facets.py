"""综合查询的六面：环节、时限、形式、年份、分类、承办单位；每面的件数只数查到的、看得到的那些件。"""

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q

from accounts.models import Organ
from desk.lists import lamps
from desk.lists.filters import STAGES, Filters
from insight.search.petition_search import CAPPED, NEWEST, RELEVANCE
from petitions.act.states import OPEN, STAGE, Channel
from petitions.models import Petition

OFFERED = 8  # 项；一面最多列这么多，件数多的在前
COUNTED = (
    "state",
    "submission__channel",
    "received_on__year",
    "category__level1",
    "organ__office_id",
    "organ__office__short_name",
    "rule_set_id",
    "next_term",
    "next_due_on",
)


@dataclass(frozen=True)
class Facets:
    """The sides in force and the order asked for; what is not offered is dropped, never an error."""

    stage: str = ""
    lamp: str = ""
    channel: str = ""
    year: str = ""
    category: str = ""
    organ: str = ""
    order: str = NEWEST

    @classmethod
    def read(cls, sent) -> "Facets":
        """From a query string or a posted form."""
        known = Filters.read({**{name: sent.get(name, "") for name in SIDES}, "state": sent.get("stage", "")})
        year = sent.get("year", "")
        return cls(
            stage=known.state if known.state in dict(STAGES) else "",
            lamp=known.lamp,
            channel=known.channel,
            year=year if year.isdecimal() and len(year) == 4 else "",
            category=known.category,
            organ=known.organ,
            order=RELEVANCE if sent.get("order") == RELEVANCE else NEWEST,
        )

    def among(self, day: date):
        """The petitions that all sides but the year leave (the year is the index's business)."""
        asked = Filters(
            channel=self.channel, state=self.stage, lamp=self.lamp, category=self.category, organ=self.organ
        )
        return asked.within(Petition.objects.all(), day, lamps.near(day) if self.lamp else Q())

    def query(self, words: str, **place) -> str:
        """The same as a query string, without what is empty and the usual order."""
        told = {"q": words, **self.told, **place}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def told(self) -> dict[str, str]:
        """The sides in force, and the order where it is not the usual one."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if value and (name, value) != ("order", NEWEST)}

    def having(self, side: str, value: str) -> "Facets":
        return replace(self, **{side: value})


SIDES = {
    "stage": "环节",
    "lamp": "时限",
    "channel": "形式",
    "year": "年份",
    "category": "分类",
    "organ": "承办单位",
}


@dataclass(frozen=True)
class Option:
    """One value of a side, how many of what was found have it, and whether it is in force."""

    value: str
    label: str
    count: int
    chosen: bool


def sides(keys: list[int], facets: Facets, day: date) -> list[tuple[str, str, list[Option]]]:
    """(side, its name, its options) counted over the found petitions: at most the newest CAPPED; one query.

    A side that would not narrow anything down is left out.
    """
    counts: dict[str, Counter[str]] = {side: Counter() for side in SIDES}
    organs: dict[str, str] = {}
    for row in Petition.objects.filter(pk__in=keys[:CAPPED]).values_list(*COUNTED, named=True):
        organ = str(row.organ__office_id)
        organs[organ] = row.organ__office__short_name
        lamp = lamps.of_row(row, day) if row.state in OPEN else None
        values = (f"@{STAGE[row.state]}", lamp and lamp[0], row.submission__channel, str(row.received_on__year))
        for side, value in zip(SIDES, (*values, row.category__level1, organ), strict=True):
            if value:
                counts[side][value] += 1
    labels = {"stage": dict(STAGES), "lamp": dict(lamps.COLOURS), "channel": dict(Channel.choices), "organ": organs}
    found = []
    for side, name in SIDES.items():
        options = [
            Option(value, labels.get(side, {}).get(value, value), count, getattr(facets, side) == value)
            for value, count in _in_order(side, counts[side])
        ]
        if len(options) > 1 or any(option.chosen for option in options):
            found.append((side, name, options))
    return found


def in_force(facets: Facets) -> list[tuple[str, str, str]]:
    """(side, its name, the value in words) of every side in force."""
    labels = {"stage": dict(STAGES), "lamp": dict(lamps.COLOURS), "channel": dict(Channel.choices)}
    told = []
    for side, name in SIDES.items():
        if value := getattr(facets, side):
            word = _organ(value) if side == "organ" else labels.get(side, {}).get(value, value)
            told.append((side, name, word))
    return told


def _organ(key: str) -> str:
    return Organ.objects.filter(pk=int(key)).values_list("short_name", flat=True).first() or "（无此单位）"


def _in_order(side: str, counts: Counter[str]) -> list[tuple[str, int]]:
    """Stages, lamps and years in their own order; the rest by number, the most first."""
    if side == "year":
        return sorted(counts.items(), reverse=True)[:OFFERED]
    known = {"stage": [value for value, _ in STAGES], "lamp": [value for value, _ in lamps.COLOURS]}.get(side)
    if known:
        return [(value, counts[value]) for value in known if counts[value]]
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:OFFERED]
