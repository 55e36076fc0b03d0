"""督查周报：本周和上周并列，每个数点开就是它的件，别人的件和检举控告不在其中。"""

from datetime import date, timedelta

import pytest

from petitions.act.states import Kind
from rulebook.acts import Act
from supervision.ladder import climb
from supervision.statistics import daily
from supervision.statistics.weekly import TABLES, Week, line_of
from tests.cast import accepted, closed, do, on_day, registered
from tests.desk.case.hands import signed_in, text
from tests.petitions.places import forwarded
from tests.supervision.test_orders import issued

MONDAY = date(2026, 3, 2)  # 2026-W10


def look(query="", day=MONDAY + timedelta(days=3), username="super1"):
    with on_day(day, 15):
        return signed_in(username).get(f"/supervision/weekly/{query}")


def numbers(page):
    rows = [row for one in page.context["tables"] for row in one["rows"]]
    return {row["key"]: (row["this"], row["last"]) for row in rows}


def test_a_week_runs_from_monday_to_sunday_and_has_its_number():
    assert Week.read("2026-W10").days == (date(2026, 3, 2), date(2026, 3, 8)) == Week.of(date(2026, 3, 8)).days
    assert str(Week.read("2026-W01").before) == "2025-W52"
    for wrong in ("2026-W54", "2026-10", "W10", ""):
        with pytest.raises(ValueError):
            Week.read(wrong)


def test_every_number_has_a_name_of_its_own():
    keys = [line.key for table in TABLES for line in table.lines]
    assert len(keys) == len(set(keys)) and line_of("received") and line_of("nothing") is None


def test_this_week_and_the_week_before_stand_side_by_side_and_each_number_opens_its_list(city):
    with on_day(MONDAY - timedelta(days=4)):
        earlier = accepted()
    with on_day(MONDAY):
        ended = closed()
        issued(earlier, card="yellow")
        do(forwarded(), Act.OBJECT, "officer1", grounds="不属于本单位职权。")
    page = look()
    told = numbers(page)
    assert told["received"] == (2, 1) and told["concluded"] == (1, 0)
    assert told["issued_yellow"] == (1, 0) and told["issued_plain"] == (0, 0) and told["refused"] == (1, 0)
    opened = look("?week=2026-W10&show=concluded")
    assert [one.number for one in opened.context["list"]["rows"]] == [ended.number]
    assert ended.number in text(opened)
    before = look("?week=2026-W10&show=received&of=last").context["list"]
    assert [one.number for one in before["rows"]] == [earlier.number] and str(before["week"]) == "2026-W09"
    assert numbers(look("?week=2026-W09"))["received"][0] == 1
    assert [row["counts"] for row in page.context["orders_open"]] == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


def test_lamps_stand_beside_those_of_a_week_ago_and_reminders_count_by_level(city):
    with on_day(MONDAY):
        accepted()
    due = MONDAY + timedelta(days=60)
    with on_day(due - timedelta(days=5)):
        daily.keep(due - timedelta(days=6))
    with on_day(due + timedelta(days=2)):
        climb.sweep()
    page = look(day=due + timedelta(days=2))
    red = next(row for row in page.context["lamps"] if row["label"] == "红灯")
    assert (red["this"], red["last"]) == (1, 0)
    assert numbers(page)["level4"][0] == 1
    assert "口径" in text(page) and "data-print" in text(page)


def test_another_district_and_a_report_are_in_no_number(city):
    with on_day(MONDAY):
        accepted()
        registered("clerk1", kind=Kind.REPORT, accused_text="某人")
    assert numbers(look())["received"] == (1, 0)
    assert numbers(look(username="officer.wh"))["received"] == (0, 0)
    assert look(username="handler1").status_code == 403


def test_a_week_that_is_none_is_said_beside_the_field(city, django_assert_max_num_queries):
    for query, said in (("2026-W60", "没有这一周"), ("2026-W20", "还没有到")):
        wrong = look(f"?week={query}")
        assert wrong.status_code == 422 and said in text(wrong) and query in text(wrong)
    with on_day(MONDAY):
        browser = signed_in("super1")
        browser.get("/supervision/weekly/")
        with django_assert_max_num_queries(20):
            assert browser.get("/supervision/weekly/").status_code == 200
