"""绕不过去的门：过时的报请、别的单位的批准、自己核查自己、借分派转走。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.approval import rules as approvals
from rulebook.acts import Act
from tests.cast import accepted, decided, do, drafted, fresh, on_day, registered, someone
from tests.petitions.places import approve_all, ask, assigned, forwarded, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
TOLD = {
    "ground": "28-2",
    "reason": "已向法院起诉",
    "evidence": "受理案件通知书（2026）云民初18号",
    "way": "诉讼",
    "authority": "云河区人民法院",
    "authority_address": "云河区法院路1号",
}


def test_an_objection_waits_until_the_pending_act_is_withdrawn():
    with on_day(DAY):
        petition = forwarded()
        pending = ask(petition, Act.DECLINE, **TOLD)
        with pytest.raises(Refused, match="报请审批的行为尚未办完"):
            do(petition, Act.OBJECT, grounds="不归我单位")
        approvals.withdraw(pending, by=someone("officer1"))
        assert do(petition, Act.OBJECT, grounds="不归我单位").state == State.OBJECTED


def test_what_one_organ_asked_is_not_approved_after_another_has_it():
    """A pending act of before this rule, on a petition that has gone on since."""
    with on_day(DAY):
        petition = do(forwarded(), Act.OBJECT, grounds="不归我单位")
        petition = do(petition, Act.OVERRULE, "dchief1", answer="由属地办理")
        pending = ask(petition, Act.DECLINE, **TOLD)
        petition = fresh(petition)
        petition.end_involvement("handles", petition.organ)
        petition.involve("handles", organ("YHWH"))
        type(petition).objects.filter(pk=petition.pk).update(organ=organ("YHWH"))
        with pytest.raises(Refused, match="现由望河街道负责"):
            approve_all(pending, "legal1")
        approvals.reject(pending, by=someone("legal1"), note="本件已改由望河街道负责")
    assert fresh(petition).state == State.FORWARDED and pending.approvals.count() == 1


def test_who_drafted_does_not_check_and_the_assigning_office_checks_its_own():
    petition = drafted(accepted())
    draft = petition.latest_opinion
    type(draft).objects.filter(pk=draft.pk).update(drafted_by=someone("legal1"))
    petition = do(petition, Act.SUBMIT)
    with pytest.raises(Refused, match="起草人不能核查"):
        do(petition, Act.PASS, "legal1")
    type(draft).objects.filter(pk=draft.pk).update(drafted_by=someone("officer1"))
    assert do(petition, Act.PASS, "legal1").waiting_for == "签发处理意见书"


def test_an_assigned_case_is_checked_by_the_office_that_assigned_it():
    with on_day(DAY):
        petition = do(drafted(do(decided(assigned()), Act.ACCEPT)), Act.SUBMIT)
        assert petition.holder_organ.code == "YHXF"
        for name in ("chief1", "legal1"):
            with pytest.raises(PermissionDenied):
                do(petition, Act.PASS, name)
        assert do(petition, Act.PASS, "super1").waiting_for == "签发处理意见书"


def test_a_handler_is_one_of_the_organs_own():
    with pytest.raises(Refused, match="在岗人员"):
        do(registered(), Act.ALLOT, to=someone("handler.wh"))
    assert do(registered(), Act.ALLOT, to=someone("handler1")).handler.username == "handler1"


def test_what_a_street_passed_on_comes_back_to_the_street_to_judge():
    with on_day(DAY):
        petition = do(registered(), Act.FORWARD, to=organ("YHZJ"))
        petition = do(petition, Act.OBJECT, "officer.yhzj", grounds="属街道职责")
        assert petition.holder_organ.code == "YHQL"
        petition = do(petition, Act.UPHOLD, "chief1", answer="同意，由我单位办理")
    assert petition.state == State.REGISTERED and petition.organ.code == "YHQL"


def test_e51_a_chain_of_petition_offices_has_a_clock_at_every_step():
    """市—区—街，每一级信访部门各自 15 日，承办单位自己的 15 日。"""
    with on_day(DAY):
        petition = registered("cclerk1", organ=organ("YZXF"))
    with on_day("2026-03-05"):
        petition = do(petition, Act.FORWARD, "cclerk1", to=organ("YHXF"))
    with on_day("2026-03-09"):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    found = petition.deadlines.filter(term__in=("D01", "D03")).order_by("started_by")
    assert [(d.term, d.starts_on, d.ended_how) for d in found] == [
        ("D01", DAY, "met"),
        ("D01", date(2026, 3, 5), "met"),
        ("D03", date(2026, 3, 9), ""),
    ]
