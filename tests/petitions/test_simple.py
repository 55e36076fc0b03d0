"""《信访事项简易办理办法（试行）》：适用与不适用、快捷告知与答复、转为普通程序（案例 E61、E62 见用例名）。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import Letter
from petitions.acceptance.simple import rules as simple
from petitions.act.decorator import Refused, why_not
from petitions.act.states import Kind, Procedure, State
from petitions.approval import rules as approvals
from petitions.clocks.provenance import explained
from petitions.models import Petition
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from public.progress.public_wording import step
from rulebook.acts import Act
from rulebook.books import settings_of
from supervision.ladder.climb import sweep
from tests.cast import closed, decided, do, drafted, fresh, on_day, registered, serve_all, someone
from tests.petitions.places import approve_all, ask, at_office, clock, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = "2026-04-28"  # 10 个工作日：劳动节放假五天、5 月 9 日上班，届满 5 月 14 日
FIT = {"ground": "plain", "means": "phone"}
NINTH, TENTH, ELEVENTH = "2026-05-13", "2026-05-14", "2026-05-15"
ANSWER = {"outcome": "support", "reply": "电梯当天已经修好，维修资金使用情况已在楼门口公示。"}


def taken_up(day=DAY, **told):
    """Taken up by the simple procedure on the day, by the street itself."""
    with on_day(day):
        return do(decided(registered(**told)), Act.ACCEPT_SIMPLY, **FIT)


def convert(petition, on, by=("officer1", "deputy1"), reason="涉及维修资金历史账目，须逐笔核对。"):
    with on_day(on):
        return approve_all(ask(petition, Act.CONVERT, by[0], reason=reason), by[1])


@pytest.fixture
def choose(monkeypatch):
    """What another city decided under its rule set."""

    def city_that_chose(key, value):
        monkeypatch.setattr(simple, "settings_of", lambda rule_set: {**settings_of(rule_set), key: value})

    return city_that_chose


def papers(petition) -> list[str]:
    """The kinds of letters issued, without the receipt of registration."""
    kinds = petition.petition_letters.order_by("pk").values_list("letter__kind", flat=True)
    return [kind for kind in kinds if kind != "F01"]


def d06(petition):
    return fresh(petition).deadlines.filter(term="D06").order_by("-started_by").first()


# 受理


def test_ten_working_days_run_inside_the_sixty_days_and_no_letter_is_owed():
    petition = taken_up()
    assert (petition.state, petition.procedure, petition.path) == (State.ACCEPTED, Procedure.SIMPLE, "31-6")
    ten = clock(petition, "D16c")
    assert (ten.kind, ten.due_on) == ("internal", date(2026, 5, 14))
    assert d06(petition).due_on == date(2026, 6, 27) and petition.next_term == "D06"  # 对外只有法定期限
    assert clock(petition, "D02").ended_how == "met"
    assert papers(petition) == []
    told = sentence(petition.events.get(act="accept_simply"))
    assert told == "简易受理，电话告知：事实清楚、责任明确、争议不大、易于解决"


def test_the_petitioner_must_be_told_somehow_unless_nobody_can_be():
    petition = decided(registered())
    with pytest.raises(Refused, match="请选择告知信访人的方式"):
        do(petition, Act.ACCEPT_SIMPLY, ground="plain")
    with pytest.raises(Refused, match="须选定适用情形"):
        do(petition, Act.ACCEPT_SIMPLY, ground="whatever", means="phone")
    unclear = decided(registered(facts={"notice_exempt": True}))
    assert do(unclear, Act.ACCEPT_SIMPLY, ground="plain").procedure == Procedure.SIMPLE


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"facts": {"people_count": 5}}, "集体、联名信访不适用简易办理"),
        ({"facts": {"is_joint": True}}, "集体、联名信访不适用简易办理"),
        ({"facts": {"urgent": True}}, "重大紧急、重点、督办的件不适用简易办理"),
        ({"kind": Kind.INQUIRY}, "咨询请直接答复"),
    ],
)
def test_what_the_measure_leaves_out_is_refused_by_the_facts_on_file(told, sentence):
    petition = registered(**told)
    if petition.kind == Kind.APPEAL:
        petition = decided(petition)
    with pytest.raises(Refused, match=sentence):
        do(petition, Act.ACCEPT_SIMPLY, **FIT)


def test_a_report_is_never_simple_whoever_looks_at_it():
    report = registered(kind=Kind.REPORT)
    assert any("检举控告不适用简易办理" in said for said in why_not(report, Petition.accept_simply))
    with pytest.raises(PermissionDenied):
        do(report, Act.ACCEPT_SIMPLY, "officer1", **FIT)


def test_four_people_may_still_be_simple():
    petition = decided(registered(facts={"people_count": 4}))
    assert do(petition, Act.ACCEPT_SIMPLY, **FIT).procedure == Procedure.SIMPLE


def test_a_repeat_is_not_simple():
    petition = decided(registered())
    petition.repeat_of = closed()
    petition.save(update_fields=["repeat_of"])
    with pytest.raises(Refused, match="重复信访不适用简易办理"):
        do(petition, Act.ACCEPT_SIMPLY, **FIT)


@pytest.mark.parametrize(
    ("bar", "words"),
    [
        ("repeated", "重复信访"),
        ("complex", "重大、复杂、疑难"),
        ("unsupported", "可能不支持其诉求"),
        ("several", "涉及多个责任主体"),
        ("refused", "信访人明确不同意"),
    ],
)
def test_what_only_a_person_can_tell_is_refused_with_its_name(bar, words):
    petition = decided(registered())
    with pytest.raises(Refused, match=f"{words}的，不适用简易办理，请按普通程序受理"):
        do(petition, Act.ACCEPT_SIMPLY, **FIT, bars=[bar])
    assert do(petition, Act.ACCEPT).procedure == Procedure.NORMAL  # 普通程序照常


def test_the_list_of_what_is_left_out_is_the_citys(choose):
    petition = decided(registered())
    choose("simple_bars", ["refused"])
    with pytest.raises(Refused, match="信访人明确不同意的"):
        do(petition, Act.ACCEPT_SIMPLY, **FIT, bars=["several", "refused"])
    assert do(petition, Act.ACCEPT_SIMPLY, **FIT, bars=["several"]).procedure == Procedure.SIMPLE


def test_a_matter_of_another_legal_path_and_an_undecided_one_are_not_simple():
    with pytest.raises(Refused, match="逐项判定第三十一条"):
        do(registered(), Act.ACCEPT_SIMPLY, **FIT)
    other = do(registered(), Act.CLASSIFY, path="31-4")
    with pytest.raises(Refused, match="不适用简易办理；请导入法定途径"):
        do(other, Act.ACCEPT_SIMPLY, **FIT)


# 建议简易办理


def test_a_petition_office_suggests_it_and_three_working_days_run_from_the_receipt():
    with on_day("2026-04-28"):
        petition = at_office()
    with on_day("2026-04-29"):
        petition = do(petition, Act.SUGGEST_SIMPLE, "dclerk1", ground="daily")
        first = clock(petition, "D16a")
        assert (first.starts_on, first.due_on) == (date(2026, 4, 28), date(2026, 5, 6))
        with pytest.raises(Refused, match="已经建议简易办理"):
            do(petition, Act.SUGGEST_SIMPLE, "dclerk1", ground="daily")
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert clock(petition, "D16a").ended_how == "met"
    told = clock(petition, "D16b")
    assert (told.starts_on, told.due_on, told.owed_by_organ.code) == (date(2026, 4, 29), date(2026, 5, 7), "YHQL")
    assert clock(petition, "D03").due_on == date(2026, 5, 14)  # 十五日仍是底线
    with on_day("2026-05-07"):
        petition = do(decided(petition), Act.ACCEPT_SIMPLY, **FIT)
    assert clock(petition, "D16b").ended_how == "met" and clock(petition, "D03").ended_how == "met"
    assert {row["agrees"] for row in explained(petition)["clocks"]} == {True}


def test_the_receiver_need_not_follow_the_suggestion():
    petition = do(at_office(), Act.SUGGEST_SIMPLE, "dclerk1", ground="plain")
    petition = do(decided(do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))), Act.ACCEPT)
    assert (petition.procedure, clock(petition, "D16b").ended_how) == (Procedure.NORMAL, "met")
    assert not petition.deadlines.filter(term="D16c").exists()


def test_without_a_suggestion_nobody_owes_three_days():
    petition = do(at_office(), Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert not petition.deadlines.filter(term__startswith="D16").exists()


def test_an_organ_that_may_handle_it_does_not_suggest_and_an_office_does_not_accept():
    with pytest.raises(PermissionDenied):
        do(registered(), Act.SUGGEST_SIMPLE, "officer1", ground="plain")
    with pytest.raises(PermissionDenied):
        do(at_office(), Act.ACCEPT_SIMPLY, "dclerk1", **FIT)


# 答复


def test_a_short_answer_by_telephone_ends_both_clocks_and_the_case():
    petition = taken_up()
    with on_day(TENTH):
        petition = do(petition, Act.ANSWER_SIMPLY, means="phone", **ANSWER)
    assert petition.state == State.CLOSED and petition.closed_at is not None
    assert clock(petition, "D16c").ended_how == d06(petition).ended_how == "met"
    assert papers(petition) == [] and not petition.deadlines.filter(term="D08").exists()
    assert set(petition.claims.values_list("finding", "answer")) == {("support", ANSWER["reply"])}
    line = petition.events.get(act="answer_simply")
    assert sentence(line) == "简易答复，电话告知"
    assert step(line.act, line.details, channel="来访", served="") == "作出答复"


def test_an_answer_on_the_eleventh_working_day_is_late_for_the_house_and_in_time_for_the_law():
    petition = taken_up()
    with on_day(ELEVENTH):
        petition = do(petition, Act.ANSWER_SIMPLY, means="sms", **ANSWER)
    assert (clock(petition, "D16c").ended_how, d06(petition).ended_how) == ("late", "met")


def test_what_is_not_supported_is_not_answered_in_short():
    petition = taken_up()
    with pytest.raises(Refused, match="不支持诉求的不适用简易答复：请申请转为普通程序"):
        do(petition, Act.ANSWER_SIMPLY, means="phone", outcome="not_support", reply="不予支持。")
    with pytest.raises(Refused, match="请写明答复内容"):
        do(petition, Act.ANSWER_SIMPLY, means="phone", outcome="support", reply=" ")
    with pytest.raises(Refused, match="请选择告知信访人的方式"):
        do(petition, Act.ANSWER_SIMPLY, **ANSWER)


def test_an_ordinary_case_is_not_answered_in_short():
    petition = do(decided(registered()), Act.ACCEPT)
    with pytest.raises(Refused, match="本件不是简易办理，请起草并出具处理意见书"):
        do(petition, Act.ANSWER_SIMPLY, means="phone", **ANSWER)


def test_e62_paper_is_given_where_it_is_asked_for_and_no_day_changes():
    plain = taken_up()
    with on_day(DAY):
        petition = do(decided(registered()), Act.ACCEPT_SIMPLY, **FIT, paper=True)
    assert papers(petition) == ["F02"]
    days = [(row.term, row.starts_on, row.due_on) for row in petition.deadlines.order_by("term")]
    assert days == [(row.term, row.starts_on, row.due_on) for row in plain.deadlines.order_by("term")]
    with on_day(TENTH):
        petition = do(petition, Act.ANSWER_SIMPLY, paper=True, **ANSWER)
    assert papers(petition) == ["F02", "F37"] and clock(petition, "D16c").ended_how == "met"
    letter = Letter.objects.get(kind="F37")
    assert letter.status == "issued" and ANSWER["reply"] in letter.rendered.words
    assert "转为普通程序" in letter.rendered.words and "复查" not in letter.rendered.words
    assert petition.services.filter(letter=letter).count() == 1  # 要送到人手上


def test_e62_a_formal_opinion_may_still_be_drafted_and_gives_its_remedy():
    petition = taken_up()
    with on_day(NINTH):
        petition = do(do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        petition = do(serve_all(petition), Act.CLOSE)
    assert clock(petition, "D16c").ended_how == "met" and clock(petition, "D08").is_running


def test_a_suggestion_may_be_answered_at_once():
    with on_day(DAY):
        petition = do(registered(kind=Kind.SUGGESTION), Act.ACCEPT_SIMPLY, ground="instant", means="web")
        assert petition.path == "29" and not petition.deadlines.filter(term="D06").exists()
        assert clock(petition, "D16c").is_running
        petition = do(petition, Act.ANSWER_SIMPLY, outcome="adopted", reply="已列入下季度工程。", paper=True)
    assert petition.state == State.CLOSED and papers(petition) == ["F14"]


def test_a_suggestion_that_turns_out_to_need_study_is_studied():
    petition = do(registered(kind=Kind.SUGGESTION), Act.ACCEPT_SIMPLY, ground="instant", means="web")
    with pytest.raises(Refused, match="请转建议研究"):
        ask(petition, Act.CONVERT, reason="须论证")
    petition = do(petition, Act.STUDY)
    assert (petition.state, petition.procedure) == (State.STUDYING, Procedure.NORMAL)
    assert clock(petition, "D16c").ended_how == "void"


# 转为普通程序


def test_e61_complex_on_the_ninth_working_day_and_the_sixty_days_run_from_the_simple_acceptance():
    petition = convert(taken_up(), NINTH)
    assert (petition.state, petition.procedure) == (State.ACCEPTED, Procedure.NORMAL)
    assert clock(petition, "D16c").ended_how == "void"
    sixty = clock(petition, "D06")
    assert (sixty.starts_on, sixty.due_on, sixty.is_running) == (date(2026, 4, 28), date(2026, 6, 27), True)
    assert papers(petition) == ["F02"]  # 告知信访人
    words = Letter.objects.get(kind="F02").rendered.words
    assert "转为普通程序" in words and "2026年6月27日" in words
    assert sentence(petition.events.get(act="convert")) == "转为普通程序，办理期限自简易受理之日起计算"
    with on_day("2026-06-20"):  # 普通程序可以依法延期
        approve_all(ask(petition, Act.EXTEND, days=30, reason="账目复杂，尚未核对完毕"), "head1")
    assert clock(petition, "D06").due_on == date(2026, 7, 27)
    assert list(verify()) == []


def test_e61_the_city_may_let_the_sixty_days_run_from_the_conversion(choose):
    petition = taken_up()
    choose("simple_to_normal_clock", "converted")
    petition = convert(petition, NINTH)
    old, new = petition.deadlines.filter(term="D06").order_by("started_by")
    assert (old.ended_how, new.starts_on, new.due_on) == ("void", date(2026, 5, 13), date(2026, 7, 12))
    assert petition.next_due_on == date(2026, 7, 12)
    assert {row["agrees"] for row in explained(petition)["clocks"]} == {True}
    assert list(verify()) == []


def test_after_the_tenth_working_day_it_is_neither_converted_nor_extended():
    petition = taken_up()
    with on_day(TENTH):
        pending = ask(petition, Act.CONVERT, reason="须核对历史账目")
    with on_day(ELEVENTH):
        with pytest.raises(Refused, match="已于2026-05-14届满，不再转为普通程序，也不能延期"):
            approvals.approve(pending, by=someone("deputy1"), note="同意")  # 最后一天报请，过了才批，也不行
        approvals.withdraw(pending, by=someone("officer1"))
        with pytest.raises(Refused, match="请在 60 日内起草并出具处理意见书"):
            ask(fresh(petition), Act.CONVERT, reason="须核对历史账目")
        with pytest.raises(Refused, match="简易办理不适用延期"):
            ask(fresh(petition), Act.EXTEND, days=10, reason="情况复杂")
        petition = do(drafted(fresh(petition)), Act.SUBMIT)  # 还有出具处理意见书这条路
    assert petition.state == State.SUBMITTED


def test_the_city_may_leave_the_whole_sixty_days_for_the_conversion(choose):
    petition = taken_up()
    choose("simple_convert_within", "ordinary")
    with on_day("2026-06-28"), pytest.raises(Refused, match="2026-06-27届满"):
        ask(petition, Act.CONVERT, reason="须核对历史账目")
    assert convert(petition, "2026-06-27").procedure == Procedure.NORMAL


def test_not_settled_by_the_answer_the_case_is_opened_again_and_ends_in_an_opinion_with_its_remedy():
    petition = taken_up()
    with on_day(TENTH):
        petition = do(petition, Act.ANSWER_SIMPLY, means="phone", **ANSWER)
    petition = convert(petition, "2026-06-01", reason="信访人来电称电梯又停了，要求书面处理。")
    assert petition.state == State.ACCEPTED and petition.closed_at is None
    met, runs = petition.deadlines.filter(term="D06").order_by("started_by")
    assert (met.ended_how, runs.starts_on, runs.due_on) == ("met", date(2026, 4, 28), date(2026, 6, 27))
    assert set(petition.claims.values_list("finding", "answer")) == {("", "")}
    assert {row["agrees"] for row in explained(petition)["clocks"]} == {True}
    with on_day("2026-06-10"):
        petition = do(do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        petition = do(serve_all(petition), Act.CLOSE)
    assert d06(petition).ended_how == "met" and clock(petition, "D08").is_running
    assert list(verify()) == []


def test_sixty_days_after_a_short_answer_a_new_petition_is_registered_instead():
    petition = taken_up()
    with on_day(TENTH):
        petition = do(petition, Act.ANSWER_SIMPLY, means="phone", **ANSWER)
    with on_day("2026-06-28"), pytest.raises(Refused, match="请登记新件"):
        ask(petition, Act.CONVERT, reason="信访人不满意")


def test_converting_takes_a_deputy_and_a_reason_and_only_a_simple_case():
    petition = taken_up()
    with on_day(NINTH):
        pending = ask(petition, Act.CONVERT, reason="须核对历史账目")
        with pytest.raises(PermissionDenied):
            approvals.approve(pending, by=someone("chief1"), note="同意")
    ordinary = do(decided(registered()), Act.ACCEPT)
    with pytest.raises(Refused, match="本件不是简易办理"):
        ask(ordinary, Act.CONVERT, reason="复杂")


def test_an_answer_waits_while_a_conversion_is_before_the_deputy():
    petition = taken_up()
    with on_day(NINTH):
        ask(petition, Act.CONVERT, reason="须核对历史账目")
        with pytest.raises(Refused, match="报请审批的行为尚未办完"):
            do(petition, Act.ANSWER_SIMPLY, means="phone", **ANSWER)


# 提醒


def test_the_handler_is_reminded_the_working_day_before_the_tenth():
    petition = taken_up()
    for day, rungs in (("2026-05-12", []), (NINTH, ["L1"])):
        with on_day(day):
            sweep()
        kept = fresh(petition).deadlines.get(term="D16c").reminders.values_list("rung", flat=True)
        assert list(kept) == rungs, day
