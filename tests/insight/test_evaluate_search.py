"""manage evaluate search：以题找文，走产品自己的索引和排序；库里的件不帮忙也不碍事，量完什么也不留。"""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from insight.models import BigramCount, SearchDocument
from insight.search.indexing import index_all
from tests import cast
from tests.insight.invented import letters


def written(tmp_path, rows, header=("id", "title", "body")):
    path = tmp_path / "messages.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def evaluated(path, *options):
    out = StringIO()
    call_command("evaluate", "search", "--messages", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_titles_find_their_own_bodies_and_nothing_is_left(city, tmp_path):
    cast.registered()
    index_all()
    before = SearchDocument.objects.count(), BigramCount.objects.count()
    once = {title: text for title, text, _ in letters(60, seed=19)}
    rows = [(f"m{at}", text[:14], text) for at, text in enumerate(once.values())]
    told = evaluated(written(tmp_path, rows))
    assert told["messages"] == told["asked"] == len(rows)
    assert told["recall_at_10"] == 100 and told["mrr"] > 0.5 and told["ms_per_item"] > 0
    assert before == (SearchDocument.objects.count(), BigramCount.objects.count())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'evaluating_search'")
        assert cursor.fetchone() == (0,)


def test_a_title_that_stands_nowhere_counts_as_not_found(city, tmp_path):
    rows = [("a", "电梯停运", "我们小区的暖气不热"), ("b", "暖气不热", "楼里的电梯停运了九天")]
    told = evaluated(written(tmp_path, rows))
    assert told["recall_at_1"] == 0 and told["asked"] == 2


def test_the_textbook_ranking_is_printed_beside_it(city, tmp_path):
    rows = [
        ("a", "电梯停运", "三号楼电梯停运九天，物业不修"),
        ("b", "暖气不热", "电梯停运和暖气不热都说过；暖气"),
        ("c", "从没有人说过的", "垃圾没有人清运"),
    ]
    told = evaluated(written(tmp_path, rows), "--baseline")
    assert told["baseline"]["recall_at_1"] == 100 and told["baseline"]["mrr"] == 1
    assert "baseline" not in evaluated(written(tmp_path, rows))


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [(("id", "title"), [("a", "题")], "body"), (("id", "title", "body"), [("a", "题", "")], "没有正文")],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(city, tmp_path, header, rows, said):
    with pytest.raises(CommandError, match=said):
        evaluated(written(tmp_path, rows, header))
