"""一件事的说法：备好了给判重比对的文字、题目与所提到的地点对象。"""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

from insight.duplicates.topics import topics_of
from insight.places.place_names import AREA, ESTATE, LINE, NUMBER, Named, named_in
from insight.search.normal_form import FIELD_END, bigrams, codes, codes_in, joined

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
        self._names: dict[Named, float] = {}

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
        worth = self._names.get(named)
        if worth is None:
            worth = self._names[named] = max(map(self.of, bigrams(named.core)), default=0.5)
        return worth


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
        return cls(joined([title]), joined([title, text]), f"{title}\n{text}", day, place)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        return named_in(f"{self.written}\n{self.place}", {self.place: ESTATE} if self.place else None)

    @cached_property
    def grams(self) -> frozenset[str]:
        """The pairs of signs as they are counted and asked for; what compares texts takes their codes."""
        return frozenset(bigrams(self.text))

    @cached_property
    def codes(self) -> Set[int]:
        return codes(self.text)

    @cached_property
    def title_codes(self) -> Set[int]:
        return codes(self.title)

    @cached_property
    def framed(self) -> str:
        """The text with the edge of a field before and after it."""
        return f"{FIELD_END}{self.text}{FIELD_END}"

    @cached_property
    def repeated(self) -> Mapping[int, float]:
        """How often each pair of signs stands in the text, where it is more than once: ever less for more."""
        counted = codes_in(self.text)
        if len(counted) == len(self.codes):
            return {}
        return {pair: 1 + log(times) for pair, times in Counter(counted).items() if times > 1}

    @cached_property
    def topics(self) -> Mapping[int, float]:
        return topics_of(self.title, self.text, self.codes)

    @cached_property
    def title_topics(self) -> Mapping[int, float]:
        return topics_of("", self.title, self.title_codes)

    @cached_property
    def told(self) -> list[Named]:
        """The names that tell one place or object from another; areas and building numbers only do so within one."""
        return [named for named in self.names if named.kind not in (AREA, NUMBER)]

    @cached_property
    def told_by_kind(self) -> Mapping[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for named in self.told:
            found.setdefault(named.kind, []).append(named)
        return found

    @cached_property
    def areas(self) -> list[Named]:
        return [named for named in self.names if named.kind == AREA]

    @cached_property
    def numbers(self) -> list[str]:
        """Buildings and lines."""
        return [named.core for named in self.names if named.kind in (NUMBER, LINE)]
