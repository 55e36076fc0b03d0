"""两千次有这个码、两千次没有，次序随机：中位数差多少，两样的分布分不分得开（Kolmogorov–Smirnov）。"""

import math
import random
import statistics
from bisect import bisect_right

from bench.door.visiting import Visitor
from bench.million.measuring.goals import Line

MEDIANS = 5.0  # %
P_LEAST = 0.01
WARM = 50  # 次


def measure(port: int, codes: list[str], unknown: list[str], times: int) -> list[dict]:
    """Ask `times` with a code of `codes` and wrong digits, `times` with one of `unknown`; throttles must be lifted."""
    dice, visitor = random.Random(times), Visitor(port, "10.3.0.1")
    visitor.get("/q")
    turns = [(True, dice.choice(codes)) for _ in range(times)] + [(False, dice.choice(unknown)) for _ in range(times)]
    dice.shuffle(turns)
    found: dict[bool, list[float]] = {True: [], False: []}
    for n, (known, code) in enumerate([*turns[:WARM], *turns]):
        answer = visitor.post("/q", code=code, tel4="9x9x")
        if answer.status != 422:
            raise RuntimeError(f"查询答 {answer.status}")
        if n >= WARM:
            found[known].append(answer.seconds * 1000)
    hit, miss = (statistics.median(found[known]) for known in (True, False))
    apart, p = kolmogorov_smirnov(found[True], found[False])
    note = f"有 {hit:.3f} ms，没有 {miss:.3f} ms，各 {times} 次"
    return [
        Line.at_most("查询：有这个码与没有，中位数相差 %", round(abs(hit - miss) / miss * 100, 2), MEDIANS, note),
        Line.at_least("查询：Kolmogorov–Smirnov 的 p", round(p, 4), P_LEAST, f"D = {apart:.4f}"),
    ]


def kolmogorov_smirnov(one: list[float], other: list[float]) -> tuple[float, float]:
    """(D, p) of the two-sample test, p by the asymptotic series (Press et al., Numerical Recipes, 14.3)."""
    one, other = sorted(one), sorted(other)
    apart = max(
        abs(bisect_right(one, value) / len(one) - bisect_right(other, value) / len(other)) for value in [*one, *other]
    )
    root = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    reach = (root + 0.12 + 0.11 / root) * apart
    if reach < 0.2:
        return apart, 1.0  # 级数在这里收敛得慢，p 与 1 已分不出
    return apart, min(1.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * reach) ** 2) for k in range(1, 101)))
