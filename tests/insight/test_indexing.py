"""检索建档：平时只看新写的日志；日志写得太多、单位调整过、记不得看到哪里的，也一件不漏。"""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insight.models import SearchDocument
from insight.search import indexing
from petitions.models import Petition
from rulebook.acts import Act
from tests import cast


@pytest.fixture(autouse=True)
def nothing_remembered(city):
    cache.delete(indexing.SEEN)
    yield
    cache.delete(indexing.SEEN)


def behind() -> int:
    return sum(
        document.indexed_seq < document.petition.seq
        for document in SearchDocument.objects.select_related("petition").defer("tsv")
    ) + (Petition.objects.filter(document=None).count())


def test_the_first_time_and_then_only_what_is_new():
    old = cast.registered()
    assert indexing.index_pending() == 1
    cast.do(old, Act.NOTE, "clerk1", note="已电话联系信访人")
    new = cast.registered()
    assert indexing.index_pending() == 2 and behind() == 0
    assert SearchDocument.objects.filter(petition__in=[old, new]).count() == 2
    assert indexing.index_pending() == 0


def test_more_lines_than_are_looked_at(monkeypatch):
    monkeypatch.setattr(indexing, "RECENT", 2)
    indexing.index_pending()
    for _ in range(4):
        cast.registered()
    assert indexing.index_pending() == 4 and behind() == 0


def test_an_old_petition_whose_organ_moved(monkeypatch):
    monkeypatch.setattr(indexing, "RECENT", 2)
    old, _ = cast.registered(), cast.registered()
    indexing.index_pending()
    indexing.look_again([old.organ_id])
    assert behind() == 2 and indexing.index_pending() == 2 and behind() == 0


def test_every_night_all_are_compared(monkeypatch):
    monkeypatch.setattr(indexing, "RECENT", 1)
    old, _ = cast.registered(), cast.registered()
    indexing.index_pending()
    SearchDocument.objects.filter(petition=old).delete()  # 例如从备份里少恢复了一件
    assert indexing.index_pending() == 0
    assert indexing.index_all() == 1 and behind() == 0


def test_while_another_indexes_nothing_is_taken_as_seen():
    cast.registered()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [indexing.INDEXING])
        assert indexing.index_pending() == 0 and cache.get(indexing.SEEN) is None
    finally:
        other.close()
    assert indexing.index_pending() == 1


def test_while_nothing_happens_no_petition_is_read():
    cast.registered()
    indexing.index_pending()
    with CaptureQueriesContext(connection) as asked:
        assert indexing.index_pending() == 0
    assert len(asked) <= 8
    assert all("IN (" in one["sql"] for one in asked if '"indexed_seq" <' in one["sql"])
