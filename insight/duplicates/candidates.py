"""判重的候选：先问哪些少见的二字组，再从找到的里面挑出值得逐件比对的。"""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import NamedTuple, TypeVar

from insight.duplicates.matter_account import Telling
from insight.duplicates.pair_comparison import TITLE, Asking
from insight.search.normal_form import bigrams

Key = TypeVar("Key")
ANCHORS = 96  # bigrams asked of the index, at most: the rarest
POSTINGS = 400  # and no more than lead to about so many documents
FEW = 8  # where that leaves fewer, commoner ones are asked, two of them together
PAIRED, PAIR_POSTINGS = 8, 5_000
FIRST = 3  # a bigram of the title or of a name counts as so many times rarer: it says what the matter is
CANDIDATES = 60  # read from the index
COMPARED = 15  # gone through one by one


class Anchors(NamedTuple):
    """What to ask the index for: documents that hold at least so many of the bigrams, the rarest first."""

    grams: list[str]
    least: int = 1

    @property
    def most(self) -> int:
        """How many to read: fewer where two had to be shared, for chance brings up fewer of those."""
        return CANDIDATES if self.least == 1 else CANDIDATES // 2


def anchors(
    asked: Telling, frequencies: Mapping[str, int], *, known_in: int = 1, most: int | None = POSTINGS
) -> Anchors:
    """The bigrams to ask the index for, as many as it answers in a few milliseconds.

    Among a million petitions the rarest bigram of a letter may stand in hundreds, so that one or two are all that can
    be asked by themselves: then eight are asked, and a document must hold two of them.

    known_in: documents a bigram must stand in; 2 where the asked text is itself indexed. most: documents they may lead
    to, about; None where something else narrows the answer down.
    """
    telling = bigrams(asked.title).union(*(bigrams(named.name) for named in asked.told))
    known = [gram for gram in asked.grams if frequencies.get(gram, 0) >= known_in]
    known.sort(key=lambda gram: (frequencies[gram] / (FIRST if gram in telling else 1), gram))
    if most is None:
        return Anchors(known[:ANCHORS])
    chosen = _affordable(known[:ANCHORS], frequencies, most, least=1)
    if len(chosen) >= FEW or len(chosen) == len(known):
        return Anchors(chosen)
    return Anchors(_affordable(known[:PAIRED], frequencies, PAIR_POSTINGS, least=2), least=2)


def _affordable(grams: list[str], frequencies: Mapping[str, int], most: int, least: int) -> list[str]:
    """As many of the first as lead to about `most` documents, but at least `least`."""
    together = accumulate(frequencies[gram] for gram in grams)
    return [
        gram for at, (gram, postings) in enumerate(zip(grams, together, strict=True)) if at < least or postings <= most
    ]


def worth_comparing(
    asking: Asking, found: Iterable[tuple[Key, Telling]], most: int = COMPARED
) -> list[tuple[Key, Telling]]:
    """The `most` whose words are most alike."""
    ranked = sorted(found, key=lambda row: asking.likeness(row[1], TITLE), reverse=True)
    return ranked[:most]
