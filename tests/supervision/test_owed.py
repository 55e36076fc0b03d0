"""应办期限：本单位欠着什么、哪天到期；别的单位欠的、看不到的件，不在上面。"""

from datetime import date, timedelta

import pytest

from petitions.act.states import Kind
from rulebook.acts import Act
from tests.cast import accepted, do, on_day, registered
from tests.desk.case.hands import signed_in, text
from tests.petitions.places import forwarded
from tests.supervision.test_orders import issued

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_the_office_sees_what_it_owes_and_by_when(city, django_assert_max_num_queries):
    with on_day(DAY):
        petition = accepted()
        due = petition.deadlines.get(term="D06").due_on
    with on_day(due + timedelta(days=2)):
        browser = signed_in("officer1")
        with django_assert_max_num_queries(9):
            html = text(browser.get("/owed/"))
        assert petition.number in html and "超期 2 天" in html
        assert petition.number in text(browser.get("/owed/?band=late"))
        assert petition.number not in text(browser.get("/owed/?band=week"))


def test_what_another_organ_owes_is_not_on_it(city):
    with on_day(DAY):
        petition = forwarded()
        do(petition, Act.OBJECT, "officer1", grounds="不属于本单位职权。")
        mine = text(signed_in("officer1").get("/owed/"))
        theirs = text(signed_in("dchief1").get("/owed/"))
    to_examine = f'aria-label="异议审核 {petition.number}"'
    assert to_examine in theirs and to_examine not in mine  # 审核异议是转出单位的事


def test_an_order_to_be_answered_leads_to_its_own_page(city):
    with on_day(DAY):
        order = issued()
        html = text(signed_in("officer1").get("/owed/"))
    assert f'href="/supervision/orders/{order.pk}/"' in html and "督办反馈" in html


def test_only_what_is_allotted_to_me(city):
    with on_day(DAY):
        petition = accepted()
        html = text(signed_in("officer1").get("/owed/?mine=1"))
    assert petition.number not in html and "分派给我的" in html


def test_a_report_is_not_on_the_list_of_who_may_not_see_it(city):
    with on_day(DAY):
        registered("clerk1", kind=Kind.REPORT, accused_text="某人", title="暗号标题")
        assert "暗号标题" not in text(signed_in("handler1").get("/owed/"))


def test_who_handles_no_petitions_is_told_so(city):
    answer = signed_in("admin1").get("/owed/")
    assert answer.status_code == 403 and "没有应办期限" in text(answer)
