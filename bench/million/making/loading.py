"""装：每一段五千件，一段一个事务；两个进程各印各的，用 COPY 送进产品自己的表。"""

import io
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from django.db import connections

from bench.million.making import throwaway_database
from bench.million.making.patterns import districts, patterns
from bench.million.making.petition_rows import BASE, COLUMNS, Pages, print_petition
from bench.million.making.press import Press
from bench.million.making.texts import TENTH
from bench.million.plan import CHUNK, Plan
from petitions.models import NumberCounter, Petition

PROCESSES = 2
_press: Press | None = None


def numbers_of(plan: Plan, part: str) -> list[int]:
    """The tenth that is loaded first is every tenth petition, so that both sizes reach over all years."""
    whole = range(1, plan.petitions + 1)
    return [number for number in whole if (number % TENTH == 0) == (part == "tenth")]


def load(plan: Plan, part: str) -> dict:
    """Print and copy every chunk that is not there yet; how many chunks there are, how many lines were written."""
    global _press
    _press = Press(plan, patterns(BASE), districts())
    numbers = numbers_of(plan, part)
    chunks = [numbers[at : at + CHUNK] for at in range(0, len(numbers), CHUNK)]
    there = set(Petition.objects.filter(pk__in=[BASE + chunk[0] for chunk in chunks]).values_list("pk", flat=True))
    waiting = [chunk for chunk in chunks if BASE + chunk[0] not in there]
    connections.close_all()
    lines = 0
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        for printed in pool.map(_chunk, waiting):
            lines += printed
    _count_numbers(_press)
    return {"chunks": len(chunks), "log_lines": lines}


def _chunk(numbers: list[int]) -> int:
    pages = Pages()
    each = _press.plan.log_lines / _press.plan.petitions
    for at, number in enumerate(numbers, 1):
        print_petition(_press, number, pages, lines_wanted=round(each * at) - pages.log_lines)
    link = throwaway_database.session(_press.plan.database)
    link.autocommit = False
    with link, link.cursor() as cursor:
        for table, columns in COLUMNS.items():
            if rows := pages.rows.get(table):
                cursor.copy_expert(f"COPY {table} ({','.join(columns)}) FROM STDIN", io.StringIO("".join(rows)))
    link.close()
    return pages.log_lines


def _count_numbers(press: Press) -> None:
    for (prefix, year), n in press.counters().items():
        NumberCounter.objects.update_or_create(prefix=prefix, year=year, defaults={"n": n})
