"""边界案例 E01–E29：收到之日、异议、延期、送达，每例一测（案例编号见用例名）。"""

from datetime import date, datetime, timedelta

import pytest

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, at, today
from supervision.bounce import rules as bouncing
from tests.cast import accepted, closed, decided, do, drafted, fresh, issued, on_day, registered, someone
from tests.petitions.places import approve_all, ask, assigned, at_office, clock, forwarded, organ, serve_on

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


# 收到之日


def test_e01_received_on_a_sunday_counts_from_monday():
    with on_day("2026-03-01"):
        petition = registered()
    assert (clock(petition, "D02").starts_on, clock(petition, "D02").due_on) == (date(2026, 3, 1), date(2026, 3, 16))


def test_e02_a_day_that_falls_in_a_holiday_stays_and_the_internal_day_comes_first():
    with on_day("2026-02-01"):
        petition = at_office(channel="web")
    d01 = clock(petition, "D01")
    assert (d01.due_on, d01.internal_on) == (date(2026, 2, 16), date(2026, 2, 14))


def test_e03_a_letter_counts_from_the_day_it_was_signed_for_not_from_its_postmark():
    with on_day("2026-01-12"):
        petition = registered(channel="letter", facts={"posted_on": date(2026, 1, 5)})
    assert clock(petition, "D02").starts_on == date(2026, 1, 12)
    assert petition.submission.posted_on == date(2026, 1, 5)


@pytest.mark.parametrize(("minute", "day"), [(59, date(2026, 3, 2)), (60, date(2026, 3, 3))])
def test_e04_sent_shortly_before_midnight_is_that_day_in_beijing(minute, day):
    moment = datetime(2026, 3, 2, 23, 0, tzinfo=BEIJING) + timedelta(minutes=minute)
    with at(moment):
        petition = registered(channel="web")
    assert petition.registered_on == clock(petition, "D02").starts_on == day


def test_e05_registering_late_does_not_give_the_office_more_time():
    with on_day("2026-03-20"):
        petition = at_office(channel="letter", received_on=DAY)
        assert clock(petition, "D01").due_on == date(2026, 3, 17) < today()
        do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert clock(petition, "D01").ended_how == "late"


# 转送与异议


def test_e06_e07_arrival_counts_and_forwarding_on_the_last_day_is_in_time():
    with on_day(DAY):
        petition = at_office()
    with on_day("2026-03-17"):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert clock(petition, "D01").ended_how == "met" and petition.current_leg.signed_at is None
    with on_day("2026-03-20"):
        carry_out(petition.current_leg, Act.SIGN_FOR, by=someone("officer1"))
    assert clock(petition, "D03").starts_on == date(2026, 3, 17)


def test_e08_the_last_minute_of_the_fifth_working_day_is_in_time_and_the_day_after_is_not():
    with on_day(DAY):
        petition, other = forwarded(), forwarded()
    with at(datetime(2026, 3, 9, 23, 59, tzinfo=BEIJING)):
        assert do(petition, Act.OBJECT, grounds="属区住建委职责").state == State.OBJECTED
    with at(datetime(2026, 3, 10, 0, 0, tzinfo=BEIJING)), pytest.raises(Refused, match="已过 5 个工作日"):
        do(other, Act.OBJECT, grounds="属区住建委职责")


def test_e10_a_second_objection_of_one_organ_is_refused_and_goes_to_the_common_superior():
    with on_day(DAY):
        petition = do(forwarded(), Act.OBJECT, grounds="属区住建委职责")
        petition = do(petition, Act.OVERRULE, "dchief1", answer="责任清单列明由属地办理")
        with pytest.raises(Refused, match="只能提一次异议，请报请共同上一级指定管辖"):
            do(petition, Act.OBJECT, grounds="仍不归我单位")
        petition = do(petition, Act.REQUEST_DESIGNATION, grounds="不服核实意见，属专业监管")
    assert petition.state == State.DISPUTED and petition.holder_organ.code == "YH"


def bounced(petition):
    """青柳街道、区住建委先后异议，转出的信访办先后同意退回。"""
    petition = do(petition, Act.OBJECT, grounds="属区住建委职责")
    petition = do(petition, Act.UPHOLD, "dchief1", answer="同意")
    petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHZJ"))
    petition = do(petition, Act.OBJECT, "officer.yhzj", grounds="属街道职责")
    return do(petition, Act.UPHOLD, "dchief1", answer="同意")


def test_e11_returned_twice_it_is_ruled_on_above_and_both_organs_are_supervised():
    with on_day(DAY):
        petition = bounced(forwarded())
        assert petition.state == State.DISPUTED and petition.holder_organ.code == "YH"
        with pytest.raises(Refused, match="待指定管辖"):
            do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
        assert bouncing.sweep() == 2
        orders = petition.orders.order_by("pk")
        assert {(order.ground, order.to.code, order.issuer.code) for order in orders} == {
            ("SV05", "YHQL", "YHXF"),
            ("SV05", "YHZJ", "YHXF"),
        }
        assert bouncing.sweep() == 0  # 一件一次
        ruling = "指定青柳街道受理办理。"
        petition = do(
            petition, Act.DESIGNATE, "leader1", to=organ("YHQL"), positions="各执一词", decisions=ruling, host="宋远帆"
        )
        with pytest.raises(Refused, match="不能再提出异议"):
            do(petition, Act.OBJECT, grounds="仍不归我单位")
    assert petition.deadlines.get(term="D03", ended_how="").due_on == DAY + timedelta(days=15)


def test_e12_after_an_upheld_objection_d01_is_not_begun_again_and_two_working_days_are_internal():
    with on_day(DAY):
        petition = at_office()
    with on_day("2026-03-17"):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    with on_day("2026-03-19"):
        petition = do(do(petition, Act.OBJECT, grounds="不归我单位"), Act.UPHOLD, "dchief1", answer="同意")
    assert petition.deadlines.filter(term="D01").count() == 1
    assert clock(petition, "I04").due_on == date(2026, 3, 23)
    with on_day("2026-03-23"):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHZJ"))
    assert clock(petition, "I04").ended_how == "met"
    running = petition.deadlines.get(term="D03", ended_how="")
    assert (running.starts_on, running.owed_by_organ.code) == (date(2026, 3, 23), "YHZJ")


def test_e13_d03_runs_on_while_an_objection_waits_and_acceptance_is_deemed_on_its_own_day():
    with on_day(DAY):
        petition = do(forwarded(), Act.OBJECT, grounds="不归我单位")
    with on_day("2026-03-23"):
        assert lapses.deem_acceptances() == 0  # 异议未决，先审核
        do(petition, Act.OVERRULE, "dchief1", answer="责任清单列明由属地办理")
        assert lapses.deem_acceptances() == 1
    petition = fresh(petition)
    assert clock(petition, "D06").starts_on == date(2026, 3, 17)
    assert petition.accepted_at.astimezone(BEIJING).date() == date(2026, 3, 17)


def test_e14_after_acceptance_there_is_no_objection_and_no_handing_on():
    with on_day(DAY):
        petition = do(decided(forwarded()), Act.ACCEPT)
        with pytest.raises(Refused, match="办理中"):
            do(petition, Act.OBJECT, grounds="才发现不归我单位")
        with pytest.raises(Refused, match="办理中"):
            do(petition, Act.FORWARD, to=organ("YHZJ"))


def test_e14_an_organ_does_not_get_rid_of_a_forwarded_petition_but_by_objecting():
    with on_day(DAY):
        petition = forwarded()
    with on_day("2026-03-10"):
        told = {"authority": "云河区住建委", "authority_address": "政通街5号", "reason": "不属本机关职权"}
        with pytest.raises(Refused, match="异议"):
            do(petition, Act.REDIRECT, **told)
        with pytest.raises(Refused, match="异议"):
            do(petition, Act.FORWARD, to=organ("YHZJ"))


def test_e15_nobody_told_of_a_forwarded_petition_is_an_overdue_duty_of_the_receiver():
    with on_day(DAY):
        petition = forwarded()
    with on_day("2026-03-18"):
        overdue = petition.deadlines.duties().overdue(today())
        assert [(d.term, d.owed_by_organ.code) for d in overdue] == [("D03", "YHQL")]
        lapses.deem_acceptances()
    assert clock(petition, "D03").ended_how == "lapsed"


# 延期


def extended(petition, days, on):
    with on_day(on):
        return approve_all(ask(petition, Act.EXTEND, days=days, reason="需委托检测"), "head1")


def test_e16_a_second_extension_is_refused_by_default():
    with on_day(DAY):
        petition = accepted()
    petition = extended(petition, 15, "2026-04-20")
    with pytest.raises(Refused, match="最多可延期1次"):
        extended(petition, 15, "2026-05-10")


def test_e17_on_the_61st_day_extension_is_refused_and_the_petition_is_overdue():
    with on_day(DAY):
        petition = accepted()
    with pytest.raises(Refused, match="届满"):
        extended(petition, 10, "2026-05-02")
    assert list(petition.deadlines.overdue(date(2026, 5, 2)).values_list("term", flat=True)) == ["D06"]


def test_e18_the_60th_day_is_a_saturday_and_an_approval_that_day_counts():
    with on_day("2026-02-10"):
        petition = accepted()
    assert clock(petition, "D06").due_on == date(2026, 4, 11)  # 星期六
    petition = extended(petition, 30, "2026-04-11")
    assert clock(petition, "D06").due_on == date(2026, 5, 11)
    assert petition.petition_letters.get(letter__kind="F10").letter.issued_at.date() == date(2026, 4, 11)


def test_e19_e22_e23_neither_hearing_nor_inspection_nor_display_stops_the_clock():
    with on_day(DAY):
        petition = accepted()
    petition = extended(petition, 30, "2026-04-20")
    for day in ("2026-04-22", "2026-05-06", "2026-05-20"):
        with on_day(day):
            petition = do(petition, Act.INQUIRE, form="visit", note="委托检测；结果公示七天。")
    assert clock(petition, "D06").due_on == DAY + timedelta(days=90)


# 送达与复查申请期


def test_e26_a_right_that_would_end_on_a_holiday_ends_on_the_next_working_day():
    with on_day("2026-05-20"):
        petition = closed()
    assert clock(petition, "D08").due_on == date(2026, 6, 22)
    with on_day("2026-06-22"):
        assert lapses.settle_lapsed() == 0
    with on_day("2026-06-23"):
        assert lapses.settle_lapsed() == 1


def test_e29_posted_and_not_received_starts_no_right_and_another_way_does():
    with on_day("2026-03-02"):
        petition = issued()
        service = petition.services.get(letter__kind="F12")
        service.petition = fresh(petition)
        with pytest.raises(Refused, match="邮寄单号"):
            carry_out(service, Act.SERVE, by=someone("officer1"), means="post", on=today())
    assert not fresh(petition).deadlines.filter(term="D08").exists()
    with on_day("2026-03-12"):
        petition = serve_on(petition, "F12", today())
    assert clock(petition, "D08").starts_on == date(2026, 3, 12)


def test_an_unknown_way_of_service_is_refused():
    petition = issued()
    service = petition.services.get(letter__kind="F12")
    service.petition = petition
    with pytest.raises(Refused, match="送达方式"):
        carry_out(service, Act.SERVE, by=someone("officer1"), means="托人带去", on=today())


def test_a_right_that_lapsed_before_closing_still_settles_the_petition_afterwards():
    with on_day("2026-03-02"):
        petition = serve_on(issued(), "F12", date(2026, 3, 2))
    with on_day("2026-04-02"):
        assert lapses.settle_lapsed() == 0  # 尚未点办结
    assert clock(petition, "D08").ended_how == "lapsed"
    with on_day("2026-04-03"):
        do(petition, Act.CLOSE)
        assert lapses.settle_lapsed() == 1
    assert fresh(petition).state == State.SETTLED


# 交办（E52、E53）

ENDS = {"solved": "电梯已修复", "explained": "", "helped": "", "lawful": ""}
REPORT = {
    "facts": "经现场核查，曳引机损坏。",
    "handling": "出具处理意见书，支持两项诉求。",
    "execution": "已更换曳引机。",
}


def issued_from(petition):
    """An accepted assignment drafted, checked by the office that assigned it, and signed."""
    petition = do(drafted(petition), Act.SUBMIT)
    return do(do(petition, Act.PASS, "super1"), Act.SIGN, "deputy1")


def test_e52_the_appointed_day_and_the_sixty_days_run_beside_each_other():
    with on_day(DAY):
        petition = do(decided(assigned(days=20)), Act.ACCEPT)
    assert clock(petition, "D12").due_on == DAY + timedelta(days=20)
    assert clock(petition, "D06").due_on == DAY + timedelta(days=60)
    with on_day("2026-03-23"):
        assert list(petition.deadlines.overdue(today()).values_list("term", flat=True)) == ["D12"]
        petition = do(petition, Act.REPORT_PROGRESS, report="已约谈物业，更换部件在途，预计四月底办结。")
    # 说明了情况，办结报告仍然欠着
    assert clock(petition, "D12").ended_how == "" and clock(petition, "D06").ended_how == ""
    with on_day("2026-04-28"):
        petition = issued_from(petition)
        petition = do(petition, Act.RECORD_ENDS, ends=ENDS)
        petition = do(petition, Act.REPORT_BACK, **REPORT)
    assert clock(petition, "D12").ended_how == "late" and clock(petition, "D06").ended_how == "met"


def test_e53_no_day_beyond_the_law_may_be_appointed():
    with on_day(DAY), pytest.raises(Refused, match="90 日"):
        assigned(days=91)


def test_a_report_is_still_owed_after_an_overruled_objection():
    with on_day(DAY):
        petition = do(assigned(), Act.OBJECT, grounds="不归我单位")
        petition = do(petition, Act.OVERRULE, "dchief1", answer="责任清单列明由属地办理")
        petition = issued_from(do(decided(petition), Act.ACCEPT))
        petition = do(petition, Act.RECORD_ENDS, ends=ENDS)
        petition = do(petition, Act.REPORT_BACK, **REPORT)
        with pytest.raises(Refused, match="没有要求反馈"):
            do(petition, Act.REPORT_BACK, **REPORT)
    assert clock(petition, "D12").ended_how == "met"
    leg = petition.legs.get(kind="assign")
    assert leg.answer == "责任清单列明由属地办理" and "更换曳引机" in leg.report


def test_e54_help_never_has_a_clock_of_the_law_and_does_not_hold_up_the_lead():
    with on_day(DAY):
        petition = do(accepted(), Act.ASK_ASSIST, to=organ("YHXF"), request="请提供历史卷宗")
        assert not petition.deadlines.filter(term="D01").exists()
        assert petition.arrived_at is None
        assert clock(petition, "I03").due_on == date(2026, 3, 16)
        petition = drafted(petition)
        with pytest.raises(Refused, match="协办"):
            do(petition, Act.SUBMIT)
    with on_day("2026-03-17"):  # 协办内控期满，主办的法定期限不等它
        assert do(petition, Act.SUBMIT).state == State.SUBMITTED
