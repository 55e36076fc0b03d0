"""The Regulation's time limits (《信访工作条例》) and the house's own, one row each, each citing what it stands on.

Pure. A city pack may shorten a statutory length, never lengthen it; everything else on a row belongs to the State.
The D-numbers are the ones the field uses; a letter after the number tells rows of one number apart. The I-rows and SV
are 内控 and never printed on a letter.
"""

from rulebook.terms.beside import BESIDE
from rulebook.terms.internal import INTERNAL
from rulebook.terms.regulation import REGULATION
from rulebook.terms.shape import (
    ANY_ORGAN,
    OPINION,
    OTHER_ORGAN,
    PETITION_OFFICE,
    PETITION_PATH,
    REVIEW_OPINION,
    Certainty,
    Kind,
    Scope,
    Term,
    Unit,
)
from rulebook.terms.simple import SIMPLE

__all__ = [
    "ANY_ORGAN",
    "BY_CODE",
    "NATIONAL_TERMS",
    "OPINION",
    "OTHER_ORGAN",
    "PETITION_OFFICE",
    "PETITION_PATH",
    "REVIEW_OPINION",
    "Certainty",
    "Kind",
    "Scope",
    "Term",
    "Unit",
    "family",
]

NATIONAL_TERMS = REGULATION + SIMPLE + BESIDE + INTERNAL

BY_CODE = {term.code: term for term in NATIONAL_TERMS}


def family(code: str) -> tuple[str, ...]:
    """The codes a number stands for: itself if it is a row, else its lettered rows (D16 → D16a, D16b, D16c)."""
    if code in BY_CODE:
        return (code,)
    return tuple(known for known in BY_CODE if code and known.startswith(code) and not known[len(code)].isdigit())
