"""队列：清单产品自己的问句，在数据库里执行多久，对裸 SQL；翻到第五百页还一样快。"""

import json
import statistics
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.million.making.viewers import CITY, DISTRICT, UNIT, Viewer
from bench.million.measuring.goals import QUEUE_DEPTH, QUEUE_SQL, Line
from bench.million.plan import Plan
from desk.lists import keyset, list_rows
from desk.lists.filters import Filters
from desk.lists.tabs import Tabs
from petitions.act.states import OPEN
from rulebook.timekeeping import today

ROUNDS = 15
DEEP = 500  # 页
# 清单一行要显示的，不多取一列
SHOWN = """
SELECT p.id, p.number, p.title, p.state, p.next_due_on, p.under_order, p.secrecy, s.channel, s.people_count,
    s.anonymous, c.level1, c.level2, o.short_name, section.short_name, u.name,
    (SELECT name FROM petitions_party WHERE submission_id = p.submission_id AND standing = 'present'
        ORDER BY position LIMIT 1),
    (SELECT recorded_at FROM petitions_petitionevent WHERE petition_id = p.id AND seq = p.seq)
FROM petitions_petition p JOIN petitions_submission s ON s.id = p.submission_id
    LEFT JOIN petitions_category c ON c.id = p.category_id JOIN accounts_organ o ON o.id = p.organ_id
    LEFT JOIN accounts_user u ON u.id = p.handler_id LEFT JOIN accounts_organ section ON section.id = p.section_id
"""
BARE = "SELECT id, number, title, category_id, state, organ_id, received_on, next_due_on FROM petitions_petition p"


def product_page(viewer: Viewer, after: str = "") -> tuple[str, list]:
    """The list's first view for that viewer: its SQL as sent, and the page."""
    user, day = viewer.fresh(), today()
    tabs = Tabs(user, day)
    with CaptureQueriesContext(connection) as asked:
        page = keyset.page(lambda: tabs.rows_of(Filters()), list_rows.shown, after=after)
    return asked.captured_queries[-1]["sql"], page


def raw_page(viewer: Viewer, select: str = SHOWN) -> str:
    """The same page by hand: open petitions the unit, the district, the city is involved in, the soonest due first.

    With BARE it is the statement of a table that has unit and district as columns: nothing joined,
    nobody's authority asked, the unit that holds the petition instead of all that are involved.
    """
    states = ", ".join(f"'{state}'" for state in OPEN)
    where = [f"p.state IN ({states})"]
    if viewer.reach == UNIT:
        office = f"SELECT id FROM accounts_organ WHERE office_id = {viewer.organ.pk}"
        if select == BARE:
            where.append(f"p.holder_organ_id = {viewer.organ.pk}")
        else:
            where.append(
                "p.id IN (SELECT petition_id FROM petitions_involvement "
                f"WHERE open AND until IS NULL AND organ_id IN ({office}))"
            )
    if viewer.reach == DISTRICT:
        there = f"SELECT id FROM accounts_organ WHERE territory LIKE '{viewer.organ.territory}%'"
        where.append(f"p.organ_id = ANY(ARRAY({there}))")
    if select != BARE:
        where.append("p.secrecy = 0")
    page = f"WHERE {' AND '.join(where)} ORDER BY p.next_due_on, p.id LIMIT 20"
    if select == BARE:
        return f"{BARE} {page}"
    return f"{SHOWN} WHERE p.id = ANY(ARRAY(SELECT p.id FROM petitions_petition p {page})) ORDER BY p.next_due_on, p.id"


def server_ms(sql: str) -> float:
    """What the server itself says the execution took."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql.replace("%", "%%"), [])
        plan = cursor.fetchone()[0]
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Execution Time"]


def _ratio(ours: Callable[[], str], theirs: Callable[[], str]) -> tuple[float, float, float]:
    """Medians of both, and the median of the ratios of each round."""
    left, right = ours(), theirs()
    server_ms(left), server_ms(right)
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(server_ms(left))
        other.append(server_ms(right))
    pairs = [a / b for a, b in zip(mine, other, strict=True)]
    return statistics.median(mine), statistics.median(other), statistics.median(pairs)


def measure(plan: Plan, viewers: list[Viewer]) -> dict:
    """Page 1 for each reach against the raw page; page 500 of the city against page 1."""
    lines, told = [], {}
    for reach in (UNIT, DISTRICT, CITY):
        asking = list({one.username: one for one in viewers if one.reach == reach}.values())[:5]
        found = [_ratio(lambda v=viewer: product_page(v)[0], lambda v=viewer: raw_page(v)) for viewer in asking]
        mine, other, ratio = (statistics.median(values) for values in zip(*found, strict=True))
        bare = statistics.median(statistics.median(server_ms(raw_page(v, BARE)) for _ in range(5)) for v in asking)
        told[reach] = {"ours_ms": round(mine, 3), "raw_ms": round(other, 3), "bare_ms": round(bare, 3)}
        note = f"产品 {mine:.3f} ms，同样的行和列的裸 SQL {other:.3f} ms；单表不连不问职权 {bare:.3f} ms"
        lines.append(Line.at_most(f"队列首页（{reach}）比裸 SQL", round(ratio, 2), QUEUE_SQL, note))
    depth, pages = _depth(next(viewer for viewer in viewers if viewer.reach == CITY))
    lines.append(Line.at_most(f"队列第 {pages} 页比首页", round(depth, 2), QUEUE_DEPTH))
    city = told[CITY]["ours_ms"]
    return {"reaches": told, "depth": depth, "pages": pages, "ours": {"median_ms": city}, "lines": lines}


def _depth(viewer: Viewer) -> tuple[float, int]:
    """Page 500, or the last but one where there are fewer, against page 1."""
    tabs = Tabs(viewer.fresh(), today())
    due = tabs.rows_of(Filters()).soonest_first()
    found = due.count()
    pages = max(2, min(DEEP, found // keyset.PAGE - 1))
    before = due[min((pages - 1) * keyset.PAGE, found) - 1]
    _, _, ratio = _ratio(
        lambda: product_page(viewer, keyset.key_of(before))[0],
        lambda: product_page(viewer)[0],
    )
    return ratio, pages
