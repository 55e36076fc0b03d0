"""地点与对象：从一段话里找出路、小区、村、学校、医院、单位、楼栋、公交与地铁线和所在的区县。

Two letters in the same words about two streets are two matters; so what a text is about is read apart from how it says
it. Only rules and the gazetteer of the city pack: a name is what stands before a telling ending (路、小区、公司 …), cut
off at the words that cannot be part of a name. A cut in the wrong place does little harm, for it falls alike in both
texts.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from insight.places.place_words import BUILDING, CUTS, ENDINGS, NUMERALS, SAME_UNIT, TOO_GENERAL, UNNAMED
from insight.search.normal_form import normalise
from insight.search.sounds import sound_alike

LONGEST = 10  # signs before the ending
LOOKED_THROUGH = 1000  # signs of a text: what it is about is said at its beginning
MOST = 30  # names kept of one text, in order of appearance
AREA, ROAD, ESTATE, VILLAGE, SCHOOL, HOSPITAL, FIRM, NUMBER, LINE = (
    *("辖区", "道路", "小区", "村", "学校", "医院", "单位", "楼栋", "线路"),
)
KINDS = (AREA, ROAD, ESTATE, VILLAGE, SCHOOL, HOSPITAL, FIRM, NUMBER, LINE)

_RUN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+")


def _any_of(words: Collection[str]) -> str:
    """A pattern of any of the words, of those with one beginning the longest first.

    Most signs begin none of them and are passed over at once; the rest are compared with the beginnings only.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    alone = "".join(first for first, rest in rests.items() if rest == [""])
    longer = [f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items() if rest != [""]]
    return f"(?=[{''.join(sorted(rests))}])(?:{'|'.join([f'[{alone}]'] * bool(alone) + longer)})"


_ENDING = re.compile(_any_of(ENDINGS))
_CUT = re.compile(_any_of(CUTS))
_DISGUISED = re.compile(r"[A-Z]\d{0,2}(?:县市|市|区|县)")  # A3区：公开时隐去真名的写法
_NUMBER = re.compile(rf"([0-9]{{1,4}}|[{NUMERALS}]{{1,3}})({BUILDING})")
_BUS = re.compile(r"(?<![0-9A-Za-z])([0-9]{1,4})(?:路(?!口|段)|号公交|公交)")
# what every pattern needs: most runs name nothing and are done with at once
_HINT = re.compile(rf"[A-Z]|[0-9{NUMERALS}](?:{BUILDING}|号线|路|公交|号公交)|{_ENDING.pattern}")
_RAIL = re.compile(rf"([0-9]{{1,2}}|[{NUMERALS}]{{1,2}})号线")


class Named(NamedTuple):
    """One thing a text names: its kind, the name as the folded text has it, and what tells it from others."""

    kind: str
    name: str
    core: str

    def agrees(self, other: "Named") -> bool:
        """The same thing, also where one text writes more of the name (春柳苑 and 青柳春柳苑) or by ear
        (金贸路 and 金茂路)."""
        if self.kind != other.kind:
            return False
        if self.core == other.core:
            return True
        if self.kind in (NUMBER, LINE, AREA):
            return False
        shorter, longer = (self.core, other.core) if len(self.core) <= len(other.core) else (other.core, self.core)
        if len(shorter) == len(longer):
            return len(shorter) >= 2 and sound_alike(shorter, longer)
        return len(shorter) >= 2 and (longer.endswith(shorter) or longer.startswith(shorter))


def named_in(text: str, gazetteer: Mapping[str, str] | None = None) -> tuple[Named, ...]:
    """What the text names, each once, in order of appearance, at most 30; `gazetteer`: name → kind of the city pack.

    Takes the text as written, with its punctuation: that is what a name cannot reach across.
    """
    found: list[tuple[int, Named]] = []
    for start, run in _telling_runs(text[:LOOKED_THROUGH]):
        found += [(start + at, named) for at, named in _in_run(run)]
    for name, kind in (gazetteer or {}).items():
        if (at := text.find(name)) >= 0:
            found.append((at, _known(name, kind)))
    once: dict[tuple[str, str], Named] = {}
    for _, named in sorted(found, key=lambda row: row[0]):
        once.setdefault((named.kind, named.core), named)
    return tuple(once.values())[:MOST]


def _known(name: str, kind: str) -> Named:
    """A name of the gazetteer; its ending tells the kind more surely than the pack's own word for it."""
    ending = next((match for match in _ENDING.finditer(name) if match.end() == len(name) and match.start() >= 2), None)
    if ending is not None:
        return _named(ENDINGS[ending.group()], name, name[: ending.start()])
    return _named(kind if kind in KINDS else ESTATE, name, name)


def _telling_runs(text: str) -> Iterator[tuple[int, str]]:
    """The stretches without punctuation that may name something, and where they begin. No hint reaches out of one."""
    hints = _HINT.finditer(text)
    hint = next(hints, None)
    for run in _RUN.finditer(text):
        while hint is not None and hint.start() < run.start():
            hint = next(hints, None)
        if hint is None:
            return
        if hint.start() < run.end():
            yield run.start(), run.group()


@lru_cache(maxsize=8192)
def _in_run(run: str) -> tuple[tuple[int, Named], ...]:
    """The names of a stretch without punctuation, and where they begin.

    Kept, for a text is asked about again with every few signs that are typed, and letters copied from each other have
    the same stretches.
    """
    return tuple(_names_of(run))


def _names_of(run: str) -> Iterator[tuple[int, Named]]:
    disguised = {match.end(): match for match in _DISGUISED.finditer(run)}
    for match in disguised.values():
        yield match.start(), _named(AREA, match.group(), match.group())
    for match in _RAIL.finditer(run):
        yield match.start(), _named(LINE, match.group(), f"地铁{_arabic(match.group(1))}")
    for match in _BUS.finditer(run):
        yield match.start(), _named(LINE, match.group(), f"公交{match.group(1)}")
    for match in _NUMBER.finditer(run):
        unit = SAME_UNIT.get(match.group(2), match.group(2))
        yield match.start(), _named(NUMBER, match.group(), f"{_arabic(match.group(1))}{unit}")
    last = 0
    for match in _ENDING.finditer(run):
        ending, kind = match.group(), ENDINGS[match.group()]
        start = _start(run, max(last, match.start() - LONGEST), match.start(), kind)
        last = match.end()
        core = run[start : match.start()]
        if last not in disguised and _tells(core, ending):
            yield start, _named(kind, core + ending, core)


def _start(run: str, first: int, end: int, kind: str) -> int:
    """Where the name before an ending begins: after the last word that cannot be part of one.

    A road may be called by such a word (建设路), so of a road two signs are always left.
    """
    start = first
    for cut in _CUT.finditer(run, first, end):
        if kind != ROAD or end - cut.end() >= 2:
            start = cut.end()
    return start


def _tells(core: str, ending: str) -> bool:
    """Whether what stands before the ending tells one from another: 桐荫路, not 这条路."""
    if len(core) < 2 or core.isdecimal() or core in TOO_GENERAL:
        return False
    return not core.endswith(UNNAMED.get(ending, ("\n",)))


def _named(kind: str, name: str, core: str) -> Named:
    return Named(kind, normalise(name), normalise(core))


def _arabic(number: str) -> str:
    """十二 and 12 are the same number."""
    if number.isdecimal():
        return str(int(number))
    if "十" not in number:
        return "".join(str(NUMERALS.index(sign)) for sign in number)
    tens, _, ones = number.partition("十")
    digits = [NUMERALS.index(sign) for sign in (tens[-1:] or "一", ones[:1] or "零")]
    return str(digits[0] * 10 + digits[1])
