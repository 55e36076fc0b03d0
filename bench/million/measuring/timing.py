"""交错着量：产品一次、裸 SQL 一次，轮着来，机器忙闲两边一样。报中位、p95 和比值。"""

import statistics
from collections.abc import Callable, Sequence
from math import log10
from time import perf_counter


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def clocked(do: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    started = perf_counter()
    do()
    return (perf_counter() - started) * 1000


def in_turn(pairs: Sequence[tuple[Callable[[], object], Callable[[], object]]]) -> tuple[list[float], list[float]]:
    """Every pair once to warm up, then once measured, the first and the second taking turns at going first."""
    for ours, theirs in pairs:
        ours()
        theirs()
    left, right = [], []
    for turn, (ours, theirs) in enumerate(pairs):
        if turn % 2:
            right.append(clocked(theirs))
            left.append(clocked(ours))
        else:
            left.append(clocked(ours))
            right.append(clocked(theirs))
    return left, right


def told(values: Sequence[float]) -> dict:
    """Median, p95 and worst, in ms."""
    return {
        "n": len(values),
        "median_ms": round(statistics.median(values), 3),
        "p95_ms": round(percentile(values, 0.95), 3),
        "max_ms": round(max(values), 3),
    }


def exponent(smaller: float, larger: float) -> float:
    """How fast a time grows from a tenth to the whole: 0 stands still, 1 grows as the data does."""
    return round(log10(larger / smaller), 3)
