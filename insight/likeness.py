"""两段文字有多像：按少见的二字组加权，给出百分比和共有的词句。只比文字，不下结论。"""

from collections.abc import Mapping, Set
from math import log

from insight.normal import FIELD_END, bigrams, normalise

SHARED_SHOWN = 5
SHORTEST_SHARED = 3  # signs


def weight(frequency: int, documents: int) -> float:
    """A bigram found in one document in a thousand says more than one found in every second."""
    return log(1 + documents / (1 + frequency))


def weights_of(frequencies: Mapping[str, int], documents: int) -> dict[str, float]:
    """The weight of each bigram of the text asked about."""
    return {gram: weight(frequency, documents) for gram, frequency in frequencies.items()}


def percent_alike(theirs: Set[str], weights: Mapping[str, float]) -> int:
    """How alike a text of these bigrams is to the one asked about, 0–100; `weights` are those of the asked one's.

    The weight of the shared bigrams against the mean weight of both texts; what is not in the asked text weighs the
    average. A text wholly contained in a much longer one still counts: the longer weighs at most twice the asked one.
    Two people telling the same thing in their own words reach 10 to 40; above 60 it is mostly the same letter.
    """
    both = weights.keys() & theirs
    if not both:
        return 0
    ours = sum(weights.values())
    other = min(len(theirs) * ours / len(weights), 2 * ours)
    return min(100, round(200 * sum(weights[gram] for gram in both) / (ours + other)))


def shared_stretches(asked: str, body: str) -> tuple[str, ...]:
    """The longest stretches of the one folded text that stand in the other: at most five, longest first."""
    both = bigrams(asked) & bigrams(body)
    found: set[str] = set()
    start = 0
    while start < len(asked) - 1:
        end = start
        while asked[end : end + 2] in both and asked[start : end + 2] in body:
            end += 1
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
