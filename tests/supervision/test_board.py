"""督查督办页：数对、零点自己变、翻页不漏不重、查询数固定、别人的看不见。"""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, at
from supervision.board import board_figures, case_list
from supervision.ladder import climb
from supervision.models import Order, Urging
from supervision.orders import acts as actions
from supervision.urging import rules as urging
from tests.cast import accepted, do, fresh, on_day, registered, someone

DAY = date(2026, 3, 2)
DUE = DAY + timedelta(days=60)


@pytest.fixture
def super1(city, client):
    client.force_login(someone("super1"))
    return client


def look(client, day, url="/supervision/", hour=10):
    with on_day(day, hour):
        return client.get(url)


def taken_up(n=1, on=DAY, **told):
    with on_day(on):
        made = [accepted(**told) for _ in range(n)]
    return made if n > 1 else made[0]


def listed(response):
    return [row["petition"].number for row in response.context["rows"]]


def counted(day, hour=10, minute=0, who="super1"):
    with at(datetime.combine(day, time(hour, minute), BEIJING)):
        return board_figures.count(case_list.scope_of(someone(who)), climb.ladders_on(day), day)


def test_lamps_turn_at_midnight_without_a_write(city):
    taken_up(2)
    before, near = counted(DUE - timedelta(days=16), 23, 59), counted(DUE - timedelta(days=15), 0, 0)
    assert (before.lamps["g"], before.lamps["y"]) == (2, 0)
    assert (near.lamps["g"], near.lamps["y"]) == (0, 2)
    last, past = counted(DUE, 23, 59), counted(DUE + timedelta(days=1), 0, 0)
    assert (last.lamps["y"], last.lamps["r"]) == (2, 0)
    assert (past.lamps["y"], past.lamps["r"]) == (0, 2)


def test_the_ladder_counts_where_each_petition_stands(city):
    for n in (0, 8, 12, 16, 24, 31):
        taken_up(on=DAY - timedelta(days=n))
    day = DAY + timedelta(days=45)
    levels = counted(day).levels
    expected = {}
    for n in (0, 8, 12, 16, 24, 31):
        left = 15 - n
        level = 1 if left > 7 else 2 if left > 3 else 3 if left > -1 else 4 if left > -8 else 5 if left > -16 else 6
        expected[level] = expected.get(level, 0) + 1
    assert dict(levels) == expected == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}


def test_the_filters_agree_with_the_counts(super1):
    for n in (0, 3, 8, 12, 16, 24, 31):
        taken_up(on=DAY - timedelta(days=n))
    day = DAY + timedelta(days=45)
    page = look(super1, day)
    lamps, levels = page.context["figures"].lamps, page.context["figures"].levels
    for colour in "ryg":
        assert len(listed(look(super1, day, f"/supervision/?view=all&lamp={colour}"))) == lamps[colour]
    for level in range(1, 7):
        assert len(listed(look(super1, day, f"/supervision/?view=all&level={level}"))) == levels[level]
    assert len(listed(page)) == lamps["r"] + lamps["y"]
    tabs = {tab["label"]: tab["count"] for tab in page.context["tabs"]}
    assert tabs["全部在办"] == 7 and tabs["红灯与黄灯"] == lamps["r"] + lamps["y"]


def test_the_page_shows_what_the_look_promises(super1):
    petition = taken_up()
    with on_day(DUE + timedelta(days=2)):
        climb.sweep()
    html = look(super1, DUE + timedelta(days=2)).content.decode()
    for mark in ('class="stats"', 'class="ladder"', "tbl two m", "lamp r", 'class="bulk"', 'aria-current="true"'):
        assert mark in html
    assert "超期 2 天" in html and "L4 红牌督办" in html and petition.number in html
    assert "陈玉兰" not in html and "138000" not in html
    assert not re.search(r'style="|\son\w+="|<script(?![^>]*src=)', html)


def test_the_next_step_decides_the_order_and_pages_neither_skip_nor_repeat(super1, monkeypatch):
    monkeypatch.setattr(case_list, "PAGE", 5)
    for n in range(4):
        taken_up(3, on=DAY + timedelta(days=n))
    day = DUE - timedelta(days=6)
    with on_day(day):
        climb.sweep()
    seen, url, pages = [], "/supervision/", []
    while url:
        page = look(super1, day, url)
        pages.append(listed(page))
        seen += listed(page)
        url = page.context["page"].next_url
    assert [len(rows) for rows in pages] == [5, 5, 2]
    assert len(seen) == len(set(seen)) == 12
    steps = [case_list.rows(Petition.objects.filter(number=number)).get().step for number in seen]
    assert steps == sorted(steps)
    back = look(super1, day, page.context["page"].prev_url)
    assert listed(back) == pages[1]
    assert listed(look(super1, day, back.context["page"].prev_url)) == pages[0]


def test_rubbish_in_the_address_is_ignored(super1):
    taken_up()
    for query in ("after=x_y", "before=9e99_1", "organ=abc", "level=9", "view=%00x", "lamp=z", "after=_"):
        assert look(super1, DUE, f"/supervision/?{query}").status_code == 200


def test_words_category_and_organ_narrow_the_list(super1):
    petition = taken_up()
    assert listed(look(super1, DUE, f"/supervision/?q={petition.number[-5:]}")) == [petition.number]
    assert listed(look(super1, DUE, "/supervision/?q=没有这样的事")) == []
    assert listed(look(super1, DUE, f"/supervision/?organ={petition.organ_id}")) == [petition.number]
    assert listed(look(super1, DUE, "/supervision/?organ=999999")) == []


def queries_of(client, day, url="/supervision/"):
    with on_day(day), CaptureQueriesContext(connection) as caught:
        response = client.get(url)
    assert response.status_code == 200
    return len(caught), response


def test_at_most_nineteen_queries_whatever_the_page_length(super1):
    taken_up(2)
    with on_day(DUE + timedelta(days=3)):
        climb.sweep()
    look(super1, DUE + timedelta(days=3))
    short, page = queries_of(super1, DUE + timedelta(days=3))
    assert len(listed(page)) == 2
    taken_up(18)
    with on_day(DUE + timedelta(days=3)):
        climb.sweep()
        actions.open_order(
            fresh(Petition.objects.latest("pk")),
            by=someone("super1"),
            to=Petition.objects.latest("pk").organ,
            ground="SV02",
            problem="超期未办结。",
            requirement="立即办理。",
            due_on=DUE + timedelta(days=9),
        )
    full, page = queries_of(super1, DUE + timedelta(days=3))
    assert len(listed(page)) == 20
    assert (
        full == short <= 19
    )  # 有超期的还要问停机期间，能催办的还要问待发的催办；另有存的视图、阶梯的版本、规则集、放假安排


def test_untold_in_fifteen_days_is_counted_and_listed(super1):
    with on_day(DAY):
        late, told = registered(), accepted()
    page = look(super1, DAY + timedelta(days=16), "/supervision/?view=untold")
    assert listed(page) == [late.number] and told.number not in listed(page)
    assert page.context["stats"][4]["value"] == 1
    assert page.context["stats"][4]["label"] == "未按 15 日告知"


def test_orders_have_a_view_a_count_and_a_next_step(super1):
    petition = taken_up()
    with on_day(DUE - timedelta(days=2)):
        order = actions.open_order(
            fresh(petition),
            by=someone("super1"),
            to=petition.organ,
            ground="SV02",
            problem="即将超期。",
            requirement="请说明进展。",
            due_on=DUE,
        )
    page = look(super1, DUE - timedelta(days=2), "/supervision/?view=mine")
    assert listed(page) == [petition.number]
    assert page.context["orders"] | {"waiting": 1, "mine": 1} == page.context["orders"]
    assert f"督办单 {order.number} 待反馈" in page.content.decode()
    with on_day(DUE - timedelta(days=1)):
        one = Order.objects.select_related("to__office", "issuer", "issued_by").get(pk=order.pk)
        one.petition = fresh(petition)
        actions.answer(one, by=someone("officer1"), answer="已现场办理。")
    page = look(super1, DUE - timedelta(days=1), "/supervision/?view=answered")
    assert listed(page) == [petition.number]
    assert page.context["rows"][0]["next"] == {"text": "待核查反馈", "hot": True}
    taken_up(on=DAY - timedelta(days=2))
    with on_day(DUE):
        climb.sweep()
    assert listed(look(super1, DUE))[0] == petition.number  # 等着核查的排在前面


def test_group_visits_and_repeats_have_views(super1):
    group, plain = taken_up(facts={"people_count": 6}), taken_up()
    Petition.objects.filter(pk=plain.pk).update(repeat_of=group)
    assert listed(look(super1, DUE, "/supervision/?view=group")) == [group.number]
    assert listed(look(super1, DUE, "/supervision/?view=repeat")) == [plain.number]


def test_each_sees_their_own_district_or_organ_and_others_no_board(city, client):
    petition = taken_up()
    seen = {}
    for who in ("super1", "super2", "csuper1", "officer1", "dhead1"):
        client.force_login(someone(who))
        seen[who] = listed(look(client, DUE))
    assert seen == {
        "super1": [petition.number],
        "super2": [],
        "csuper1": [petition.number],
        "officer1": [petition.number],
        "dhead1": [petition.number],
    }
    for who in ("clerk1", "handler1", "admin1", "audit1", "legal1", "disc1"):
        client.force_login(someone(who))
        assert look(client, DUE).status_code == 403


def test_a_confidential_report_is_in_no_number_of_the_board(super1):
    petition = taken_up()
    Petition.objects.filter(pk=petition.pk).update(secrecy=1)
    page = look(super1, DUE + timedelta(days=2), "/supervision/?view=all")
    assert listed(page) == [] and page.context["figures"].open == 0
    assert page.context["tabs"][0]["count"] == 0 and petition.number not in page.content.decode()


# 催办与督办单的页面


def test_urge_shows_words_and_recipients_before_it_sends(super1):
    petitions = taken_up(2)
    with on_day(DUE):
        do(petitions[0], Act.ALLOT, "chief1", to=someone("handler1"))
        numbers = [petition.number for petition in petitions]
        seen = super1.get("/supervision/urge/", {"case": numbers})
        html = seen.content.decode()
        assert all(number in html for number in numbers) and "张立群" in html and "确认催办" in html
        assert not petitions[0].events.of_act(Act.URGE).exists()
        empty = super1.post("/supervision/urge/", {"case": numbers, "text": ""})
        assert empty.status_code == 422 and "请写明催办内容" in empty.content.decode()
        sent = super1.post("/supervision/urge/", {"case": numbers, "text": "请速办。"}, follow=True)
        assert "催办 2 件，10:02 发出" in sent.content.decode()
        assert not petitions[0].events.of_act(Act.URGE).exists()
    with at(datetime.combine(DUE, time(10, 3), BEIJING)):
        assert urging.send() == 1
    assert all(petition.events.of_act(Act.URGE).count() == 1 for petition in petitions)


def test_urge_of_a_number_out_of_reach_is_a_page_that_is_not_there(super1, client):
    petition = taken_up()
    client.force_login(someone("super2"))
    assert client.get("/supervision/urge/", {"case": petition.number}).status_code == 404
    assert client.post("/supervision/urge/", {"case": petition.number, "text": "速办"}).status_code == 404
    client.force_login(someone("clerk1"))
    assert client.get("/supervision/urge/", {"case": petition.number}).status_code == 403


def test_back_leads_only_to_the_board(super1):
    petition = taken_up()
    with on_day(DUE):
        for told, expected in (("https://elsewhere.example/", "/supervision/"), ("/supervision/?view=all",) * 2):
            Urging.objects.all().delete()
            sent = super1.post("/supervision/urge/", {"case": petition.number, "text": "速办", "back": told})
            assert sent.headers["Location"] == expected


def filled(**told):
    return {
        "ground": "SV02",
        "card": "plain",
        "due_on": (DUE + timedelta(days=5)).isoformat(),
        "problem": "超期未办结。",
        "requirement": "立即办理。",
    } | told


def test_an_order_is_written_answered_and_closed_on_the_pages(super1, client):
    petition = taken_up()
    with on_day(DUE):
        assert "下一步" in super1.get("/supervision/orders/new/").content.decode()
        form = super1.get("/supervision/orders/new/", {"case": petition.number})
        assert form.context["form"].initial["card"] == "yellow"  # 届满当日在第三级
        bad = super1.post("/supervision/orders/new/", filled(case=petition.number, to=petition.organ_id, problem=""))
        assert bad.status_code == 422 and "请写明存在的问题" in bad.content.decode()
        told = filled(case=petition.number, to=petition.organ_id, due_on="2026-01-01")
        refused = super1.post("/supervision/orders/new/", told)
        assert refused.status_code == 422 and "反馈期限不能早于今天" in refused.content.decode()
        sent = super1.post("/supervision/orders/new/", filled(case=petition.number, to=petition.organ_id))
        order = Order.objects.get()
        assert sent.headers["Location"] == actions.address(order)
        page = super1.get(actions.address(order)).content.decode()
        assert order.number in page and "下发督办单，限" in page and "反馈内容" not in page

        client.force_login(someone("officer1"))
        assert "反馈内容" in client.get(actions.address(order)).content.decode()
        blank = client.post(actions.address(order), {"act": "answer_order", "answer": ""})
        assert blank.status_code == 422
        client.post(actions.address(order), {"act": "answer_order", "answer": "已修复并告知信访人。"})
        assert client.post(actions.address(order), {"act": "close_order", "opinion": "自核"}).status_code == 422

        client.force_login(someone("super1"))
        page = client.get(actions.address(order)).content.decode()
        assert "已修复并告知信访人。" in page and "核查结论" in page and "退回理由" in page
        done = client.post(actions.address(order), {"act": "close_order", "opinion": "属实，核销。"}, follow=True)
    assert "已办结督办单" in done.content.decode()
    assert Order.objects.get().state == "closed"


def test_several_petitions_get_an_order_each_or_none(super1):
    petitions = taken_up(2)
    numbers = [petition.number for petition in petitions]
    with on_day(DUE):
        super1.post("/supervision/orders/new/", filled(case=numbers[1], to=petitions[1].organ_id))
        both = super1.post("/supervision/orders/new/", filled(case=numbers))
        assert both.status_code == 422 and numbers[1] in both.content.decode()
        assert Order.objects.count() == 1
        super1.post("/supervision/orders/new/", filled(case=numbers, ground="SV04"))
    assert sorted(Order.objects.filter(ground="SV04").values_list("petition__number", flat=True)) == numbers


def test_the_order_page_is_not_there_for_those_who_may_not_see_the_petition(super1, client):
    petition = taken_up()
    with on_day(DUE):
        super1.post("/supervision/orders/new/", filled(case=petition.number, to=petition.organ_id))
        for who, status in (("officer1", 200), ("super2", 404), ("admin1", 404), ("disc2", 404)):
            client.force_login(someone(who))
            assert client.get(actions.address(Order.objects.get())).status_code == status
