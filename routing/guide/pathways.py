"""法定途径导航：按类别和三句问话说出条款、途径、受理机关、期限、依据、文书；全部途径可以查。只说明，不决定。"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from insight.search.normal_form import normalise
from petitions.intake.category_pack import TERRITORY_KINDS
from petitions.models import Place
from routing.destination.word_scan import WordList, outermost
from routing.guide import triage_facts
from routing.guide.prompts import PromptBook, Words
from routing.models import PromptRule, Topic, TopicWay
from rulebook.terms import Certainty
from rulebook.triage import Advice, branches, ways
from rulebook.triage.facts import ASKED, MATTERS
from rulebook.triage.paths import AREAS, PATHS, TOPICS, Path

_BY_ASKING = {"suggestion": ways.SUGGESTION, "accusation": ways.REPORT}
ASKS = ("claim", "suggestion", "accusation", "inquiry")
# 表整张换新，号只增：最后一个号就说明装的是哪一次
_FINGERPRINT = """
SELECT (SELECT max(id) FROM routing_topic), (SELECT max(id) FROM routing_topicway),
       (SELECT max(id) FROM routing_promptrule)
"""


@dataclass(frozen=True)
class Course:
    """What is asked for in a matter, and the paths for it in their order."""

    situation: str
    matter: str
    paths: tuple[Path, ...]
    law: str
    certainty: Certainty


@dataclass(frozen=True)
class Card:
    """One second-level matter of the six key fields: its words, its organs at three levels, its courses."""

    code: str
    label: str
    area: str
    keywords: tuple[str, ...]
    city: str
    district: str
    street: str
    certainty: Certainty
    courses: tuple[Course, ...]

    @property
    def organs(self) -> list[tuple[str, str]]:
        """The levels that have somebody."""
        levels = (("市级", self.city), ("区级", self.district), ("街道、乡镇", self.street))
        return [(level, organ) for level, organ in levels if organ]

    @property
    def shown(self) -> str:
        """Everything about the matter that may be searched for."""
        said = [course.situation for course in self.courses]
        return " ".join((self.code, self.label, self.area, *self.keywords, self.city, self.district, *said))


@dataclass(frozen=True)
class Guess:
    """The matter a text seems to be about, and the words that say so."""

    card: Card
    hits: tuple[str, ...]


def cards() -> Sequence[Card]:
    """All matters as the pack in force has them, in the order of the fields. One small query once read."""
    return book().cards


def guess(text: str) -> Guess | None:
    """The matter most of whose words stand in the text; None where no word does."""
    return book().guess(text)


def answer(
    office, *, asks: str, matter: str = "", status: str = "none", topic: str = "", competent=True
) -> Advice | None:
    """What the answers to the three questions lead to at this office; None while they do not say enough."""
    told = {"receiver": triage_facts.receiver_of(office), "asks": asks, "status": status, "topic": topic}
    told |= {"matter": matter if asks == "claim" else "", "competent": competent}
    advised = triage_facts.advise(told)
    return advised[1] if advised else None


def find_paths(query: str) -> list[Path]:
    """The paths P01–P27 in whose row, or among whose purposes, every word of the query stands; all for an empty one."""
    return [
        path
        for path in PATHS.values()
        if _holds(query, (path.code, path.label, path.door, path.limits, path.law, *purposes(path)))
    ]


def purposes(path: Path) -> tuple[str, ...]:
    """What a path is for, in the words of the questions: the matters it is the way of; failing these, those where it
    may be taken beside another; failing these, what is asked for where it comes first. Empty where its name says all.
    """
    if asked := [ASKED[name] for name, way in _BY_ASKING.items() if way.path == path.code]:
        return tuple(asked)
    own = [MATTERS[matter] for matter, way in ways.BY_MATTER.items() if way.path == path.code]
    beside = [MATTERS[matter] for matter, way in ways.BY_MATTER.items() if path.code in way.others]
    if found := own or beside:
        return tuple(found)
    return tuple(course.situation for card in cards() for course in card.courses if course.paths[0].code == path.code)


def find_cards(query: str) -> list[Card]:
    """The matters in whose row every word of the query stands, the path codes and names of their courses included."""
    found = []
    for card in cards():
        named = {f"{path.code} {path.label}" for course in card.courses for path in course.paths}
        if _holds(query, (card.shown, *named)):
            found.append(card)
    return found


def branch_labels(path: Path) -> tuple[str, ...]:
    """The branches a path belongs to, by their codes."""
    return branches.of_path(path.code)


def _holds(query: str, said: Iterable[str]) -> bool:
    body = normalise(" ".join(said))
    return all(normalise(word) in body for word in query.split())


class Book:
    """The tables of the pack in force, read once."""

    def __init__(self):
        courses: dict[int, list[Course]] = {}
        for row in TopicWay.objects.order_by("topic", "position"):
            paths = tuple(PATHS[code] for code in row.paths)
            courses.setdefault(row.topic_id, []).append(
                Course(row.situation, row.matter, paths, row.law or paths[0].law, Certainty(row.certainty))
            )
        order = list(TOPICS)
        rows = sorted(Topic.objects.all(), key=lambda row: order.index(row.code))
        self.cards = [_card(row, courses.get(row.pk, [])) for row in rows]
        self._of_word: dict[str, list[Card]] = {}
        for card in self.cards:
            for word in card.keywords:
                self._of_word.setdefault(word, []).append(card)
        self._words = WordList(self._of_word)
        areas = Place.objects.filter(kind__in=(TERRITORY_KINDS["street"], TERRITORY_KINDS["community"]))
        self.areas = dict(areas.values_list("territory", "name"))
        self.prompts = PromptBook(_words(row) for row in PromptRule.objects.order_by("pk"))

    def guess(self, text: str) -> Guess | None:
        """The matter most of whose words stand in the text; of several with as many, the first of the table."""
        scores: dict[str, tuple[float, list[str], Card]] = {}
        for word in outermost(self._words.found_in(text)):
            for card in self._of_word[word]:
                score, hits, _ = scores.get(card.code, (0.0, [], card))
                scores[card.code] = (score + len(word) - 1, [*hits, word], card)
        if not scores:
            return None
        best = max(scores.values(), key=lambda row: (row[0], -self.cards.index(row[2])))
        return Guess(best[2], tuple(best[1]))


def _card(row: Topic, courses: list[Course]) -> Card:
    return Card(
        code=row.code,
        label=TOPICS[row.code],
        area=AREAS[row.code[:2]],
        keywords=tuple(row.keywords),
        city=row.city,
        district=row.district,
        street=row.street,
        certainty=Certainty(row.certainty),
        courses=tuple(courses),
    )


def _words(row: PromptRule) -> Words:
    return Words(row.kind, frozenset(row.words), frozenset(row.exclude), row.says, _short(row.article))


def _short(article: str) -> str:
    """On the narrow card the Regulation goes without its name, as everywhere on the desk."""
    return article.removeprefix("信访工作条例")


def book() -> Book:
    """The book as the rows stand now. One small query; the rest only when a pack was published since."""
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINT)
        return _book(cursor.fetchone())


@lru_cache(maxsize=2)
def _book(fingerprint) -> Book:
    return Book()
