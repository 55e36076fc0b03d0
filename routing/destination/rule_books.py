"""分流用的几本账——规则、单位、地名、分类——读成纯数据，每个进程留一份；行一变，下次就重读。"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from accounts.models import Organ
from petitions.models import Category, Place
from routing.destination.rules import AFTER_ALL_WORDS, FALLBACK, OVERRULING, Desk, Rule
from routing.destination.word_scan import WordList, outermost
from routing.learning.blend import Judged, best_first, down_the_levels
from routing.learning.models_in_use import Learnt, in_use
from routing.models import RoutingRule, Subject
from rulebook.timekeeping import today

SUGGESTED = 3
EVERYDAY = 0.5  # what a pair of signs in an everyday word counts of one in another
DOUBT = 0.5  # added to every pair's count: one seen once says less
LEVELS = (Subject.LEVEL1, Subject.LEVEL2, Subject.LEVEL3)
# 这些行一起变了没有：一句查询
_FINGERPRINT = """
SELECT (SELECT md5(string_agg(concat_ws('|', id, valid_to, rule_set_id), ',' ORDER BY id)) FROM routing_routingrule),
       (SELECT md5(string_agg(concat_ws('|', id, name, path, kind, level, territory, function, valid_from, valid_to),
                              ',' ORDER BY id)) FROM accounts_organ),
       (SELECT md5(string_agg(concat_ws('|', id, code, keywords, valid_to), ',' ORDER BY id)) FROM petitions_category),
       (SELECT concat_ws('|', count(*), max(id)) FROM petitions_place),
       (SELECT max(id) FROM routing_promotion),
       (SELECT concat_ws('|', count(*) FILTER (WHERE valid_from <= %(day)s), count(*) FILTER (WHERE valid_to < %(day)s))
        FROM (SELECT valid_from, valid_to FROM routing_routingrule
              UNION ALL SELECT valid_from, valid_to FROM accounts_organ) dated)
"""


@dataclass(frozen=True)
class KnownPlace:
    """A name of the gazetteer and the area it lies in."""

    name: str
    kind: str
    territory: str


@dataclass(frozen=True)
class SuggestedCategory:
    """A category the text's words point to; `percent` is its share of the evidence, not a probability."""

    id: int
    code: str
    label: str
    percent: int
    hits: tuple[str, ...]
    learnt: str = ""  # what spoke for it among the confirmed cases, as a sentence

    @property
    def reason(self) -> str:
        """Which words point to it; where none of the pack's does, what was learnt."""
        if self.hits:
            return "提到" + "、".join(f"“{hit}”" for hit in self.hits)
        return self.learnt


class Book:
    """All that routing knows, read once. `instead`: rules that stand in the place of those of their codes, or none."""

    def __init__(self, day, instead: Mapping[str, Rule | None] | None = None):
        others = RoutingRule.objects.in_force_on(day).exclude(code__in=instead or ()).in_order()
        self.rules = [rule_of(row) for row in others] + [rule for rule in (instead or {}).values() if rule]
        self.rules.sort(key=lambda rule: (rule.priority, rule.code))
        self.desks = [_desk(organ) for organ in Organ.objects.offices().in_force_on(day).order_by("pk")]
        self.organs = {desk.id: desk for desk in self.desks}
        self._categories: dict[str, list[tuple[int, str, str]]] = {}
        for row in Category.objects.filter(valid_to=None).order_by("code"):
            for word in row.keywords.split(";"):
                if word:
                    self._categories.setdefault(word, []).append((row.pk, row.code, str(row)))
        self._by_code = {row.code: row.pk for row in Category.objects.filter(valid_to=None)}
        self._codes = {str(pk): code for code, pk in self._by_code.items()}
        self._labels = {row.code: str(row) for row in Category.objects.filter(valid_to=None)}
        self.levels = {row.code: _levels(row) for row in Category.objects.filter(valid_to=None)}
        self.learnt: dict[str, Learnt] = in_use()
        self._rule_categories: dict[str, list[tuple[int, str, str]]] = {}
        for rule in self.rules:
            if rule.category in self._by_code:
                named = (self._by_code[rule.category], rule.category, self._labels[rule.category])
                for word in rule.words:
                    self._rule_categories.setdefault(word, []).append(named)
        ruled = {word for rule in self.rules for word in (*rule.words, *rule.exclude)}
        self._words = WordList(ruled | self._categories.keys())
        self._likeness = _Likeness(self.rules)
        self._places: dict[str, list[KnownPlace]] = {}
        for name, kind, territory in Place.objects.values_list("name", "kind", "territory"):
            self._places.setdefault(name, []).append(KnownPlace(name, kind, territory))
        self._place_names = WordList(self._places)

    def alike_in(self, text: str) -> dict[str, float]:
        """How like each rule's words the text is worded, by rule code; empty where the pack tells no everyday words."""
        return self._likeness.of(text)

    def code_of(self, category: str) -> str:
        """The code of a category in force by its key as text; empty where there is none."""
        return self._codes.get(category, "")

    def words_in(self, text: str) -> frozenset[str]:
        """The words of all rules and categories that stand in the text."""
        return frozenset(self._words.found_in(text))

    def places_in(self, text: str) -> list[KnownPlace]:
        """Places named in the text: the longest name first, the smaller area before the larger."""
        names = outermost(self._place_names.found_in(text))
        found = [place for name in names for place in self._places[name]]
        return sorted(found, key=lambda place: (-len(place.territory), -len(place.name), place.territory))

    def categories_for(self, words: frozenset[str], text: str = "", title: str = "") -> list[SuggestedCategory]:
        """The three categories most points to: the words of the pack, and what was learnt where a text is given."""
        ruled, hits = self._pointed_to(words)
        deepest, upper = self._judged(text, title) if text else (None, [])
        shares = down_the_levels(ruled, deepest, upper)
        because = deepest.because if deepest else {}
        return [
            SuggestedCategory(
                self._by_code[code],
                code,
                self._labels[code],
                round(100 * shares[code]),
                tuple(dict.fromkeys(hits.get(code, ()))),
                because.get(code, ""),
            )
            for code in best_first(shares)
            if code in self._by_code
        ][:SUGGESTED]

    def ruled(self, subject: str, words: frozenset[str]) -> dict[str, float]:
        """What the words of the pack say of one level of the categories, added up by its labels."""
        scores: dict[str, float] = {}
        for code, score in self._pointed_to(words)[0].items():
            label = self.levels[code][LEVELS.index(subject)]
            scores[label] = scores.get(label, 0.0) + score
        return scores

    def _pointed_to(self, words: frozenset[str]) -> tuple[dict[str, float], dict[str, list[str]]]:
        """A score for each category a word points to, and the words. Its own keyword weighs twice a rule's word."""
        scores: dict[str, float] = {}
        hits: dict[str, list[str]] = {}
        for source, worth in ((self._categories, 2.0), (self._rule_categories, 1.0)):
            for word in outermost(word for word in words if word in source):
                for _, code, _ in source[word]:
                    scores[code] = scores.get(code, 0.0) + worth * (len(word) - 1 or 0.5)
                    hits.setdefault(code, []).append(word)
        return scores, hits

    def _judged(self, text: str, title: str) -> tuple[Judged | None, list[tuple[Judged, dict[str, str]]]]:
        """What was learnt of the third level, and of those above it with the label each category has there."""
        known = self.learnt
        deepest = known[Subject.LEVEL3].judge(text, title) if Subject.LEVEL3 in known else None
        upper = [
            (known[level].judge(text, title), {code: labels[at] for code, labels in self.levels.items()})
            for at, level in enumerate(LEVELS[:2])
            if level in known
        ]
        return deepest, upper


class _Likeness:
    """Pairs of neighbouring signs that the rules' words are made of: a word nobody listed still has a familiar half.

    Only where the pack tells everyday words apart (FALLBACK): elsewhere they would make everything alike.
    """

    def __init__(self, rules: Iterable[Rule]):
        told = [rule for rule in rules if OVERRULING <= rule.priority < AFTER_ALL_WORDS]
        self._pairs: dict[str, dict[str, float]] = {}
        if not any(rule.priority >= FALLBACK for rule in told):
            return
        for rule in told:
            worth = EVERYDAY if rule.priority >= FALLBACK else 1.0
            for word in rule.words:
                for pair in map("".join, zip(word, word[1:], strict=False)):
                    shares = self._pairs.setdefault(pair, {})
                    shares[rule.code] = shares.get(rule.code, 0.0) + worth
        for shares in self._pairs.values():
            total = sum(shares.values()) + DOUBT
            shares.update({code: worth / total for code, worth in shares.items()})

    def of(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for pair in self._pairs.keys() & set(map("".join, zip(text, text[1:], strict=False))):
            for code, share in self._pairs[pair].items():
                found[code] = found.get(code, 0.0) + share
        return found


def book() -> Book:
    """The book as the rows stand now. One small query; the rest only when a row changed, came into force or ended."""
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINT, {"day": today()})
        return _book(cursor.fetchone())


@lru_cache(maxsize=2)
def _book(fingerprint) -> Book:
    return Book(today())


def _levels(row: Category) -> tuple[str, str, str]:
    """The labels a category bears at its three levels; the third is its code."""
    return row.level1, " › ".join(part for part in (row.level1, row.level2) if part), row.code


def rule_of(row: RoutingRule) -> Rule:
    """A row, stored or not, as the rules are judged by."""
    return Rule(
        code=row.code,
        priority=row.priority,
        target=row.target,
        reason=row.reason,
        words=frozenset(row.words),
        exclude=frozenset(row.exclude),
        category=row.category_code,
        by_category=row.by_category,
        territory=row.territory,
        above=row.above,
        id=row.pk,
    )


def _desk(organ: Organ) -> Desk:
    return Desk(
        id=organ.pk,
        name=organ.short_name,
        kind=organ.kind,
        level=organ.level,
        function=organ.function,
        territory=organ.territory,
        within=frozenset(organ.ancestor_ids),
    )
