"""转送、异议、受理、延期、送达：一步一步照《条例》走。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.approval import rules as approvals
from petitions.clocks import lapses
from petitions.models import PendingAct
from rulebook.acts import Act
from tests.cast import (
    accepted,
    closed,
    decided,
    do,
    fresh,
    on_day,
    registered,
    someone,
    submitted,
)

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def organ(code):
    return Organ.objects.get(code=code)


def at_office(**told):
    return registered(by="dclerk1", organ=organ("YHXF"), **told)


def forwarded(**told):
    return do(at_office(**told), Act.FORWARD, "dclerk1", to=organ("YHQL"))


# 转送与异议（第二十二条、第二十三条）


def test_forwarding_meets_d01_and_starts_the_receivers_d03_on_arrival():
    with on_day(DAY):
        petition = forwarded()
    assert petition.state == State.FORWARDED and petition.organ.code == "YHQL"
    assert petition.deadlines.get(term="D01").ended_how == "met"
    assert petition.deadlines.get(term="D03").due_on == DAY + timedelta(days=15)
    assert petition.first_receiver.code == "YHXF"
    assert {link.letter.kind for link in petition.petition_letters.all()} == {"F01", "F03", "F07"}


def test_signing_late_does_not_move_d03():
    with on_day(DAY):
        petition = forwarded()
    with on_day(DAY + timedelta(days=3)):
        leg = petition.current_leg
        carry_out(leg, Act.SIGN_FOR, by=someone("officer1"))
    assert fresh(petition).deadlines.get(term="D03").starts_on == DAY


def test_an_objection_inside_five_working_days_is_heard_and_d03_keeps_running():
    with on_day("2026-02-12"):
        petition = forwarded()
    with on_day("2026-02-26"):  # 第五个工作日，跨春节
        petition = do(petition, Act.OBJECT, grounds="属区住建委职责")
        assert petition.state == State.OBJECTED
        assert petition.deadlines.get(term="D03").ended_how == ""
        assert petition.holder_organ.code == "YHXF"
        petition = do(petition, Act.OVERRULE, "dchief1", answer="责任清单列明由属地办理")
    assert petition.state == State.FORWARDED
    assert petition.deadlines.get(term="D03").starts_on == date(2026, 2, 12)


def test_an_objection_on_the_sixth_working_day_is_refused():
    with on_day("2026-02-12"):
        petition = forwarded()
    with on_day("2026-02-27"), pytest.raises(Refused, match="已过 5 个工作日"):
        do(petition, Act.OBJECT, grounds="属区住建委职责")


def test_an_upheld_objection_voids_d03_and_the_sender_has_it_again():
    with on_day(DAY):
        petition = forwarded()
        petition = do(petition, Act.OBJECT, grounds="属区住建委职责", suggested=organ("YHZJ"))
        petition = do(petition, Act.UPHOLD, "dchief1", answer="同意")
    assert petition.state == State.REGISTERED and petition.organ.code == "YHXF"
    assert petition.deadlines.get(term="D03").ended_how == "void"
    assert petition.deadlines.get(term="D01").ended_how == "met"
    with on_day(DAY):
        again = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert again.state == State.DISPUTED  # 又转回退过它的单位，不是再异议一次，而是请上级指定


def test_forwarding_to_the_accused_is_refused():
    petition = at_office(accused_organ=organ("YHQL"), kind="appeal")
    with pytest.raises(Refused, match="不得转给被检举控告的单位"):
        do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))


def test_forwarding_to_the_organ_complained_of_wants_a_reason():
    petition = at_office(about_organ=organ("YHQL"))
    with pytest.raises(Refused, match="须写明理由"):
        do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"), reason="属地有权处理").state == State.FORWARDED


def test_an_assignment_has_its_own_day_beside_the_law():
    with on_day(DAY):
        petition = do(at_office(), Act.ASSIGN, "dchief1", to=organ("YHQL"), due_on=DAY + timedelta(days=20))
    assert petition.deadlines.get(term="D12").due_on == DAY + timedelta(days=20)
    assert petition.deadlines.get(term="D03").due_on == DAY + timedelta(days=15)


# 受理（第二十三条、第三十一条、第三十四条）


def test_acceptance_wants_every_other_branch_answered_no():
    petition = registered()
    with pytest.raises(Refused, match="确定法定途径"):
        do(petition, Act.ACCEPT)
    with pytest.raises(Refused, match="31-3"):
        record = [{"branch": b, "answer": False} for b in ("31-1", "31-2", "31-4", "31-5")]
        do(petition, Act.CLASSIFY, path="31-6", record=record)


def test_sixty_days_run_from_acceptance_on_the_petition_path_only():
    with on_day("2026-02-27"):
        petition = accepted()
    assert petition.deadlines.get(term="D06").due_on == date(2026, 4, 28)
    assert petition.first_handler.code == "YHQL"
    with on_day("2026-02-27"):
        study = do(registered(kind="suggestion"), Act.STUDY)
    assert study.state == State.STUDYING and not study.deadlines.filter(term="D06").exists()


def test_a_petition_office_does_not_accept_in_the_competent_organs_place():
    petition = at_office()
    with pytest.raises(PermissionDenied):
        do(petition, Act.ACCEPT, "dclerk1")


def test_a_lapsed_notice_is_acceptance_deemed_that_day():
    with on_day(DAY):
        petition = registered()
    with on_day(DAY + timedelta(days=16)):
        assert lapses.deem_acceptances() == 1
        assert lapses.deem_acceptances() == 0
    petition = fresh(petition)
    assert petition.state == State.ACCEPTED
    assert petition.deadlines.get(term="D02").ended_how == "lapsed"
    assert petition.deadlines.get(term="D06").starts_on == DAY + timedelta(days=15)


def test_leading_into_a_statutory_path_ends_the_clock():
    with on_day(DAY):
        petition = do(
            registered(),
            Act.LEAD_IN,
            path="31-2",
            authority="云河区劳动人事争议仲裁院",
            reason="劳动争议应先申请仲裁",
        )
    assert petition.state == State.LED_IN
    assert not petition.deadlines.filter(ended_how="").exists()
    with on_day(DAY + timedelta(days=9)):
        back = do(petition, Act.REOPEN, reason="仲裁院不予受理")
    assert back.state == State.REGISTERED
    assert back.deadlines.get(term="D02", ended_how="").starts_on == DAY + timedelta(days=9)


# 审批：不予受理、不再受理、延期


def approve_all(pending, *people):
    for name in people:
        pending = approvals.approve(pending, by=someone(name), note="同意")
    return pending


def test_declining_waits_for_the_reviewer_and_the_deputy():
    petition = registered()
    told = {
        "ground": "28-2",
        "reason": "已向法院起诉",
        "evidence": "受理案件通知书（2026）云民初18号",
        "way": "诉讼",
        "authority": "云河区人民法院",
        "authority_address": "云河区法院路1号",
    }
    with pytest.raises(Refused, match="须先报请审批"):
        do(petition, Act.DECLINE, **told)
    pending = approvals.request(fresh(petition), Act.DECLINE, by=someone("officer1"), **told)
    assert isinstance(pending, PendingAct) and fresh(petition).state == State.REGISTERED
    with pytest.raises(PermissionDenied):
        approvals.approve(pending, by=someone("deputy1"))
    with pytest.raises(Refused, match="已经报请"):
        approvals.request(fresh(petition), Act.DECLINE, by=someone("officer1"), **told)
    pending = approve_all(pending, "legal1")
    assert fresh(petition).state == State.REGISTERED
    approve_all(pending, "deputy1")
    petition = fresh(petition)
    assert petition.state == State.DECLINED
    assert petition.petition_letters.filter(letter__kind="F04").exists()


def test_two_approvers_at_once_one_decides_the_other_is_told():
    with on_day(DAY):
        petition = accepted()
        pending = approvals.request(petition, Act.EXTEND, by=someone("officer1"), days=20, reason="需委托检测")
        copy = PendingAct.objects.get(pk=pending.pk)
        approvals.approve(pending, by=someone("head1"))
        with pytest.raises(Refused, match="刚被他人处理"):
            approvals.approve(copy, by=someone("head1"))


def extension(petition, days, on):
    with on_day(on):
        pending = approvals.request(fresh(petition), Act.EXTEND, by=someone("officer1"), days=days, reason="需委托检测")
        approvals.approve(pending, by=someone("head1"))
    return fresh(petition)


def test_an_extension_on_the_last_day_counts_and_issues_its_notice():
    with on_day("2026-02-27"):
        petition = accepted()
    petition = extension(petition, 30, "2026-04-28")
    clock = petition.deadlines.get(term="D06")
    assert (clock.due_on, clock.extended_days) == (date(2026, 5, 28), 30)
    assert petition.petition_letters.filter(letter__kind="F10").exists()


def test_an_extension_after_the_last_day_is_refused():
    with on_day("2026-02-27"):
        petition = accepted()
    with pytest.raises(Refused, match="届满"):
        extension(petition, 10, "2026-04-29")


def test_an_approval_that_comes_a_day_late_is_not_given():
    with on_day("2026-02-27"):
        petition = accepted()
    with on_day("2026-04-28"):
        pending = approvals.request(petition, Act.EXTEND, by=someone("officer1"), days=10, reason="需委托检测")
    with on_day("2026-04-29"), pytest.raises(Refused, match="届满"):
        approvals.approve(pending, by=someone("head1"))
    pending.refresh_from_db()
    assert pending.state == "waiting" and pending.approvals.count() == 0
    assert fresh(petition).deadlines.get(term="D06").due_on == date(2026, 4, 28)


@pytest.mark.parametrize("days", [0, 31, 90])
def test_an_unlawful_length_is_refused_never_cut_down(days):
    with on_day(DAY):
        petition = accepted()
    with pytest.raises(Refused):
        extension(petition, days, DAY)


def test_not_again_is_refused_where_a_new_fact_is_recorded():
    earlier = closed()
    petition = registered()
    told = {"earlier": earlier, "ground": "36-3", "reason": "同一事实和理由"}
    with pytest.raises(Refused, match="作为新件"):
        approvals.request(petition, Act.NOT_AGAIN, by=someone("officer1"), new_facts=True, **told)
    with pytest.raises(Refused, match="前案编号"):
        approvals.request(
            fresh(petition), Act.NOT_AGAIN, by=someone("officer1"), earlier=petition, ground="36-3", reason="同一事实"
        )


# 并案、检举控告、协办


def test_a_repeat_joins_the_running_one_and_the_petitioner_is_told():
    main = accepted()
    repeat = do(registered(), Act.MERGE, into=main)
    assert repeat.state == State.MERGED and repeat.repeat_of_id == main.pk
    assert not repeat.deadlines.filter(term="D06").exists()
    assert repeat.deadlines.get(term="D02").ended_how == "met"
    assert repeat.petition_letters.filter(letter__kind="F02").exists()


def test_after_referral_only_the_named_post_sees_a_report():
    from petitions.models import Petition

    petition = registered(kind="report", claims=["查处某科长收受礼金"], accused_text="某科长")
    petition = do(petition, Act.REFER, "clerk1", to=organ("YHJJ"))
    assert petition.state == State.REPORTED
    seen = {
        name
        for name in ("clerk1", "officer1", "head1", "super1", "dhead1", "legal1", "admin1", "disc1", "disc2")
        if Petition.objects.visible_to(someone(name)).exists()
    }
    assert seen == {"disc1"}


def test_help_asked_and_given_has_its_own_internal_clock():
    with on_day(DAY):
        petition = do(accepted(), Act.ASK_ASSIST, to=organ("YHZJ"), request="请提供维保记录")
    leg = petition.legs.get(kind="assist")
    assert petition.deadlines.get(term="I03").scope_id == leg.pk
    helper = next(name for name in _people_of("YHZJ"))
    with on_day(DAY + timedelta(days=2)):
        carry_out(leg, Act.ANSWER_ASSIST, by=someone(helper), answer="记录附后")
    assert fresh(petition).deadlines.get(term="I03").ended_how == "met"


def _people_of(code):
    from accounts.models import Grant, User

    roles = Grant.objects.filter(act=Act.ANSWER_ASSIST).values("role")
    return User.objects.filter(organ__office__code=code, appointments__post__role__in=roles).values_list(
        "username", flat=True
    )


def test_the_decided_path_may_be_changed_only_before_the_opinion_is_sent():
    petition = decided(registered())
    assert petition.path == "31-6"
    with pytest.raises(Refused, match="待督查核查"):
        do(submitted(), Act.CLASSIFY, path="31-5")
