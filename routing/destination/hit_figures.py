"""分类与去向建议准不准：建议的对照人定的，按分类、按单位数命中，列出人另定的。只数不保密的件。"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from petitions.act.states import Kind
from routing.models import RoutingProposal
from rulebook.timekeeping import now

WINDOW = timedelta(days=30)
RATES_SHOWN = 12  # 行
OVERRULED_SHOWN = 10


@dataclass(frozen=True)
class Rate:
    """How often the first proposal was what the person decided: in the last 30 natural days and the 30 before."""

    label: str
    cases: int
    hits: int
    cases_before: int
    hits_before: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.hits / self.cases) if self.cases else None

    @property
    def percent_before(self) -> int | None:
        return round(100 * self.hits_before / self.cases_before) if self.cases_before else None


@dataclass(frozen=True)
class Overruled:
    """A proposal that people replaced by another, and how often in the last 30 natural days."""

    proposed: str
    chosen: str
    cases: int


@dataclass(frozen=True)
class HitRates:
    rates: list[Rate]
    overruled: list[Overruled]

    @property
    def first(self) -> list[Rate]:
        """The groups with most cases, shown at once."""
        return self.rates[:RATES_SHOWN]

    @property
    def rest(self) -> list[Rate]:
        """The others, folded."""
        return self.rates[RATES_SHOWN:]


def of_categories() -> HitRates:
    """Proposed third-level categories beside those the petitions bear, by first-level category."""
    rows = (
        _open().exclude(category=None).exclude(petition__category=None).select_related("category", "petition__category")
    )
    return _counted(
        (row.petition.category.level1, str(row.category), str(row.petition.category), row.made_at) for row in rows
    )


def of_organs() -> HitRates:
    """Proposed organs beside those people decided on, by the organ decided on."""
    rows = _open().exclude(organ=None).exclude(chosen_at=None).select_related("organ", "chosen_organ")
    return _counted((row.chosen_organ.name, row.organ.name, row.chosen_organ.name, row.chosen_at) for row in rows)


def _open():
    """The last proposal on each petition that is neither a report nor under secrecy."""
    recent = RoutingProposal.objects.filter(made_at__gte=now() - 2 * WINDOW, secrecy=0, petition__secrecy=0)
    return recent.exclude(petition__kind=Kind.REPORT).order_by("petition_id", "-pk").distinct("petition_id")


def _counted(rows: Iterable[tuple[str, str, str, object]]) -> HitRates:
    """Rows of (group, proposed, chosen, moment)."""
    since = now() - WINDOW
    cases, hits, cases_before, hits_before = Counter(), Counter(), Counter(), Counter()
    overruled: Counter[tuple[str, str]] = Counter()
    for group, proposed, chosen, moment in rows:
        of_now = moment >= since
        (cases if of_now else cases_before)[group] += 1
        if proposed == chosen:
            (hits if of_now else hits_before)[group] += 1
        elif of_now:
            overruled[proposed, chosen] += 1
    groups = sorted(cases | cases_before, key=lambda group: (-cases[group], group))
    return HitRates(
        [Rate(group, cases[group], hits[group], cases_before[group], hits_before[group]) for group in groups],
        [Overruled(*pair, count) for pair, count in sorted(overruled.items(), key=lambda row: (-row[1], row[0]))][
            :OVERRULED_SHOWN
        ],
    )
