"""虚假办结的线索：办结的件里，答复没有答到、没有落实、说了又推的，列出来请督查人员看；只列理由，由人认定。

`signals` is pure: what it looks at is a ClosedCase, read from the database by `gathering` or from a labelled file by
`manage evaluate hollow`. Nothing of the petitioner is looked at but that the same matter was brought again.
"""

from supervision.hollow.closed_case import Answer, ClosedCase, Habits, Later, Rated, Reply
from supervision.hollow.signals import signals
from supervision.hollow.weights import THRESHOLD, Code, Signal, is_doubtful, score

__all__ = [
    "THRESHOLD",
    "Answer",
    "ClosedCase",
    "Code",
    "Habits",
    "Later",
    "Rated",
    "Reply",
    "Signal",
    "is_doubtful",
    "score",
    "signals",
]
