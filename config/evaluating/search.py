"""按题找文：标题作为查询，能不能找到自己的正文（文件列：id、title、body）"""

from collections import Counter
from pathlib import Path

from django.db import connection, transaction

from config.evaluating import Stopwatch, Unreadable, percent, rows_of
from insight.models import BigramCount, SearchDocument
from insight.normal import joined, lexemes, words_of
from insight.search import ranked

NEEDS_TABLES = True  # 照着产品的表另建一套，量完退回
SCRATCH = "evaluating_search"
TABLES = (SearchDocument, BigramCount)
BATCH = 500


def add_arguments(parser) -> None:
    parser.add_argument("--messages", type=Path, required=True, help="CSV：id、title、body")


def evaluate(options) -> dict:
    """Every title asked of the product's own index and ranking, over the bodies alone; mrr as a fraction of one.

    The rows lie in tables of their own in a transaction that is rolled back: the city's petitions neither help nor
    stand in the way, and nothing is left behind.
    """
    messages = rows_of(options["messages"], ["id", "title", "body"])
    bodies = [joined([row["body"]]) for row in messages]
    if not any(bodies):
        raise Unreadable(f"{options['messages'].name} 里没有正文")
    watch, ranks = Stopwatch(), []
    with transaction.atomic():
        _scratch_tables()
        _fill(bodies)
        for key, row in enumerate(messages):
            words = words_of(row["title"])
            if not words or not bodies[key]:
                continue
            with watch:
                found = ranked(words, SearchDocument.objects.all())
            ranks.append(found.index(key) + 1 if key in found else 0)
        transaction.set_rollback(True)
    asked = len(ranks)
    return {
        "messages": len(messages),
        "asked": asked,
        "mrr": round(sum(1 / rank for rank in ranks if rank) / asked, 4) if asked else 0.0,
        **{f"recall_at_{n}": percent(sum(0 < rank <= n for rank in ranks), asked) for n in (1, 5, 10)},
        "ms_per_item": watch.ms_per(asked),
    }


def _scratch_tables() -> None:
    """The product's tables, empty, found before the real ones for the length of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (usual,) = cursor.fetchone()
        cursor.execute(f"CREATE SCHEMA {SCRATCH}")
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"CREATE TABLE {SCRATCH}.{table} (LIKE {usual}.{table} INCLUDING ALL)")
        cursor.execute(f"SET LOCAL search_path = {SCRATCH}, {usual}")


def _fill(bodies: list[str]) -> None:
    documents = [
        SearchDocument(petition_id=key, body=body, tsv=lexemes(body), indexed_seq=1) for key, body in enumerate(bodies)
    ]
    for at in range(0, len(documents), BATCH):
        batch = documents[at : at + BATCH]
        SearchDocument.objects.bulk_create(batch)
        BigramCount.objects.add(Counter(gram for document in batch for gram in document.bigrams))
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"ANALYZE {SCRATCH}.{model._meta.db_table}")
