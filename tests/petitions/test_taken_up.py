"""受理以后才发现不属本单位职权（第二十三条第三款、第二十四条，案例 E14）。"""

from datetime import date

import pytest

from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.dispute import rules as disputing
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.cast import accepted, decided, do, drafted, on_day, registered
from tests.petitions.places import clock, organ
from tests.petitions.test_disputes import DAY, designated

pytestmark = pytest.mark.usefixtures("city")


def taken_up(day=DAY, **told):
    """Accepted by the street on what came straight to it."""
    with on_day(day):
        return accepted(**told)


def asked_elsewhere(petition, on="2026-03-20", to="YHZJ", by="officer1"):
    with on_day(on):
        grounds = "查明系房屋主体结构问题，属区住建委职责（三定规定第五条）；已与区住建委协商，未能一致。"
        return do(petition, Act.REQUEST_DESIGNATION, by, grounds=grounds, suggested=organ(to))


def test_e14_what_was_taken_up_is_not_objected_to_any_more_but_goes_before_the_superior():
    petition = taken_up()
    with on_day("2026-03-05"):
        with pytest.raises(Refused, match="“办理中”时不能提出异议"):
            do(petition, Act.OBJECT, grounds="属区住建委职责")
        with pytest.raises(Refused, match="“办理中”时不能转送"):
            do(petition, Act.FORWARD, to=organ("YHZJ"))
        with pytest.raises(Refused, match="受理以后不能再提出异议：请写明建议由哪个机关、单位承接"):
            do(petition, Act.REQUEST_DESIGNATION, grounds="属区住建委职责")
        with pytest.raises(Refused, match="建议承接的就是本单位"):
            do(petition, Act.REQUEST_DESIGNATION, grounds="属区住建委职责", suggested=organ("YHQL"))
    petition = asked_elsewhere(petition)
    dispute = petition.open_dispute
    assert (petition.state, dispute.cause, dispute.organ.code) == (State.DISPUTED, "taken_up", "YH")
    assert (petition.holder_organ.code, petition.waiting_for) == ("YH", "指定管辖")
    assert clock(petition, "D06").is_running and not petition.deadlines.filter(term="D03d").exists()
    assert sentence(petition.events.get(act="request_designation")).endswith("受理以后发现不属本单位职权")


def test_e14_the_organ_named_takes_it_over_with_the_days_that_are_left():
    """信访人的期限不因换了机关重来：60 日仍从 3 月 2 日受理之日算（第三十四条）。"""
    petition = asked_elsewhere(taken_up())
    assert "建议由云河区住建委承接" in "\n".join(disputing.course(petition))
    draft = disputing.drafted_decisions(petition, organ("YHZJ"))
    assert "原受理仍然有效" in draft and "2026年5月1日届满" in draft
    with on_day("2026-03-24"):
        petition = designated(petition, "YHZJ", decisions=draft)
    assert (petition.state, petition.organ.code, petition.accepted_at.date()) == (State.ACCEPTED, "YHZJ", DAY)
    d06 = clock(petition, "D06")
    assert (d06.starts_on, d06.due_on, d06.owed_by_organ.code) == (DAY, date(2026, 5, 1), "YHZJ")
    assert petition.deadlines.filter(term="D06").count() == 1
    assert not petition.deadlines.filter(term__in=("D03", "D04")).exists()  # 不重新告知受理，也不能再异议
    letters = {link.letter.kind: link.letter for link in petition.petition_letters.select_related("letter__organ")}
    assert "云河区住房和城乡建设委员会" in letters["F03"].rendered.words  # 信访人知道现在由谁办
    assert letters["F28"].organ.code == "YH" and str(letters["F28"].fields["due_on"]) == "2026-05-01"
    assert sentence(petition.events.get(act="designate")) == "指定管辖，原受理有效，办理期限不重新起算"
    with on_day("2026-03-25"), pytest.raises(Refused, match="已由上级指定本单位受理"):
        do(petition, Act.REQUEST_DESIGNATION, "officer.yhzj", grounds="不归我管", suggested=organ("YHQL"))
    assert list(verify()) == []


def test_e14_the_organ_named_drafts_for_itself_and_is_late_on_the_same_day():
    petition = drafted(taken_up())
    petition = asked_elsewhere(petition)
    with on_day("2026-03-24"):
        decisions = "指定云州市云河区住房和城乡建设委员会承接办理。"
        petition = designated(petition, "YHZJ", decisions=decisions)
        with pytest.raises(Refused, match="本单位尚未起草处理意见"):
            do(petition, Act.SUBMIT, "officer.yhzj")
        petition = do(drafted(petition, "officer.yhzj"), Act.SUBMIT, "officer.yhzj")
        assert petition.latest_opinion.organ.code == "YHZJ"
    overdue = petition.deadlines.overdue(date(2026, 5, 2)).duties()
    assert [row.owed_by_organ.code for row in overdue if row.term == "D06"] == ["YHZJ"]


def test_e14_the_ruling_may_leave_it_where_it_is_and_the_organs_may_agree():
    petition = asked_elsewhere(taken_up())
    with on_day("2026-03-24"):
        petition = designated(petition, "YHQL")
    assert (petition.state, petition.organ.code) == (State.ACCEPTED, "YHQL")
    other = asked_elsewhere(taken_up())
    with on_day("2026-03-24"):
        other = do(other, Act.WITHDRAW_DESIGNATION, reason="协商由街道继续办理，区住建委协办")
    assert (other.state, other.organ.code) == (State.ACCEPTED, "YHQL")
    assert clock(other, "D06").due_on == date(2026, 5, 1) and clock(other, "I05").ended_how == "void"


def test_e14_what_is_simple_heard_or_made_anew_is_not_taken_elsewhere_as_it_is():
    with on_day(DAY):
        simple = do(decided(registered()), Act.ACCEPT_SIMPLY, ground="plain", means="phone")
    with pytest.raises(Refused, match="简易办理的件请先转为普通程序"):
        asked_elsewhere(simple, "2026-03-03")
    with on_day("2026-03-05"):
        mediated = do(
            accepted(),
            Act.MEDIATE,
            mode="reconciled",
            mediator="",
            disputants="业主\n物业",
            dispute="赔偿数额",
            consent=True,
            lawful=True,
        )
    with pytest.raises(Refused, match="调解、和解还没有结果"):
        asked_elsewhere(mediated, "2026-03-06")
