"""督查核查时的审核：必须改的放不过去，请核对的逐条写明理由，理由留在案里；起草的人先看得见。"""

import pytest

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.handling.opinion.examination.case_file import remarks_on
from petitions.models import Override
from rulebook.acts import Act
from tests.cast import accepted, do, drafted, fresh, passed, registered, someone, submitted
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db

FACTS = "经现场核查，电梯曳引机损坏，维保单位已更换。"
BASIS = "《特种设备安全法》第三十六条"
ANSWERS = ("电梯已于三日内修好。", "维修资金使用情况已在楼门公示。")
LETTER = {
    "facts": FACTS,
    "basis": BASIS,
    "finding1": "support",
    "answer1": ANSWERS[0],
    "finding2": "partly",
    "answer2": ANSWERS[1],
}
UNKNOWN = "《云州市电梯安全办法》第九条"


def sent(petition=None, *, facts=FACTS, basis=BASIS, answers=ANSWERS):
    """Heard, drafted with these words, and sent for the check."""
    petition = petition or accepted()
    petition = do(petition, Act.INQUIRE, form="heard", note="电话听取意见。")
    findings = [{"number": n, "finding": "support", "answer": said} for n, said in enumerate(answers, start=1)]
    return do(do(petition, Act.DRAFT, facts=facts, basis=basis, findings=findings), Act.SUBMIT)


def passing(petition, **told):
    """核查通过 by the legal post, with just what is told."""
    carry_out(fresh(petition), Act.PASS, by=someone("legal1"), **told)
    return fresh(petition)


def codes(petition):
    return [remark.code for remark in remarks_on(fresh(petition))]


def test_a_clean_draft_passes_without_a_word(city):
    petition = sent()
    assert codes(petition) == []
    assert passing(petition).latest_opinion.passed is True
    assert not Override.objects.exists()


def test_what_must_be_changed_is_not_let_through_whatever_is_said(city):
    petition = sent(basis="《特种设备安全法》第一百零九条")
    reasons = {remark.key: "条号没有错" for remark in remarks_on(petition)}
    with pytest.raises(Refused, match=r"必须改，请退回修改.*没有“《特种设备安全法》第一百零九条”"):
        passing(petition, overrides=reasons)
    petition = fresh(petition)
    assert (petition.state, petition.latest_opinion.passed) == (State.SUBMITTED, None)
    do(petition, Act.RETURN, "legal1", reason="条号超出，请改")


def test_what_asks_to_be_looked_at_passes_with_a_reason_that_stays_in_the_file(city):
    petition = sent(basis=f"{UNKNOWN}\n{BASIS}")
    [remark] = remarks_on(petition)
    with pytest.raises(Refused, match="1 处审核提示没有核对"):
        passing(petition)
    with pytest.raises(Refused, match="1 处审核提示没有核对"):
        passing(petition, overrides={remark.key: "  "})
    with pytest.raises(Refused, match="1 处审核提示没有核对"):
        passing(petition, overrides={"L2_of_another_text": "已核对"})
    petition = passing(petition, overrides={remark.key: "市政府规章，2026年起施行，已核对文本"})
    kept = petition.overrides.get()
    assert (kept.code, kept.by, kept.opinion) == ("L2", someone("legal1"), petition.latest_opinion)
    assert petition.events.get(act=Act.PASS).details["overrides"] == ["L2"]
    page = text(signed_in("deputy1").get(at(petition)))
    assert "已核对文本" in page and "云州市电梯安全办法" in page
    assert "1 处审核提示经核对保留" in page


def test_the_drafter_sees_the_remarks_on_the_draft_and_on_what_is_typed(city):
    petition = do(accepted(), Act.INQUIRE, form="heard", note="电话听取意见。")
    _, page = post(petition, "draft", "officer1", status=200, examine="1", **LETTER | {"basis": UNKNOWN})
    assert "不在法律法规名录中" in text(page)
    assert "还没有保存" in text(page) and UNKNOWN in text(page)
    assert fresh(petition).latest_opinion is None
    _, page = post(petition, "draft", "officer1", status=422, examine="1", **LETTER | {"facts": ""})
    assert "请填写事实和理由" in text(page)
    petition, _ = post(petition, "draft", "officer1", **LETTER | {"basis": "《信访条例》第三十二条"})
    for act in ("draft", "submit"):
        page = text(signed_in("officer1").get(at(petition, f"do/{act}/")))
        assert "必须改" in page and "已于2022年5月1日废止，请改引《信访工作条例》" in page


def test_the_checker_ticks_each_remark_and_says_why(city):
    petition = sent(basis=f"{UNKNOWN}\n{BASIS}")
    page = text(signed_in("legal1").get(at(petition, "do/pass_draft/")))
    [remark] = remarks_on(petition)
    assert remark.sentence in page and "请核对" in page
    _, page = post(petition, "pass_draft", "legal1", status=422, **{f"why_{remark.key}": "已查到文本"})
    assert "请核对后勾选" in text(page) and "已查到文本" in text(page)
    _, page = post(petition, "pass_draft", "legal1", status=422, **{f"ok_{remark.key}": "on"})
    assert "请填写保留理由" in text(page)
    told = {f"ok_{remark.key}": "on", f"why_{remark.key}": "已查到文本"}
    petition, _ = post(petition, "pass_draft", "legal1", opinion="其余无误。", **told)
    assert petition.latest_opinion.passed is True
    assert petition.overrides.get().reason == "已查到文本"


def test_a_returned_draft_does_not_come_back_as_it_was(city):
    petition = do(sent(), Act.RETURN, "legal1", reason="请补充检验报告的结论")
    again = do(petition, Act.SUBMIT)
    assert codes(again) == ["S2"]
    with pytest.raises(Refused, match="与退回的第 1 稿一字未改"):
        passing(again)
    petition = sent(do(again, Act.RETURN, "legal1", reason="请补充检验报告的结论"))
    assert codes(petition) == ["S2"], "抄成新一稿也一样"
    petition = do(petition, Act.RETURN, "legal1", reason="请补充")
    assert codes(sent(petition, facts=f"{FACTS}检验机构于更换后检验合格。")) == []


def test_the_names_of_others_are_known_from_the_organs_other_files(city):
    other = registered(parties=[party("蓝采薇")])
    assert other.organ.code == "YHQL"
    petition = sent(facts=f"{FACTS}蓝采薇反映的噪声同时消除。")
    [remark] = remarks_on(petition)
    assert (remark.code, "蓝采薇" in remark.sentence) == ("P3", False)
    elsewhere = registered(by="dclerk1", organ=someone("dclerk1").office, parties=[party("段长河")])
    assert elsewhere.organ.code == "YHXF"
    petition = sent(facts=f"{FACTS}段长河到场说明。")
    assert "P3" not in codes(petition), "只看本单位的件"


def party(name):
    from petitions.intake.registration import PartyFacts

    return PartyFacts(name=name)


def test_the_opinion_of_another_file_is_not_copied(city):
    first = passed()
    second = submitted()
    assert codes(second) == ["S3"]
    assert first.number in remarks_on(second)[0].sentence
    assert codes(first) == [], "自己不算"


def test_nothing_is_found_before_anything_is_written(city):
    assert remarks_on(accepted()) == []
    assert codes(drafted(accepted())) == []


def test_a_reply_that_is_no_opinion_tells_of_no_review(city):
    petition = registered(kind="inquiry")
    with pytest.raises(Refused, match="答复不得告知申请复查、复核"):
        do(petition, Act.ANSWER, outcome="answered", reply="已解答；不服的可以申请复查。")
    assert do(petition, Act.ANSWER, outcome="answered", reply="已解答。").state == State.CLOSED
