"""第三十五条、第三十六条：复查、复核、听证、重新作出（案例 E20、E21、E26–E28、E31–E34 见用例名）。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.clocks.provenance import explained
from petitions.models import Hearing
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from petitions.review import rules as reviewing
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import do, fresh, issued, on_day, serve_all, someone
from tests.petitions.contested import (
    HEARING,
    MINUTES,
    SERVED,
    couple,
    decided,
    opinion_service,
    recheck,
    request,
    reviewed,
    served_opinion,
    step,
)
from tests.petitions.places import clock, organ

pytestmark = pytest.mark.usefixtures("city")


# 申请


def test_the_review_is_asked_of_the_organ_above_and_both_clocks_move():
    petition = served_opinion()
    with on_day("2026-06-01"):
        proceeding = request(petition)
    assert (proceeding.organ.code, proceeding.get_state_display()) == ("YH", "待审查")
    assert (clock(petition, "D08").ended_how, clock(petition, "D08").met_on) == ("met", date(2026, 6, 1))
    d09 = clock(petition, "D09")
    assert (d09.due_on, d09.owed_by_organ.code, d09.scope_id) == (date(2026, 7, 1), "YH", proceeding.pk)
    assert fresh(petition).next_due_on == date(2026, 7, 1)


def test_e26_the_last_day_is_a_holiday_so_the_next_working_day_will_do():
    petition = served_opinion()
    with on_day("2026-06-22"):
        request(petition)
    assert clock(petition, "D08").ended_how == "met"


def test_e27_a_day_late_is_refused_without_a_reason_and_heard_with_one():
    petition = served_opinion()
    with on_day("2026-06-23"):
        with pytest.raises(Refused, match="2026-06-22届满；请写明逾期的正当理由"):
            request(petition)
        proceeding = request(petition, excuse="住院手术，出院小结附后")
    assert clock(petition, "D08").ended_how == "late"
    assert reviewing.proceeding_is_late(proceeding)


def test_e27_even_after_the_procedure_has_ended():
    petition = served_opinion()
    with on_day("2026-06-25"):
        lapses.settle_lapsed()
        assert fresh(petition).state == State.SETTLED
        with pytest.raises(Refused, match="请写明逾期的正当理由"):
            request(petition)
        assert fresh(petition).state == State.SETTLED
        proceeding = request(petition, excuse="住院手术")
        assert fresh(petition).state == State.CLOSED
        step(proceeding, Act.REFUSE_REVIEW, "review1", ground="late", reason="出院后又过了十五日才申请")
        lapses.settle_lapsed()
    assert fresh(petition).state == State.SETTLED
    assert list(verify()) == []


def test_e28_posted_in_time_and_received_late_is_in_time():
    petition = served_opinion()
    with on_day("2026-06-26"):
        proceeding = request(petition, applied_on=date(2026, 6, 18), posted_on=date(2026, 6, 18))
    assert clock(petition, "D08").ended_how == "met" and not reviewing.proceeding_is_late(proceeding)
    assert clock(petition, "D09").due_on == date(2026, 7, 26)


def test_e29_nothing_runs_from_a_letter_that_was_not_served():
    with on_day(SERVED):
        petition = issued()
        with pytest.raises(Refused, match="不能申请复查"):
            request(petition)


def test_e31_asked_of_the_wrong_organ_it_goes_to_the_right_one_and_keeps_its_day():
    petition = served_opinion()
    with on_day("2026-06-24"):
        with pytest.raises(Refused, match="不是复查机关，应向云河区政府申请；错投的转由该机关办理，申请日不变"):
            request(petition, to="YZ", applied_on=date(2026, 6, 20))
        request(petition, applied_on=date(2026, 6, 20), received_on=date(2026, 6, 24))
    assert clock(petition, "D08").ended_how == "met"
    assert clock(petition, "D09").starts_on == date(2026, 6, 24)


def test_e32_a_vertical_organ_is_reviewed_by_its_own_superior():
    assert [one.code for one in reviewing.reviewers_of(organ("YHSW"))] == ["YZSW"]


def test_e33_a_district_bureau_has_two_and_the_choice_is_made_once():
    assert [one.code for one in reviewing.reviewers_of(organ("YHZJ"))] == ["YH", "YZZJ"]
    petition = served_opinion()
    with on_day("2026-06-01"):
        request(petition)
        with pytest.raises(Refused, match="已经申请过，选定的机关不能再换"):
            request(petition)


def test_withdrawn_it_may_be_asked_again_within_the_period():
    petition = served_opinion()
    with on_day("2026-06-01"):
        first = request(petition)
        step(first, Act.WITHDRAW_REVIEW, "officer1", reason="信访人书面撤回")
        assert clock(petition, "D09").ended_how == "void"
        second = request(petition)
    assert second.number == 2


# 审查、签发


def test_whoever_drafted_does_not_sign_and_whoever_handled_stands_aside():
    petition = served_opinion()
    with on_day("2026-06-01"):
        proceeding = step(request(petition), Act.ADMIT_REVIEW, "review1")
        with pytest.raises(PermissionDenied):
            step(proceeding, Act.PROPOSE_REVIEW, "officer1", outcome="uphold", facts="一", basis="二", decision="三")
        with pytest.raises(Refused, match="还没有起草"):
            step(proceeding, Act.DECIDE_REVIEW, "chair1")
        done = decided(proceeding)
    assert done.state == "decided" and done.letter.number == "云政查〔2026〕1号"
    assert clock(petition, "D09").ended_how == "met"


def test_the_opinion_says_where_a_recheck_may_be_asked_and_the_thirty_days_run_from_its_service():
    petition = reviewed()
    letter = petition.proceedings.get().letter
    assert letter.fields["recheck_organ"] == "云州市人民政府" and letter.fields["review_result"] == "uphold"
    d10 = clock(petition, "D10")
    assert (d10.due_on, d10.ended_how) == (date(2026, 7, 1), "")
    with on_day("2026-07-02"):
        lapses.settle_lapsed()
    assert fresh(petition).state == State.SETTLED


def test_a_review_opinion_is_not_served_on_one_who_has_died_once_the_procedure_has_ended():
    petition = served_opinion()
    with on_day("2026-06-01"):
        proceeding = decided(request(petition))
        applicant = petition.submission.parties.get()
        ended = do(do(petition, Act.DECEASE, party=applicant, on=today(), evidence="死亡医学证明"), Act.SETTLE)
        assert ended.state == State.SETTLED
        service = ended.services.get(letter__kind="F18")
        service.petition = ended
        with pytest.raises(Refused, match="复查意见书不再送达"):
            carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())
    assert not proceeding.petition.deadlines.filter(term="D10").exists()


def test_a_refusal_is_told_with_its_reason_and_only_a_late_one_is_late():
    petition = served_opinion()
    with on_day("2026-06-01"):
        proceeding = request(petition)
        with pytest.raises(Refused, match="没有超过申请期限"):
            step(proceeding, Act.REFUSE_REVIEW, "review1", ground="late", reason="超期")
        step(proceeding, Act.REFUSE_REVIEW, "review1", ground="other_path", reason="同一诉求法院已经立案")
    assert fresh(petition).petition_letters.filter(letter__kind="F20").count() == 1
    assert clock(petition, "D09").ended_how == "met"


# 复核、听证


def test_e20_twelve_days_of_hearing_are_left_out_of_a_recheck():
    petition = reviewed()
    proceeding = recheck(petition, "2026-06-10")
    assert clock(petition, "D11").due_on == date(2026, 7, 10)
    with on_day("2026-06-15"):
        called = {"held_on": date(2026, 6, 24), "until": date(2026, 6, 30)} | HEARING
        step(proceeding, Act.CALL_HEARING, "creview1", **called)
    assert clock(petition, "D11").due_on == date(2026, 7, 26)
    with on_day("2026-06-26"):
        carry_out(
            Hearing.objects.get(),
            Act.CONCLUDE_HEARING,
            by=someone("creview1"),
            **MINUTES,
        )
        assert clock(petition, "D11").due_on == date(2026, 7, 22)
        done = decided(proceeding, by=("creview1", "cchair1"))
        serve_all(petition, by="creview1")
        assert (done.letter.kind, done.is_final) == ("F19", True)
        lapses.settle_lapsed()
    assert fresh(petition).state == State.SETTLED
    assert clock(petition, "D11").ended_how == "met"
    assert list(verify()) == []


def test_e21_a_hearing_that_is_not_held_gives_back_its_days():
    petition = reviewed()
    proceeding = recheck(petition)
    with on_day("2026-06-15"):
        called = {"held_on": date(2026, 6, 24), "until": date(2026, 6, 30)} | HEARING
        step(proceeding, Act.CALL_HEARING, "creview1", **called)
        with pytest.raises(Refused, match="还没有举行"):
            carry_out(Hearing.objects.get(), Act.CONCLUDE_HEARING, by=someone("creview1"), **MINUTES)
        with pytest.raises(Refused, match="听证还没有作出结论"):
            decided(proceeding, by=("creview1", "cchair1"))
        carry_out(Hearing.objects.get(), Act.CANCEL_HEARING, by=someone("creview1"), reason="信访人申请取消")
    assert clock(petition, "D11").due_on == date(2026, 7, 10)


def test_the_members_of_a_hearing_are_an_odd_number():
    proceeding = recheck(reviewed())
    with on_day("2026-06-15"), pytest.raises(Refused, match="单数，现为 2 人"):
        told = HEARING | {"members": "甲、乙"}
        step(proceeding, Act.CALL_HEARING, "creview1", held_on=date(2026, 6, 24), until=date(2026, 6, 30), **told)


def test_after_a_recheck_nothing_more_can_be_asked():
    petition = reviewed()
    with on_day("2026-06-10"):
        decided(recheck(petition, "2026-06-10"), by=("creview1", "cchair1"))
        serve_all(petition, by="creview1")
        with pytest.raises(Refused, match="只有复查意见书可以申请复核"):
            carry_out(
                opinion_service(petition, "F19"),
                Act.REQUEST_RECHECK,
                by=someone("officer1"),
                to=organ("YZ"),
                applied_on=today(),
                grounds="仍然不服",
            )


# 重新作出


def test_e34_a_redo_may_not_repeat_the_old_opinion_and_is_reviewed_anew():
    petition = served_opinion()
    with on_day("2026-06-01"):
        redo = {"redo_due_on": today() + timedelta(days=30), "decision": "责令重新调查维修资金使用情况。"}
        decided(request(petition), "redo", **redo)
        petition = serve_all(petition, by="review1")
        assert petition.state == State.ACCEPTED
        d06r = clock(petition, "D06r")
        assert (d06r.due_on, d06r.owed_by_organ.code) == (date(2026, 7, 1), "YHQL")
        with pytest.raises(Refused, match="重新起草处理意见，不能沿用原意见"):
            do(petition, Act.SUBMIT)
        old = petition.latest_opinion
        told = {"facts": old.facts, "basis": old.basis, "findings": old.findings}
        with pytest.raises(Refused, match="不得以同一事实和理由作出基本相同的意见"):
            do(petition, Act.DRAFT, **told, difference="没有不同")
        told["facts"] = "重新调查：调取了两年的维修资金支出凭证，其中三笔未经业主表决，已责令退回专户并公示。"
        told["findings"] = [
            row | {"finding": "partly", "answer": "部分支持，限期退回三笔支出。"} for row in old.findings
        ]
        with pytest.raises(Refused, match="请写明与被撤销的原意见的差异"):
            do(petition, Act.DRAFT, **told)
        do(petition, Act.DRAFT, **told, difference="查清了三笔支出，结论由支持改为部分支持")
        do(petition, Act.SUBMIT)
        do(petition, Act.PASS, "legal1", opinion="与原意见不同，依据充分")
        petition = serve_all(do(petition, Act.SIGN, "deputy1"))
        petition = do(petition, Act.CLOSE)
    assert clock(petition, "D06r").ended_how == "met"
    running = petition.deadlines.filter(term="D08", ended_how="")
    assert [one.due_on for one in running] == [date(2026, 7, 1)]
    with on_day("2026-06-20"):
        again = request(petition)
    assert again.opinion.version == 2
    assert list(verify()) == []


# 对责令重作的复查意见申请复核：复查意见书告知的权利，不因正在重作而没有（第三十六条第一款、rules §1.9.4）


def redone():
    """The review ordered a redo on 1 June 2026 and was served; the organ is at it, until 1 July."""
    petition = served_opinion()
    with on_day("2026-06-01"):
        decided(request(petition), "redo", redo_due_on=date(2026, 7, 1), decision="责令重新调查。")
        return serve_all(petition, by="review1")


def rechecked(petition, outcome, **told):
    with on_day("2026-06-20"):
        decided(recheck(petition, "2026-06-10"), outcome, by=("creview1", "cchair1"), **told)
        return fresh(petition)


def test_an_order_to_decide_anew_may_be_contested_as_its_letter_says():
    petition = redone()
    letter = petition.proceedings.get().letter
    assert "请求云州市人民政府复核" in letter.rendered.words and petition.state == State.ACCEPTED
    assert clock(petition, "D10").due_on == date(2026, 7, 1)
    proceeding = recheck(petition)
    assert (proceeding.kind, proceeding.organ.code) == ("recheck", "YZ")
    petition = fresh(petition)
    assert clock(petition, "D11").due_on == date(2026, 7, 10)
    assert clock(petition, "D06r").is_running and petition.state == State.ACCEPTED  # 重作不因复核停下
    with on_day("2026-06-11"), pytest.raises(Refused, match="复核正在进行，请等复核意见"):
        do(petition, Act.LEAD_IN, path="31-1", authority="云州市云河区人民法院", reason="已起诉。")


@pytest.mark.parametrize("outcome", ["revoke", "change"])
def test_a_recheck_that_takes_the_order_back_is_the_last_word_and_nothing_is_made_anew(outcome):
    petition = rechecked(redone(), outcome, decision="原处理意见并无不当，变更复查意见。")
    assert petition.state == State.CLOSED
    assert clock(petition, "D06r").ended_how == "void"
    line = petition.events.get(act="drop_redo")
    assert line.actor_kind == "system"
    assert sentence(line) == "复核改变了责令重作的复查意见，不再重新作出处理意见"
    with on_day("2026-06-20"), pytest.raises(Refused, match="已办结”时不能起草"):
        do(petition, Act.DRAFT, facts="一", basis="二", findings=[], difference="三")
    with on_day("2026-06-21"):
        serve_all(petition, by="creview1")
        assert lapses.settle_lapsed() == 1
    assert sentence(fresh(petition).events.latest("seq")) == "复核（终局）意见已经送达，程序终结"
    assert list(verify()) == []


def test_a_recheck_that_upholds_the_order_leaves_the_organ_to_decide_anew():
    petition = rechecked(redone(), "uphold")
    assert petition.state == State.ACCEPTED and clock(petition, "D06r").is_running
    assert not petition.events.filter(act="drop_redo").exists()


def test_a_second_order_to_decide_anew_adds_no_second_task():
    petition = rechecked(redone(), "redo", redo_due_on=date(2026, 7, 20), decision="责令重新调查。")
    assert petition.events.filter(act="redo").count() == 1
    assert petition.deadlines.filter(term="D06r").count() == 1


def test_two_applicants_have_a_proceeding_each():
    petition = served_opinion(parties=couple())
    services = list(petition.services.filter(letter__kind="F12").order_by("pk"))
    assert len(services) == 2
    with on_day("2026-06-01"):
        for service in services:
            service.petition = fresh(petition)
            told = {"to": organ("YH"), "applied_on": today(), "grounds": "不服"}
            carry_out(service, Act.REQUEST_REVIEW, by=someone("officer1"), **told)
    assert {one.service_id for one in fresh(petition).proceedings.all()} == {one.pk for one in services}
    assert petition.deadlines.filter(term="D09", ended_how="").count() == 2


def test_every_clock_of_a_recheck_with_a_hearing_explains_itself():
    petition = reviewed()
    proceeding = recheck(petition)
    with on_day("2026-06-15"):
        called = {"held_on": date(2026, 6, 24), "until": date(2026, 6, 30)} | HEARING
        step(proceeding, Act.CALL_HEARING, "creview1", **called)
    clocks = {one["rule"]: one for one in explained(fresh(petition))["clocks"]}
    assert all(one["agrees"] for one in clocks.values())
    assert any("听证含首尾共16日" in one["what"] for one in clocks["D11"]["steps"])
    assert list(verify()) == []
