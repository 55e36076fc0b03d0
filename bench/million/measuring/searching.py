"""检索：产品的一页对裸 SQL 的一页；查到的和逐字 LIKE 查到的是不是同一批。"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle, islice
from random import Random

from django.db import connection

from bench.million.making import throwaway_database
from bench.million.making.petition_rows import BASE, PLACES
from bench.million.making.texts import TENTH, TROUBLES, letter
from bench.million.making.viewers import CITY, Viewer
from bench.million.measuring import timing
from bench.million.measuring.goals import SEARCH_P95, Line
from bench.million.plan import Plan
from insight.querysets import RAREST
from insight.search.normal_form import bigrams, normalise
from insight.search.petition_search import CAPPED, PAGE, matching, search

EACH_CLASS = 20
COMPARED = 8  # 每类里逐字核对这么多


def queries(plan: Plan, each: int, seed: int = 1) -> dict[str, list[str]]:
    """Six kinds of query, taken from letters that are loaded first; the seed is not one anything was tuned on."""
    dice = Random(seed)
    said = [letter(dice.randrange(1, max(2, plan.petitions // TENTH)) * TENTH, PLACES) for _ in range(each * 3)]
    points = [point for points in TROUBLES.values() for point in points.split()]
    long_enough = [clause for one in said for clause in re.split("[，。：“”]", one.text) if len(clause) >= 9]
    return {
        "两字": [point[:2] for point in dice.choices(points, k=each)],
        "三字": [point[1:4] for point in dice.choices(points, k=each)],
        "短语": dice.choices(points, k=each),
        "半句": [_part(dice, clause) for clause in dice.sample(long_enough, min(each, len(long_enough)))],
        "姓名": [one.name for one in said[:each]],
        "地址": [one.place + one.address.split(one.place)[1].split("单元")[0] for one in said[each : 2 * each]],
    }


def _part(dice: Random, clause: str) -> str:
    start = dice.randrange(0, max(1, len(clause) - 7))
    return clause[start : start + dice.randrange(6, 13)]


@dataclass
class RawSearch:
    """The rarest bigrams, the scope among the lexemes, LIKE, the newest 1001, then twenty rows; nothing else."""

    plan: Plan
    scopes: dict[int, str] = field(default_factory=dict)

    @cached_property
    def link(self):
        return throwaway_database.session(self.plan.database)

    @cached_property
    def counts(self) -> dict[str, int]:
        with self.link.cursor() as cursor:
            cursor.execute("SELECT gram, documents FROM insight_bigramcount")
            return dict(cursor.fetchall())

    def page(self, query: str, viewer: Viewer) -> list:
        word = normalise(query)
        grams = sorted(bigrams(word), key=lambda gram: (self.counts.get(gram, 0), gram))[:RAREST]
        asked = " & ".join([f"'{gram}'" for gram in grams] + ([f"'#o{viewer.organ.pk}'"] if viewer.organ else []))
        with self.link.cursor() as cursor:
            if len(word) > 2:
                cursor.execute(
                    "SELECT petition_id FROM insight_searchdocument WHERE tsv @@ %s::tsquery "
                    "AND (body LIKE %s OR beside LIKE %s) ORDER BY petition_id DESC LIMIT %s",
                    [asked, f"%{word}%", f"%{word}%", CAPPED + 1],
                )
            else:
                cursor.execute(
                    "SELECT petition_id FROM insight_searchdocument WHERE tsv @@ %s::tsquery "
                    "ORDER BY petition_id DESC LIMIT %s",
                    [asked, CAPPED + 1],
                )
            keys = [key for (key,) in cursor.fetchall()]
            cursor.execute(
                "SELECT id, number, title, state, received_on FROM petitions_petition WHERE id = ANY(%s) "
                "ORDER BY id DESC",
                [keys[:PAGE]],
            )
            return cursor.fetchall()


def measure(plan: Plan, viewers: list[Viewer]) -> dict:
    """Times of both, class by class and all together."""
    raw, ours, theirs, classes = RawSearch(plan), [], [], {}
    users = {viewer: viewer.fresh() for viewer in viewers}
    among = cycle(viewers)
    for name, words in queries(plan, plan.asked(EACH_CLASS), seed=plan.petitions).items():
        pairs = [
            (lambda q=query, v=viewer: search(users[v], q), lambda q=query, v=viewer: raw.page(q, v))
            for query, viewer in zip(words, islice(among, len(words)), strict=True)
        ]
        left, right = timing.in_turn(pairs)
        classes[name] = {"ours": timing.told(left), "raw": timing.told(right)}
        ours, theirs = ours + left, theirs + right
    mine, other = timing.told(ours), timing.told(theirs)
    ratio = round(mine["p95_ms"] / other["p95_ms"], 2)
    note = f"产品 {mine['p95_ms']} ms，裸 SQL {other['p95_ms']} ms，各 {len(ours)} 次"
    return {
        "ours": mine,
        "raw": other,
        "classes": classes,
        "lines": [Line.at_most("检索 p95 比裸 SQL", ratio, SEARCH_P95, note)],
    }


def compare(plan: Plan, viewer: Viewer) -> dict:
    """What the product finds against LIKE over every document, seen by somebody who may see every ordinary one."""
    assert viewer.reach == CITY
    words = list(
        dict.fromkeys(
            word for some in queries(plan, plan.asked(COMPARED), seed=plan.petitions + 1).values() for word in some
        )
    )
    truth, wrong = _by_like([normalise(word) for word in words]), []
    user = viewer.fresh()
    for number, word in enumerate(words, 1):
        found, _ = matching(user, word)
        keys = list(found.filter(pk__gt=BASE).order_by("-pk").values_list("pk", flat=True)[: CAPPED + 1])
        real = truth.get(number, [])
        shown = [row.pk for row in search(user, word).rows if row.pk > BASE]
        if len(real) <= CAPPED:
            same = keys == real and shown == real[: len(shown)] and len(shown) == min(PAGE, len(real))
        else:
            same = keys[:PAGE] == real[:PAGE] and shown == real[:PAGE]
        if not same:
            wrong.append(word)
    hits = [len(truth.get(number, [])) for number in range(1, len(words) + 1)]
    note = f"{len(words)} 问，其中 {sum(1 for n in hits if n > CAPPED)} 问超过 {CAPPED} 件，{hits.count(0)} 问没有"
    return {"wrong": wrong, "lines": [Line.at_most("检索与 LIKE 不一致的问句", len(wrong), 0, note)]}


def _by_like(words: list[str]) -> dict[int, list[int]]:
    """Newest 1001 ordinary petitions in which each word stands, by reading every document once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.at, (array_agg(petition_id ORDER BY petition_id DESC))[1:%s] "
            "FROM insight_searchdocument JOIN unnest(%s::text[]) WITH ORDINALITY asked(word, at) "
            "ON body LIKE '%%' || word || '%%' OR beside LIKE '%%' || word || '%%' "
            "WHERE secrecy = 0 AND petition_id > %s GROUP BY asked.at",
            [CAPPED + 1, words, BASE],
        )
        return dict(cursor.fetchall())
