"""规则和学到的判断合在一起怎么算：件数越多越信学到的。纯函数。"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HALF = 100  # confirmed cases at which what was learnt counts as much as the rules


@dataclass(frozen=True)
class Judged:
    """What a sorter makes of one text: the share of each label, and how far it is trusted (0–1)."""

    shares: Mapping[str, float]
    trust: float
    because: Mapping[str, str] = field(default_factory=dict)  # for the first labels, a sentence on what spoke for each


def trust_of(cases: int) -> float:
    """0 without any case, a half at HALF, towards 1 with many."""
    return cases / (cases + HALF)


def combined(ruled: Mapping[str, float], judged: Judged | None) -> dict[str, float]:
    """Shares of all labels either side names, summing to 1; where the rules say nothing, what was learnt alone."""
    ruled = _whole(ruled)
    if judged is None:
        return ruled
    trust = judged.trust if ruled else 1.0
    labels = ruled.keys() | judged.shares.keys()
    return _whole({label: (1 - trust) * ruled.get(label, 0) + trust * judged.shares.get(label, 0) for label in labels})


def down_the_levels(
    ruled: Mapping[str, float],
    deepest: Judged | None,
    upper: Iterable[tuple[Judged, Mapping[str, str]]],
) -> dict[str, float]:
    """Shares of categories: rules and the sorter of the third level, then each upper level's say on its branch.

    `upper` holds for each upper level what its sorter says and which of its labels each category lies under.
    """
    shares = combined(ruled, deepest)
    for judged, label_of in upper:
        shares = {
            code: share * (1 - judged.trust + judged.trust * judged.shares.get(label_of.get(code, ""), 0.0))
            for code, share in shares.items()
        }
    return _whole(shares)


def best_first(shares: Mapping[str, float]) -> list[str]:
    return sorted(shares, key=lambda label: (-shares[label], label))


def _whole(shares: Mapping[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    return {label: share / total for label, share in shares.items() if share > 0} if total else {}
