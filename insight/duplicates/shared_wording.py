"""两段文字有多像：按少见的二字组加权，给出百分比和共有的词句。只比文字，不下结论。"""

from collections.abc import Mapping, Set
from math import log
from typing import TypeVar

from insight.search.normal_form import FIELD_END, code, codes, normalise

Pair = TypeVar("Pair", str, int)  # two neighbouring signs, or their code
SHARED_SHOWN = 5
SHORTEST_SHARED = 3  # signs


def weight(frequency: int, documents: int) -> float:
    """A bigram found in one document in a thousand says more than one found in every second."""
    return log(1 + documents / (1 + frequency))


def weights_of(frequencies: Mapping[str, int], documents: int) -> dict[str, float]:
    """The weight of each bigram of the text asked about."""
    return {gram: weight(frequency, documents) for gram, frequency in frequencies.items()}


def percent_alike(theirs: Set[Pair], weights: Mapping[Pair, float]) -> int:
    """How alike a text of these bigrams (or their codes) is to the one asked about, 0–100; `weights` are those of the
    asked one's.

    The weight of the shared bigrams against the mean weight of both texts; what is not in the asked text weighs the
    average. A text wholly contained in a much longer one still counts: the longer weighs at most twice the asked one.
    Two people telling the same thing in their own words reach 10 to 40; above 60 it is mostly the same letter.
    """
    both = weights.keys() & theirs
    if not both:
        return 0
    ours = sum(weights.values())
    other = min(len(theirs) * ours / len(weights), 2 * ours)
    return min(100, round(200 * sum(map(weights.__getitem__, both)) / (ours + other)))


def shared_stretches(asked: str, body: str) -> tuple[str, ...]:
    """The longest stretches of the one folded text that stand in the other: at most five, longest first."""
    both = codes(asked) & codes(body)
    is_shared = [*(code(asked[at : at + 2]) in both for at in range(len(asked) - 1)), False]
    found: set[str] = set()
    start = 0
    while start < len(asked) - 1:
        if not is_shared[start]:
            start += 1
            continue
        # 一对一对往后接，再从末尾退到整段都有为止
        end = start
        while is_shared[end]:
            end += 1
        while asked[start : end + 1] not in body:
            end -= 1
        stretch = asked[start : end + 1]
        if end - start + 1 >= SHORTEST_SHARED and FIELD_END not in stretch:
            found.add(stretch)
        start = max(end, start + 1)
    longest = sorted(found, key=lambda stretch: (-len(stretch), asked.find(stretch)))
    return tuple(longest[:SHARED_SHOWN])


def same_place(place: str, body: str) -> bool:
    """Whether the place named stands in the other text: like words about another place are another matter."""
    folded = normalise(place)
    return len(folded) >= 2 and folded in body
