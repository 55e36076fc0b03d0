"""Which petitions are drawn. Pure: the same seed and the same petitions give the same list on any machine.

Nothing here depends on the order in which a database answers, on keys, on Python's own hashing or random numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


class CannotDraw(ValueError):
    """The plan cannot be drawn as it stands; str() is a sentence for the screen."""


@dataclass(frozen=True, order=True)
class Stratum:
    """One layer of the population: the code of the organ in charge, and category and ending where they are kept apart
    (empty where the plan does not)."""

    organ: str
    category: str = ""
    ending: str = ""


@dataclass(frozen=True)
class Unit:
    """A petition that may be drawn, by its number."""

    number: str
    stratum: Stratum


@dataclass(frozen=True)
class Share:
    """How many of a stratum there are, and how many of them are drawn."""

    stratum: Stratum
    population: int
    drawn: int


@dataclass(frozen=True)
class Draw:
    """The list in its order, what was drawn of each stratum, and the fingerprints of list and population."""

    units: tuple[Unit, ...]
    shares: tuple[Share, ...]
    list_hash: str
    population_hash: str


def rank(seed: str, number: str) -> str:
    """Where the petition stands under the seed: no number can be chosen so as to stand high or low."""
    return sha256(f"{seed}\n{number}".encode()).hexdigest()


def hash_of(numbers: Iterable[str]) -> str:
    """Fingerprint of a list of numbers, in the order given."""
    return sha256("\n".join(numbers).encode()).hexdigest()


def allocate(sizes: Mapping[Stratum, int], *, size: int, least: int) -> dict[Stratum, int]:
    """How many to draw of each stratum: `least` of each (all of a smaller one), the rest in proportion to its size.

    `size` is the whole sample; more than there are draws all. CannotDraw where the least of all exceed the size.
    """
    total = sum(sizes.values())
    if not total:
        raise CannotDraw("这段时间里没有可以评查的已了结的件，请换一段时间")
    order = sorted(sizes)
    drawn = {stratum: min(least, sizes[stratum]) for stratum in order}
    needed = sum(drawn.values())
    if needed > size:
        raise CannotDraw(
            f"共 {len(order)} 层，每层至少 {least} 件，就要抽 {needed} 件；请把件数改为 {needed} 件以上，或者少分几层"
        )
    for _ in range(min(size, total) - needed):
        # 离按比例应得的还差最多的那一层先得；相同的按层名，哪台机器都一样
        open_ones = [stratum for stratum in order if drawn[stratum] < sizes[stratum]]
        drawn[min(open_ones, key=lambda one: (drawn[one] * total - size * sizes[one], one))] += 1
    return drawn


def draw(units: Iterable[Unit], *, seed: str, size: int, least: int = 1) -> Draw:
    """Draw `size` petitions, at least `least` of each stratum. CannotDraw with a sentence where that is impossible."""
    layers: dict[Stratum, list[str]] = {}
    for unit in units:
        layers.setdefault(unit.stratum, []).append(unit.number)
    counts = allocate({stratum: len(numbers) for stratum, numbers in layers.items()}, size=size, least=least)
    chosen = [
        Unit(number, stratum)
        for stratum, numbers in layers.items()
        for number in sorted(numbers, key=lambda number: (rank(seed, number), number))[: counts[stratum]]
    ]
    chosen.sort(key=lambda unit: (rank(seed, unit.number), unit.number))
    return Draw(
        units=tuple(chosen),
        shares=tuple(Share(stratum, len(layers[stratum]), counts[stratum]) for stratum in sorted(layers)),
        list_hash=hash_of(unit.number for unit in chosen),
        population_hash=hash_of(sorted(number for numbers in layers.values() for number in numbers)),
    )
