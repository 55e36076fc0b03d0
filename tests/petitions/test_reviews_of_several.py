"""复查碰在一起：几个信访人各自申请、申请以后又要终止、向市级主管部门申请（第三十四条至第三十六条）。"""

from datetime import timedelta

import pytest

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, do, fresh, issued, on_day, serve_all, someone
from tests.petitions.contested import (
    before_a_bureau,
    contested_at_once,
    couple,
    decided,
    opinion_service,
    request,
    served_opinion,
    step,
    upheld,
)
from tests.petitions.places import approve_all, ask, organ

pytestmark = pytest.mark.usefixtures("city")
ANEW = {
    "facts": "重新调查：调取了两年的维修资金支出凭证，其中三笔未经业主表决，已责令退回专户并公示。",
    "basis": "《住宅专项维修资金管理办法》第二十二条",
    "difference": "查清了三笔支出",
}


def both_ask(petition):
    """Each of the two applicants asks for review; their proceedings in that order."""
    for service in petition.services.filter(letter__kind="F12").order_by("pk"):
        service.petition = fresh(petition)
        told = {"to": organ("YH"), "applied_on": today(), "grounds": "不服"}
        carry_out(service, Act.REQUEST_REVIEW, by=someone("officer1"), **told)
    return list(fresh(petition).proceedings.order_by("number"))


def redo(proceeding):
    return decided(proceeding, "redo", redo_due_on=today() + timedelta(days=30), decision="责令重新调查。")


def made_anew(petition):
    """Drafted, checked and signed once more."""
    findings = [
        {"number": one.number, "finding": "partly", "answer": "部分支持，限期退回。"} for one in petition.claims.all()
    ]
    do(petition, Act.DRAFT, findings=findings, **ANEW)
    do(petition, Act.SUBMIT)
    do(petition, Act.PASS, "legal1", opinion="依据充分")
    return do(petition, Act.SIGN, "deputy1")


def test_a_matter_under_review_is_not_terminated_until_the_review_is_over():
    with on_day("2026-06-01"):
        petition = contested_at_once()
        asked = {"ground": "death", "reason": "户籍已注销"}
        with pytest.raises(Refused, match="复查、复核正在进行，不能终止"):
            ask(petition, Act.TERMINATE, **asked)
        step(petition.proceedings.get(), Act.WITHDRAW_REVIEW, "officer1", reason="近亲属书面撤回")
        petition = approve_all(ask(petition, Act.TERMINATE, **asked), "legal1", "deputy1")
    assert petition.state == State.TERMINATED
    assert not petition.deadlines.filter(ended_how="").exists()


def test_what_was_asked_to_be_ended_before_the_review_came_is_not_approved_after_it():
    with on_day("2026-06-01"):
        petition = issued()
        pending = ask(petition, Act.TERMINATE, ground="withdrawn", reason="书面撤回", on=today(), again="unsaid")
        service = opinion_service(petition)
        carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())
        request(petition)
        with pytest.raises(Refused, match="复查、复核正在进行，不能终止"):
            approve_all(pending, "legal1", "deputy1")
    assert fresh(petition).state == State.ISSUED


def test_of_two_reviews_that_both_send_it_back_the_organ_starts_anew_once():
    petition = served_opinion(parties=couple())
    with on_day("2026-06-01"):
        first, second = both_ask(petition)
        redo(first)
        assert fresh(petition).state == State.ACCEPTED
        second = redo(second)
    assert second.state == "decided" and second.letter.kind == "F18"
    assert fresh(petition).events.filter(act=Act.REDO).count() == 1
    assert fresh(petition).deadlines.filter(term="D06r").count() == 1


def test_a_review_that_sends_back_what_was_already_made_anew_changes_nothing_of_the_new_opinion():
    petition = served_opinion(parties=couple())
    with on_day("2026-06-01"):
        first, second = both_ask(petition)
        redo(first)
        petition = serve_all(made_anew(petition))
        redo(second)
        petition = do(serve_all(petition, by="review1"), Act.CLOSE)
    assert petition.state == State.CLOSED and petition.latest_opinion.version == 2


def test_an_opinion_sent_back_is_neither_served_on_the_others_nor_waited_for():
    with on_day("2026-06-01"):
        petition = contested_at_once(parties=couple())
        [review] = petition.proceedings.all()
        redo(review)
        assert not fresh(petition).services.waiting().filter(letter__kind="F12").exists()
        petition = serve_all(made_anew(fresh(petition)), by="officer1")
        petition = do(petition, Act.CLOSE)
    anew = petition.services.filter(letter__kind="F12", letter__issued_at__gt=review.opinion.drafted_at)
    assert petition.state == State.CLOSED and anew.filter(served_on=None).count() == 0


def test_an_opinion_on_its_way_when_it_is_sent_back_is_called_back_and_its_attempts_stay():
    with on_day("2026-06-01"):
        petition = contested_at_once(parties=couple())
        other = petition.services.get(letter__kind="F12", served_on=None)
        other.petition = fresh(petition)
        tried = {"means": "direct", "on": today(), "outcome": "nobody"}
        carry_out(other, Act.ATTEMPT_SERVICE, by=someone("officer1"), **tried)
        redo(petition.proceedings.get())
        other = fresh(petition).services.get(pk=other.pk)
        assert other.attempts.count() == 1 and other.recalled and not other.required
        other.petition = fresh(petition)
        with pytest.raises(Refused, match="原处理意见已经退回重作，不再送达"):
            carry_out(other, Act.SERVE, by=someone("officer1"), means="direct", on=today())


def test_nobody_asks_for_review_of_an_opinion_that_was_sent_back():
    """其他信访人就原意见的复查申请期随之结束；重作的意见送达后各有新的三十日。"""
    petition = served_opinion(parties=couple())
    with on_day("2026-06-01"):
        old = petition.services.filter(letter__kind="F12").latest("pk")
        redo(request(petition))
        other = petition.services.filter(letter__kind="F12").exclude(pk=old.pk).get()
        assert petition.deadlines.get(term="D08", scope_id=other.pk).ended_how == "void"
        petition = serve_all(made_anew(fresh(petition)))
        other.petition = fresh(petition)
        with pytest.raises(Refused, match="原意见已经退回重作"):
            told = {"to": organ("YH"), "applied_on": today(), "grounds": "不服"}
            carry_out(other, Act.REQUEST_REVIEW, by=someone("officer1"), **told)
    assert fresh(petition).deadlines.filter(term="D08", ended_how="").count() == 2


def test_e33_the_municipal_bureau_that_was_chosen_reviews_with_its_own_people():
    with on_day("2026-06-01"):
        petition = before_a_bureau()
        [proceeding] = petition.proceedings.all()
        done = decided(proceeding, by=("officer.yzzj", "head.yzzj"))
        serve_all(petition, by="officer.yzzj")
    assert (done.organ.code, done.letter.organ.code, done.letter.fields["recheck_organ"]) == (
        "YZZJ",
        "YZZJ",
        "云州市人民政府",
    )
    with on_day("2026-07-03"):
        lapses.settle_lapsed()
    assert fresh(petition).state == State.SETTLED
    assert list(verify()) == []


def test_an_opinion_that_replaces_none_says_nothing_of_a_difference():
    with on_day("2026-06-01"):
        petition = accepted()
        findings = [{"number": one.number, "finding": "support", "answer": "属实"} for one in petition.claims.all()]
        with pytest.raises(Refused, match="没有退回重作的原意见，请把“与原意见的差异”留空"):
            do(petition, Act.DRAFT, findings=findings, **ANEW)


def test_the_new_opinion_names_the_letter_that_was_sent_back_and_not_one_still_under_review():
    petition = served_opinion(parties=couple())
    with on_day("2026-06-01"):
        first, second = both_ask(petition)
        step(second, Act.ADMIT_REVIEW, "review1")
        redo(first)
        petition = made_anew(petition)
    new = petition.petition_letters.filter(letter__kind="F12").latest("pk").letter
    assert new.fields["original_no"] == first.service.letter.number
    assert new.fields["difference"] == ANEW["difference"]


def test_a_recheck_decided_after_the_reviews_clock_has_run_leaves_nothing_running():
    with on_day("2026-06-01"):
        petition = upheld()
        proceeding = request(petition, kind="F18", to="YZ")
        decided(proceeding, by=("creview1", "cchair1"))
        serve_all(petition, by="creview1")
        lapses.settle_lapsed()
    assert fresh(petition).state == State.SETTLED
    running = petition.deadlines.filter(ended_how="").exclude(scope="execution")  # 落实任务另有终点
    assert not running.exists()
