"""一件事的说法：备好了给判重比对的文字、题目与所提到的地点对象。"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

from insight.normal import bigrams, joined, normalise
from insight.places import AREA, ESTATE, NUMBER, Named, named_in
from insight.topics import topics_of

FEWEST = 4000  # documents: below that a count says little, and a gram met once is taken as rare as among so many


class Rarity:
    """How much a pair of signs tells, 0–1: what one document in four thousand holds tells all, what each holds nothing.

    frequencies: in how many of the documents each pair stands.
    """

    def __init__(self, frequencies: Mapping[str, int], documents: int):
        self.frequencies = frequencies
        self._documents = max(documents, FEWEST)
        self._most = log(1 + FEWEST)
        self._known: dict[int, float] = {}

    def of(self, gram: str) -> float:
        frequency = self.frequencies.get(gram, 0)
        worth = self._known.get(frequency)
        if worth is None:
            worth = self._known[frequency] = min(1.0, log(1 + self._documents / (1 + frequency)) / self._most)
        return worth

    def of_name(self, named: Named) -> float:
        """As much as its rarest pair: 桐荫 tells more than 人民."""
        if named.kind in (AREA, NUMBER):
            return 0.5
        return max((self.of(gram) for gram in bigrams(named.core)), default=0.5)


@dataclass(frozen=True)
class Telling:
    """One text, folded; `text` holds the title too, with a break after each field.

    written: as it was written, with its punctuation; place: where it was found to lie, a name whatever its ending.
    """

    title: str
    text: str
    written: str
    day: date
    place: str = ""

    @classmethod
    def of(cls, title: str, text: str, day: date, place: str = "") -> "Telling":
        """From a text as written."""
        return cls(normalise(title), joined([title, text]), f"{title}\n{text}", day, place)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        return named_in(f"{self.written}\n{self.place}", {self.place: ESTATE} if self.place else None)

    @cached_property
    def grams(self) -> frozenset[str]:
        return frozenset(bigrams(self.text))

    @cached_property
    def title_grams(self) -> frozenset[str]:
        return frozenset(bigrams(self.title))

    @cached_property
    def often(self) -> Mapping[str, float]:
        """How often each pair of signs stands in the text: 1 for once, more for more, but ever less so."""
        counted = Counter(map("".join, zip(self.text, self.text[1:], strict=False)))
        return {gram: 1.0 if times == 1 else 1 + log(times) for gram, times in counted.items() if gram in self.grams}

    @cached_property
    def topics(self) -> Mapping[int, float]:
        return topics_of(self.title, self.text, self.grams)

    @cached_property
    def title_topics(self) -> Mapping[int, float]:
        return topics_of("", self.title, self.title_grams)

    @cached_property
    def told(self) -> list[Named]:
        """The names that tell one place or object from another; areas and building numbers only do so within one."""
        return [named for named in self.names if named.kind not in (AREA, NUMBER)]
