"""信访人的进出（第二十条、第三十条、第四十八条；rules §1.15、§1.16、E42、E56、E57、E66）：代理、承继、撤回、保密。"""

from datetime import date

import pytest

from petitions.acceptance import separation
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.intake.registration import PartyFacts
from petitions.models import Party, Petition, Withdrawal
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.board import board_figures
from tests.cast import accepted, do, fresh, issued, on_day, registered, someone
from tests.petitions.places import approve_all, ask, clock, serve_on
from tests.petitions.test_edge_people import someone_else

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def people(petition) -> list[Party]:
    return list(petition.submission.parties.order_by("position"))


def two_of_them(make=accepted, **told):
    return make(parties=[someone_else(0), someone_else(1, role="representative")], **told)


def leave(petition, party, **told):
    return do(petition, Act.LEAVE, party=party, on=today(), **({"reason": "问题已经解决"} | told))


# 撤回（rules E56，F16）


def test_e56_one_of_several_withdraws_and_the_matter_goes_on_for_the_others():
    with on_day(DAY):
        petition = two_of_them()
        first, second = people(petition)
        due = clock(petition, "D06").due_on
        petition = leave(petition, first, again="maybe")
        assert petition.state == State.ACCEPTED and clock(petition, "D06").due_on == due
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.standing, first.left_on, second.role) == ("withdrawn", DAY, "lead")
        told = Withdrawal.objects.get()
        assert (told.party, told.on, told.scope, told.again) == (first, DAY, "all", "maybe")
        approve_all(ask(petition, Act.EXTEND, days=15, reason="情况复杂，需委托检测"), "head1")
    assert [one.party for one in fresh(petition).services.filter(letter__kind="F10")] == [second]


def test_e56_the_paper_of_withdrawal_says_how_much_and_whether_they_may_come_again():
    petition = two_of_them()
    petition = leave(petition, people(petition)[0], scope="part", claims=[2], again="no")
    words = petition.petition_letters.get(letter__kind="F16").letter.rendered.words
    assert "撤回部分诉求：第 2 项" in words and "不再提出" in words
    assert people(petition)[0].standing == "present"  # 撤回部分诉求的，人还在
    with pytest.raises(Refused, match="至少保留一项"):
        leave(petition, people(petition)[1], scope="part", claims=[1, 2])


def test_e56_the_last_one_is_no_withdrawal_of_one_but_a_termination():
    petition = accepted()
    with pytest.raises(Refused, match="请报请终止办理"):
        leave(petition, people(petition)[0])
    with pytest.raises(Refused, match="申请日期和今后是否再提"):
        ask(petition, Act.TERMINATE, ground="withdrawn", reason="书面撤回")
    told = {"ground": "withdrawn", "reason": "电梯已经修好", "on": today(), "again": "no"}
    petition = approve_all(ask(petition, Act.TERMINATE, **told), "legal1", "deputy1")
    assert petition.state == State.TERMINATED
    kept = petition.withdrawals.get()
    assert (kept.scope, kept.again, kept.reason) == ("all", "no", "电梯已经修好")
    assert "撤回全部诉求" in petition.petition_letters.get(letter__kind="F16").letter.rendered.words


def test_e56_nobody_withdraws_for_the_others():
    petition = two_of_them()
    told = {"ground": "withdrawn", "reason": "书面撤回", "on": today(), "again": "no"}
    with pytest.raises(Refused, match="还有 2 名信访人在册"):
        ask(petition, Act.TERMINATE, **told)
    main = accepted()
    do(registered(parties=[someone_else(2)]), Act.MERGE, into=main)
    with pytest.raises(Refused, match="请先把它们拆出"):
        ask(main, Act.TERMINATE, **told)


def test_e56_a_report_is_not_ended_by_withdrawing_it():
    report = two_of_them(registered, kind="report")
    with pytest.raises(Refused, match="不因撤回而停止"):
        do(report, Act.LEAVE, "clerk1", party=people(report)[0], on=today(), reason="不想追究")


# 死亡与承继（rules E57）


def test_e57_who_takes_the_place_of_the_dead_goes_on_with_the_same_days():
    with on_day(DAY):
        petition = issued()
        [dead] = people(petition)
        petition = do(petition, Act.DECEASE, party=dead, on=DAY, evidence="死亡医学证明", note="死亡医学证明")
        told = {"name": "陈小兰", "phone": "13900000009", "evidence": "户口簿；书面表示继续提出"}
        petition = do(petition, Act.SUCCEED, party=dead, **told)
    _, heir = people(petition)
    assert heir.succeeds == dead and heir.role == "lead" and heir.query_code != dead.query_code
    assert petition.petition_letters.filter(letter__kind="F01", party=heir).exists()
    assert clock(petition, "D06").ended_how == "met" and petition.state == State.ISSUED
    [opinion] = petition.services.filter(letter__kind="F12")
    assert opinion.party == heir  # 意见书改送承继人，复查申请期自送达起算
    with on_day("2026-03-05"):
        petition = do(serve_on(petition, "F12", date(2026, 3, 5)), Act.CLOSE)
    assert clock(petition, "D08").starts_on == date(2026, 3, 5)


def test_e57_the_death_of_one_does_not_hold_up_the_others():
    with on_day(DAY):
        petition = two_of_them(issued)
        first, second = people(petition)
        petition = do(petition, Act.DECEASE, party=first, on=DAY, evidence="户籍注销证明")
        for service in petition.services.filter(letter__kind="F12", party=second):
            service.petition = fresh(petition)
            service.serve(by=someone("officer1"), means="direct", on=DAY)
        assert do(petition, Act.CLOSE).state == State.CLOSED


def test_e57_nobody_succeeds_the_living_nor_twice():
    petition = accepted()
    [party] = people(petition)
    with pytest.raises(Refused, match="请先“记录信访人死亡”"):
        do(petition, Act.SUCCEED, party=party, name="陈小兰", evidence="户口簿")
    with pytest.raises(Refused, match="须写明死亡证明"):
        do(petition, Act.DECEASE, party=party, on=today(), evidence=" ")
    petition = do(petition, Act.DECEASE, party=party, on=today(), evidence="死亡医学证明")
    petition = do(petition, Act.SUCCEED, party=party, name="陈小兰", evidence="户口簿")
    with pytest.raises(Refused, match="没有需要承继的信访人"):
        do(petition, Act.SUCCEED, party=party, name="陈小兵", evidence="户口簿")


# 代理、监护


def test_an_agent_stands_on_a_paper_and_is_told_too():
    petition = accepted()
    [party] = people(petition)
    told = {"party": party, "kind": "agent", "name": "刘小川"}
    with pytest.raises(Refused, match="授权委托书"):
        do(petition, Act.AUTHORISE, authority="", **told)
    petition = do(petition, Act.AUTHORISE, authority="授权委托书 2026-03-02", special_powers=True, **told)
    agent = people(petition)[1]
    assert (agent.role, agent.acts_for, agent.special_powers) == ("agent", party, True)
    approve_all(ask(petition, Act.EXTEND, days=15, reason="情况复杂，需委托检测"), "head1")
    served = fresh(petition).services.filter(letter__kind="F10").order_by("party__position")
    assert [one.party for one in served] == [party, agent]
    petition = leave(petition, agent, reason="信访人书面解除委托")
    assert people(petition)[1].standing == "released" and not Withdrawal.objects.exists()


def test_a_guardian_stands_for_who_cannot_and_nobody_for_an_agent():
    petition = accepted()
    [party] = people(petition)
    petition = do(petition, Act.AUTHORISE, party=party, kind="guardian", name="陈立", authority="监护关系证明")
    guardian = people(petition)[1]
    with pytest.raises(Refused, match="请选择信访人本人"):
        do(petition, Act.AUTHORISE, party=guardian, kind="agent", name="刘小川", authority="授权委托书")


# 集体（第二十条）


def test_e42_six_representatives_are_too_many_and_the_rest_are_still_one_petition():
    with pytest.raises(Refused, match="不得拆开登记"):
        registered(parties=[someone_else(n % 3, role="representative") for n in range(6)], facts={"people_count": 20})


def test_e42_splitting_the_demands_does_not_hide_the_crowd():
    petition = registered(parties=[someone_else(0), someone_else(1, role="representative")], facts={"people_count": 20})
    plan = [{"claims": [2], "kind": "appeal", "excerpt": "", "accused_organ": None}]
    [sibling] = separation.split(fresh(petition), plan, by=someone("officer1"))
    assert sibling.submission.is_group and fresh(petition).submission.people_count == 20
    assert board_figures.views(Petition.objects.all(), today())["group"] == 2
    assert Petition.objects.values("submission").distinct().count() == 1  # 件次仍是一件


# 外国人、港澳台居民（第四十八条，rules E66）


def test_e66_a_foreigner_is_registered_with_passport_and_nationality():
    who = PartyFacts(name="A. Sample", id_type="414", id_number="P1234567", origin="foreign", nationality="某国")
    petition = registered(parties=[who])
    [party] = people(petition)
    assert (party.id_type, party.origin, party.nationality) == ("414", "foreign", "某国")
    with pytest.raises(Refused, match="须写明国籍"):
        do(
            petition,
            Act.CORRECT,
            "clerk1",
            party=party,
            changes={"origin": "foreign", "nationality": ""},
            reason="更正",
        )
