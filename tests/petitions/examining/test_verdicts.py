"""复查、复核意见签发前的审核：结论与意见一致、救济写对、每项请求答到、不照抄（第三十五条、第三十六条、rules §1.9）。"""

from datetime import date

import pytest

from petitions.act.decorator import Refused
from petitions.handling.opinion.examination import examine
from petitions.handling.opinion.examination.case_file import remarks_on_review
from petitions.handling.opinion.examination.examination_sheet import Earlier
from petitions.handling.opinion.examination.review_verdict import Verdict
from petitions.models import Override
from petitions.record.timeline import sentence
from rulebook.acts import Act
from tests.cast import fresh, on_day, someone
from tests.desk.case.hands import at, post, signed_in, text
from tests.petitions.contested import request, served_opinion, step
from tests.petitions.examining.papers import GOOD, OTHER_PHONE, file

ASKED = {1: "维修资金的使用情况没有查清"}
FACTS = (
    "本机关调阅案卷，并于2026年4月8日听取申请人陈述：维修资金本年度支出一笔，凭证齐全，原意见没有核对以往年度的账目。"
)
BASIS = "《信访工作条例》第三十五条"
KEEP = "原处理意见认定事实清楚，予以维持。"
NOTHING: list[str] = []


def verdict(outcome="uphold", decision=KEEP, *, facts=FACTS, basis=BASIS, is_last=False):
    return Verdict(facts, basis, {}, outcome=outcome, decision=decision, is_last=is_last)


def found(sheet, **told):
    """Codes of the remarks, a `!` where it must be changed."""
    known = {
        "claims": ASKED,
        "told": ASKED[1],
        "reviewers": ("云州市人民政府", "云州市政府"),
        "today": date(2026, 4, 20),
    }
    remarks = examine(sheet, file(**(known | told)))
    assert all(remark.sentence and remark.reason and remark.place for remark in remarks)
    return [f"{'!' if remark.severity == 'must' else ''}{remark.code}" for remark in remarks]


VERDICTS = {
    # 写得好的
    "upheld": (verdict(), NOTHING),
    "changed_in_part": (
        verdict("change", "变更原处理意见第二项，限期补充公示以往账目；维持原处理意见其余部分。"),
        NOTHING,
    ),
    "sent_back": (verdict("redo", "责令青柳街道办事处就以往年度的账目重新调查，重新作出处理意见。"), NOTHING),
    "quotes_what_was_asked": (verdict(decision=f"申请人请求撤销原处理意见的理由不成立。{KEEP}"), NOTHING),
    "says_the_remedy": (
        verdict(decision=f"{KEEP}不服的，可以自收到之日起三十日内请求云州市人民政府复核。"),
        NOTHING,
    ),
    "last_word": (verdict(decision=f"{KEEP}本复核意见为终局意见。", is_last=True), NOTHING),
    "tells_of_a_lawsuit": (verdict(facts=f"{FACTS}申请人曾向法院提起诉讼，已撤诉。"), NOTHING),
    # 有毛病的
    "upheld_but_sent_back": (verdict(decision="责令青柳街道办事处重新作出处理意见。"), ["!O1"]),
    "upheld_but_revoked": (verdict(decision="原意见没有查清账目，现撤销原处理意见。"), ["!O1"]),
    "revoked_but_upheld": (verdict("revoke", KEEP.replace("予以维持", "维持原处理意见")), ["!O1"]),
    "says_no_outcome": (verdict("redo", "请查清以往年度的账目。"), ["O2"]),
    "leaves_a_request_aside": (verdict(facts="本机关调阅案卷，电梯已经修好，恢复运行情况属实。"), ["Q2"]),
    "no_article": (verdict(basis="有关规定"), ["!L1"]),
    "no_such_article": (verdict(basis=f"{BASIS}\n《信访工作条例》第五十六条"), ["!L3"]),
    "copied_from_the_opinion": (verdict(facts=f"{GOOD.facts}"), ["S4"]),
    "to_the_wrong_organ": (verdict(decision=f"{KEEP}不服的可以请求云河区人民政府复核。"), ["!R2"]),
    "in_the_wrong_time": (verdict(decision=f"{KEEP}不服的可以在十五日内请求云州市人民政府复核。"), ["!R3"]),
    "calls_itself_final": (verdict(decision=f"{KEEP}本复查意见为终局意见。"), ["!R4"]),
    "to_the_court": (verdict(decision=f"{KEEP}不服的可以向人民法院提起行政诉讼。"), ["!R1"]),
    "after_the_last_word": (verdict(decision=f"{KEEP}不服的可以申请复核。", is_last=True), ["!R4"]),
    "to_the_court_after_the_last_word": (verdict(decision=f"{KEEP}不服的可以申请行政复议。", is_last=True), ["!R1"]),
    "somebody_elses_number": (verdict(facts=f"{FACTS}邻居电话{OTHER_PHONE}。"), ["!P1"]),
    "no_such_day": (verdict(facts=FACTS.replace("4月8日", "4月31日")), ["!D1"]),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_each_fault_of_a_verdict_is_found_and_nothing_else(case):
    sheet, expected = VERDICTS[case]
    assert found(sheet, earlier=(Earlier(1, GOOD, quashed=False),)) == expected


# 签发

LOOKED = FACTS.replace("4月8日", "6月1日")


def proposed(decision=KEEP, outcome="uphold", **told):
    """Asked for and drafted by the committee's office; ready to be signed."""
    proceeding = step(request(served_opinion()), Act.ADMIT_REVIEW, "review1")
    words = {"facts": LOOKED, "basis": BASIS, "decision": decision, "outcome": outcome} | told
    return step(proceeding, Act.PROPOSE_REVIEW, "review1", **words)


@pytest.fixture
def in_june(city):
    with on_day("2026-06-01"):
        yield


def test_what_must_be_changed_is_not_signed_whatever_is_said(in_june):
    proceeding = proposed("责令青柳街道办事处重新作出处理意见。")
    reasons = {one.key: "没有错" for one in remarks_on_review(proceeding)}
    with pytest.raises(Refused, match=r"必须改，请由起草人重新起草：复查（复核）意见：结论是“维持”"):
        step(proceeding, Act.DECIDE_REVIEW, "chair1", overrides=reasons)
    proceeding = step(
        proceeding, Act.PROPOSE_REVIEW, "review1", outcome="uphold", facts=LOOKED, basis=BASIS, decision=KEEP
    )
    assert step(proceeding, Act.DECIDE_REVIEW, "chair1").state == "decided"
    assert not Override.objects.exists()


def test_what_asks_to_be_looked_at_is_signed_with_a_reason_that_stays_in_the_file(in_june):
    proceeding = proposed("申请理由不能成立。")
    [remark] = remarks_on_review(proceeding)
    with pytest.raises(Refused, match="1 处审核提示没有核对，请逐条勾选并写明理由，或者由起草人重新起草"):
        step(proceeding, Act.DECIDE_REVIEW, "chair1")
    done = step(proceeding, Act.DECIDE_REVIEW, "chair1", overrides={remark.key: "通篇已写明维持的意思"})
    [kept] = Override.objects.all()
    assert (kept.code, kept.proceeding, kept.by, kept.reason) == ("O2", done, someone("chair1"), "通篇已写明维持的意思")
    line = fresh(done.petition).events.get(act="decide_review")
    assert sentence(line) == "签发复查意见书（1 处审核提示经核对保留）"


def test_the_drafter_sees_the_remarks_before_anything_is_saved_and_the_signer_ticks_them(in_june):
    proceeding = step(request(served_opinion()), Act.ADMIT_REVIEW, "review1")
    petition = fresh(proceeding.petition)
    words = {"facts": LOOKED, "basis": BASIS, "decision": "申请理由不能成立。", "outcome": "uphold"}
    _, answer = post(petition, "propose_review", "review1", status=200, examine="1", **words)
    assert "意见里没有写明“维持”" in text(answer) and "还没有保存" in text(answer)
    assert fresh(petition).proceedings.get().decision == ""
    petition, _ = post(petition, "propose_review", "review1", **words)
    page = text(signed_in("chair1").get(at(petition, "do/decide_review/")))
    assert "逐条核对审核提示" in page and "意见里没有写明“维持”" in page
    [remark] = remarks_on_review(fresh(petition).proceedings.get())
    _, answer = post(petition, "decide_review", "chair1", status=422)
    assert "请核对后勾选" in text(answer) and "请填写保留理由" in text(answer)
    told = {f"ok_{remark.key}": "on", f"why_{remark.key}": "通篇已写明维持的意思"}
    petition, _ = post(petition, "decide_review", "chair1", **told)
    assert petition.proceedings.get().state == "decided"
    assert "通篇已写明维持的意思" in text(signed_in("chair1").get(at(petition)))
