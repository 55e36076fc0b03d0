"""日子在纸上、表里的写法。Pure."""

import re
from datetime import date

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")


def day(text: str) -> date | None:
    """2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301; a time after it is ignored. None where it is no day."""
    found = _DAY.fullmatch(text) or _PACKED.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
