"""表里的写法：日期、是否、人数、信访形式、类别……读成本系统的值；读不懂就说清楚为什么。Pure but for today()."""

import re
from datetime import date

from desk.bulk_import.columns import YES_OR_NO
from petitions.act.states import Channel, Kind
from petitions.models import Party, Person
from rulebook import written
from rulebook.timekeeping import today

YES = {"是", "有", "1", "y", "yes", "true", "√", "匿名"}
NO = {"", "否", "无", "0", "n", "no", "false", "×", "实名"}
CHANNELS = {label: value for value, label in Channel.choices} | {
    "走访": "visit",
    "信件": "letter",
    "电话": "call",
    "网信": "web",
    "网上信访": "web",
}
KINDS = {label: value for value, label in Kind.choices} | {
    "求决": "appeal",
    "投诉": "appeal",
    "建议": "suggestion",
    "举报": "report",
}
PARTY_KINDS = {label: value for value, label in Person.Kind.choices} | {"个人": "natural", "单位": "organisation"}
ID_STATUSES = {label: value for value, label in Party.IdStatus.choices}
SEXES = {"男": "男", "女": "女", "1": "男", "2": "女"}


class Misread(ValueError):
    """A cell that cannot be read; the message is the reason for the refused row."""


def day(cell: str, label: str) -> date | None:
    """Any way of writing that rulebook.written knows. Not after today."""
    if not cell:
        return None
    read = written.day(cell)
    if read is None:
        raise Misread(f"“{cell[:20]}”不是日期，请写成 2026-03-01 的样子")
    if read > today():
        raise Misread(f"{label}“{read}”晚于今天，请核对")
    return read


def yes_or_no(cell: str) -> bool:
    if cell.lower() in YES:
        return True
    if cell.lower() in NO:
        return False
    raise Misread(f"“{cell[:20]}”请写“是”或“否”")


def one_of(cell: str, words: dict[str, str], label: str) -> str:
    """The stored value of a label or of itself; "" for an empty cell."""
    if not cell or cell in words.values():
        return cell
    if cell not in words:
        raise Misread(f"{label}“{cell[:20]}”不认识，可写：{'、'.join(words)}")
    return words[cell]


def count(cell: str, label: str, *, most: int = 99_999) -> int | None:
    """A whole number of at least 1; None for an empty cell."""
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,9}", cell) or not 1 <= int(cell) <= most:
        raise Misread(f"{label}“{cell[:20]}”应当是 1 到 {most} 的整数")
    return int(cell)


READERS = {
    "channel": lambda cell, label: one_of(cell, CHANNELS, label),
    "kind": lambda cell, label: one_of(cell, KINDS, label),
    "party_kind": lambda cell, label: one_of(cell, PARTY_KINDS, label),
    "id_status": lambda cell, label: one_of(cell, ID_STATUSES, label),
    "sex": lambda cell, label: one_of(cell, SEXES, label),
    "received_on": day,
    "petition_date": day,
    "posted_on": day,
    "people_count": count,
    "involved_count": count,
    "birth_year": lambda cell, label: count(cell, label, most=today().year),
} | {name: lambda cell, label: yes_or_no(cell) for name in YES_OR_NO}
