"""第三十一条：申诉求决分类处理，先排除第一至五项，全不属于的才走信访程序；第二十八条：诉讼与信访分离。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.triage import Facts, triage
from tests.law import BUREAU, STREET, codes, on, only, read

# 争的是什么 → 第三十一条第几项、末段的救济
BRANCHES = {
    "judgment": ("31-1", "way"),
    "execution": ("31-1", "way"),
    "crime": ("31-1", "way"),
    "labour": ("31-2", "arbitration"),
    "contracted_land": ("31-2", "arbitration"),
    "party_member": ("31-3", "way"),
    "decision": ("31-4", "reconsider_or_sue"),
    "application": ("31-4", "reconsider_or_sue"),
    "injury": ("31-4", "reconsider_or_sue"),
    "enforcement": ("31-5", "reconsider_or_sue"),
    "service": ("31-6", "review"),
}


def asked(matter, **told):
    return triage(Facts.read({"receiver": "bureau", "asks": "claim", "matter": matter} | told))


def bans(advice) -> str:
    return "；".join(ban.say for ban in advice.must_not)


@pytest.mark.parametrize(("matter", "branch", "remedy"), [(key, *row) for key, row in BRANCHES.items()])
def test_each_matter_goes_on_its_own_path_with_its_own_remedy(matter, branch, remedy):
    advice = asked(matter)
    assert (advice.branch, advice.remedy) == (branch, remedy)
    assert advice.why and all(reason.rule for reason in advice.why)


@pytest.mark.parametrize("matter", [key for key, (branch, _) in BRANCHES.items() if branch != "31-6"])
def test_a_statutory_path_has_no_sixty_days_no_opinion_and_no_review(matter):
    advice = asked(matter)
    assert not {"D06", "D07", "D08", "D09"} & set(advice.clocks)
    assert "F12" not in (advice.letter, advice.end)
    assert "复查" not in advice.remedy_text
    assert "不得出具信访处理意见书（F12），不得起算60日（D06）" in bans(advice)


def test_the_petition_procedure_alone_has_them():
    advice = asked("service")
    assert {"D06", "D08"} <= set(advice.clocks)
    assert advice.end == "F12"
    assert "复议" not in advice.remedy_text and "诉讼" not in advice.remedy_text
    assert "第三十一条第一项至第五项没有逐项排除的，不得受理为信访程序" in bans(advice)


@pytest.mark.parametrize("status", ["in_court", "in_arbitration", "in_review"])
def test_a_claim_before_a_court_or_tribunal_is_not_also_a_petition(status):
    """第二十八条第二款."""
    advice = asked("service", status=status)
    assert advice.branch != "31-6"
    assert "同一诉求不得同时处于法定程序和信访程序" in bans(advice)


def test_a_lost_limitation_does_not_make_the_petition_a_tribunal():
    advice = asked("labour", status="time_barred")
    assert "不得因仲裁时效已过而由信访代替裁决" in bans(advice)


def test_the_petition_office_passes_on_and_gives_no_opinion():
    """第二十二条；第三十二条的处理意见由有权处理的机关出具。"""
    advice = asked("service", receiver="office")
    assert advice.letter == "F07"
    assert not {"D06", "D08"} & set(advice.clocks)
    assert "信访部门不得代替有权处理的机关出具处理意见书" in bans(advice)


def test_a_litigant_who_calls_is_guided_and_not_forwarded():
    """第二十二条第二款：涉诉信件转送同级政法部门，走访释法引导。"""
    assert asked("judgment", receiver="office", channel="letter").letter == "F32"
    assert "应当释法引导到政法部门，不得转送" in bans(asked("judgment", receiver="office", channel="visit"))


# 第五项：本机关履行法定职责，自接到申请之日起两个月（《行政诉讼法》第四十七条）

duty = only("D19")


def led(day="2026-03-12", **told):
    return on(
        Act.LEAD_IN, day, **({"path": "31-5", "own": True, "since": "2026-03-02", "owed_by_organ": STREET} | told)
    )


def test_the_organs_own_duty_has_two_months_from_the_application():
    reading = duty(led())
    assert (reading.starts_on, reading.due_on, reading.owed_by_organ) == (date(2026, 3, 2), date(2026, 5, 2), STREET)


def test_two_months_without_such_a_day_end_with_the_month():
    assert duty(led("2026-12-31", since="2026-12-31")).due_on == date(2027, 2, 28)


def test_another_law_sets_its_own_day():
    assert duty(led(due_on="2026-03-31")).due_on == date(2026, 3, 31)


@pytest.mark.parametrize("told", [{"own": False}, {"path": "31-4"}, {"path": "31-1", "own": False}])
def test_nobody_elses_procedure_is_counted_here(told):
    assert "D19" not in codes(led(**told))


@pytest.mark.parametrize(("act", "how"), [(Act.ANSWER, "met"), (Act.REOPEN, "void"), (Act.TERMINATE, "void")])
def test_it_ends_with_the_answer_or_with_the_case(act, how):
    assert duty(led(), on(act, "2026-04-20")).ended_how == how
    assert duty(led(), on(Act.ANSWER, "2026-05-03")).ended_how == "late"


# 受理以后改由别的机关承接（第二十四条、rules E14）：期限接着走，由承接的机关欠


def test_what_was_taken_up_keeps_its_sixty_days_whoever_takes_it_over():
    taken = on(Act.ACCEPT, "2026-03-02", owed_by_organ=STREET)
    asked = on(Act.REQUEST_DESIGNATION, "2026-03-20", leg_kind="", cause="taken_up")
    ruled = on(Act.DESIGNATE, "2026-03-24", leg=8, leg_kind="take_over", owed_by_organ=BUREAU)
    arrived = on(Act.ARRIVE, "2026-03-24", seq=ruled.seq + 1, leg=8, leg_kind="take_over", owed_by_organ=BUREAU)
    assert only("D06")(taken, asked).owed_by_organ == STREET
    reading = only("D06")(taken, asked, ruled, arrived)
    assert (reading.starts_on, reading.due_on, reading.owed_by_organ) == (date(2026, 3, 2), date(2026, 5, 1), BUREAU)
    assert {one.term.code for one in read(taken, asked, ruled, arrived)} == {"D06", "I05"}


def test_an_injury_at_work_is_recognised_in_its_own_procedure_whatever_the_topic():
    """《工伤保险条例》第十七条、第二十条、第二十五条；不服认定的复议、诉讼，待遇争议先仲裁."""
    assert asked("injury").path == asked("injury", topic="LD04").path == "P21"
    assert "劳动能力鉴定委员会" in asked("injury", receiver="office").organ
    assert asked("decision", topic="LD04").path == "P03" and asked("labour", topic="LD04").path == "P04"
