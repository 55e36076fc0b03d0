"""走到头的事：没有期限留在走完的件上，没有谁的权利被终止掉，没有件走进没有人的地方。"""

from datetime import date, timedelta

import pytest

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.intake.registration import PartyFacts
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, do, fresh, issued, on_day, registered, serve_all, someone, submitted
from tests.petitions.places import approve_all, ask, assigned, at_office, clock, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
IN_WRITING = {"on": DAY, "again": "no"}  # 撤回申请书
ANONYMOUS = {"channel": "letter", "parties": [], "facts": {"anonymous": True}}
DECLINED = {
    "ground": "28-2",
    "reason": "已向法院起诉",
    "evidence": "受理案件通知书（2026）云民初18号",
    "way": "诉讼",
    "authority": "云河区人民法院",
    "authority_address": "云河区法院路1号",
}
LED_IN = {"path": "31-2", "authority": "云河区劳动人事争议仲裁委员会", "reason": "应当先行仲裁"}


def ended(petition):
    return {row.term: row.ended_how for row in petition.deadlines.filter(kind__in=("duty", "internal"))}


def test_what_ends_an_assigned_petition_answers_the_assignment():
    with on_day(DAY):
        filed = do(assigned(**ANONYMOUS), Act.FILE, "officer1", reason="匿名且无实质内容")
        led_in = do(assigned(), Act.LEAD_IN, **LED_IN)
        declined = approve_all(ask(assigned(), Act.DECLINE, **DECLINED), "legal1", "deputy1")
    for petition in (filed, led_in, declined):
        assert ended(petition)["D12"] == "met", petition.state


def test_an_assignment_answered_after_its_day_is_late_however_it_ends():
    with on_day(DAY):
        petition = assigned(days=5)
    with on_day("2026-03-10"):
        assert ended(do(petition, Act.LEAD_IN, **LED_IN))["D12"] == "late"


def test_ending_a_petition_ends_the_clocks_of_every_hand_over_on_the_way():
    """市交办区、区再交办街道：街道终止，两口反馈的钟都停。"""
    with on_day(DAY):
        petition = registered("cclerk1", organ=organ("YZXF"))
        petition = do(petition, Act.ASSIGN, "cchief1", to=organ("YHXF"), due_on=today() + timedelta(days=40))
        petition = do(petition, Act.ASSIGN, "dchief1", to=organ("YHQL"), due_on=today() + timedelta(days=30))
        pending = ask(petition, Act.TERMINATE, ground="withdrawn", reason="书面撤回申请书附后", **IN_WRITING)
        petition = approve_all(pending, "legal1", "deputy1")
    assert petition.deadlines.filter(term="D12").count() == 2
    assert not petition.deadlines.filter(ended_how="").exists()


def test_help_asked_for_while_a_suggestion_was_studied_is_not_awaited_after_the_answer():
    with on_day(DAY):
        petition = do(registered(kind="suggestion"), Act.STUDY)
        petition = do(petition, Act.ASK_ASSIST, to=organ("YHZJ"), request="请提供规划资料")
        petition = do(petition, Act.ANSWER, outcome="adopted", reply="已采纳，列入计划。")
    assert petition.state == State.CLOSED and ended(petition)["I03"] == "void"


def test_only_reports_reach_the_discipline_body_and_by_referral():
    with pytest.raises(Refused, match="只接检举控告"):
        do(at_office(), Act.FORWARD, "dclerk1", to=organ("YHJJ"))
    assert do(registered(kind="report"), Act.REFER, "clerk1", to=organ("YHJJ")).state == State.REPORTED


def test_one_petitioners_withdrawal_does_not_take_the_others_remedy():
    with on_day(DAY):
        two = [PartyFacts(name="马玉珍", phone="13900000001"), PartyFacts(name="马玉琴", phone="13900000002")]
        petition = issued(parties=two)
        service = petition.services.filter(letter__kind="F12").first()
        service.petition = petition
        carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())
        with pytest.raises(Refused, match="不能终止"):
            ask(petition, Act.TERMINATE, ground="withdrawn", reason="其中一人书面撤回", **IN_WRITING)
        assert do(serve_all(fresh(petition)), Act.CLOSE).state == State.CLOSED
    assert clock(petition, "D06").ended_how == "met"


def test_an_opinion_is_not_served_once_the_petition_is_terminated():
    with on_day(DAY):
        petition = issued()
        pending = ask(petition, Act.TERMINATE, ground="death", reason="死亡证明附后，没有近亲属继续提出")
        petition = approve_all(pending, "legal1", "deputy1")
        with pytest.raises(Refused, match="处理意见书不再送达"):
            serve_all(petition)
    assert not petition.deadlines.filter(term="D08").exists()


def test_nothing_is_answered_while_its_draft_is_being_checked():
    petition = submitted()
    with pytest.raises(Refused, match="待督查核查"):
        do(petition, Act.ANSWER, outcome="adopted", reply="径行答复")


def test_an_accepted_appeal_does_not_become_a_question_answered_by_word():
    petition = accepted()
    with pytest.raises(Refused, match="不能改为咨询"):
        do(petition, Act.CLASSIFY, kind="inquiry")
    with pytest.raises(Refused, match="办理中"):
        do(petition, Act.ANSWER, outcome="adopted", reply="径行答复")
