"""引用了哪部法的第几条：从文字里读出书名号中的法名和“第……条”。纯函数。

《民法典》第二百七十八条、第九百四十二条 → 民法典 278, 民法典 942；第31条 and 第三十一条第六项 are both article 31.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

STATE = "中华人民共和国"
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[零〇一二两三四五六七八九十百千\d]+"
_PIECE = re.compile(rf"《([^《》]{{2,60}})》|第({_NUMBER})条(?:之[一二三四五六七八九十]+)?")
# 一串条号之间只有这些：款、项、顿号、和、至
_BETWEEN = re.compile(
    rf"(?:第[（(]?{_NUMBER}[)）]?[款项目]|[（(][^（）()]{{0,20}}[)）]|以及|[的之中、，,和及与至到或]|\s)*"
)
_SAME_LAW = re.compile(r"(?:本|该|同|上述)(?:法|条例|办法|规定)$")
# 这些不是法：合同、协议、章程的条款
_NOT_LAW = re.compile(r"(?:合同|协议|协议书|公约|章程|规约|约定|意见书|判决书|裁决书|决定书|方案)$")
_LAW_NAME = re.compile(r"(?:法|法典|条例|办法|规定|细则|规则|解释|决定)(?:[（(](?:试行|暂行|修订|修正)[)）])?(?:》)?$")


@dataclass(frozen=True)
class Citation:
    """One reference. `law` without 中华人民共和国, empty where the text does not say of which law; `article` None where
    only the law is named. `words` is the reference as it was written."""

    law: str
    article: int | None
    words: str


def number_of(words: str) -> int:
    """三十一 → 31；31 → 31；一千二百六十 → 1260；二〇 → 20."""
    if words.isascii():
        return int(words)
    if not any(sign in _UNITS for sign in words):
        return int("".join(sign if sign.isascii() else str(_DIGITS[sign]) for sign in words))
    total = held = 0
    for sign in words:
        if sign in _UNITS:
            total, held = total + (held or 1) * _UNITS[sign], 0
        else:
            held = int(sign) if sign.isascii() else _DIGITS[sign]
    return total + held


def plain_name(law: str) -> str:
    """《 中华人民共和国民法典（2020年）》 → 民法典：同一部法的不同写法归到一个名称。"""
    bare = "".join(law.split()).removeprefix(STATE)
    return re.sub(r"[（(](?:\d{4}年?.{0,4}|[^（）()]*(?:修订|修正|公布|施行)[^（）()]*)[)）]$", "", bare)


def citations(text: str, known: Collection[str] = ()) -> list[Citation]:
    """Every article and every law cited, in order. `known` are names that count as a law without 书名号 too."""
    found: list[Citation] = []
    for line in text.splitlines():
        found += _of_line(line, sorted(known, key=len, reverse=True))
    return found


def _of_line(line: str, known: list[str]) -> list[Citation]:
    found: list[Citation] = []
    law: str | None = ""  # None: 前面说的不是法
    named: Citation | None = None
    end, named_at = 0, ""
    for piece in _PIECE.finditer(line):
        between = line[end : piece.start()]
        if piece[1]:
            if named:
                found.append(named)
            law = None if _NOT_LAW.search(piece[1]) else plain_name(piece[1])
            named = Citation(law, None, piece[0]) if law and _LAW_NAME.search(piece[1]) else None
            named_at = piece[0]
        else:
            follows = _BETWEEN.fullmatch(between) is not None and end > 0
            if not follows and not _SAME_LAW.search(between):
                if _NOT_LAW.search(between):
                    law = None
                else:
                    law = next((name for name in known if between.endswith((name, f"{name}的"))), "")
                named_at = law or ""
            if law is not None:
                named = None
                found.append(Citation(law, number_of(piece[2]), f"{named_at}{piece[0]}"))
        end = piece.end()
    return [*found, named] if named else found
