"""Calendar: a hundred thousand open deadlines counted again after one Saturday, and after a whole year's table.

python3 -m bench.recounting    (in the copy, started by measure)
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from bench.copies import copy_of_the_database

SECONDS_GOAL = 60
AT = 100_000  # 个：目标说的就是这么多
PER_PETITION = 2
# 期限与份数：大半是办理期限，其余是工作日期限、会顺延的复查申请期和告知期限
MIX = {"D06": 8, "D02": 3, "D03": 3, "D04": 2, "D08": 2, "I01": 1, "I02": 1, "I03": 1}


def measure(deadlines: int) -> list[dict]:
    """Make that many open deadlines in a copy of the database, publish two tables there, report time and rate."""
    with copy_of_the_database("bench_recount") as url:
        done = subprocess.run(
            [sys.executable, "-m", "bench.recounting", str(deadlines)],
            env=os.environ | {"DATABASE_URL": url, "STATEMENT_TIMEOUT_MS": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
    return [_line(told, deadlines) for told in json.loads(done.stdout.splitlines()[-1])]


def _line(told: dict, deadlines: int) -> dict:
    whole = told["seconds"] * AT / deadlines
    return told | {
        "rows_per_second": round(deadlines / told["seconds"]),
        "seconds_for_100000": round(whole, 1),
        "goal_seconds": SECONDS_GOAL,
        "held": whole <= SECONDS_GOAL,
    }


def run(deadlines: int) -> list[dict]:
    """In the copy: the rows, then one Saturday, then next year's table; each with its preview."""
    from rulebook.city.publication import table_of
    from rulebook.city.rules_pack import CalendarTable
    from rulebook.models import CalendarVersion
    from rulebook.timekeeping import today

    make(deadlines)
    day = today()
    saturday = day + timedelta(days=(5 - day.weekday()) % 7 + 7)
    this_year = table_of(CalendarVersion.objects.published().filter(year=saturday.year).latest("version"))
    flipped = dict(this_year.days) | {saturday: (saturday not in this_year.days, "测速")}
    year = day.year + 1
    rest = {date(year, 1, number): (False, "测速") for number in range(1, 7)}  # 元月里就动，才碰得到办理期限
    rest |= {date(year, 1, 7) + timedelta(days=n): (True, "测速") for n in range(14) if _weekend(year, 7 + n)}
    return [
        published("重算：一个周六", CalendarTable(saturday.year, "测速", flipped)),
        published("重算：次年全年", CalendarTable(year, "测速", dict(sorted(rest.items())))),
    ]


def _weekend(year: int, january: int) -> bool:
    return date(year, 1, january).weekday() > 4


def published(name: str, table) -> dict:
    """Preview, publish and apply one table; seconds are those of the applying."""
    from accounts.models import User
    from petitions.clocks import republication

    started = time.perf_counter()
    seen = republication.preview(table)
    looked = time.perf_counter() - started
    republication.publish(table, by=User.objects.get(username="admin1"))
    started = time.perf_counter()
    done = republication.apply()
    seconds = time.perf_counter() - started
    if [move.deadline_id for move in done.moves] != [move.deadline_id for move in seen.moves]:
        raise RuntimeError("改的期限与预览的不同")
    return {
        "name": name,
        "counted": done.counted,
        "days_moved": len(done.moves),
        "marks": done.marks,
        "preview_seconds": round(looked, 2),
        "seconds": round(seconds, 2),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def make(deadlines: int) -> None:
    """Petitions cloned from open ones of the city, each with open deadlines that began in the last weeks."""
    from django.db import connection

    from petitions.clocks.calendar_edition import due_at
    from petitions.models import Deadline, Petition
    from rulebook.books import calendar_in_force
    from rulebook.recount import Counting
    from rulebook.terms import BY_CODE
    from rulebook.timekeeping import now, today

    sources = list(Petition.objects.filter(state="accepted").order_by("pk").values_list("pk", flat=True)[:20])
    each = deadlines // PER_PETITION // len(sources)
    columns = [f'"{field.column}"' for field in Petition._meta.concrete_fields if field.name != "id"]
    picked = ", ".join({'"number"': "number || '-b' || n", '"ordinal"': "1000 + n"}.get(name, name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO petitions_petition ({', '.join(columns)}) SELECT {picked} FROM petitions_petition, "
            "generate_series(1, %s) n WHERE id = ANY(%s)",
            [each, sources],
        )
        cursor.execute("ANALYZE petitions_petition")
    dice, calendar, day = random.Random(deadlines), calendar_in_force(), today()
    codes = [code for code, share in MIX.items() for _ in range(share)]
    rows = []
    clones = Petition.objects.filter(number__contains="-b").values_list("pk", "organ")
    for petition, organ in clones.iterator():
        for code in dice.sample(codes, PER_PETITION):
            term = BY_CODE[code]
            clock = Counting(term, day - timedelta(days=dice.randint(0, 4 if term.unit == "working_day" else 14)))
            counted = clock.counted(calendar)
            rows.append(
                Deadline(
                    petition_id=petition,
                    term=code,
                    scope=str(term.scope),
                    scope_id=petition,
                    started_by=len(rows),
                    kind=str(term.kind),
                    owed_by_organ_id=organ,
                    starts_on=clock.starts_on,
                    due_on=counted.due_on,
                    due_at=due_at(counted.due_on),
                    internal_on=counted.internal_on,
                    provisional=counted.provisional,
                    calendar_version=calendar.version,
                    next_rung_at=now(),
                )
            )
    Deadline.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE petitions_deadline")


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(run(int(sys.argv[1])), ensure_ascii=False))
