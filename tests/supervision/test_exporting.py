"""导出督查清单、督办单：真日期、冻结表头、首行谁何时、账户记录一行，只有职权内的件。"""

import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from accounts.models import AccountEvent
from petitions.act.states import Kind
from tests.cast import accepted, on_day, registered
from tests.desk.case.hands import signed_in
from tests.supervision.test_orders import issued

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def book_of(answer):
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def test_the_board_goes_out_with_real_dates_a_frozen_head_a_mark_and_a_line_in_the_log(city):
    with on_day(DAY):
        petition = accepted(title="=1+1 公式")
        accepted()
        order = issued(petition)
        registered("clerk1", kind=Kind.REPORT, accused_text="某人")
        browser = signed_in("super1")
        page = book_of(browser.get("/supervision/export.xlsx?view=mine"))
    lines = list(page.iter_rows(values_only=True))
    assert page.freeze_panes == "A3" and len(lines) == 3
    assert "2026-03-02 10:00 导出" in lines[0][0] and "我督办的" in lines[0][0]
    told = dict(zip(lines[1], lines[2], strict=True))
    assert told["编号"] == petition.number and told["信访事项"] == "'=1+1 公式" and told["督办单"] == order.number
    assert told["届满日"] == datetime.combine(DAY + timedelta(days=60), datetime.min.time())
    event = AccountEvent.objects.get(what=AccountEvent.What.EXPORTED)
    assert (event.by.username, event.details["rows"]) == ("super1", 1)


def test_every_view_of_the_board_goes_out_and_no_report_with_it(city):
    with on_day(DAY):
        petition = accepted()
        registered("clerk1", kind=Kind.REPORT, accused_text="某人")
        browser = signed_in("super1")
        lines = list(book_of(browser.get("/supervision/export.xlsx?view=all")).iter_rows(values_only=True))
        assert [line[0] for line in lines[2:]] == [petition.number]
        assert "/supervision/export.xlsx?view=all" in browser.get("/supervision/?view=all").content.decode()


def test_the_orders_go_out_as_the_list_shows_them(city):
    with on_day(DAY):
        order = issued(card="yellow")
        browser = signed_in("super1")
        lines = list(book_of(browser.get("/supervision/orders/export.xlsx")).iter_rows(values_only=True))
        closed = list(book_of(browser.get("/supervision/orders/export.xlsx?view=closed")).iter_rows(values_only=True))
    told = dict(zip(lines[1], lines[2], strict=True))
    assert (told["文号"], told["类型"]) == (order.number, "黄牌督办") and len(closed) == 2
    assert told["反馈期限"] == datetime.combine(order.due_on, datetime.min.time())


def test_who_may_not_export_cannot(city):
    assert signed_in("handler1").get("/supervision/orders/export.xlsx").status_code == 403
    assert signed_in("leader1").get("/supervision/export.xlsx").status_code == 403
