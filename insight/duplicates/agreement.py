"""地点与对象合不合：两段文字提到的名字，哪些相同，哪些不同，哪些在同样的话里换成了别的。"""

from dataclasses import dataclass, field
from itertools import product

from insight.duplicates.matter_account import Rarity, Telling
from insight.places.place_names import AREA, KINDS, Named
from insight.search.normal_form import FIELD_END
from insight.search.sounds import sound_alike

AROUND = 4  # signs on each side of a name that make out the same words
LOOKED_AT = 3  # occurrences of such words
LONGER = 8  # signs by which the name put in may be longer
_LEVELS = (("街道", "镇", "乡", "街道办", "街道办事处"), ("县市", "区", "县"), ("市",))


@dataclass
class Agreement:
    """What two texts name alike and otherwise. Weights 0–1, the rarest name counts."""

    alike: list[tuple[float, Named]] = field(default_factory=list)
    apart: list[tuple[float, Named, Named]] = field(default_factory=list)  # of a kind both name, and nothing alike
    exchanged: list[tuple[float, str, str]] = field(default_factory=list)  # one name for another in the same words
    ours: float = 0.0  # share of the asked text's names, by weight, that the other has too
    theirs: float = 0.0
    lonely: float = 0.0  # both name something telling that the other does not
    area: float = 0.0  # 1 the same, -1 another
    number: float = 0.0  # 1 the same building or line, -1 another
    areas_apart: tuple[str, str] | None = None
    numbers_apart: tuple[str, str] | None = None

    @property
    def strongest(self) -> float:
        return max((weight for weight, _ in self.alike), default=0.0)

    @property
    def contradiction(self) -> float:
        return max((weight for weight, _, _ in self.apart), default=0.0)

    @property
    def exchange(self) -> float:
        """However common the name put in: that it stands in the same words says most of it."""
        return max((0.5 + weight / 2 for weight, _, _ in self.exchanged), default=0.0)


def agreement(asked: Telling, other: Telling, rarity: Rarity) -> Agreement:
    """Compare what both name. Asks nothing of who tells it."""
    found = Agreement()
    ours = {named: rarity.of_name(named) for named in asked.told}
    theirs = {named: rarity.of_name(named) for named in other.told}
    our_alike = {named for named in ours if named.name in other.text}
    their_alike = {named for named in theirs if named.name in asked.text}
    for kind in asked.told_by_kind.keys() & other.told_by_kind.keys():
        for one, another in product(asked.told_by_kind[kind], other.told_by_kind[kind]):
            if (one not in our_alike or another not in their_alike) and one.agrees(another):
                our_alike.add(one)
                their_alike.add(another)
    found.alike = sorted(((ours[named], named) for named in our_alike), key=lambda row: (-row[0], row[1].name))
    found.ours, found.theirs = _share(ours, our_alike), _share(theirs, their_alike)
    lone_ours = {named: weight for named, weight in ours.items() if named not in our_alike}
    lone_theirs = {named: weight for named, weight in theirs.items() if named not in their_alike}
    found.lonely = min(max(lone_ours.values(), default=0.0), max(lone_theirs.values(), default=0.0))
    matched = {named.kind for named in our_alike | their_alike}
    for kind in KINDS:
        if kind not in matched and kind in asked.told_by_kind and kind in other.told_by_kind:
            one, another = _heaviest(lone_ours, kind), _heaviest(lone_theirs, kind)
            if one and another:
                found.apart.append((min(ours[one], theirs[another]), one, another))
    found.apart.sort(key=lambda row: -row[0])
    found.exchanged = [*_exchanged(asked, other, rarity), *((w, y, x) for w, x, y in _exchanged(other, asked, rarity))]
    found.exchanged.sort(key=lambda row: -row[0])
    found.area, found.areas_apart = _areas(asked, other)
    found.number, found.numbers_apart = _sets(asked.numbers, other.numbers)
    return found


def _share(weights: dict[Named, float], alike: set[Named]) -> float:
    whole = sum(weight**2 for weight in weights.values())
    return sum(weights[named] ** 2 for named in alike) / whole if whole else 0.0


def _heaviest(weights: dict[Named, float], kind: str) -> Named | None:
    return max((named for named in weights if named.kind == kind), key=weights.__getitem__, default=None)


def _exchanged(one: Telling, another: Telling, rarity: Rarity) -> list[tuple[float, str, str]]:
    """Names of the one that in the other's same words are another name: the mark of a letter copied for elsewhere."""
    found = []
    for named in one.names:
        if named.name not in another.text:
            put_in = _put_in(named.name, one.framed, another.framed)
            if put_in and not (named.kind == AREA and _of_other_levels(*put_in)):
                found.append((rarity.of_name(named), *put_in))
    return found


def _put_in(name: str, ours: str, theirs: str) -> tuple[str, str] | None:
    """The name and what stands in its stead between the same words before and after it; None where the words differ.

    The edge of a field counts as words: a title that begins with the name has none before it. Takes framed texts.
    """
    at = ours.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = _till_edge(ours[max(0, at - AROUND) : at][::-1])[::-1], _till_edge(ours[end : end + AROUND])
        stead = _between(before, after, theirs, len(name) + LONGER) if len(before + after) > AROUND else ""
        if stead and _differ(name, stead) and not sound_alike(name, stead):
            return name, stead
        at = ours.find(name, end)
    return None


def _till_edge(words: str) -> str:
    edge = words.find(FIELD_END)
    return words[: edge + 1] if edge >= 0 else words


def _between(before: str, after: str, text: str, longest: int) -> str:
    """What stands between the words in the text, the first time so little does; empty where it never does."""
    start = text.find(before)
    for _ in range(LOOKED_AT):
        if start < 0:
            break
        start += len(before)
        stop = text.find(after, start, start + longest + len(after))
        if stop > start and FIELD_END not in text[start:stop]:
            return text[start:stop]
        start = text.find(before, start)
    return ""


def _differ(name: str, stead: str) -> bool:
    """Whether one name stands for another, not a longer or shorter way to write it."""
    first = 0
    while first < min(len(name), len(stead)) and name[first] == stead[first]:
        first += 1
    name, stead = name[first:], stead[first:]
    while name and stead and name[-1] == stead[-1]:
        name, stead = name[:-1], stead[:-1]
    return bool(name and stead)


def _of_other_levels(name: str, stead: str) -> bool:
    """Whether one is an area and the other a wider one: a district for its city is no exchange."""
    ours, theirs = (
        next((at for at, level in enumerate(_LEVELS) if one.endswith(level)), None) for one in (name, stead)
    )
    return None not in (ours, theirs) and ours != theirs


def _areas(asked: Telling, other: Telling) -> tuple[float, tuple[str, str] | None]:
    """By the finest level of which both name an area."""
    if not asked.areas or not other.areas:
        return 0.0, None
    for level in _LEVELS:
        same, apart = _sets(_of_level(asked, level), _of_level(other, level))
        if same:
            return same, apart
    return 0.0, None


def _of_level(telling: Telling, level: tuple[str, ...]) -> list[str]:
    return [named.name for named in telling.areas if named.name.endswith(level)]


def _sets(ours: list[str], theirs: list[str]) -> tuple[float, tuple[str, str] | None]:
    """1 where one is in both, -1 and the first of each where none is, 0 where one text names none."""
    if not ours or not theirs:
        return 0.0, None
    return (1.0, None) if set(ours) & set(theirs) else (-1.0, (ours[0], theirs[0]))
