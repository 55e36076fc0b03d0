"""判重的候选：先问哪些少见的二字组，再从找到的里面挑出值得逐件比对的。"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from insight.comparing import TITLE, Asking
from insight.normal import bigrams
from insight.telling import Telling

Key = TypeVar("Key")
ANCHORS = 96  # bigrams asked of the index, at most: the rarest
POSTINGS = 400  # and no more than lead to about so many documents
FIRST = 3  # a bigram of the title or of a name counts as so many times rarer: it says what the matter is
CANDIDATES = 60  # read from the index
COMPARED = 15  # gone through one by one


def anchors(
    asked: Telling, frequencies: Mapping[str, int], *, known_in: int = 1, most: int | None = POSTINGS
) -> list[str]:
    """The bigrams to ask the index for, as many as it answers in a few milliseconds.

    known_in: documents a bigram must stand in; 2 where the asked text is itself indexed. most: documents they may lead
    to, about; None where something else narrows the answer down.
    """
    telling = set(asked.title_grams).union(*(bigrams(named.name) for named in asked.told))
    known = [gram for gram in asked.grams if frequencies.get(gram, 0) >= known_in]
    known.sort(key=lambda gram: (frequencies[gram] / (FIRST if gram in telling else 1), gram))
    chosen: list[str] = []
    postings = 0
    for gram in known[:ANCHORS]:
        postings += frequencies[gram]
        if chosen and most is not None and postings > most:
            break
        chosen.append(gram)
    return chosen


def worth_comparing(
    asking: Asking, found: Iterable[tuple[Key, Telling]], most: int = COMPARED
) -> list[tuple[Key, Telling]]:
    """The `most` whose words are most alike."""
    ranked = sorted(found, key=lambda row: asking.likeness(row[1], TITLE), reverse=True)
    return ranked[:most]
