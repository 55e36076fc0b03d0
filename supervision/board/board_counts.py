"""督查页的数：触发器记下的加减之和，件数再多也只读几千行；与逐件数的 figures 一个不差，夜里核对。"""

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q, Sum

from accounts.authority import holds, standing, who
from accounts.models import Reach, Relation
from accounts.query_text import rows_again
from rulebook.acts import Act
from supervision.board import board_figures
from supervision.board.board_figures import Figures
from supervision.board.case_list import scope_of
from supervision.models import BoardCount, BoardRow

What = BoardCount.What
KEY = ("what", "organ_id", "places", "accused_id", "rule_set_id", "term", "due_on", "withdrawn", "category_id")
ONE_DAY = timedelta(days=1)
CHUNK = 5_000  # 件：补数时一次锁这么多
FOLDING = 0x464F4C44  # 咨询锁：同时只有一个在归并


# 谁看得到哪些数


def overseen(user) -> Q | None:
    """Which counts are of the petitions the user may urge or order, as a filter; None where that cannot be told from
    counts, because a grant asks more of a petition than where it is. The same rule as `board.scope_of`."""
    act = Act.URGE if holds(user, Act.URGE) else Act.ORDER
    known = standing(user)
    claims = known.of(act)
    if not claims or known.of(act, confidential=True) or known.as_registrar(act):
        return None
    if any(claim.relation != Relation.ANY or claim.reach not in (Reach.CITY, Reach.TERRITORY) for claim in claims):
        return None
    there = Q()
    if all(claim.reach == Reach.TERRITORY for claim in claims):
        territories = {claim.seat.organ.office.territory for claim in claims} - {""}
        if not territories:
            return None
        for territory in sorted(territories):
            there |= Q(places__contains=f"·{territory}")
    return there & ~Q(accused_id__in=user.organ.ancestor_ids)


def of_board(user, ladders, today: date) -> tuple[Figures, dict]:
    """What the board counts for the user: the figures (no offices yet) and the views, as `figures.views` has them. One
    query over counts, and one over the rows of the board where a rung is meant for a category; each petition is read
    where counts do not tell."""
    there = overseen(user)
    if there is None:
        scope = scope_of(user)
        return board_figures.count(scope, ladders, today), board_figures.views(scope, today)
    found = Figures(today=today, ladders=ladders)
    views = {"group": 0, "repeat": 0, "untold": 0, "categories": []}
    columns = ("what", "category__level1", "rule_set_id", "term", "withdrawn")
    turns = tuple(found.turns())
    if found.by_category:
        _add_by_category(user, found, there, turns)

    def asked():
        kinds = BoardCount.objects.exclude(what=What.DUE) if found.by_category else BoardCount.objects
        return kinds.filter(there).summed_between(turns, *columns)

    rows = rows_again(("board by day", who(user), found.by_category, turns), asked)
    for what, category, rule_set_id, term, withdrawn, band, n, *days in rows:
        first, until = _stretch(turns, band, *days)
        if what == What.DUE:
            found.add(rule_set_id, term, first, withdrawn, n, about="", until=until)
        elif what == What.CATEGORY:
            views["categories"].append(category)
        elif what != What.UNTOLD or first < today:
            views[what] += n
    return found, views | {"categories": sorted(views["categories"])}


def _add_by_category(user, found: Figures, there: Q, turns: tuple[date, ...]) -> None:
    """Count what is in hand by the categories that the ladders tell apart, whichever these are: they are read off the
    rows, of which each petition has one."""
    named = tuple(sorted({rung.category for ladder in found.ladders.values() for rung in ladder} - {""}))
    columns = ("rule_set_id", "next_term", "withdrawn")

    def asked():
        return BoardRow.objects.filter(there, secret=False).bracketed(named, turns, *columns)

    rows = rows_again(("board by category", who(user), named, turns), asked)
    for rule_set_id, term, withdrawn, category, band, n, *days in rows:
        first, until = _stretch(turns, band, *days)
        found.add(rule_set_id, term, first, withdrawn, n, about=category, until=until)


def _stretch(turns: tuple[date, ...], band: int | None, first: date | None, last: date | None):
    """The days from one turn to before the next, all alike, whichever of them are taken today: the list's wording stays
    the same all day long. At either end, and without a day due, the days there are."""
    if band is None or first is None or last is None:
        return first, last
    return turns[band - 1] if band else first, turns[band] - ONE_DAY if band < len(turns) else last


def offices(user, found: Figures) -> None:
    """Put the offices into the user's figures: one query. Of each only four numbers are asked, its thousands of days
    stay where they are."""
    there = overseen(user)
    if there is None:
        return  # 逐件数的，单位已经在内

    def asked():
        red, amber = Q(due_on__lt=found.today), board_figures.near(found.lines, found.today, "")
        counted = BoardCount.objects.of(What.DUE).filter(there)
        return counted.summed("organ__office_id", "organ__office__short_name").annotate(
            overdue=Sum("n", filter=red & Q(withdrawn=False), default=0),
            red=Sum("n", filter=red, default=0),
            amber=Sum("n", filter=amber, default=0),
        )

    for office in rows_again(("board by office", who(user), found.ground), asked):
        found.offices[office[0]] = board_figures.Office(*office)


# 归并、核对


@transaction.atomic
def fold() -> int:
    """Put one row in the place of all rows of a kind; returns how many rows fewer there are. Nothing waits for it and
    the sums stay: who counts meanwhile sees the rows before or the row after."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLDING])
        if not cursor.fetchone()[0]:
            return 0
        key = ", ".join(KEY)
        cursor.execute(
            f"WITH gone AS (DELETE FROM supervision_boardcount RETURNING *), kept AS ("
            f"INSERT INTO supervision_boardcount ({key}, n) SELECT {key}, sum(n) FROM gone GROUP BY {key} "
            "HAVING sum(n) <> 0 RETURNING 1) SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)"
        )
        return cursor.fetchone()[0]


def differences() -> list[str]:
    """Count every open petition again and say, in sentences, where what is stored differs: one moment of the database,
    however many write meanwhile. Empty is what is expected."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT_ROWS)
        found = [f"{number} 在督查页上的一行与件不符" for (number,) in cursor.fetchall()]
        cursor.execute(DIFFERENT_COUNTS)
        for what, organ, due_on, n in cursor.fetchall():
            found.append(f"{What(what).label}（{organ or '各单位'}，{due_on or '无届满日'}）存的数{_off(n)}")
    return found


def _off(n: int) -> str:
    return f"多 {n} 件" if n > 0 else f"少 {-n} 件"


EVERY = "ARRAY(SELECT id FROM petitions_petition WHERE supervision_is_open(state))"
DIFFERENT_ROWS = f"""
WITH fresh AS MATERIALIZED (SELECT * FROM supervision_board_rows({EVERY}))
SELECT p.number FROM petitions_petition p WHERE p.id IN (
    (SELECT petition_id FROM (SELECT * FROM fresh EXCEPT SELECT * FROM supervision_boardrow) missing)
    UNION (SELECT petition_id FROM (SELECT * FROM supervision_boardrow EXCEPT SELECT * FROM fresh) stale)
) ORDER BY p.number
"""
DIFFERENT_COUNTS = f"""
SELECT c.what, o.short_name, c.due_on, sum(c.n) FROM (
    SELECT {", ".join(KEY)}, n FROM supervision_boardcount
    UNION ALL SELECT *, -1 FROM supervision_counts_of(ARRAY(SELECT r FROM supervision_board_rows({EVERY}) r))
) c LEFT JOIN accounts_organ o ON o.id = c.organ_id
GROUP BY {", ".join(f"c.{name}" for name in KEY)}, o.short_name HAVING sum(c.n) <> 0 ORDER BY 1, 2, 3
"""


def recount() -> None:
    """Count everything anew and store it. Petitions are read some thousands at a time; at the end nobody may change a
    count for as long as it takes to add up the rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {EVERY}")
        keys = sorted({*cursor.fetchone()[0], *BoardRow.objects.values_list("pk", flat=True)})
        for at in range(0, len(keys), CHUNK):
            cursor.execute("SELECT supervision_stand_again(%s::bigint[])", [keys[at : at + CHUNK]])
        with transaction.atomic():
            cursor.execute("LOCK TABLE supervision_boardcount IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("DELETE FROM supervision_boardcount")
            key = ", ".join(KEY)
            cursor.execute(
                f"INSERT INTO supervision_boardcount ({key}, n) SELECT {key}, count(*) FROM "
                f"supervision_counts_of(ARRAY(SELECT b FROM supervision_boardrow b)) GROUP BY {key}"
            )
