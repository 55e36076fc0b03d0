"""约谈责任单位、通报：谁批准、谈了什么、承诺了什么，每件的日志上留一行（第三十九条第三款）。"""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ, Outbox
from petitions.act.decorator import Refused
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.timekeeping import BEIJING, now, today
from supervision.models import CallIn, Circular, Commitment, Order
from supervision.orders import acts as actions
from supervision.orders.call_in import rules as calling_in
from tests.cast import accepted, on_day, someone
from tests.supervision.test_orders import again, issued

DAY = date(2026, 3, 2)


def called_in(*orders, by="dhead1", **told):
    facts = {
        "basis": "39",
        "approved": "联席会议召集人 3 月 1 日批准",
        "called": "head",
        "held_at": now() - timedelta(hours=2),
        "place": "区信访联席会议办公室",
        "topic": "逾期未反馈",
        "minutes": "说明了原因，承诺按期反馈。",
        "commitments": [("书面反馈督办单", today() + timedelta(days=3))],
    }
    return calling_in.call_in([again(order) for order in orders], by=someone(by), **(facts | told))


def circulated(*orders, by="dhead1", **told):
    facts = {
        "approved": "联席会议召集人 3 月 1 日批准",
        "told": list(Organ.objects.filter(code__in=("YHQL", "YHZJ"))),
        "title": "关于逾期未办结的通报",
        "text": "一件电梯信访事项逾期未办结，请各单位对照检查。",
    }
    return calling_in.circulate([again(order) for order in orders], by=someone(by), **(facts | told))


def test_one_interview_about_two_orders_leaves_a_line_on_each_petition(city):
    with on_day(DAY):
        first, second = issued(), issued(accepted())
        third = issued(first.petition, ground="SV04")  # 同一件上的另一份
        record = called_in(first, second, third)
    assert (record.organ.code, record.get_called_display(), record.commitments.count()) == ("YHQL", "主要负责人", 1)
    for order in (first, second, third):
        line = order.petition.events.get(scope__call_in=record.pk, scope__order=order.pk)
        assert sentence(line) == "03-02 约谈责任单位，承诺 1 项"
    told = Outbox.objects.filter(dedupe_key__startswith=f"call_in:{record.pk}:")
    assert {"officer1", "chief1"} <= {row.recipient.username for row in told}
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("told", "sentence_of"),
    [
        ({"approved": " "}, "谁在哪天批准"),
        ({"held_at": datetime(2099, 1, 1, tzinfo=BEIJING)}, "不能晚于现在"),
        ({"minutes": ""}, "请写明谈话要点"),
        ({"commitments": [("反馈", date(2020, 1, 1))]}, "不能早于约谈那天"),
    ],
)
def test_an_interview_that_lacks_something_is_refused_and_leaves_nothing(city, told, sentence_of):
    order = issued()
    with pytest.raises(Refused, match=sentence_of):
        called_in(order, **told)
    assert not CallIn.objects.exists() and not order.petition.events.filter(act="call_in").exists()


def test_only_the_head_of_the_petition_office_calls_in_and_circulates(city):
    order = issued()
    for name in ("super1", "head1", "officer1", "dhead2"):
        with pytest.raises(PermissionDenied):
            called_in(order, by=name)
        with pytest.raises(PermissionDenied):
            circulated(order, by=name)
    assert called_in(order, basis="40", approved="").basis == "40"


def test_an_interview_about_a_case_one_may_not_see_is_not_there(city, client):
    first, second = issued(), issued(accepted())
    record = called_in(first, second)
    client.force_login(someone("officer1"))
    assert client.get(calling_in.address(record)).status_code == 200
    type(second.petition).objects.filter(pk=second.petition_id).update(accused_organ=second.to)
    assert client.get(calling_in.address(record)).status_code == 404


def test_orders_to_different_organs_are_not_mixed(city):
    one, other = issued(), issued(accepted())
    Order.objects.filter(pk=other.pk).update(to=Organ.objects.get(code="YHZJ"))
    with pytest.raises(Refused, match="请分开约谈"):
        called_in(one, other)


def test_a_commitment_is_followed_to_its_end_even_after_the_order_is_closed(city):
    with on_day(DAY):
        order = issued()
        [one] = called_in(order).commitments.all()
        actions.close(again(order), by=someone("super1"), opinion="并入约谈跟踪")
    with on_day(DAY + timedelta(days=4)):
        assert one.is_late(today())
        with pytest.raises(Refused, match="怎样履行"):
            calling_in.keep(one, by=someone("super1"), done_on=today(), how=" ")
        with pytest.raises(Refused, match="约谈之后、今天以前"):
            calling_in.keep(one, by=someone("super1"), done_on=DAY - timedelta(days=1), how="已反馈")
        with pytest.raises(PermissionDenied):
            calling_in.keep(one, by=someone("officer1"), done_on=today(), how="自己登记")
        calling_in.keep(one, by=someone("super1"), done_on=today(), how="已收到书面反馈。")
        with pytest.raises(Refused, match="已登记于 03-06 履行"):
            calling_in.keep(one, by=someone("super1"), done_on=today(), how="又一次")
    one.refresh_from_db()
    assert (one.done_on, one.is_late(DAY)) == (DAY + timedelta(days=4), True)  # 履行了，迟一日
    assert sentence(again(order).petition.events.latest("seq")) == "03-06 履行约谈承诺"


# 通报


def test_a_circular_is_numbered_told_to_its_scope_and_logged(city):
    with on_day(DAY):
        order = issued()
        first, second = circulated(order), circulated(order)
    assert (first.number[-9:], second.number[-9:]) == ("报〔2026〕1号", "报〔2026〕2号")
    told = {row.recipient.organ.office.code for row in Outbox.objects.filter(dedupe_key__startswith="circular:")}
    assert told == {"YHQL", "YHZJ"}
    assert sentence(order.petition.events.latest("seq")) == "通报 2 个单位"


@pytest.mark.parametrize(
    ("told", "sentence_of"),
    [
        ({"approved": ""}, "谁在哪天批准"),
        ({"told": []}, "请选择通报范围"),
        ({"text": " "}, "标题和正文"),
        ({"text": "信访人陈玉兰反映电梯停运。"}, "信访人的姓名"),
        ({"text": "来电 13800001234 反映电梯停运。"}, "证件号或者电话"),
    ],
)
def test_a_circular_names_no_petitioner_and_says_who_allowed_it(city, told, sentence_of):
    order = issued()
    with pytest.raises(Refused, match=sentence_of):
        circulated(order, **told)
    assert not Circular.objects.exists()


def test_what_is_confidential_is_never_circulated(city):
    order = issued()
    type(order.petition).objects.filter(pk=order.petition_id).update(accused_organ=Organ.objects.get(code="YHZJ"))
    with pytest.raises(Refused, match="检举控告件、保密件不得通报"):
        circulated(order)


def test_the_scope_reads_the_circular_without_the_cases_behind_it(city, client):
    with on_day(DAY):
        order = issued()
        record = circulated(order)
    seen = {}
    for name in ("officer.yhzj", "officer1", "super1", "super2"):
        client.force_login(someone(name))
        page = client.get(f"/supervision/circulars/{record.pk}/")
        seen[name] = (page.status_code, order.number in page.content.decode())
    assert seen == {
        "officer.yhzj": (200, False),
        "officer1": (200, True),
        "super1": (200, True),
        "super2": (404, False),
    }


# 页面


def test_interview_commitment_and_circular_go_by_forms(city, client):
    with on_day(DAY):
        order, other = issued(), issued(accepted(), card="red")
        client.force_login(someone("dhead1"))
        page = client.get(actions.address(order)).content.decode()
        new = f"/supervision/call-ins/new/?order={order.pk}"
        assert new in page
        assert other.number in client.get(new).content.decode()
        told = {
            "orders": [order.pk, other.pk],
            "basis": "40",
            "approved": "",
            "called": "deputy",
            "on": "2026-03-02",
            "at": "09:00",
            "place": "二楼会议室",
            "topic": "逾期未反馈",
            "minutes": "说明了原因。",
            "c-TOTAL_FORMS": "3",
            "c-INITIAL_FORMS": "0",
            "c-0-text": "三日内反馈",
            "c-0-due_on": "",
        }
        wrong = client.post(new, told)
        assert wrong.status_code == 422 and "请指定完成期限" in wrong.content.decode()
        assert "三日内反馈" in wrong.content.decode() and "二楼会议室" in wrong.content.decode()
        made = client.post(new, told | {"c-0-due_on": "2026-03-05"})
        record = CallIn.objects.get()
        assert made.headers["Location"] == calling_in.address(record) and record.orders.count() == 2
        one = Commitment.objects.get()
        kept = {"commitment": one.pk, "done_on": "2026-03-02", "how": ""}
        assert "请写明怎样履行" in client.post(calling_in.address(record), kept).content.decode()
        done = client.post(calling_in.address(record), kept | {"how": "已反馈。"}, follow=True).content.decode()
        assert "03-02 周一 履行" in done and "已反馈。" in done
        sent = {
            "orders": [other.pk],
            "approved": "召集人批准",
            "told": [order.to_id],
            "title": "通报",
            "text": "逾期。",
        }
        out = client.post(f"/supervision/circulars/new/?order={other.pk}", sent, follow=True).content.decode()
    assert "已发出通报" in out and other.number in out
    client.force_login(someone("super1"))
    assert client.get(new).status_code == 403
    client.force_login(someone("officer.yhzj"))
    assert client.get(calling_in.address(record)).status_code == 404
