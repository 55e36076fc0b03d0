"""合并字段与文书目录：要素是封闭的一张表，每种文书从中取用（rules §8.3）。"""

from documents.letters.fields.elements import FIELDS, SYSTEM_FIELDS, Field, Shape
from documents.letters.fields.field_choices import (
    ADOPTIONS,
    AGREEMENTS,
    DECLINE_GROUNDS,
    FORWARD_ARTICLES,
    OUTCOMES,
    PATHS,
    PETITION_PATH,
    REVIEW_DECLINES,
    REVIEW_RESULTS,
    REVIEW_STAGES,
    SECRECY_MARKS,
    TERMINATIONS,
)
from documents.letters.fields.kinds import KINDS, LetterKind, kind_choices

__all__ = [
    "ADOPTIONS",
    "AGREEMENTS",
    "DECLINE_GROUNDS",
    "FIELDS",
    "FORWARD_ARTICLES",
    "KINDS",
    "OUTCOMES",
    "PATHS",
    "PETITION_PATH",
    "REVIEW_DECLINES",
    "REVIEW_RESULTS",
    "REVIEW_STAGES",
    "SECRECY_MARKS",
    "SYSTEM_FIELDS",
    "TERMINATIONS",
    "Field",
    "LetterKind",
    "Shape",
    "kind_choices",
]
