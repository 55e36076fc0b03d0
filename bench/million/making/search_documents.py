"""检索文档：装好的件由产品的建档定写什么，两个进程各读各的，用 COPY 送进去；二字组先在旁边数，最后合一次。"""

import io
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from django.db import connection, connections

from bench.million.making import throwaway_database
from bench.million.making.patterns import escaped
from bench.million.making.petition_rows import BASE
from bench.million.plan import Plan
from insight.models import BigramCount
from insight.search.indexed_text import Gathering
from insight.search.normal_form import bigrams, lexemes
from petitions.models import Petition

BATCH = 1_000  # 件
PROCESSES = 2
COLUMNS = "petition_id, tsv, body, beside, marks, indexed_seq, secrecy"
_database = ""


def index(plan: Plan) -> dict:
    """Write the documents of every loaded petition that has none. Returns how many."""
    global _database
    _database = plan.database
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_grams (gram text, documents int)")
    waiting = list(Petition.objects.filter(pk__gt=BASE, document=None).order_by("pk").values_list("pk", flat=True))
    connections.close_all()
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        batches = [waiting[at : at + BATCH] for at in range(0, len(waiting), BATCH)]
        written = sum(pool.map(_batch, batches))
    _count_grams()
    return {"documents": written}


def _batch(keys: list[int]) -> int:
    petitions = list(Petition.objects.filter(pk__in=keys).select_related("submission").order_by("pk"))
    gathering = Gathering(petitions)
    rows, grams = [], Counter()
    for petition in petitions:
        found = gathering.of(petition)
        tsv = " ".join(f"'{lexeme}'" for lexeme in (*lexemes(found.body, found.beside), *found.marks))
        texts = (tsv, escaped(found.body), escaped(found.beside), " ".join(found.marks))
        rows.append("\t".join((str(petition.pk), *texts, str(petition.seq), str(petition.secrecy))) + "\n")
        if petition.secrecy == 0:
            grams.update(bigrams(found.body) | bigrams(found.beside))
    link = throwaway_database.session(_database)
    link.autocommit = False
    with link, link.cursor() as cursor:
        cursor.copy_expert(f"COPY insight_searchdocument ({COLUMNS}) FROM STDIN", io.StringIO("".join(rows)))
        counted = "".join(f"{gram}\t{number}\n" for gram, number in grams.items())
        cursor.copy_expert("COPY bench_grams FROM STDIN", io.StringIO(counted))
    link.close()
    return len(rows)


def _count_grams() -> None:
    """What the batches counted goes into the product's table of frequencies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gram, sum(documents) FROM bench_grams GROUP BY gram")
        counted = Counter({gram: int(number) for gram, number in cursor.fetchall()})
        cursor.execute("TRUNCATE bench_grams")
    BigramCount.objects.add(counted)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) insight_bigramcount")
