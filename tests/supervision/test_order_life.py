"""督办单的一生：签收、定期报告、升黄牌红牌；清单说得出谁没签、谁没报、谁迟了。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.act.decorator import Refused
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.books import calendar_in_force
from rulebook.timekeeping import today
from supervision.models import CardGiven
from supervision.orders import acts as actions
from supervision.orders import order_list
from tests.cast import on_day, someone
from tests.supervision.test_orders import again, issued, sv, told_of

DAY = date(2026, 3, 2)  # 周一


def days(n):
    return DAY + timedelta(days=n)


def reported(order, text="已联系维保单位，周四到货。", by="officer1"):
    return actions.report(again(order), by=someone(by), report=text)


def raised(order, card="yellow", **told):
    facts = {"card": card, "reason": "逾期未反馈，两次没有报告进展。"} | told
    return actions.raise_card(again(order), by=someone("super1"), **facts)


# 签收


def test_the_organ_signs_for_the_order_once_and_no_day_moves(city):
    with on_day(DAY):
        order = issued()
        actions.sign(again(order), by=someone("officer1"))
    order = again(order)
    assert (order.signed_by.username, order.signed_at.date()) == ("officer1", DAY)
    assert (order.state, order.due_on, sv(order).get().ended_how) == ("issued", days(7), "")
    assert sentence(order.petition.events.latest("seq")) == "签收督办单"
    with pytest.raises(Refused, match="已经签收"):
        actions.sign(order, by=someone("chief1"))


def test_nobody_else_signs_or_reports_for_the_organ(city):
    order = issued()
    for stranger in ("super1", "clerk1", "officer.yhzj"):
        with pytest.raises(PermissionDenied):
            actions.sign(again(order), by=someone(stranger))
        with pytest.raises(PermissionDenied):
            reported(order, by=stranger)


def test_an_unsigned_order_says_so_and_by_when(city, client):
    with on_day(DAY):
        order = issued()
    client.force_login(someone("super1"))
    with on_day(days(1)):
        assert "未签收，应于 03-03 周二 前签收" in client.get(actions.address(order)).content.decode()
        assert not order_list.is_unsigned_late(again(order), today(), calendar_in_force())
    with on_day(days(2)):
        assert order_list.is_unsigned_late(again(order), today(), calendar_in_force())
        page = client.get("/supervision/orders/?view=unsigned").content.decode()
    assert order.number in page and "未签收，应于 03-03 前" in page


# 进展报告


@pytest.mark.parametrize(("card", "every"), [("plain", 0), ("yellow", 5), ("red", 3)])
def test_how_often_is_reported_is_the_citys_unless_the_issuer_says_otherwise(city, card, every):
    with on_day(DAY):
        assert issued(card=card).report_every == every
        other = issued(card=card, every=2)
    assert (other.report_every, other.next_report_on) == (2, days(2))


def test_reports_are_asked_for_one_after_the_other_until_the_answer(city, client):
    with on_day(DAY):
        order = issued(card="red")
    with on_day(days(3)):
        order = reported(order)
    assert order.next_report_on == days(8)
    assert told_of(order)[-1] == "super1"
    client.force_login(someone("super1"))
    with on_day(days(9)):
        late = client.get("/supervision/orders/?view=unreported").content.decode()
        assert order.number in late and "03-10 周二 逾期未报告" in late
        page = client.get(actions.address(order))
        assert [(row["due_on"], row["late"]) for row in page.context["periods"]] == [
            (days(3), False),
            (days(8), True),
            (days(11), False),
        ]
        assert "已联系维保单位" in page.content.decode()
        actions.answer(again(order), by=someone("officer1"), answer="已修复。")
        assert order.number not in client.get("/supervision/orders/?view=unreported").content.decode()
    assert again(order).next_report_on is None


def test_a_report_without_words_is_refused_and_an_answered_order_takes_none(city):
    order = issued()
    with pytest.raises(Refused, match="办到哪一步"):
        reported(order, " ")
    actions.answer(again(order), by=someone("officer1"), answer="已办。")
    with pytest.raises(Refused, match="“反馈待核”时不能报告督办进展"):
        reported(order)


# 黄牌、红牌


def test_an_order_is_raised_by_a_letter_of_its_own_and_the_late_answer_stays_late(city):
    with on_day(DAY):
        order = issued()
    with on_day(days(10)):
        order = raised(order)
        yellow = order.cards.get()
        assert (order.card, order.report_every, order.next_report_on) == ("yellow", 5, days(17))
        assert yellow.letter.kind == "F23" and yellow.letter.number not in ("", order.number)
        assert "升为黄牌督办" in str(yellow.letter.text) and "2026年3月19日" in str(yellow.letter.text)
        assert order.petition.petition_letters.filter(letter=yellow.letter).exists()
        assert sentence(order.petition.events.latest("seq")) == "督办单升为黄牌督办"
        assert (order.due_on, sv(order).get().due_on) == (days(7), days(7))
    with on_day(days(12)):
        order = raised(order, "red", every=2)
        actions.answer(again(order), by=someone("officer1"), answer="已办。")
    assert list(order.cards.order_by("pk").values_list("card", flat=True)) == ["yellow", "red"]
    assert sv(order).get().ended_how == "late"
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("told", "sentence_of"),
    [
        ({"card": "plain"}, "只能往上升"),
        ({"card": "yellow"}, "只能往上升"),
        ({"card": "red", "reason": " "}, "请写明升级的理由"),
        ({"card": "red", "every": 0}, "每几个工作日报告"),
    ],
)
def test_a_card_only_goes_up_and_says_why(city, told, sentence_of):
    order = issued(card="yellow")
    with pytest.raises(Refused, match=sentence_of):
        raised(order, **told)
    assert again(order).card == "yellow" and CardGiven.objects.count() == 1


def test_a_red_one_cannot_be_raised_and_the_organ_raises_nothing(city):
    order = issued(card="red")
    with pytest.raises(Refused, match="已经是红牌"):
        raised(order, "red")
    with pytest.raises(PermissionDenied):
        actions.raise_card(again(issued()), by=someone("head1"), card="red", reason="自己升级")


# 页面


def test_the_whole_of_it_goes_by_forms_without_a_script(city, client):
    with on_day(DAY):
        order = issued(card="plain", every=3)
        client.force_login(someone("officer1"))
        page = client.get(actions.address(order)).content.decode()
        assert 'value="sign_order"' in page and 'value="raise_order"' not in page
        client.post(actions.address(order), {"act": "sign_order"})
        blank = client.post(actions.address(order), {"act": "report_order", "report": ""})
        assert blank.status_code == 422 and "请写明办到哪一步" in blank.content.decode()
        client.post(actions.address(order), {"act": "report_order", "report": "已约维保单位。"})
        assert 'value="sign_order"' not in client.get(actions.address(order)).content.decode()
        client.force_login(someone("super1"))
        told = {"act": "raise_order", "card": "red", "reason": "信访人再次来访，仍未告知。", "every": "x"}
        wrong = client.post(actions.address(order), told)
        assert (
            wrong.status_code == 422
            and "请填整数" in wrong.content.decode()
            and told["reason"] in wrong.content.decode()
        )
        done = client.post(actions.address(order), told | {"every": ""}, follow=True).content.decode()
    assert "已升级督办单" in done and "红牌督办" in done and "每 3 个工作日一次" in done


def test_each_sees_the_orders_that_are_theirs(city, client):
    order = issued()
    seen = {}
    for name in ("super1", "officer1", "head1", "super2", "officer.yhzj"):
        client.force_login(someone(name))
        seen[name] = order.number in client.get("/supervision/orders/").content.decode()
    assert seen == {"super1": True, "officer1": True, "head1": True, "super2": False, "officer.yhzj": False}
    client.force_login(someone("admin1"))
    assert client.get("/supervision/orders/").status_code == 403


def test_the_list_is_filtered_by_organ_and_costs_the_same_for_many(city, client):
    order = issued()
    client.force_login(someone("super1"))
    client.get("/supervision/orders/")
    with CaptureQueriesContext(connection) as one:
        client.get("/supervision/orders/")
    for ground in ("SV01", "SV03", "SV04"):
        issued(order.petition, ground=ground)
    address = f"/supervision/orders/?organ={order.to_id}"
    client.get(address)  # 隔几秒才问一次的，先问过：机器忙时恰好又到了时候
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(page.context["rows"]) == 4 and len(many) == len(one)
    assert client.get("/supervision/orders/?organ=999999").context["rows"] == []
    assert client.get("/supervision/orders/?view=x&organ=y&before=z").status_code == 200


def test_the_page_of_an_order_costs_the_same_however_long_its_life(city, client):
    counts = []
    client.force_login(someone("dhead1"))
    with on_day(DAY):
        order = issued()
        for card in ("", "yellow", "red"):
            if card:
                reported(order)
                raised(order, card)
            with CaptureQueriesContext(connection) as asked:
                client.get(actions.address(order))
            counts.append(len(asked))
    assert counts[1] == counts[2] <= 22


def test_pages_follow_by_key_both_ways(city, monkeypatch):
    monkeypatch.setattr(order_list, "PAGE", 2)
    first = issued()
    for ground in ("SV01", "SV03", "SV04", "SV05"):
        issued(first.petition, ground=ground)
    scope = order_list.seen_by(someone("super1"))

    def page(address):
        query = dict(part.split("=") for part in address.partition("?")[2].split("&"))
        return order_list.page(scope, order_list.Asked.read(query), today())

    there = [order_list.page(scope, order_list.Asked(), today())]
    while there[-1].next_url:
        there.append(page(there[-1].next_url))
    grounds = [[row["order"].ground for row in one.rows] for one in there]
    assert grounds == [["SV05", "SV04"], ["SV03", "SV01"], ["SV02"]]
    back = page(there[-1].prev_url)
    assert [row["order"].ground for row in back.rows] == grounds[1]
    assert not page(back.prev_url).prev_url
