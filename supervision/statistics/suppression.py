"""公开的表里小的数隐去，并且凭合计也推不出隐去的任何一个（主隐藏与补充隐藏）。纯函数，不依赖 Django。

A table with its totals is a flow: each row's cells run into its total, each column's too, all totals into the grand
total. A hidden number can be two things at least exactly where some round of hidden numbers leads through it along
which all can change by one and every total still holds. Where there is no such round, the cheapest one is hidden too.
"""

import heapq
from collections.abc import Iterator, Mapping

Place = tuple[str | None, str | None]  # （行，列）；None 是合计
Node = tuple[str, str]

_IN, _OUT = ("", "in"), ("", "out")
# 宁可多藏几个格子，不藏合计
_TOTAL, _GRAND = 20, 400


def with_totals(cells: Mapping[tuple[str, str], int]) -> dict[Place, int]:
    """The cells (row, column) → number with the totals of each row, each column and of all."""
    found: dict[Place, int] = dict(cells)
    for (row, column), n in cells.items():
        for place in ((row, None), (None, column), (None, None)):
            found[place] = found.get(place, 0) + n
    return found


def hidden(cells: Mapping[tuple[str, str], int], least: int) -> frozenset[Place]:
    """The places not to be shown: every number from 1 to least − 1, totals too, and what else would give one away.

    Nought is shown, for it tells of nobody. Who knows that whatever is hidden is at least one, and all that is shown,
    can still not compute any hidden number.
    """
    table = with_totals(cells)
    kept_back = {place for place, n in table.items() if 0 < n < least}
    for place in sorted(kept_back, key=lambda place: (table[place], _name(place))):
        if not _can_vary(table, kept_back, place):
            kept_back |= _cheapest_round(table, kept_back, place)
    return frozenset(kept_back)


def _ends(place: Place) -> tuple[Node, Node]:
    row, column = place
    tail: Node = ("row", row) if row is not None else _IN
    head: Node = ("column", column) if column is not None else _OUT
    if row is not None and column is None:
        return _IN, tail
    if row is None and column is not None:
        return head, _OUT
    return (tail, head) if row is not None else (_OUT, _IN)


def _can_vary(table: Mapping[Place, int], kept_back: set[Place], place: Place) -> bool:
    return any(cost == 0 for cost, _ in _rounds(table, kept_back, place))


def _cheapest_round(table: Mapping[Place, int], kept_back: set[Place], place: Place) -> set[Place]:
    # 总有一条：这一格、它的行合计、总计、列合计一起加一
    return min(_rounds(table, kept_back, place), key=lambda found: (found[0], sorted(map(_name, found[1]))))[1]


def _rounds(table: Mapping[Place, int], kept_back: set[Place], place: Place) -> Iterator[tuple[int, set[Place]]]:
    """The cheapest rounds by which the number at the place rises by one, and falls by one."""
    tail, head = _ends(place)
    if found := _way(table, kept_back, place, head, tail):
        yield found
    if table[place] > 1 and (found := _way(table, kept_back, place, tail, head)):
        yield found


def _way(
    table: Mapping[Place, int], kept_back: set[Place], without: Place, start: Node, goal: Node
) -> tuple[int, set[Place]] | None:
    arcs: dict[Node, list[tuple[Node, Place, int]]] = {}
    for place, n in table.items():
        if place == without or n == 0:
            continue
        tail, head = _ends(place)
        cost = 0 if place in kept_back else n * (_GRAND if place == (None, None) else _TOTAL if None in place else 1)
        arcs.setdefault(tail, []).append((head, place, cost))
        if n > 1:  # 隐去的都不小于一，减得下去的才减
            arcs.setdefault(head, []).append((tail, place, cost))
    paid: dict[Node, int] = {}
    waiting: list[tuple[int, list[str], Node, frozenset[Place]]] = [(0, [], start, frozenset())]
    while waiting:
        cost, names, node, walked = heapq.heappop(waiting)
        if node == goal:
            return cost, set(walked)
        if node in paid:
            continue
        paid[node] = cost
        for onward, place, price in arcs.get(node, ()):
            if onward not in paid and place not in walked:
                heapq.heappush(waiting, (cost + price, [*names, _name(place)], onward, walked | {place}))
    return None


def _name(place: Place) -> str:
    return "\t".join("\0" if part is None else part for part in place)
