"""百万件测速的小样：二百件走完全部步骤。断言查到的是同一批、编号没有缺口、日志链和期限无误，不断言时间。"""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bench.million import steps
from bench.million.making import throwaway_database
from bench.million.making.texts import letter
from bench.million.measuring import bench_report
from bench.million.measuring.goals import Line, table
from bench.million.measuring.timing import exponent
from bench.million.plan import Plan

PETITIONS = 200


@pytest.fixture
def here(tmp_path, monkeypatch, db):
    """Progress files in a folder of the test's own, the server of the tests."""
    from tests.cast import PACK

    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CITY_PACK", str(PACK))
    return tmp_path


def _template() -> str:
    """The migrated database the tests themselves are copied from."""
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname ~ '^migrated_[0-9a-f]+$'")
        return cursor.fetchone()[0]


def _exists(database: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return cursor.fetchone() is not None


@pytest.mark.slow
def test_two_hundred_petitions_from_an_empty_database_to_the_table(here):
    plan = Plan.open(PETITIONS, None, "bench_test_whole")
    said = []

    def say(line):
        said.append(line)
        if "规则、机构、样子" in line:  # 样子只办一次，量巡查的库从这里抄
            throwaway_database.create("bench_test_walked", plan.database)

    report = bench_report.run(plan, ("log", "search", "queue", "registering"), template=_template(), say=say)
    by_name = {line["name"]: line for line in report["lines"]}
    assert report["petitions"] == PETITIONS
    assert report["log_lines"] >= 20 * PETITIONS
    assert by_name["日志链和期限有误处"]["measured"] == 0
    assert by_name["检索与 LIKE 不一致的问句"]["measured"] == 0
    assert by_name["打断以后编号的缺口"]["measured"] == 0
    assert {"检索 p95 比裸 SQL", "登记比 psycopg2 写同样的行", "队列：十分之一到全部的增长指数"} <= by_name.keys()
    assert all(name in bench_report.told(report) for name in by_name)
    assert any("先装十分之一" in line for line in said)
    assert not _exists("bench_test_whole")
    assert not plan.path.exists()
    _nothing_is_reminded_twice_or_not_at_all(plan.kept["taken"])


def _nothing_is_reminded_twice_or_not_at_all(taken):
    """Workers killed, connections cut, the message service away, the clock put forward; with so few petitions rates say
    nothing and are not asserted."""
    plan = Plan.open(PETITIONS, None, "bench_test_sweep")
    watched = plan.watched()
    watched.done, watched.kept = ["规则、机构、样子"], {"taken": taken}
    watched.save()
    try:
        report = bench_report.run(plan, ("sweep",), template="bench_test_walked", say=lambda line: None)
    finally:
        throwaway_database.drop("bench_test_walked")
    by_name = {line["name"]: line for line in report["lines"]}
    exact = {name: line["measured"] for name, line in by_name.items() if name.startswith(("巡查重复", "巡查遗漏"))}
    assert len(exact) == 6
    assert set(exact.values()) == {0}
    assert by_name["巡查以后日志链有误处"]["measured"] == 0
    assert by_name["巡查时杀死的进程"]["held"]
    assert by_name["巡查时丢了又恢复的服务（步）"]["held"]
    assert not _exists(watched.database)
    assert not watched.path.exists()


def test_a_stopped_run_goes_on_with_the_step_that_failed(here, monkeypatch):
    plan = Plan.open(PETITIONS, None, "bench_test_stopped")
    monkeypatch.setattr(throwaway_database, "create", lambda *_: None)
    monkeypatch.setattr(steps, "child", _failing)
    with pytest.raises(steps.Stopped):
        steps.run(plan, (), say=lambda line: None)
    again = Plan.open(PETITIONS, None, "bench_test_stopped")
    assert again.done == ["建库"]
    done = []
    again.once("建库", lambda: done.append("again"))
    assert done == []


def _failing(plan, waiting):
    raise steps.Stopped(waiting)


def test_an_interrupt_takes_the_database_away(here, monkeypatch):
    plan = Plan.open(PETITIONS, None, "bench_test_interrupted")
    throwaway_database.create(plan.database)
    plan.save()

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bench_report.run(plan, say=lambda line: None)
    assert not _exists(plan.database)
    assert not plan.path.exists()


def test_what_is_taken_off_the_tables_is_put_back_even_from_half_way(here):
    database, tables = "bench_test_dressed", (*throwaway_database.TABLES, *throwaway_database.DOCUMENTS)
    throwaway_database.create(database, _template())
    try:
        before = throwaway_database.shape(database, tables)
        assert len(before) > 60
        throwaway_database.undress(database, before)
        assert throwaway_database.shape(database, tables) == []
        throwaway_database.dress(database, before[: len(before) // 2])
        throwaway_database.dress(database, before)
        assert [part[:2] for part in throwaway_database.shape(database, tables)] == [part[:2] for part in before]
    finally:
        throwaway_database.drop(database)


def test_a_letter_is_the_same_whenever_it_is_asked_for():
    assert letter(7, 100) == letter(7, 100) != letter(8, 100)


def test_a_matter_told_again_is_told_by_the_same_person_or_a_neighbour_of_the_same_place():
    again = [said for number in range(101, 3_000) if (said := letter(number, 100)).tells_again]
    assert len(again) > 30
    for said in again:
        first = letter(said.tells_again, 100)
        assert first.tells_again == 0
        assert said.place == first.place and said.text != first.text
        assert (said.person == first.number) == (said.id_number == first.id_number)


def test_growth_is_nothing_where_the_time_stands_still_and_one_where_it_grows_as_the_data():
    assert exponent(2.0, 2.0) == 0
    assert exponent(2.0, 20.0) == 1


def test_the_table_says_which_goal_was_missed():
    said = table([Line.at_most("甲", 3, 2, "三次"), Line.at_least("乙", 3, 2)])
    assert said.splitlines() == ["  未守住  甲：3，目标 2（三次）", "  守住  乙：3，目标 2"]


@pytest.mark.parametrize("asked", [[], ["--petitions", "10"], ["--petitions", "1000", "--log-lines", "10"]])
def test_what_cannot_be_measured_is_refused_in_words(here, asked):
    with pytest.raises(CommandError, match=r"请写明|至少"):
        call_command("bench", *asked, stdout=io.StringIO())


def test_json_is_one_line_and_a_missed_goal_ends_in_an_error(here, monkeypatch):
    report = {"lines": [Line.at_most("甲", 3, 2)]}
    monkeypatch.setattr(bench_report, "run", lambda *_, **__: report)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 个目标未守住"):
        call_command("bench", "--petitions", "1000", "--json", stdout=out)
    assert json.loads(out.getvalue()) == report
