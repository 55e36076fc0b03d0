"""逐件比对：两段文字像不像、地点对象合不合、相隔几天、是不是同一人，都化成 0 到 1 左右的数。"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property
from math import log1p, sqrt
from operator import mul

from insight.duplicates.agreement import Agreement, agreement
from insight.duplicates.matter_account import Rarity, Telling
from insight.duplicates.topics import alike
from insight.search.normal_form import code, codes

PLACE_SCORES = frozenset(
    (
        *("place", "our_places", "their_places", "other_place", "lonely_place", "exchanged", "same_area", "other_area"),
        *("same_number", "other_number", "words_other_place", "words_exchanged", "words_place", "copied_other_area"),
        "topic_place",
    )
)
TOPIC_SCORES = frozenset(("topic", "title_topic", "other_topic", "topic_place"))
# what gives away a copy of the words for another place
COPY_SCORES = frozenset(
    (
        *("contained", "copied", "longest", "words", "title", "title_in_text", "text_in_title"),
        *(PLACE_SCORES - {"topic_place", "words_place"}),
    )
)
TITLE = 0.3  # what the likeness of the titles counts for beside that of the texts
STRETCH = 4  # signs; shorter ones are shared by chance
RAREST = 24  # of the asked text's pairs of signs


@dataclass(frozen=True)
class Compared:
    """The scores, and what was found on the way, for the reasons."""

    scores: dict[str, float]
    agreement: Agreement
    stretches: tuple[str, ...]  # shared by both, longest first
    days: int  # 自然日

    @property
    def likeness(self) -> float:
        """Of the words and of the titles, as `worth_comparing` ranks by it."""
        return self.scores["words"] + TITLE * self.scores["title"]


class Asking:
    """A text asked about, ready to be compared with many."""

    def __init__(self, telling: Telling, rarity: Rarity):
        self.telling, self.rarity = telling, rarity
        self.worth = {code(gram): rarity.of(gram) ** 2 for gram in telling.grams}
        self._whole = sum(self.worth.values())
        self._mean = self._whole / len(self.worth) if self.worth else 0.0

    @cached_property
    def _title(self) -> float:
        return sum(map(self.worth.__getitem__, self.telling.title_codes))

    @cached_property
    def _pairs(self) -> list[int]:
        text = self.telling.text
        return [code(text[at : at + 2]) for at in range(len(text) - 1)]

    @cached_property
    def _rarest(self) -> list[int]:
        known = (gram for gram in self.telling.grams if self.rarity.frequencies.get(gram, 0) > 1)
        return list(map(code, sorted(known, key=lambda gram: (-self.worth[code(gram)], gram))[:RAREST]))

    @cached_property
    def _rarest_whole(self) -> float:
        return sum(map(self.worth.__getitem__, self._rarest))

    def likeness(self, other: Telling, title: float = 0.0) -> float:
        """Cosine of both texts' pairs of signs; those the asked text lacks weigh as its average does. 0–1.

        title: what the likeness of the titles is to count for besides.
        """
        words = self._cosine(self.telling.codes, self._whole, other.codes)
        return (
            words + title * self._cosine(self.telling.title_codes, self._title, other.title_codes) if title else words
        )

    def against(self, other: Telling, *, same_person: bool) -> Compared:
        """Compare with one earlier text."""
        asked = self.telling
        both = asked.codes & other.codes
        met = agreement(asked, other, self.rarity)
        named: set[int] = set().union(*(codes(one.name) for _, one in met.alike))
        ours, theirs = asked.title_codes, other.title_codes
        shared = sum(map(self.worth.__getitem__, both))
        least = min(self._whole, len(other.codes) * self._mean)
        stretches = _stretches(asked.text, self._pairs, other.text, both)
        copied = sum(map(len, stretches)) / max(1, min(len(asked.text), len(other.text)))
        words = self._alike(shared, self._whole, len(other.codes))
        topic = alike(asked.topics, other.topics)
        days = abs((asked.day - other.day).days)
        scores = {
            "words": words,
            "title": self._cosine(ours, self._title, theirs),
            "title_in_text": self._part(ours & both, self._title),
            "text_in_title": len(theirs & asked.codes) / max(1, len(theirs)),
            "contained": min(1.0, shared / least) if least else 0.0,
            "copied": min(1.0, copied),
            "longest": log1p(max(map(len, stretches), default=0)) / 5,
            "rare": self._part(filter(other.codes.__contains__, self._rarest), self._rarest_whole),
            "matter": sum(map(self.worth.__getitem__, both - named)) / self._whole if self._whole else 0.0,
            "place": met.strongest,
            "our_places": met.ours,
            "their_places": met.theirs,
            "other_place": met.contradiction,
            "lonely_place": met.lonely,
            "exchanged": met.exchange,
            "same_area": max(0.0, met.area),
            "other_area": max(0.0, -met.area),
            "same_number": max(0.0, met.number),
            "other_number": max(0.0, -met.number),
            "often": self._often(both, other),
            "topic": topic,
            "title_topic": alike(asked.title_topics, other.title_topics),
            "other_topic": float(
                bool(asked.title_topics and other.title_topics)
                and not asked.title_topics.keys() & other.title_topics.keys()
            ),
            "topic_place": topic * met.strongest,
            "title_matter": self._cosine(ours - named, self._title, theirs - named),
            "brief": 1 / (1 + min(len(asked.text), len(other.text)) / 50),
            "days": log1p(days) / 6,
            "within_days": float(days <= 3),
            "person": float(same_person),
            "person_words": words if same_person else 0.0,
            "words_other_place": words * met.contradiction,
            "words_exchanged": words * met.exchange,
            "words_place": words * met.strongest,
            "copied_other_area": min(1.0, copied) * max(0.0, -met.area),
        }
        return Compared(scores, met, tuple(sorted(stretches, key=len, reverse=True)), days)

    def _often(self, both: Set[int], other: Telling) -> float:
        """Cosine with how often each pair stands in both: 1 for once, more for more, but ever less so."""
        more = other.repeated
        shared = sum(map(self._often_worth.__getitem__, both))
        shared += sum(self._often_worth[pair] * (more[pair] - 1) for pair in both & more.keys())
        squares = len(other.codes) - len(more) + sum(map(mul, more.values(), more.values()))
        norm = squares * self._mean * self._often_whole
        return min(1.0, shared / sqrt(norm)) if norm else 0.0

    @cached_property
    def _often_worth(self) -> dict[int, float]:
        more = self.telling.repeated
        return {pair: worth * more.get(pair, 1.0) for pair, worth in self.worth.items()}

    @cached_property
    def _often_whole(self) -> float:
        more = self.telling.repeated
        return sum(worth * more.get(pair, 1.0) for pair, worth in self._often_worth.items())

    def _cosine(self, ours: Set[int], whole: float, theirs: Set[int]) -> float:
        return self._alike(sum(map(self.worth.__getitem__, ours & theirs)), whole, len(theirs))

    def _alike(self, shared: float, whole: float, theirs: int) -> float:
        other = theirs * self._mean
        return min(1.0, shared / sqrt(whole * other)) if whole and other else 0.0

    def _part(self, met: Iterable[int], whole: float) -> float:
        return sum(map(self.worth.__getitem__, met)) / whole if whole else 0.0


def _stretches(asked: str, pairs: list[int], other: str, both: Set[int]) -> list[str]:
    """What of the asked text stands in the other word for word, in order; `pairs` are all its neighbouring signs."""
    found, start, end = [], 0, len(pairs)
    least = STRETCH - 1  # pairs in a row
    while start <= end - least:
        # from the far end of the shortest stretch: one pair the other lacks rules out all that hold it
        if pairs[start + least - 1] not in both:
            start += least
            continue
        if pairs[start] not in both or asked[start : start + STRETCH] not in other:
            start += 1
            continue
        stop = start + least
        while stop < end and pairs[stop] in both:
            stop += 1
        while asked[start : stop + 1] not in other:
            stop -= 1
        found.append(asked[start : stop + 1])
        start = stop
    return found
