"""按题找文：标题作为查询，能不能找到自己的正文（文件列：id、title、body）"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log
from pathlib import Path

from django.db import connection, transaction

from config.evaluating import Stopwatch, Unreadable, percent, rows_of
from insight.models import BigramCount, SearchDocument
from insight.search.normal_form import bigrams, joined, lexemes, words_of
from insight.search.petition_search import ranked

NEEDS_TABLES = True  # 照着产品的表另建一套，量完退回
SCRATCH = "evaluating_search"
TABLES = (SearchDocument, BigramCount)
BATCH = 500
SATURATION, BY_LENGTH = 1.2, 0.75  # Okapi BM25 as the textbooks have it, for the baseline


def add_arguments(parser) -> None:
    parser.add_argument("--messages", type=Path, required=True, help="CSV：id、title、body")
    parser.add_argument("--baseline", action="store_true", help="另照教科书的 BM25（二字组、每一件都算）排一遍，比一比")


def evaluate(options) -> dict:
    """Every title asked of the product's own index and ranking, over the bodies alone; mrr as a fraction of one.

    The rows lie in tables of their own in a transaction that is rolled back: the city's petitions neither help nor
    stand in the way, and nothing is left behind.
    """
    messages = rows_of(options["messages"], ["id", "title", "body"])
    bodies = [joined([row["body"]]) for row in messages]
    if not any(bodies):
        raise Unreadable(f"{options['messages'].name} 里没有正文")
    watch, ranks, plain = Stopwatch(), [], []
    baseline = PlainBm25(bodies) if options.get("baseline") else None
    with transaction.atomic():
        _scratch_tables()
        _fill(bodies)
        for key, row in enumerate(messages):
            words = words_of(row["title"])
            if not words or not bodies[key]:
                continue
            with watch:
                found = ranked(words, SearchDocument.objects.all())
            ranks.append(_rank(key, found))
            if baseline:
                plain.append(_rank(key, baseline.ranked(words)))
        transaction.set_rollback(True)
    told = {"messages": len(messages), "asked": len(ranks), **_found(ranks), "ms_per_item": watch.ms_per(len(ranks))}
    return told | ({"baseline": _found(plain)} if baseline else {})


class PlainBm25:
    """What the product's ranking is to be better than: every text scored by its bigrams, nothing else looked at."""

    def __init__(self, bodies: list[str]) -> None:
        self._times: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths = [max(1, len(body)) for body in bodies]
        for key, body in enumerate(bodies):
            for gram in bigrams(body):
                self._times[gram].append((key, body.count(gram)))
        usual = sum(lengths) / len(lengths)
        self._spread = [SATURATION * (1 - BY_LENGTH + BY_LENGTH * length / usual) for length in lengths]

    def ranked(self, words: Iterable[str]) -> list[int]:
        """Places of the texts that hold a bigram of the words, best first, the later before the earlier."""
        scores: Counter[int] = Counter()
        for gram in set().union(*map(bigrams, words)):
            texts = self._times.get(gram, [])
            weight = log(1 + (len(self._spread) - len(texts) + 0.5) / (len(texts) + 0.5))
            for key, times in texts:
                scores[key] += weight * times * (SATURATION + 1) / (times + self._spread[key])
        return sorted(scores, key=lambda key: (-scores[key], -key))


def _rank(key: int, found: list[int]) -> int:
    """From 1; 0 where it was not found."""
    return found.index(key) + 1 if key in found else 0


def _found(ranks: list[int]) -> dict[str, float]:
    return {
        "mrr": round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4) if ranks else 0.0,
        **{f"recall_at_{n}": percent(sum(0 < rank <= n for rank in ranks), len(ranks)) for n in (1, 5, 10)},
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
