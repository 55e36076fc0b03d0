"""掌上：等我决定的、拖着的在谁手里、我包案的；不拍板的人没有这一页。"""

from datetime import date, timedelta

import pytest

from accounts.models import Relation
from desk.lists import queues
from petitions.act.states import Kind
from petitions.approval.rules import request as ask_for
from rulebook.acts import Act
from supervision.orders import acts as actions
from tests.cast import accepted, do, fresh, on_day, passed, registered, someone
from tests.desk.case.hands import signed_in, text
from tests.supervision.test_orders import again, issued

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
LATE = DAY + timedelta(days=62)


def look(username, day=DAY, hour=11):
    with on_day(day, hour):
        return signed_in(username).get("/lead/")


def test_what_waits_for_my_approval_and_signature_leads_to_where_it_is_decided(city):
    with on_day(DAY):
        petition = fresh(accepted())
        ask_for(petition, Act.EXTEND, by=someone("officer1"), days=20, reason="需委托鉴定", note="需委托鉴定")
        signing = passed()
    page = look("head1")
    html = text(page)
    assert "延长办理期限" in html or petition.title in html
    assert 'href="/approvals/"' in html and "报请" in html
    assert page.context["stats"][0]["value"] == sum(pile.count for pile in page.context["piles"])
    assert f'href="/cases/{signing.number}/"' in text(look("deputy1"))


def test_the_red_ones_say_who_has_them_and_for_how_long(city):
    with on_day(DAY):
        petition = accepted()
    [row] = look("head1", LATE).context["red"]
    assert row["url"] == f"/cases/{petition.number}/" and row["lamp"][0] == "r"
    assert "青柳街道" in row["about"] and "手里 62 天" in row["about"]


def test_a_leader_finds_the_cases_sponsored_and_no_others(city, django_assert_max_num_queries):
    with on_day(DAY):
        mine, other = accepted(), accepted()
        mine.involve(Relation.SPONSOR, someone("leader1").organ, user=someone("leader1"))
    with on_day(LATE):
        browser = signed_in("leader1")
        browser.get("/lead/")
        with django_assert_max_num_queries(16):
            page = browser.get("/lead/")
    html = text(page)
    assert [row["url"] for row in page.context["mine"]] == [f"/cases/{mine.number}/"]
    assert other.number not in html and page.context["stats"][3]["value"] == 1


def test_an_answer_to_be_checked_waits_for_whoever_issues_orders(city):
    with on_day(DAY):
        order = issued()
        actions.answer(again(order), by=someone("officer1"), answer="已修好并告知信访人。")
    page = look("super1")
    assert f'href="/supervision/orders/{order.pk}/"' in text(page)


def test_a_report_is_on_nobodys_page_but_theirs_who_may_know(city):
    with on_day(DAY):
        registered("clerk1", kind=Kind.REPORT, accused_text="某人", title="暗号标题")
    for who in ("head1", "super1", "leader1", "dhead1"):
        page = look(who, LATE)
        assert "暗号标题" not in text(page) and page.context["stats"][1]["value"] == 0


def test_who_decides_nothing_has_no_such_page(city):
    assert not queues.leads(someone("handler1")) and queues.leads(someone("leader1"))
    refused = signed_in("handler1").get("/lead/")
    assert refused.status_code == 403 and "请从工作台进入" in text(refused)
    assert 'href="/lead/"' in text(signed_in("head1").get("/"))
    assert 'href="/lead/"' not in text(signed_in("handler1").get("/"))


def test_a_leader_sees_what_was_instructed_by_when_and_whether_it_was_reported(city):
    words = "请三日内约谈维保单位，电话 13900007731。"
    told = {"instruction": words, "note": words, "due_on": DAY + timedelta(days=7)}
    with on_day(DAY):
        first, second = (do(accepted(), Act.INSTRUCT, "dhead1", **told) for _ in range(2))
        do(accepted(), Act.INSTRUCT, "head1", **told)
    with on_day(DAY + timedelta(days=3)):
        do(second, Act.REPORT_INSTRUCTED, report="已约谈，明日更换部件。")
    page = look("dhead1", DAY + timedelta(days=9))
    rows = page.context["instructed"]
    assert [(row["url"], row["lamp"]) for row in rows] == [
        (f"/cases/{first.number}/", ("r", -2)),
        (f"/cases/{second.number}/", None),
    ]
    assert "青柳街道 03-09 前报告，还没有报告" in rows[0]["about"] and "03-05 已报告" in rows[1]["about"]
    assert "请三日内约谈维保单位" in text(page) and "13900007731" not in text(page)
    assert look("dhead1", DAY + timedelta(days=6)).context["instructed"][0]["lamp"] == ("y", 1)
    assert [row["url"] for row in look("dhead1", DAY + timedelta(days=30)).context["instructed"]] == [rows[0]["url"]]
