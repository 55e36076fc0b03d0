"""督办单走完一生：下发、反馈、退回、再反馈、办结；每步都是真实的人、真实的职权、一行日志。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ, Outbox
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.clocks import lapses
from petitions.models import Petition
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.ladder import climb
from supervision.models import Order, Reminder
from supervision.orders import acts as actions
from supervision.orders import execution_leads
from tests.cast import accepted, closed, do, fresh, on_day, registered, someone

DAY = date(2026, 3, 2)


def issued(petition=None, by="super1", **told):
    petition = petition or accepted()
    facts = {
        "to": petition.organ,
        "ground": "SV02",
        "problem": "电梯停运已十日，未告知信访人维修进度。",
        "requirement": "三日内书面告知进度，并说明停运原因。",
        "due_on": today() + timedelta(days=7),
    }
    return actions.open_order(fresh(petition), by=someone(by), **(facts | told))


def again(order):
    """The order as the next request would load it."""
    one = Order.objects.select_related("to__office", "issuer", "issued_by").get(pk=order.pk)
    one.petition = fresh(order.petition)
    return one


def sv(order):
    return order.petition.deadlines.filter(term="SV", scope_id=order.pk).order_by("started_by")


def told_of(order):
    rows = Outbox.objects.filter(dedupe_key__startswith=f"order:{order.pk}:").order_by("pk")
    return [row.recipient.username for row in rows.select_related("recipient")]


def test_an_order_is_issued_with_number_letter_clock_and_word(city):
    with on_day(DAY):
        order = issued()
    petition = fresh(order.petition)
    assert (order.state, petition.under_order) == ("issued", True)
    assert order.letter.kind == "F23"
    assert order.number == order.letter.number and "督" in order.number
    assert order.letter.organ.code == "YHXF"
    link = petition.petition_letters.get(letter=order.letter)
    assert link.seq == petition.seq
    clock = sv(order).get()
    assert (clock.due_on, clock.owed_by_organ_id, clock.ended_how) == (order.due_on, petition.organ_id, "")
    assert petition.involvements.filter(kind="supervises", organ=order.issuer, until=None).exists()
    assert {"officer1", "chief1"} <= set(told_of(order)) and "super1" not in told_of(order)
    assert sentence(petition.events.get(act="order")) == "下发督办单，限 03-09 前反馈"


def test_the_whole_life_of_an_order(city):
    with on_day(DAY):
        order = issued()
    with on_day(DAY + timedelta(days=3)):
        actions.answer(again(order), by=someone("officer1"), answer="已更换曳引机，正在报检。")
    with on_day(DAY + timedelta(days=4)):
        actions.send_back(again(order), by=someone("super1"), reason="未附报检材料。", due_on=DAY + timedelta(days=10))
    with on_day(DAY + timedelta(days=12)):
        actions.answer(again(order), by=someone("officer1"), answer="报检合格，材料附后。")
        actions.close(again(order), by=someone("super1"), opinion="问题已整改，予以核销。")
    order = again(order)
    assert (order.state, order.returns, order.petition.under_order) == ("closed", 1, False)
    assert [(clock.due_on, clock.ended_how) for clock in sv(order)] == [
        (DAY + timedelta(days=7), "met"),
        (DAY + timedelta(days=10), "late"),
    ]
    acts = order.petition.events.filter(scope__order=order.pk).in_order()
    assert [line.act for line in acts] == ["order", "answer_order", "return_order", "answer_order", "close_order"]
    assert acts[1].text.body == "已更换曳引机，正在报检。"
    assert told_of(order)[-1] != "super1" and "super1" in told_of(order)
    assert list(verify()) == []


def test_the_street_answers_and_may_neither_return_nor_close(city):
    order = issued()
    with pytest.raises(PermissionDenied):
        actions.close(again(order), by=someone("officer1"), opinion="自己核销")
    actions.answer(again(order), by=someone("officer1"), answer="已办。")
    with pytest.raises(PermissionDenied):
        actions.send_back(again(order), by=someone("head1"), reason="再查", due_on=today())
    assert again(order).state == "answered"


def test_the_supervisor_issues_and_may_not_answer(city):
    order = issued()
    with pytest.raises(PermissionDenied):
        actions.answer(again(order), by=someone("super1"), answer="代答")
    for stranger in ("clerk1", "officer1", "admin1", "disc1"):
        with pytest.raises(PermissionDenied):
            issued(by=stranger)


def test_a_supervisor_of_another_district_cannot_reach_it(city):
    order = issued()
    with pytest.raises(PermissionDenied):
        issued(order.petition, by="super2", ground="SV04")
    with pytest.raises(PermissionDenied):
        actions.close(again(order), by=someone("super2"), opinion="核销")


def test_an_organ_that_got_no_order_cannot_answer_even_where_it_handles(city):
    petition = accepted()
    order = issued(petition)
    elsewhere = Organ.objects.get(code="YHCG")
    Order.objects.filter(pk=order.pk).update(to=elsewhere)
    with pytest.raises(PermissionDenied, match="请由该单位签收、报告、反馈"):
        actions.answer(again(order), by=someone("officer1"), answer="代答")


@pytest.mark.parametrize(
    ("told", "sentence_of"),
    [
        ({"problem": " "}, "存在问题"),
        ({"requirement": ""}, "督办要求"),
        ({"due_on": date(2020, 1, 1)}, "不能早于今天"),
        ({"to": "YHXF"}, "不能向本单位下发"),
        ({"to": "YHCG"}, "没有承办过本件"),
    ],
)
def test_an_unlawful_order_is_refused_in_a_sentence_and_leaves_nothing(city, told, sentence_of):
    petition = accepted()
    if "to" in told:
        told = {"to": Organ.objects.get(code=told["to"])}
    with pytest.raises(Refused, match=sentence_of):
        issued(petition, **told)
    assert not Order.objects.exists()
    assert fresh(petition).seq == petition.seq


def test_a_second_order_of_the_same_ground_waits_for_the_first(city):
    order = issued()
    with pytest.raises(Refused, match="尚未办结"):
        issued(order.petition)
    other = issued(order.petition, ground="SV04")
    assert other.number != order.number
    actions.close(again(order), by=someone("super1"), opinion="并入第二份督办")
    assert fresh(order.petition).under_order  # 还有一份


def test_an_order_without_an_answer_is_closed_only_with_a_reason(city):
    order = issued()
    with pytest.raises(Refused, match="尚未反馈"):
        actions.close(again(order), by=someone("super1"), opinion="")
    with pytest.raises(Refused, match="“待反馈”时不能"):
        actions.send_back(again(order), by=someone("super1"), reason="再查", due_on=today())
    with pytest.raises(Refused, match="请写明落实情况"):
        actions.answer(again(order), by=someone("officer1"), answer=" ")


def test_a_stale_copy_is_refused(city):
    order = issued()
    first, second = again(order), again(order)
    actions.answer(first, by=someone("officer1"), answer="已办。")
    with pytest.raises(Refused, match="刚被他人办理"):
        actions.answer(second, by=someone("officer1"), answer="又办。")


def test_the_case_page_reads_orders_and_open_acts_in_one_query(city, django_assert_num_queries):
    order = issued()
    issued(order.petition, ground="SV04")
    petition, officer = fresh(order.petition), someone("officer1")
    actions.orders_on(petition, officer)  # 岗位与关系已读过，如同办理页
    with django_assert_num_queries(1):
        found = actions.orders_on(petition, officer)
    assert [[entry["act"] for entry in acts] for _, acts in found] == [
        [Act.SIGN_ORDER, Act.REPORT_ORDER, Act.ANSWER_ORDER]
    ] * 2
    assert [acts for _, acts in actions.orders_on(petition, someone("clerk1"))] == [[], []]
    close = actions.orders_on(petition, someone("super1"))[0][1]
    assert [(entry["act"], bool(entry["reasons"])) for entry in close] == [
        (Act.RETURN_ORDER, True),
        (Act.RAISE_ORDER, False),
        (Act.CLOSE_ORDER, False),
    ]


def test_the_answer_is_reminded_and_escalated_like_any_other_day(city):
    with on_day(DAY):
        order = issued()  # 03-09 周一前反馈
    with on_day(order.due_on + timedelta(days=1)):
        climb.sweep()
    rows = Reminder.objects.filter(deadline__term="SV").order_by("pk")
    assert [row.rung for row in rows] == ["L1", "L2", "L4"]
    assert someone("super1").pk in rows[2].told_to


def test_an_order_may_be_issued_before_anybody_has_taken_the_matter_up(city):
    order = issued(registered())
    assert Petition.objects.get(pk=order.petition_id).under_order


# 拒不执行处理意见（SV06）


def unfulfilled():
    """A served opinion with two tasks, of which the first was refused."""
    petition = closed()
    execution = petition.executions.order_by("pk").first()
    execution.petition = fresh(petition)
    carry_out(execution, Act.REFUSE_EXECUTION, by=someone("officer1"), reason="维保单位以费用未结清为由不修。")
    return fresh(petition), execution


def test_a_refusal_is_reported_once_to_the_supervisors_and_the_order_is_drawn_up_for_them(city, client):
    with on_day(DAY):
        petition, execution = unfulfilled()
        assert execution_leads.report_refusals() == 1
        execution_leads.report_refusals()
        told = Outbox.objects.filter(dedupe_key__startswith=f"refused:{execution.pk}:")
        assert {row.recipient.username for row in told} >= {"super1"}
        assert all("费用" not in row.text for row in told)
        client.force_login(someone("super1"))
        board = client.get("/supervision/?view=unexecuted").content.decode()
        form = client.get(f"/supervision/orders/new/?case={petition.number}").context["form"]
        assert petition.number in board
        assert form["ground"].value() == "SV06"
        assert "第 1 项诉求的处理意见未落实" in form["problem"].value()
        assert "第 2 项" not in form["problem"].value()  # 还没有到期的不算
        order = issued(petition, ground="SV06", problem=form["problem"].value())
    assert order.get_ground_display() == "拒不执行信访处理意见"


def test_what_was_archived_early_is_ordered_to_be_carried_out_and_for_nothing_else(city):
    with on_day(DAY):
        petition = closed()
    with on_day("2026-04-10"):
        lapses.settle_lapsed()
        petition = do(petition, Act.ARCHIVE, reason="整改工期较长，另列台账跟踪")
        with pytest.raises(Refused, match="不能再下发督办单"):
            issued(petition)
        order = issued(petition, ground="SV06")
    assert order.state == "issued" and order.petition.state == "archived"


def test_what_was_not_carried_out_by_its_day_is_on_the_board_from_the_next_day(city, client):
    with on_day(DAY):
        petition = closed()
    client.force_login(someone("super1"))
    seen = {}
    for day in ("2026-04-01", "2026-04-02"):
        with on_day(day):
            seen[day] = petition.number in client.get("/supervision/?view=unexecuted").content.decode()
    assert seen == {"2026-04-01": False, "2026-04-02": True}


def test_the_ladder_reminds_of_execution_up_to_the_supervisors(city):
    with on_day(DAY):
        petition = closed()
    with on_day("2026-04-02"):
        climb.sweep()
    climbed = Reminder.objects.filter(deadline__petition=petition, deadline__term="I06")
    assert set(climbed.values_list("rung", flat=True)) == {"L1", "L2", "L4"}
    assert someone("super1").pk in climbed.filter(rung="L4").first().told_to
