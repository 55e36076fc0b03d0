"""登记时的提示：第十九条的要素缺了哪些，有没有扬言、险情的话，人数到没到集体访。只说事实，不评价人。不碰数据库。

What goes in is what stands in the form and the words of the pack; what comes out are sentences with their article. A
clerk asks, ticks, or goes on: nothing is refused for a prompt, and nothing is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from routing.destination.word_scan import WordList, outermost

REPRESENTATIVES = 5  # 第二十条：多人走访推选代表不超过五人
FACTS_LEAST = 10  # 字：除了请求，还剩这么多才算写了事实
SHOWN = 3  # 词
THREAT, URGENT, REQUEST, GROUNDS = "threat", "urgent", "request", "grounds"
ELEMENTS = "第十九条"


@dataclass(frozen=True)
class Words:
    """One row of the pack: any of the words, unless one of the excluded stands there too."""

    kind: str
    words: frozenset[str]
    exclude: frozenset[str] = frozenset()
    says: str = ""
    article: str = ""


@dataclass(frozen=True)
class Told:
    """What stands in the form. `claims` are the demands; `claims_typed` where the clerk wrote them out."""

    text: str = ""
    claims: tuple[str, ...] = ()
    claims_typed: bool = False
    name: str = ""
    address: str = ""
    anonymous: bool = False
    people: int = 1
    is_visit: bool = True
    urgent: bool = False
    threat: bool = False


@dataclass(frozen=True)
class Element:
    """One of the five things a petition should state, and what to ask while it does not."""

    label: str
    given: bool
    ask: str


@dataclass(frozen=True)
class Prompt:
    """A sentence for the clerk. `tone`: "" nothing to do, "am" to be looked at, "rd" to be reported at once."""

    say: str
    article: str = ""
    tone: str = ""
    more: str = ""

    @property
    def shown(self) -> str:
        """The sentence with its article."""
        return f"{self.say}（{self.article}）" if self.article else self.say

    @property
    def whole(self) -> str:
        """The sentence with what does not fit one line."""
        return f"{self.more}。{self.shown}" if self.more else self.shown


class PromptBook:
    """The words of the pack, found in a text in one pass."""

    def __init__(self, rows: Iterable[Words]):
        self.rows = list(rows)
        self._words = WordList(word for row in self.rows for word in (*row.words, *row.exclude))

    def hits(self, text: str, *kinds: str) -> list[tuple[Words, list[str]]]:
        """The rows of these kinds that speak, each with the words found, in the order of the pack."""
        found = frozenset(self._words.found_in(text))
        speaking = [row for row in self.rows if row.kind in kinds and row.words & found and not row.exclude & found]
        return [(row, outermost(row.words & found)) for row in speaking]


def elements(told: Told, held: PromptBook) -> tuple[Element, ...]:
    """姓名、住址、请求、事实、理由: always these five, in the order of the article."""
    has_request = told.claims_typed or bool(held.hits(told.text, REQUEST))
    name = "匿名的照样登记，无法告知的豁免书面告知" if told.anonymous else "姓名（名称）"
    return (
        Element("姓名", bool(told.name) and not told.anonymous, name),
        Element("住址", bool(told.address), "住址"),
        Element("请求", has_request, "请求什么"),
        Element("事实", _left(told) >= FACTS_LEAST, "何时何地何事"),
        Element("理由", bool(held.hits(told.text, GROUNDS)), "为什么提出"),
    )


def missing(found: Sequence[Element]) -> Prompt:
    """What is still to be asked, in one sentence."""
    open_ = [element for element in found if not element.given]
    if not open_:
        return Prompt("五项要素齐全", ELEMENTS)
    labels = "、".join(element.label for element in open_)
    return Prompt(f"请问清：{labels}", ELEMENTS, "am", "；".join(element.ask for element in open_))


def risk(told: Told, held: PromptBook, *, urgent_group: int | None) -> Prompt:
    """扬言、险情的话和多人聚集：whether it must be reported, and what to tick.

    `urgent_group` in people, None where it cannot be reached.
    """
    found = held.hits(told.text, THREAT, URGENT)
    if not found:
        return _by_numbers(told, urgent_group)
    row, words = found[0]
    said = f"“{words[0]}”" + ("等" if len(found) > 1 or len(words) > 1 else "")
    more = "；".join(f"{one.says}：{'、'.join(hits[:SHOWN])}" for one, hits in found)
    ticks = [label for label, ticked in _ticks(told, found) if not ticked]
    if not ticks:
        return Prompt(f"{said}：已标明，须及时报告", row.article, "rd", more)
    return Prompt(f"{said}：核实后勾选{'、'.join(ticks)}", row.article, "rd", f"{more}；属实的及时报告")


def crowd(told: Told, *, group: int) -> Prompt:
    """The number of people against the two thresholds, which are not one rule: 集体访 is counted, 代表 is the law."""
    if told.people < group:
        return Prompt(f"{told.people} 人，不足 {group} 人，不按集体访统计")
    said = f"{told.people} 人，按集体访统计"
    if told.is_visit and told.people > REPRESENTATIVES:
        return Prompt(f"{said}；代表不超过 {REPRESENTATIVES} 人", "第二十条", "am")
    return Prompt(said, "", "am")


def around(name: str, count: int, alike: int, *, days: int, label: str = "") -> Prompt:
    """How often the same community was written about lately, among what the clerk may see."""
    if not name:
        return Prompt("选定属地后统计近 90 天件数")
    same = f"，其中{label} {alike} 件" if label and alike else ""
    return Prompt(f"{name}近 {days} 天 {count} 件{same}", "", "am" if alike > 1 else "")


def _left(told: Told) -> int:
    """Signs of the text beside the demands."""
    body = told.text
    for claim in told.claims:
        body = body.replace(claim, "")
    return sum(sign.isalnum() for sign in body)


def _by_numbers(told: Told, urgent_group: int | None) -> Prompt:
    if urgent_group is not None and told.people >= urgent_group:
        said = f"满 {urgent_group} 人"
        if told.urgent:
            return Prompt(f"{said}：已标明，须及时报告", "第二十五条", "rd")
        return Prompt(f"{said}：核实后勾选重大紧急", "第二十五条", "rd")
    if told.urgent or told.threat:
        return Prompt("已标明，须及时报告", "第二十五条", "rd", "报本级党委政府和上一级信访部门")
    return Prompt("没有扬言、险情一类的词")


def _ticks(told: Told, found: Iterable[tuple[Words, list[str]]]) -> list[tuple[str, bool]]:
    kinds = {row.kind for row, _ in found}
    return [("重大紧急", told.urgent), *([("扬言", told.threat)] if THREAT in kinds else [])]
