"""程序终结：没有意见书可以复查的件，也有终结的一天（第二十九条至第三十三条、第三十五条，简易办法）。"""

import pytest

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import Kind, State
from petitions.clocks import lapses
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, decided, do, drafted, fresh, on_day, registered, serve_all, someone
from tests.petitions.places import approve_all, ask

pytestmark = pytest.mark.usefixtures("city")
TAKEN_UP = "2026-04-28"  # 60 日：2026-06-27
MEDIATED = {
    "mode": "mediated",
    "mediator": "翠苑社区人民调解委员会 田翠屏",
    "disputants": "陈玉兰（业主）\n翠苑物业服务公司（物业服务人）",
    "dispute": "渗水造成家具受潮，对赔偿数额有争议。",
    "consent": True,
    "lawful": True,
    "asked": True,
}


def answered_simply(**told):
    with on_day(TAKEN_UP):
        petition = do(decided(registered()), Act.ACCEPT_SIMPLY, ground="plain", means="phone")
        told = {"outcome": "support", "reply": "电梯当天已经修好。", "means": "phone"} | told
        return do(petition, Act.ANSWER_SIMPLY, **told)


def closed_by_agreement(*, by_committee):
    """Agreed on 20 March 2026; thirty days later is Sunday 19 April, so the court may be asked until the 20th."""
    with on_day("2026-03-10"):
        petition = do(accepted(), Act.MEDIATE, **MEDIATED, by_committee=by_committee)
    with on_day("2026-03-20"):
        mediation = petition.mediations.get()
        told = {"agreement": "赔偿人民币3200元", "performance": "十日内付清。", "on": today()}
        carry_out(mediation, Act.AGREE, by=someone("officer1"), **told)
        return do(petition, Act.CLOSE_AGREED)


def settled_on(day) -> int:
    with on_day(day):
        return lapses.settle_lapsed()


def last_line(petition) -> str:
    return sentence(fresh(petition).events.latest("seq"))


def test_a_simple_answer_rests_as_long_as_a_full_opinion_may_be_asked_for():
    petition = answered_simply()
    assert settled_on("2026-06-27") == 0  # 第六十日仍可转为普通程序
    with on_day("2026-06-27"), pytest.raises(Refused, match="还可以转为普通程序，尚不能终结"):
        do(petition, Act.SETTLE)
    assert settled_on("2026-06-28") == 1
    assert fresh(petition).state == State.SETTLED
    assert last_line(petition) == "已经简易答复，没有转为普通程序，程序终结"
    with on_day("2026-06-28"), pytest.raises(Refused, match="终结”时不能转为普通程序"):
        ask(fresh(petition), Act.CONVERT, "officer1", reason="信访人仍不同意")
    assert list(verify()) == []


def test_a_simple_answer_made_an_ordinary_case_in_time_is_settled_by_its_remedy_and_not_by_the_sixty_days():
    petition = answered_simply()
    with on_day("2026-06-20"):
        petition = approve_all(ask(petition, Act.CONVERT, "officer1", reason="信访人要求书面意见"), "deputy1")
    assert settled_on("2026-06-28") == 0
    assert fresh(petition).state == State.ACCEPTED


def test_a_simple_answer_on_paper_must_reach_the_petitioner_first():
    petition = answered_simply(paper=True)
    assert settled_on("2026-06-28") == 0
    with on_day("2026-06-29"):
        with pytest.raises(Refused, match="答复的文书还没有送达"):
            do(petition, Act.SETTLE)
        serve_all(petition)
        assert lapses.settle_lapsed() == 1


def test_an_agreement_of_a_peoples_mediation_rests_until_the_court_can_no_longer_be_asked():
    petition = closed_by_agreement(by_committee=True)
    assert settled_on("2026-04-20") == 0
    with on_day("2026-04-20"), pytest.raises(Refused, match="共同申请司法确认的期间内"):
        do(petition, Act.SETTLE)
    assert settled_on("2026-04-21") == 1
    assert last_line(petition) == "已经依协议办结，没有处理意见可以申请复查，程序终结"


def test_once_the_court_was_asked_there_is_nothing_left_to_wait_for():
    petition = closed_by_agreement(by_committee=True)
    with on_day("2026-03-25"):
        told = {"on": today(), "court": "云河区人民法院"}
        carry_out(fresh(petition).mediations.get(), Act.CONFIRM, by=someone("officer1"), **told)
        assert lapses.settle_lapsed() == 1


def test_an_agreement_no_court_confirms_is_the_end_of_it():
    petition = closed_by_agreement(by_committee=False)
    assert settled_on("2026-03-20") == 1
    with on_day("2026-03-21"):
        assert do(petition, Act.ARCHIVE).state == State.ARCHIVED


def test_a_suggestion_is_settled_when_the_reply_has_reached_whoever_made_it():
    with on_day(TAKEN_UP):
        petition = do(registered(kind=Kind.SUGGESTION), Act.STUDY)
        petition = do(petition, Act.ANSWER, outcome="adopted", reply="已列入明年加装扶手的计划。")
        assert lapses.settle_lapsed() == 0
        serve_all(petition)
        assert lapses.settle_lapsed() == 1
    assert last_line(petition) == "已经答复，不适用复查、复核，程序终结"


def test_an_inquiry_answered_across_the_desk_is_over():
    with on_day(TAKEN_UP):
        petition = do(
            registered(kind=Kind.INQUIRY), Act.ANSWER, outcome="answered", reply="维修资金由业主大会决定使用。"
        )
        assert lapses.settle_lapsed() == 1
    assert fresh(petition).state == State.SETTLED


def test_an_opinion_nobody_can_be_told_of_does_not_rest_for_ever():
    """姓名、住址不清的豁免告知（第二十三条第二款）：没有送达，就没有复查申请期。"""
    with on_day(TAKEN_UP):
        petition = drafted(accepted(facts={"notice_exempt": True}))
        petition = do(do(do(petition, Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        petition = do(petition, Act.CLOSE)
        assert not petition.deadlines.filter(term="D08").exists()
        assert lapses.settle_lapsed() == 1
    assert last_line(petition) == "处理意见书无人可以送达，没有复查申请期，程序终结"


def test_what_was_asked_in_time_keeps_it_open():
    """有意见书的照旧：复查申请期没有过，不终结。"""
    with on_day(TAKEN_UP):
        petition = do(do(do(drafted(accepted()), Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        do(serve_all(petition), Act.CLOSE)
    assert settled_on("2026-05-28") == 0
    assert settled_on("2026-05-29") == 1
    assert last_line(petition) == "复查、复核申请期满未申请，程序终结"
