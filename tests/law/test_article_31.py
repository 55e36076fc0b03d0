"""第三十一条：申诉求决分类处理，先排除第一至五项，全不属于的才走信访程序；第二十八条：诉讼与信访分离。"""

import pytest

from rulebook.triage import Facts, triage

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
