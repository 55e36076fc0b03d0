"""manage evaluate：用标注好的文件量判重、分类、分流、检索。走的是产品自己的路，库里一行也不写。"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

csv.field_size_limit(sys.maxsize)


class Unreadable(Exception):
    """A file that cannot be read as asked; the words say which and what is missing."""


def rows_of(path: Path, needed: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file with a header. Raises Unreadable where it is not there or lacks a column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in needed if name not in (rows.fieldnames or [])]
            if missing:
                raise Unreadable(f"{path.name} 缺少列：{'、'.join(missing)}")
            return list(rows)
    except OSError as unread:
        raise Unreadable(f"读不到文件 {path}：{unread.strerror}") from unread


def percent(part: float, whole: float) -> float:
    """Percent with two decimals; 0.0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0


class Stopwatch:
    """Adds up the time spent inside `with`; `ms_per` divides it by the items done."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> "Stopwatch":
        self._since = perf_counter()
        return self

    def __exit__(self, *exc) -> None:
        self.seconds += perf_counter() - self._since

    def ms_per(self, items: int) -> float:
        return round(1000 * self.seconds / items, 3) if items else 0.0
