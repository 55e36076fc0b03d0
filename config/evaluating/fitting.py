"""判重权重的拟合：两个逻辑回归，纯 Python，只把数写进表。

same: pairs told as one matter or not (the gold of the file, each text beside the fifteen most alike, and the hand-read
pairs), over the scores and their products, strongly held back. elsewhere: copies with the names exchanged (traps.py)
against the true ones.
"""

from collections.abc import Sequence
from itertools import repeat
from math import exp, sqrt
from operator import mul

from insight.judging import Judge

SAME_HELD = 667.0  # L2; both chosen by cross-validation over groups
ELSEWHERE_HELD = 33.0
STEPS = 300
ENOUGH = 1e-3  # the gradient per row; further steps change nothing that is seen
DIGITS = 4


def fitted(
    rows: Sequence[dict[str, float]], labels: Sequence[bool], names: Sequence[str], held: float, pairs: bool
) -> Judge:
    """A judge that tells the rows labelled true from the others; `held`: how strongly weights are held back."""
    mean = [sum(row[name] for row in rows) / len(rows) for name in names]
    spread = [
        sqrt(sum((row[name] - middle) ** 2 for row in rows) / len(rows)) or 1.0
        for name, middle in zip(names, mean, strict=True)
    ]
    blank = Judge(tuple(names), tuple(mean), tuple(spread), (), 0.0, pairs)
    weights = _descend([[1.0, *blank.terms(row)] for row in rows], [float(label) for label in labels], held)
    rounded = [[round(value, DIGITS) for value in values] for values in (mean, spread, weights)]
    mean_, spread_, (intercept, *rest) = rounded
    return Judge(tuple(names), tuple(mean_), tuple(spread_), tuple(rest), intercept, pairs)


def _descend(terms: list[list[float]], labels: list[float], held: float) -> list[float]:
    """Nesterov's gradient descent; the step from a bound on the curvature found by power iteration."""
    wide = len(terms[0])
    step = 1 / (_curvature(terms) / 4 + held)
    weights, ahead, pace = [0.0] * wide, [0.0] * wide, 1.0
    for _ in range(STEPS):
        slope = [0.0, *(held * weight for weight in ahead[1:])]
        missed = [_told(ahead, row) - label for row, label in zip(terms, labels, strict=True)]
        slope = [a + b for a, b in zip(slope, _weighted(terms, missed), strict=True)]
        if max(map(abs, slope)) < ENOUGH * len(terms) ** 0.5:
            break
        moved = [a - step * b for a, b in zip(ahead, slope, strict=True)]
        faster = (1 + sqrt(1 + 4 * pace * pace)) / 2
        ahead = [new + (pace - 1) / faster * (new - old) for new, old in zip(moved, weights, strict=True)]
        weights, pace = moved, faster
    return weights


def _told(weights: list[float], row: list[float]) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, sum(map(mul, weights, row))))))


def _weighted(terms: list[list[float]], by: list[float]) -> list[float]:
    """The sum of the rows, each times its number."""
    total = [0.0] * len(terms[0])
    for row, factor in zip(terms, by, strict=True):
        total = [a + b for a, b in zip(total, map(mul, row, repeat(factor)), strict=True)]
    return total


def _curvature(terms: list[list[float]]) -> float:
    direction = [1.0] * len(terms[0])
    length = 1.0
    for _ in range(12):
        direction = _weighted(terms, [sum(map(mul, direction, row)) for row in terms])
        length = sqrt(sum(map(mul, direction, direction)))
        direction = [value / length for value in direction]
    return length * 1.05
