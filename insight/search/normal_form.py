"""检索用的写法：全半角、繁简、大小写一律，标点空格不计；以及由此而来的二字组。

The folding works sign by sign: the folding of a text is the foldings of its signs, joined. So whatever was part of a
text is part of its folding too, which is what makes "cannot miss" provable.
"""

import re
import struct
import unicodedata
from operator import add

from insight.search.traditional import SIMPLIFIED, TRADITIONAL

FIELD_END = "\n"  # never inside a folded text: no word reaches from one field into the next
LONGEST = 100_000  # signs of one document; a tsvector holds 1 MB
_HIDDEN = re.compile(r"(?<=\d)\*{4,}(?=\d)")  # what mask_text left of a number
_PARTS = re.compile(r"[“「\"]([^“”「」\"]+)[”」\"]|(\S+)")
_SIMPLER = dict(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True))


class _Folding(dict[int, str]):
    """What each sign is folded to, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).translate(_SIMPLER).casefold()
        folded = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if sign.isalnum())
        self[code] = folded
        return folded


_FOLDING = _Folding()


def normalise(text: str) -> str:
    """Full and half width, traditional and simplified, upper and lower case alike; only letters, signs and digits."""
    return text.translate(_FOLDING)


def joined(fields: list[str]) -> str:
    """Masked fields as one folded text, with a break after each field and where a number was hidden.

    Without the break the two ends of a hidden number would read as a number that nobody wrote, and its digits could
    be found out by asking.
    """
    parts = (normalise(part) for field in fields for part in _HIDDEN.split(field))
    return FIELD_END.join(part for part in parts if part)[:LONGEST]


def bigrams(folded: str) -> set[str]:
    """Every two neighbouring signs of a folded text; none across a break."""
    pairs: set[str] = set()
    for field in folded.split(FIELD_END):
        pairs.update(map(add, field, field[1:]))
    return pairs


def code(gram: str) -> int:
    """A bigram as one number: for comparing texts with each other, never stored and never asked of the index."""
    return ord(gram[0]) | ord(gram[1]) << 32


def codes(folded: str) -> set[int]:
    """`bigrams`, each as its `code`: read out of the text four times as fast as they can be cut."""
    found: set[int] = set()
    for field in folded.split(FIELD_END):
        found.update(*_codes_of(field))
    return found


def codes_in(folded: str) -> list[int]:
    """The same with every repetition, in no particular order."""
    found: list[int] = []
    for field in folded.split(FIELD_END):
        for half in _codes_of(field):
            found.extend(half)
    return found


def _codes_of(field: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two signs of four bytes each lie beside each other as one number of eight: from the first sign on, and from the
    second on."""
    signs = field.encode("utf-32-le")
    whole = len(field) // 2
    odd = max(0, len(field) - 1) // 2
    return struct.unpack_from(f"<{whole}Q", signs), struct.unpack_from(f"<{odd}Q", signs, 4) if odd else ()


def year_lexeme(year: int) -> str:
    """The lexeme of the year of receipt. `#` cannot occur in a folded text."""
    return f"#y{year}"


def lexemes(*folded: str) -> list[str]:
    """The words of the index that stand for the texts of one document: their bigrams, in order."""
    return sorted(set().union(*map(bigrams, folded)))


def words_of(query: str) -> list[str]:
    """The folded words of a query, each to be found; what stands in quotes is one word, blanks and all.

    A query with single signs is taken as one word. Empty where fewer than two signs remain.
    """
    words = [word for quoted, plain in _PARTS.findall(query) if (word := normalise(quoted or plain))]
    if any(len(word) < 2 for word in words):
        words = [normalise(query)]
    return [] if any(len(word) < 2 for word in words) else list(dict.fromkeys(words))


def holds_any(text: str, words: list[str]) -> bool:
    """Whether one of the folded words stands in a text as it was written."""
    folded = normalise(text)
    return any(word in folded for word in words)


def snippet(text: str, words: list[str], *, around: int = 24) -> list[tuple[str, bool]]:
    """A stretch of the text around the first word found, as (piece, is_hit) pairs; the beginning where none is."""
    folded, origin = [], []
    for place, sign in enumerate(text):
        for part in normalise(sign):
            folded.append(part)
            origin.append(place)
    body = "".join(folded)
    at = min((found for word in words if (found := body.find(word)) >= 0), default=-1)
    first = max(0, origin[at] - around) if at >= 0 else 0
    shown = text[first : first + around * 4]
    marked = [False] * len(shown)
    for word in words:
        found = body.find(word)
        while found >= 0:
            for place in range(origin[found], origin[found + len(word) - 1] + 1):
                if first <= place < first + len(shown):
                    marked[place - first] = True
            found = body.find(word, found + 1)
    return _runs(shown, marked)


def _runs(text: str, marked: list[bool]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for sign, hit in zip(text, marked, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + sign, hit)
        else:
            pieces.append((sign, hit))
    return pieces
