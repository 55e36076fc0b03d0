"""What a sample says of the whole, and how far two readers agree. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.96  # 95% 区间
# 学生氏 t 的 97.5% 分位数，自由度 1 至 30；样本小的区间要宽
T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A value with its 95% interval; without one (None) where the sample cannot give it."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Layer:
    """One stratum: how many petitions there are, and the scores of those that were drawn and settled."""

    population: int
    values: tuple[float, ...]


def wilson(hits: int, of: int, *, whole: bool = False) -> Estimate | None:
    """A share in per cent with Wilson's interval; None of nothing. `whole`: all there are were looked at, no error."""
    if not of:
        return None
    share = hits / of
    if whole:
        return Estimate(100 * share, 100 * share, 100 * share)
    spread = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale, middle = 1 + Z * Z / of, share + Z * Z / (2 * of)
    return Estimate(100 * share, 100 * max(0.0, middle - spread) / scale, 100 * min(scale, middle + spread) / scale)


def stratified_mean(layers: Sequence[Layer]) -> Estimate | None:
    """The mean of all petitions from those drawn: each stratum weighs as much as it holds, and what was drawn whole
    carries no error (finite population correction). None without any score.

    A stratum of one score borrows the scatter of the others. No interval where nothing tells the scatter, one score
    in all or all alike, nor while a stratum has no score yet.
    """
    read = [layer for layer in layers if layer.values]
    if not read:
        return None
    whole = sum(layer.population for layer in read)
    mean = sum(layer.population * _mean(layer.values) for layer in read) / whole
    if len(read) < len(layers):
        return Estimate(mean)
    if all(len(layer.values) >= layer.population for layer in read):
        return Estimate(mean, mean, mean)
    scatter, freedom = _pooled(read)
    if not scatter:
        return Estimate(mean)
    variance = 0.0
    for layer in read:
        drawn = len(layer.values)
        own = _scatter(layer.values) if drawn > 1 else scatter
        variance += (layer.population / whole) ** 2 * (1 - drawn / layer.population) * own / drawn
    spread = _t(freedom) * sqrt(variance)
    return Estimate(mean, max(0.0, mean - spread), min(100.0, mean + spread))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers' answers: 1 they always agree, 0 no more than by chance. None where chance alone
    would make them agree always, or without pairs."""
    if not pairs:
        return None
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[answer] * second[answer] for answer in first) / len(pairs) ** 2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _scatter(values: Sequence[float]) -> float:
    middle = _mean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _pooled(layers: Sequence[Layer]) -> tuple[float, int]:
    """The scatter within strata and its degrees of freedom; that of all scores together where no stratum has two."""
    several = [layer.values for layer in layers if len(layer.values) > 1]
    if several:
        freedom = sum(len(values) - 1 for values in several)
        return sum((len(values) - 1) * _scatter(values) for values in several) / freedom, freedom
    every = [value for layer in layers for value in layer.values]
    return (_scatter(every), len(every) - 1) if len(every) > 1 else (0.0, 0)


def _t(freedom: int) -> float:
    return T[freedom - 1] if freedom <= len(T) else Z + 2.4 / freedom
