"""字段的取值：收进来时核对并冻结成 JSON，印出去时变成文字。纯函数，不碰数据库。"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from documents.letters.fields import FIELDS, OUTCOMES, Field, LetterKind, Shape
from documents.letters.impediments import LetterRefused
from documents.letters.letter_dates import in_words

_LONGEST = 20_000  # 字；一件文书的单个要素不会更长


def frozen(kind: LetterKind, given: Mapping[str, Any], *, unfinished: bool = False) -> dict[str, Any]:
    """The given values as plain JSON, empty ones left out.

    Raises LetterRefused with one sentence per fault: a field the kind does not know, a value of the wrong shape,
    a required one missing (not asked of a draft: `unfinished`).
    """
    faults = [f"《{kind.label}》没有“{code}”这个要素，请去掉" for code in given if code not in kind.allowed]
    values: dict[str, Any] = {}
    for code, value in given.items():
        if code not in kind.allowed or _is_empty(value):
            continue
        try:
            values[code] = _plain(FIELDS[code], value)
        except ValueError as fault:
            faults.append(str(fault))
            values[code] = None
    if not unfinished:
        faults += [f"请填写“{FIELDS[code].meaning}”" for code in sorted(kind.required) if code not in values]
    if faults:
        raise LetterRefused(*faults)
    return values


def in_print(field: Field, value: Any) -> str | list[str]:
    """A frozen value as it stands in the letter: one text, or a list where the field is printed item by item."""
    if field.shape is Shape.DATE:
        return in_words(value)
    if field.shape is Shape.CHOICE:
        return (field.choices or {})[value]
    if field.shape is Shape.OPINIONS:
        return [f"对第{n}项投诉请求：{OUTCOMES[one['outcome']]}。{one['text']}" for n, one in enumerate(value, 1)]
    if field.shape is Shape.LIST:
        return list(value)
    return str(value)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == [] or value == ()


def _plain(field: Field, value: Any) -> Any:
    name = f"“{field.meaning}”"
    if field.shape is Shape.DATE:
        return _day(name, value)
    if field.shape in (Shape.DAYS, Shape.COUNT):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"{name}应当是大于零的整数")
        return value
    if field.shape is Shape.CHOICE:
        if value not in (field.choices or {}):
            raise ValueError(f"{name}不在可选范围内：{value}")
        return value
    if field.shape is Shape.LIST:
        if not isinstance(value, (list, tuple)) or any(_is_empty(one) for one in value):
            raise ValueError(f"{name}应当逐条填写，不能有空条")
        return [_words(name, one) for one in value]
    if field.shape is Shape.OPINIONS:
        return [_opinion(name, one) for one in value]
    text = _words(name, value)
    return text if field.shape is Shape.TEXT else " ".join(text.split())


def _day(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        raise ValueError(f"{name}应当是日期，不带时刻")
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError(f"{name}不是有效日期：{value}") from None


def _opinion(name: str, one: Any) -> dict[str, str]:
    if not isinstance(one, Mapping) or one.get("outcome") not in OUTCOMES:
        raise ValueError(f"{name}每条都要选定结论：{'、'.join(OUTCOMES.values())}")
    if _is_empty(one.get("text")):
        raise ValueError(f"{name}每条都要写明意见")
    return {"outcome": one["outcome"], "text": _words(name, one["text"])}


def _words(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name}应当是文字")
    lines = [line.strip() for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n".join(line for line in lines if line)
    if len(text) > _LONGEST:
        raise ValueError(f"{name}过长（{len(text)}字），请控制在{_LONGEST}字以内")
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise ValueError(f"{name}含有不可见的控制字符，请重新录入")
    return text
