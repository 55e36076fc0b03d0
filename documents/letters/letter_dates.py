"""文书上的日期写法（GB/T 9704：阿拉伯数字，月日不编虚位）。纯函数。"""

from datetime import date


def in_words(day: date | str) -> str:
    """A day or its ISO text → 2026年2月27日. Raises ValueError where the text is no day."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.year}年{day.month}月{day.day}日"


def to_day(value: date | str) -> date:
    """A day or its ISO text → a day. Raises ValueError where the text is no day."""
    return date.fromisoformat(value) if isinstance(value, str) else value
