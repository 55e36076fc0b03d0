"""年度数据：每月存一次，公开时小的数隐去；检举控告和保密件不在内；打开页面不数件（第三十条、第四十一条）。"""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.celery import TIMETABLE
from petitions.act.states import Kind
from petitions.models import Petition
from supervision import tasks
from supervision.models import YearFigure
from supervision.statistics import yearly
from tests.cast import issued, on_day, registered

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 31)


def numbers(table) -> dict:
    return {(one.row, one.column): one.n for one in YearFigure.objects.filter(table=table)}


def put(table, cells, *, until=MARCH):
    YearFigure.objects.bulk_create(
        YearFigure(year=until.year, until=until, table=table, row=row, column=column, n=n)
        for (row, column), n in cells.items()
    )


def figures(address="/figures/") -> str:
    return Client().get(address).content.decode()


@pytest.fixture
def april(city):
    with on_day(date(2026, 3, 10)):
        issued()
        registered("clerk1")
        registered("clerk1", kind=Kind.REPORT)
    with on_day(date(2026, 4, 1)):
        registered("clerk1")
        yield


def test_what_was_registered_to_the_end_of_last_month_is_stored_once(april):
    assert tasks.keep_year() > 0
    received = numbers("received")
    assert sum(received.values()) == sum(numbers("category").values()) == 2  # 控告、四月的不在内
    assert {row for row, _ in received} == {"11019901"}
    assert numbers("concluded") == {("on_time", ""): 1}
    Petition.objects.filter(secrecy=0).update(registered_on=date(2026, 2, 1))
    assert tasks.keep_year() == 0 and numbers("received") == received
    with on_day(date(2026, 5, 2)):
        assert tasks.keep_year() > 0
    assert YearFigure.objects.filter(until=date(2026, 4, 30)).count() == YearFigure.objects.count()
    assert tasks.keep_year.name in {task for task, _ in TIMETABLE.values()}


def test_a_year_that_has_ended_is_counted_as_of_its_last_day_and_stays(april):
    with on_day(date(2027, 2, 3)):
        tasks.keep_year()
        assert yearly.of(2026).is_closed and yearly.of(2026).until == date(2026, 12, 31)
        before = list(YearFigure.objects.filter(year=2026).values())
    with on_day(date(2027, 3, 3)):
        registered("clerk1")
        tasks.keep_year()
    assert list(YearFigure.objects.filter(year=2026).values()) == before


def test_a_small_number_is_hidden_and_so_is_what_would_give_it_away(city):
    put("received", {("11019901", "visit"): 3, ("11019901", "web"): 40, ("11019902", "visit"): 50})
    put("received", {("11019902", "web"): 60, ("11019903", "web"): 77})
    put("category", {("城乡建设", ""): 230})
    shown = yearly.of(2026)
    assert [label for _, label in shown.received.rows] == ["云州市云河区", "云州市石桥区", "云州市青原区"]
    assert [n for _, cells, _ in shown.received.lines for n in cells].count(None) == 4
    assert shown.received.number("11019903", "web") == 77 and shown.received.total == 230
    told = figures()
    assert told.count(">隐去<") == 4 and "小于 5 的数" in told and ">77<" in told


def test_of_two_tables_with_one_total_neither_tells_what_the_other_hides(city):
    put("received", {("11019901", "visit"): 6})
    put("category", {(name, ""): 1 for name in ("教育", "卫生", "环境", "交通", "民政", "其他")})
    shown = yearly.of(2026)
    assert shown.received.total is None and shown.categories.total is None
    assert '<p class="v">隐去' in figures()


def test_rates_are_left_out_where_a_number_behind_them_is_hidden(city):
    put("received", {("11019901", "visit"): 100})
    put("category", {("教育", ""): 100})
    put("concluded", {("on_time", ""): 90, ("late", ""): 10})
    put("rated", {("satisfied", "organ"): 60, ("fair", "organ"): 20, ("dissatisfied", "organ"): 20})
    put("rated", {("satisfied", "office"): 50, ("fair", "office"): 30, ("dissatisfied", "office"): 20})
    shown = yearly.of(2026)
    assert shown.on_time == 90 and [share for _, share in shown.content] == [80, 80]
    assert "90.0%" in figures() and "80.0%" in figures()
    YearFigure.objects.filter(row="late").update(n=2)
    assert yearly.of(2026).on_time is None and "90.0%" not in figures()


def test_years_can_be_chosen_and_an_unknown_one_is_not_there(city):
    assert "还没有公布的年度数据" in figures()
    put("received", {("11019901", "visit"): 100})
    put("received", {("11019901", "visit"): 200}, until=date(2025, 12, 31))
    assert "2026 年信访数据（1 月 1 日至 3 月 31 日）" in figures()
    assert "<h1>2025 年信访数据</h1>" in figures("/figures/?year=2025")
    for year in ("1999", "x", "²"):
        assert Client().get("/figures/", {"year": year}).status_code == 404


def test_a_visit_to_the_page_counts_no_petition(city):
    put("received", {("11019901", "visit"): 100})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        figures()
    assert len(asked) <= 8
    assert not any("petitions_petition" in one["sql"] for one in asked)
