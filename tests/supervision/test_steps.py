"""待签发：到级列出的一步由督查人员签发或者不办；不签发，什么也没有发生。"""

from datetime import date, timedelta

import pytest

from accounts.models import Outbox
from petitions.act.decorator import Refused
from petitions.models import Petition
from supervision.ladder import climb, step_decision
from supervision.models import LadderRow, Order, SuggestedStep
from supervision.orders import acts as actions
from tests.cast import accepted, fresh, on_day, registered, someone
from tests.supervision.test_call_ins import called_in
from tests.supervision.test_orders import issued
from tests.supervision.test_proposals import drafted

ACCEPTED = date(2026, 3, 2)
DUE = ACCEPTED + timedelta(days=60)
LATE = DUE + timedelta(days=1)


def late(make=accepted, day=LATE):
    """A petition past its day: the fourth rung of 云州 lays a red card before the supervisor."""
    with on_day(ACCEPTED):
        petition = make()
    with on_day(day):
        climb.sweep()
    return petition


@pytest.fixture
def super1(client):
    client.force_login(someone("super1"))
    return client


def test_a_rung_lays_a_step_before_the_supervisor_and_does_nothing_to_the_organ(city):
    petition = late()
    step = SuggestedStep.objects.get()
    assert (step.opens, step.to, step.reminder.rung) == ("red", petition.organ, "L4")
    assert not Order.objects.exists() and not fresh(petition).under_order
    assert not Outbox.objects.filter(text__contains="督办单").exists()
    with on_day(LATE):
        climb.sweep()
        assert list(step_decision.before(someone("super1"))) == [step]
        for stranger in ("super2", "officer1", "head1"):
            assert not step_decision.before(someone(stranger)).exists()


@pytest.mark.parametrize(
    ("make", "day", "ground", "term"),
    [(registered, ACCEPTED + timedelta(days=16), "SV01", "D02"), (accepted, LATE, "SV02", "D06")],
)
def test_it_is_issued_with_one_click_from_the_order_form_filled_in(city, super1, make, day, ground, term):
    petition = late(make, day)
    with on_day(day):
        step = SuggestedStep.objects.get(reminder__deadline__term=term)
        page = super1.get("/supervision/steps/").content.decode()
        address = f"/supervision/orders/new/?case={petition.number}&amp;step={step.pk}"
        assert petition.number in page and address in page and "已超期 1 天" in page
        form = super1.get("/supervision/orders/new/", {"case": petition.number, "step": step.pk}).context["form"]
        told = {name: value for name in form.fields if (value := form[name].value()) is not None}
        assert (told["card"], told["ground"], told["to"]) == ("red", ground, petition.organ_id)
        super1.post("/supervision/orders/new/", told | {"case": petition.number, "due_on": day + timedelta(days=5)})
        order = Order.objects.get()
        assert (order.card, order.ground) == ("red", ground)
        step.refresh_from_db()
        assert (step.ended_how, step.ended_by) == ("taken", someone("super1"))
        assert petition.number not in super1.get("/supervision/steps/").content.decode()


def test_where_an_order_is_open_already_the_step_leads_there(city, super1):
    petition = late()
    with on_day(LATE):
        order = actions.open_order(
            fresh(petition),
            by=someone("super1"),
            to=petition.organ,
            ground="SV04",
            problem="未听取意见。",
            requirement="三日内听取。",
            due_on=LATE + timedelta(days=5),
        )
        SuggestedStep.objects.update(ended_how="", ended_at=None, ended_by=None)
        assert actions.address(order) in super1.get("/supervision/steps/").content.decode()
        SuggestedStep.objects.update(opens="call_in")
        assert f"/supervision/call-ins/new/?order={order.pk}" in super1.get("/supervision/steps/").content.decode()
        SuggestedStep.objects.update(opens="proposal")
        assert f"/proposals/new/?case={petition.number}" in super1.get("/supervision/steps/").content.decode()


def test_it_is_left_with_a_reason(city, super1):
    late()
    step = SuggestedStep.objects.get()
    address = f"/supervision/steps/{step.pk}/leave/"
    with on_day(LATE):
        empty = super1.post(address, {"reason": ""})
        assert empty.status_code == 422 and "请写明不办的理由" in empty.content.decode()
        done = super1.post(address, {"reason": "已电话督促，今日送签。"}, follow=True)
        assert "没有待签发的" in done.content.decode()
        assert super1.post(address, {"reason": "再来一次"}).status_code == 404
        with pytest.raises(Refused, match="刚被他人了结"):
            step_decision.leave(step, by=someone("super1"), reason="同时办的另一人")
    step.refresh_from_db()
    assert (step.ended_how, step.reason) == ("left", "已电话督促，今日送签。")


def test_what_was_done_meanwhile_waits_no_longer(city):
    petition = late()
    petition.deadlines.filter(term="D06").update(ended_how="late")
    assert not step_decision.before(someone("super1")).exists()


def test_a_step_of_a_report_is_seen_by_nobody_who_may_not_see_the_report(city, super1):
    petition = late()
    Petition.objects.filter(pk=petition.pk).update(secrecy=1)
    with on_day(LATE):
        page = super1.get("/supervision/steps/")
        assert petition.number not in page.content.decode()
        assert super1.get(f"/supervision/steps/{SuggestedStep.objects.get().pk}/leave/").status_code == 404


def test_urging_settles_a_step_that_asked_for_it(city):
    LadderRow.objects.filter(code="L2").update(opens="urge")
    petition = late(day=DUE - timedelta(days=7))
    assert SuggestedStep.objects.get().opens == "urge"
    with on_day(DUE - timedelta(days=7)):
        actions.urge(Petition.objects.filter(pk=petition.pk), "请速办。", by=someone("super1"))
    assert SuggestedStep.objects.get().ended_how == "taken"


def test_the_page_asks_the_same_questions_however_many_wait(city, super1, django_assert_num_queries):
    late()
    with on_day(LATE):
        super1.get("/supervision/steps/")
        with django_assert_num_queries(7):
            super1.get("/supervision/steps/")
    for _ in range(3):
        late()
    with on_day(LATE), django_assert_num_queries(7):
        super1.get("/supervision/steps/")


def test_an_interview_and_a_proposal_settle_what_asked_for_them(city):
    called, proposed = late(), late()
    for petition, opens in ((called, "call_in"), (proposed, "proposal")):
        SuggestedStep.objects.filter(petition=petition).update(opens=opens)
    with on_day(LATE):
        called_in(issued(called))
        drafted([proposed])
    assert set(SuggestedStep.objects.values_list("petition", "ended_how")) == {
        (called.pk, "taken"),
        (proposed.pk, "taken"),
    }
