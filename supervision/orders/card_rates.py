"""黄牌、红牌按单位计，只在件数相近的单位之间比：每百件几张牌。不跨档排名，不计到人。"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db.models import Count

from supervision.models import CardGiven, Order


@dataclass(frozen=True)
class Office:
    """One organ in a period: cases registered for it, cards its orders were given."""

    pk: int
    name: str
    cases: int = 0
    yellow: int = 0
    red: int = 0

    @property
    def cards(self) -> int:
        return self.yellow + self.red

    @property
    def per_hundred(self) -> float | None:
        """Cards per hundred cases; None where no case fell into the period."""
        return 100 * self.cards / self.cases if self.cases else None


@dataclass
class Band:
    """Organs with about as many cases as each other."""

    label: str
    offices: list[Office] = field(default_factory=list)

    @property
    def per_hundred(self) -> float | None:
        """The band as a whole, the measure its organs are held against."""
        cases = sum(office.cases for office in self.offices)
        return 100 * sum(office.cards for office in self.offices) / cases if cases else None


def compared(scope, first: date, last: date, limits: Sequence[int]) -> list[Band]:
    """The organs of a scope (petitions the user may see) by volume band, for the days from first to last, both
    included. `limits` are the bands' upper limits in cases. Two queries."""
    counted = scope.filter(registered_on__range=(first, last)).order_by()
    rows = counted.values_list("organ__office_id", "organ__office__short_name").annotate(n=Count("pk"))
    names, cases = {}, Counter()
    for pk, name, n in rows:
        names[pk], cases[pk] = name, n
    cards: dict[int, Counter] = defaultdict(Counter)
    given = CardGiven.objects.given_between(first, last).among(scope).order_by()
    for pk, name, card, n in given.values_list(
        "order__to__office_id", "order__to__office__short_name", "card"
    ).annotate(n=Count("pk")):
        names[pk], cards[pk][card] = name, n
    offices = [
        Office(pk, name, cases[pk], cards[pk][Order.Card.YELLOW], cards[pk][Order.Card.RED])
        for pk, name in sorted(names.items())
    ]
    return banded(offices, limits)


def banded(offices: Sequence[Office], limits: Sequence[int]) -> list[Band]:
    """Offices in their bands, smallest first; within one, most cards per hundred cases first. Empty bands are left
    out."""
    edges = [0, *limits]
    bands = [Band(f"{low + 1}–{high} 件" if low else f"{high} 件以下") for low, high in pairwise(edges)]
    bands.append(Band(f"{edges[-1]} 件以上"))
    for office in offices:
        bands[sum(office.cases > limit for limit in limits)].offices.append(office)
    for band in bands:
        band.offices.sort(key=lambda office: (-(office.per_hundred or 0), -office.cards, office.pk))
    return [band for band in bands if band.offices]
