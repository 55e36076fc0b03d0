"""同样的话，换一处地点对象：照给定的来件造出“套话陷阱”，判重应当认出这是另一件事。

Knows nothing of how the product reads places: what it takes for a name is a string before a telling ending that at
least two of the given messages hold. So it can also show where the product's reading is blind.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SHORTEST, LONGEST = 2, 5  # signs before the ending
HELD_BY = 2  # messages, at least
_ENDING = re.compile(
    "大道|路|街道|街|胡同|巷|小区|花园|家园|公寓|新村|广场|社区|公园|国际|新城|苑|村|镇"
    "|大学|学院|中学|小学|幼儿园|学校|医院|公司|酒店|超市|集团|银行"
)
_CODED = re.compile(r"[A-Z]\d{1,2}(?:区|县|市)|\d{1,4}路公交|\d{1,2}号线")
_NOT_OF_A_NAME = re.compile(
    "[我你他她它们这那该此个的在是了有和与及等各本每全整到从对向于住往去来说请问把被让给为以并而但不很多两几家条所名间座处"
    "，。？！、；：“”（）《》0-9a-zA-Z ]"
    "|影响|严重|导致|进入|反映|投诉|举报|咨询|关于|建设|周边|附近|居民|业主|安置|配套|公办|民办"
    "|马$|道$|公$|线$|小$|农$|老$|铁$|有限|股份|责任|物业|城市|市政|区|县|市|省"
)


@dataclass(frozen=True)
class Trap:
    """The number of the message copied, and the copy, about elsewhere."""

    of: int
    title: str
    body: str


def traps(messages: Sequence[tuple[str, str]], wanted: int, seed: int) -> list[Trap]:
    """Up to `wanted` traps from (title, body) messages; the same seed gives the same.

    Every other one exchanges all names, the rest only the one that the title, or most of the text, is about; every
    other one lets a sentence fall, so that length does not give it away.
    """
    random = Random(seed)
    strings = [_strings(title + "\n" + body) for title, body in messages]
    known = Counter(name for names in strings for name in names)
    held = [_outermost(name for name in names if known[name] >= HELD_BY) for names in strings]
    pool: dict[str, list[str]] = defaultdict(list)
    for name in sorted({name for names in held for name in names}):
        pool[_kind(name)].append(name)
    order = list(range(len(messages)))
    random.shuffle(order)
    made: list[Trap] = []
    for at in order:
        if len(made) == wanted:
            break
        title, body = messages[at]
        names = [name for name in held[at] if len(pool[_kind(name)]) > 1]
        names = _main(names, title, body) if len(made) % 2 else names
        if not any(name in title or body.count(name) > 1 for name in names):
            continue
        if all(map(_CODED.fullmatch, names)) and not all(map(_CODED.fullmatch, strings[at])):
            continue  # another district of the same estate may be a slip of the pen
        instead = {name: random.choice([one for one in pool[_kind(name)] if one != name]) for name in names}
        told = _exchange(title, instead), _exchange(body, instead)
        made.append(Trap(at, told[0], _shorter(told[1], random) if len(made) % 4 > 1 else told[1]))
    return made


def _strings(text: str) -> set[str]:
    """Whatever may be a name in the text."""
    found = set(_CODED.findall(text))
    for ending in _ENDING.finditer(text):
        for length in range(SHORTEST, LONGEST + 1):
            before = text[max(0, ending.start() - length) : ending.start()]
            if len(before) == length and "\n" not in before and not _NOT_OF_A_NAME.search(before):
                found.add(before + ending.group())
    return found


def _kind(name: str) -> str:
    if _CODED.fullmatch(name):
        return re.sub(r"\d+", "", name)[-2:]
    return max((match.group() for match in _ENDING.finditer(name) if match.end() == len(name)), key=len, default="")


def _outermost(names) -> list[str]:
    kept: list[str] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if not any(name in longer for longer in kept):
            kept.append(name)
    return kept


def _main(names: list[str], title: str, body: str) -> list[str]:
    ranked = sorted(names, key=lambda name: (_CODED.fullmatch(name) is not None, name not in title, -body.count(name)))
    return ranked[:1]


def _exchange(text: str, instead: dict[str, str]) -> str:
    if not instead:
        return text
    words = "|".join(map(re.escape, sorted(instead, key=lambda name: (-len(name), name))))
    return re.sub(words, lambda match: instead[match.group()], text)


def _shorter(body: str, random: Random) -> str:
    sentences = re.findall(r"[^。？！]*[。？！]|[^。？！]+$", body)
    if len(sentences) < 3:
        return body
    del sentences[random.randrange(len(sentences))]
    return "".join(sentences)
