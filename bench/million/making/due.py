"""让期限到点：装进来的在走的期限，各按阶梯算出已到的级；三成的最后一级还没有提醒，其余的都提醒过了。

Due days stay as the log gives them. What was climbed earlier is laid down as a silent past: reminders nobody was told.
The walked lives the loaded petitions were copied from are left out of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from time import perf_counter

from django.db.models import Max
from psycopg2.extras import execute_values

from bench.million.making import throwaway_database
from bench.million.making.petition_rows import BASE
from petitions.models import Deadline, PetitionEvent
from rulebook.books import calendar_in_force
from rulebook.timekeeping import BEIJING, now, today
from supervision.ladder.climb import ladders_on
from supervision.ladder.rungs import Rung, due_rungs, next_rung_on, of_category
from supervision.models import Reminder

SHARE = 0.3  # 二十万里的六万
MISSED_TWO = 10  # 到点的里，每这么多个有一个漏了两级
ROWS = "deadline_id, rung, level, due_on, made_at, told_to, answer_by, raised_to, raised_at, withdrawn_at"
MARKS = "(%s, %s, %s, %s, %s, '[]', NULL, '', NULL, NULL)"
BATCH = 300  # 行一次提交，与巡查一批同样多
PLAIN = 20_000  # 行


@dataclass(frozen=True)
class Standing:
    """One running deadline and the rungs it has reached by today, lowest first."""

    pk: int
    due_on: date
    reached: list[Rung]
    next_on: date | None

    def rows(self, rungs, moment) -> list[tuple]:
        return [(self.pk, rung.code, rung.level, self.due_on, moment) for rung in rungs]


def loaded(deadlines):
    """Of the deadlines those of loaded petitions."""
    return deadlines.filter(petition_id__gt=BASE)


def standings() -> list[Standing]:
    """Every running deadline that was loaded, as the pure ladder sees it on the day of the house clock."""
    day, ladders, calendar = today(), ladders_on(today()), calendar_in_force()
    seen: dict[tuple[str, date, str], tuple[list[Rung], date | None]] = {}
    found = []
    rows = loaded(Deadline.objects.running()).order_by("pk")
    for pk, term, due_on, category in rows.values_list("pk", "term", "due_on", "petition__category__code"):
        key = term, due_on, category or ""
        if key not in seen:
            ladder = of_category(ladders.get(term, ()), category or "")
            reached = due_rungs(due_on, ladder, (), day, calendar)
            seen[key] = reached, next_rung_on(due_on, ladder, day, calendar)
        found.append(Standing(pk, due_on, *seen[key]))
    return found


@dataclass(frozen=True)
class Prepared:
    running: int
    due: int
    past: int  # 键不大于它的提醒，是铺底的旧账
    lines: int  # 键不大于它的日志行，是装进来的


def prepare(database: str, seed: int) -> Prepared:
    """Three in ten running deadlines due at once, as far as so many have reached a rung; the others put off.

    Raises RuntimeError where a sweep was here before: its reminders cannot be told from ours.
    """
    if Reminder.objects.filter(deadline__in=loaded(Deadline.objects.all())).exists():
        raise RuntimeError("这个库已经巡查过，不能接着量；请重新建库")
    all_running, dice, calendar = standings(), Random(seed), calendar_in_force()
    candidates = [one for one in all_running if one.reached]
    wanted = min(len(candidates), round(SHARE * len(all_running)))
    due = {one.pk for one in dice.sample(candidates, wanted)}
    moment, climbed, put_off = now(), [], []
    for one in all_running:
        missed = one.reached[-1 if dice.randrange(MISSED_TWO) else -2 :] if one.pk in due else []
        climbed += one.rows(one.reached[: len(one.reached) - len(missed)], moment)
        on = missed[0].day(one.due_on, calendar) if missed else one.next_on
        put_off.append((one.pk, datetime.combine(on, time.min, BEIJING) if on else None))
    link = throwaway_database.session(database)
    link.autocommit = False
    with link, link.cursor() as cursor:
        cursor.execute("UPDATE petitions_deadline SET next_rung_at = NULL WHERE next_rung_at IS NOT NULL")
        execute_values(cursor, f"INSERT INTO supervision_reminder ({ROWS}) VALUES %s", climbed, MARKS, 1000)
        execute_values(
            cursor,
            "UPDATE petitions_deadline row SET next_rung_at = told.at FROM (VALUES %s) told (id, at) "
            "WHERE row.id = told.id",
            put_off,
            "(%s, %s::timestamptz)",
            1000,
        )
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) petitions_deadline, supervision_reminder")
    link.close()
    past, lines = (model.objects.aggregate(Max("pk"))["pk__max"] or 0 for model in (Reminder, PetitionEvent))
    return Prepared(len(all_running), wanted, past, lines)


def plain_inserts(database: str) -> tuple[float, float]:
    """Reminder rows a second that psycopg2 alone writes on one connection, a batch a commit, into a table with the same
    columns, indexes and foreign key: one statement for each row, and one for each batch."""
    moment, found = now(), standings()
    rows = [row for one in found for row in one.rows(one.reached, moment)][:PLAIN]
    link = throwaway_database.session(database)
    with link.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_reminder (LIKE supervision_reminder INCLUDING ALL)")
        cursor.execute("ALTER TABLE bench_reminder ADD FOREIGN KEY (deadline_id) REFERENCES petitions_deadline")
    link.autocommit = False
    one_by_one = _inserted(link, rows, lambda cursor, part: cursor.executemany(f"{_INTO} {MARKS}", part))
    with link, link.cursor() as cursor:
        cursor.execute("TRUNCATE bench_reminder")
    together = _inserted(link, rows, lambda cursor, part: execute_values(cursor, f"{_INTO} %s", part, MARKS, BATCH))
    with link, link.cursor() as cursor:
        cursor.execute("DROP TABLE bench_reminder")
    link.close()
    return one_by_one, together


_INTO = f"INSERT INTO bench_reminder ({ROWS}) VALUES"


def _inserted(link, rows: list[tuple], write) -> float:
    started = perf_counter()
    for at in range(0, len(rows), BATCH):
        with link, link.cursor() as cursor:
            write(cursor, rows[at : at + BATCH])
    return len(rows) / (perf_counter() - started)
