"""文字变成特征：折叠后的一字、二字组，开头另计一遍。纯函数，不分词，人名和残句不会丢。"""

from dataclasses import dataclass

import numpy as np

from insight.search.normal_form import normalise

LEAD = 20  # signs: where no title is given, what a text opens with stands for it
LONGEST_LEAD = 100
LONGEST = 3000  # signs read of one text
_SIGN_BITS = 20
_SIGN = (1 << _SIGN_BITS) - 1
_IN_LEAD = 1 << 63
# the parts of a text, and how much each may say beside the whole of it
BODY, LEADING = 0, 1
SHARES = np.array([1.0, 0.6], dtype=np.float32)


@dataclass(frozen=True)
class Grams:
    """What a text consists of: `codes` (uint64, ascending, each once) and how often each stands there."""

    codes: np.ndarray
    counts: np.ndarray


def grams_of(text: str, title: str = "") -> Grams:
    """The single signs and neighbouring pairs of title and text.

    What stands in the title – in the opening where there is none – is counted a second time apart: people say at the
    outset what it is about.
    """
    told = normalise(title)[:LONGEST_LEAD]
    body = told + normalise(text)[:LONGEST]
    lead = told or body[:LEAD]
    found = np.concatenate([_singles_and_pairs(body), _singles_and_pairs(lead) | np.uint64(_IN_LEAD)])
    codes, counts = np.unique(found, return_counts=True)
    return Grams(codes, counts.astype(np.float32))


def _singles_and_pairs(folded: str) -> np.ndarray:
    signs = np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64) & np.uint64(_SIGN)
    return np.concatenate([signs, (signs[:-1] << np.uint64(_SIGN_BITS)) | signs[1:]])


def parts_of(codes: np.ndarray) -> np.ndarray:
    """BODY or LEADING for each code."""
    return (codes >= _IN_LEAD).astype(np.intp)


def spelled(code: int) -> str:
    """The one or two signs a code stands for."""
    signs, rest = [], code & ~_IN_LEAD
    while rest:
        signs.append(chr(rest & _SIGN))
        rest >>= _SIGN_BITS
    return "".join(reversed(signs))


def without_lead(grams: Grams) -> Grams:
    """The grams of the whole text alone, for texts so short that all of them is opening."""
    at = grams.codes < _IN_LEAD
    return Grams(grams.codes[at], grams.counts[at])


def is_in_lead(code: int) -> bool:
    """Whether the code counts a gram of the title or opening."""
    return code >= _IN_LEAD


def lengths_evened(values: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Each part of one text brought to its share: a long letter counts no more than a short one."""
    squares = np.bincount(parts, weights=values * values, minlength=len(SHARES))
    factors = SHARES / np.sqrt(np.maximum(squares, 1e-12))
    evened: np.ndarray = values * factors[parts].astype(np.float32)
    return evened
