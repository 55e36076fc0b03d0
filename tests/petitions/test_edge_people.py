"""边界案例 E35–E60：重复、匿名、保密、集体、并案、拆分、撤回，每例一测（案例编号见用例名）。"""

import re
from datetime import date, timedelta

import pytest

from accounts.models import Appointment, Outbox, Post, Role
from petitions.acceptance import separation
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.intake.registration import PartyFacts
from petitions.models import Petition
from petitions.parties.representation import no_cause_to_terminate
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, decided, do, drafted, fresh, issued, on_day, registered, someone
from tests.petitions.places import approve_all, ask, at_office, clock, forwarded, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
IN_WRITING = {"on": DAY, "again": "no"}  # 撤回申请书
RECHECK = {"recheck_organ": "云州市人民政府", "recheck_no": "州政复核〔2026〕3号", "recheck_on": date(2026, 3, 1)}


def someone_else(n=1, **told):
    return PartyFacts(name=f"马玉{'敏珍琴'[n % 3]}", phone=f"1390000000{n}", address="云河区青柳街道春柳苑", **told)


# 重复与终结（第三十六条第三款）


def test_e35_back_after_the_recheck_is_registered_and_told_no_more():
    with on_day("2025-10-09"):
        earlier = closed()
    with on_day(DAY):
        petition = registered()
        assert clock(petition, "D02").starts_on == DAY  # 不得拒绝登记
        told = {"earlier": earlier, "ground": "36-3", "reason": "同一事实和理由"}
        with pytest.raises(Refused, match="复核意见书文号"):
            ask(petition, Act.NOT_AGAIN, **told)
        petition = approve_all(ask(petition, Act.NOT_AGAIN, **told, **RECHECK), "legal1", "deputy1")
    assert petition.state == State.NOT_AGAIN and petition.repeat_of == earlier
    letter = petition.petition_letters.get(letter__kind="F06").letter
    assert earlier.number in str(letter.text) and "2026年3月1日" in str(letter.text)


def test_e35_within_the_time_for_review_the_petitioner_is_led_to_review_not_turned_away():
    with on_day(DAY):
        earlier = closed()
    told = {"earlier": earlier, "ground": "35-late", "reason": "同一事实和理由"}
    with on_day("2026-03-20"), pytest.raises(Refused, match="引导申请复查"):
        ask(registered(), Act.NOT_AGAIN, **told)
    with on_day("2026-04-02"):
        assert ask(registered(), Act.NOT_AGAIN, **told).state == "waiting"


ENDED_BY_COURT = {
    "ground": "37-3",
    "reason": "与市中院终结的同一借款纠纷事实、理由相同。",
    "final_organ": "云州市中级人民法院",
    "final_no": "（2024）云01信终3号",
    "final_on": date(2024, 11, 20),
}


def test_what_the_courts_have_ended_is_not_taken_up_here_on_the_strength_of_their_paper():
    """涉法涉诉已依法终结的不再受理，由属地疏导帮扶（第三十七条第三款）：终结在法院，本系统里没有前案。"""
    with on_day(DAY):
        pending = ask(registered(), Act.NOT_AGAIN, **ENDED_BY_COURT)
        petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == State.NOT_AGAIN and petition.repeat_of is None
    words = petition.petition_letters.get(letter__kind="F06").letter.rendered.words
    for told in ("云州市中级人民法院", "2024年11月20日", "（2024）云01信终3号", "第三十七条第三款", "疏导教育"):
        assert told in words, told
    for untrue in ("前案编号", "复核意见", "第三十六条"):
        assert untrue not in words, untrue
    assert not petition.deadlines.filter(ended_how="").exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"final_no": " "}, "须写明终结文书由哪个人民法院、人民检察院或者公安机关作出，及其文号和日期"),
        ({"final_on": None}, "及其文号和日期"),
        ({"final_organ": "云河区住建委"}, "由哪个人民法院、人民检察院或者公安机关作出"),
        ({"final_on": DAY}, "收到来件时该事项还没有依法终结"),
        ({"final_on": DAY + timedelta(days=9)}, "终结文书的日期不能晚于今天"),
        ({"reason": " "}, "同一事实和理由的说明"),
        ({"new_facts": True}, "作为新件"),
        ({"ground": "36-3"}, "须引用已办结或终结的前案编号"),
    ],
)
def test_the_courts_paper_must_be_one(told, sentence):
    with on_day(DAY - timedelta(days=1)):
        petition = registered()
    with on_day(DAY), pytest.raises(Refused, match=sentence):
        ask(petition, Act.NOT_AGAIN, **(ENDED_BY_COURT | told))


def test_e36_new_evidence_makes_a_new_petition_with_its_own_clocks():
    with on_day("2025-10-09"):
        earlier = closed()
    with on_day(DAY):
        petition = registered()
        told = {"earlier": earlier, "ground": "36-3", "reason": "同一事实和理由", **RECHECK}
        with pytest.raises(Refused, match="作为新件"):
            ask(petition, Act.NOT_AGAIN, new_facts=True, **told)
        petition = do(decided(petition), Act.ACCEPT)
    assert clock(petition, "D06").starts_on == DAY


# 匿名、保密（第二十三条第二款、第三十条）


def test_e37_anonymous_with_substance_is_handled_and_nobody_is_told():
    with on_day(DAY):
        petition = accepted(channel="letter", parties=[], facts={"anonymous": True})
        petition = do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1")
        petition = do(do(petition, Act.SIGN, "deputy1"), Act.CLOSE)
    assert petition.state == State.CLOSED and petition.services.count() == 0
    assert clock(petition, "D06").ended_how == "met" and not petition.deadlines.filter(term="D08").exists()


def test_e38_only_what_nobody_can_be_told_of_is_filed_and_with_a_reason():
    empty = registered(channel="letter", parties=[], facts={"anonymous": True})
    with pytest.raises(Refused, match="写明理由"):
        do(empty, Act.FILE, reason=" ")
    assert do(empty, Act.FILE, reason="匿名且无实质内容").state == State.FILED
    with pytest.raises(Refused, match="须书面告知"):
        do(registered(), Act.FILE, reason="不想办")


def test_e39_an_anonymous_report_goes_to_the_discipline_body_and_is_never_filed():
    petition = registered(channel="letter", kind="report", parties=[], facts={"anonymous": True})
    petition = do(petition, Act.REFER, "clerk1", to=organ("YHJJ"))
    assert petition.state == State.REPORTED
    assert {user for user in ("officer1", "clerk1", "disc1") if _sees(user)} == {"disc1"}


def _sees(username) -> bool:
    return Petition.objects.visible_to(someone(username)).exists()


def test_e39_a_report_is_referred_to_a_discipline_body_that_is_not_the_accused():
    petition = registered(kind="report", accused_organ=organ("YHJJ"))
    with pytest.raises(Refused, match="没有检举控告专岗"):
        do(petition, Act.REFER, "clerk1", to=organ("YHZJ"))
    with pytest.raises(Refused, match="上一级纪检"):
        do(petition, Act.REFER, "clerk1", to=organ("YHJJ"))
    assert do(petition, Act.REFER, "clerk1", to=organ("YZJJ")).organ.code == "YZJJ"


def test_e40_a_withheld_name_is_on_no_outward_paper():
    with on_day(DAY):
        petition = issued(parties=[someone_else(name_withheld=True)])
    for link in petition.petition_letters.select_related("letter"):
        assert "马玉珍" not in f"{link.letter.text}{link.letter.addressee}", link.letter.kind


def test_word_of_a_report_reaches_only_those_who_may_read_it():
    """Somebody of the discipline body whose post answers petitions, but who is not its named post."""
    role = Role.objects.get(code="DEPT_OFFICER")
    post = Post.objects.create(organ=organ("YHJJ"), role=role, title="来信岗")
    Appointment.objects.create(user=someone("officer.yhzj"), post=post, since=date(2022, 5, 1))
    petition = do(registered(kind="report"), Act.REFER, "clerk1", to=organ("YHJJ"))
    told = Outbox.objects.filter(url__contains=petition.number).values_list("recipient__username", flat=True)
    assert set(told) == {"disc1"}


# 集体、联名（第二十条）


def test_e42_twenty_who_come_together_are_one_petition_with_five_representatives():
    people = [someone_else(n, role="representative") for n in range(3)]
    petition = registered(parties=people, facts={"people_count": 20})
    assert petition.submission.is_group and petition.submission.people_count == 20
    assert Petition.objects.count() == 1


def test_e43_those_who_only_signed_along_do_not_hold_up_the_end():
    people = [someone_else(1), *(PartyFacts(name=f"联名人{n}", role="joint") for n in range(4))]
    with on_day(DAY):
        petition = issued(channel="letter", parties=people, facts={"is_joint": True, "people_count": 50})
        lead = petition.services.get(letter__kind="F12", party__role="lead")
        lead.petition = petition
        carry_out(lead, Act.SERVE, by=someone("officer1"), means="direct", on=today())
        assert do(petition, Act.CLOSE).state == State.CLOSED


# 并案（第二十三条、第三十五条）


def test_e44_e58_three_repeats_join_the_main_case_whose_clock_stays_and_each_is_told():
    with on_day(DAY):
        main = accepted()
    with on_day("2026-03-20"):
        repeats = [do(registered(parties=[someone_else(n)]), Act.MERGE, into=main) for n in range(3)]
    assert clock(main, "D06").starts_on == DAY
    for repeat in repeats:
        assert not repeat.deadlines.filter(term="D06").exists() and clock(repeat, "D02").ended_how == "met"
        assert repeat.services.filter(letter__kind="F02").count() == 1


def test_e59_the_opinion_is_served_on_everyone_and_each_remedy_runs_from_its_own_service():
    with on_day(DAY):
        main = accepted()
        do(registered(parties=[someone_else()]), Act.MERGE, into=main)
        main = do(do(drafted(main), Act.SUBMIT), Act.PASS, "legal1")
        main = do(main, Act.SIGN, "deputy1")
    opinions = main.services.filter(letter__kind="F12").order_by("pk")
    assert [service.party.name for service in opinions] == ["陈玉兰", "马玉珍"]
    assert len({service.letter_id for service in opinions}) == 2  # 互不相识的人不共用一份文书
    for service, day in zip(opinions, ("2026-03-03", "2026-03-10"), strict=True):
        with on_day(day):
            with pytest.raises(Refused, match="逐人记录送达"):
                do(main, Act.CLOSE)
            service.petition = fresh(main)
            carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())
    starts = fresh(main).deadlines.filter(term="D08").order_by("starts_on").values_list("starts_on", flat=True)
    assert list(starts) == [date(2026, 3, 3), date(2026, 3, 10)]


@pytest.mark.parametrize("make", [issued, closed, forwarded])
def test_nothing_joins_a_case_that_is_not_being_handled(make):
    with on_day(DAY):
        main = make()
        with pytest.raises(Refused):
            do(registered(), Act.MERGE, into=main)


def test_nothing_joins_a_case_that_was_turned_away_or_that_one_may_not_see():
    led = do(registered(), Act.LEAD_IN, path="31-2", authority="云河区劳动人事争议仲裁院", reason="劳动争议")
    with pytest.raises(Refused, match="已经办结"):
        do(registered(), Act.MERGE, into=led)
    unseen = registered("officer.wh", organ=organ("YHWH"))
    unseen = do(decided(unseen, "officer.wh"), Act.ACCEPT, "officer.wh")
    with pytest.raises(Refused, match="无权查看"):
        do(registered(), Act.MERGE, into=unseen)


def test_whoever_handles_the_main_case_can_read_what_joined_it():
    with on_day(DAY):
        main = do(
            decided(do(at_office(), Act.FORWARD, "dclerk1", to=organ("YHZJ")), "officer.yhzj"),
            Act.ACCEPT,
            "officer.yhzj",
        )
        repeat = do(at_office(parties=[someone_else()]), Act.MERGE, "dclerk1", into=main)
    assert Petition.objects.visible_to(someone("officer.yhzj")).filter(pk=repeat.pk).exists()


# 承继、撤回、去世、拆分


def test_e55_a_closed_organ_gets_nothing_and_its_successor_is_named():
    with pytest.raises(Refused, match="承继单位“云州市云河区住房和城乡建设委员会”"):
        do(at_office(), Act.FORWARD, "dclerk1", to=organ("YHFG"))


def test_e56_withdrawn_in_writing_ends_the_clocks_once_approved_and_a_report_does_not_end_so():
    with on_day(DAY):
        petition = accepted()
        with pytest.raises(Refused, match="写明理由"):
            ask(petition, Act.TERMINATE, ground="withdrawn", reason="")
        pending = ask(petition, Act.TERMINATE, ground="withdrawn", reason="书面撤回申请书附后", **IN_WRITING)
        petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == State.TERMINATED and clock(petition, "D06").ended_how == "void"
    letter = petition.petition_letters.get(letter__kind="F17").letter
    assert "终止事由：信访人书面撤回。" in letter.rendered.words
    assert "情况说明：书面撤回申请书附后。" in letter.rendered.words
    assert not re.search("复查|复核|复议|诉讼", letter.rendered.words)
    assert [row.letter_id for row in petition.services.filter(letter__kind="F17")] == [letter.pk]
    report = registered(kind="report")
    told = {"ground": "withdrawn", "reason": "书面撤回"}
    assert "检举控告不因" in no_cause_to_terminate(report, **told)


def test_e57_death_without_successor_ends_it_only_by_approval():
    petition = accepted()
    with pytest.raises(Refused, match="须先报请审批"):
        do(petition, Act.TERMINATE, ground="death", reason="死亡证明附后，没有近亲属继续提出")
    pending = ask(petition, Act.TERMINATE, ground="death", reason="死亡证明附后，没有近亲属继续提出")
    petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == State.TERMINATED
    letter = petition.petition_letters.get(letter__kind="F17").letter
    assert letter.addressee.endswith("的近亲属")
    assert not petition.services.filter(letter=letter).exists()


def test_e57_nobody_is_told_of_the_end_where_names_are_unclear_and_the_cause_must_be_a_known_one():
    petition = accepted(facts={"notice_exempt": True})
    with pytest.raises(Refused, match="须选定情形"):
        ask(petition, Act.TERMINATE, ground="tired", reason="办不下去")
    pending = ask(petition, Act.TERMINATE, ground="settled", reason="双方和解并已履行")
    petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == State.TERMINATED
    assert not petition.petition_letters.filter(letter__kind="F17").exists()


def test_e57_when_one_of_several_has_died_the_others_are_told():
    petition = accepted(parties=[someone_else(0), someone_else(1)])
    pending = ask(petition, Act.TERMINATE, ground="death", reason="其中一人死亡，其余人不再提出")
    petition = approve_all(pending, "legal1", "deputy1")
    letter = petition.petition_letters.get(letter__kind="F17").letter
    assert letter.addressee.endswith("等2人")
    assert petition.services.filter(letter=letter).count() == 2


def test_e60_five_demands_split_apart_each_run_on_their_own():
    with on_day(DAY):
        petition = registered(claims=[f"第{n}项诉求" for n in "一二三四五"])
        plan = [{"claims": [n], "kind": "appeal", "excerpt": "", "accused_organ": None} for n in range(2, 6)]
        parts = [petition, *separation.split(fresh(petition), plan, by=someone("officer1"))]
    for n, part in enumerate(parts):
        with on_day(DAY + timedelta(days=n)):
            do(decided(fresh(part)), Act.ACCEPT)
    starts = [clock(part, "D06").starts_on for part in parts]
    assert starts == [DAY + timedelta(days=n) for n in range(5)]
    assert all(fresh(part).services.filter(letter__kind="F02").count() == 1 for part in parts)
    assert len({clock(part, "D02").due_on for part in parts}) == 1  # 拆分不给谁多一天


# 途径与终点（第三十一条，rules V02）


def test_v02_no_opinion_for_a_matter_of_another_path():
    petition = do(drafted(accepted()), Act.CLASSIFY, path="31-5")
    with pytest.raises(Refused, match="第三十一条第六项"):
        do(petition, Act.SUBMIT)


def test_a_suggestion_under_study_is_told_in_writing():
    with on_day(DAY):
        petition = do(registered(kind="suggestion"), Act.STUDY)
    letter = petition.petition_letters.get(letter__kind="F02").letter
    assert "第二十九条" in str(letter.text) and "复查" not in str(letter.text)
    assert petition.services.count() == 1 and clock(petition, "D02").ended_how == "met"


@pytest.mark.parametrize(
    ("kind", "act", "by", "told"),
    [("suggestion", Act.STUDY, "officer1", {}), ("report", Act.REFER, "clerk1", {"to": "YHJJ"})],
)
def test_what_turns_out_to_be_of_another_kind_still_finds_its_way(kind, act, by, told):
    petition = do(accepted(), Act.CLASSIFY, kind=kind)
    petition = do(petition, act, by, **{key: organ(code) for key, code in told.items()})
    assert petition.state in (State.STUDYING, State.REPORTED)
    assert clock(petition, "D06").ended_how == "void"
