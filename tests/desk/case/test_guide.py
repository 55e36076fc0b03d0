"""定类定途径：问清事实，系统给出意见和理由，人照办或者写明另定的理由，三样都留下（第二十九条至第三十一条）。"""

import pytest

from petitions.act.decorator import Refused
from petitions.act.states import Kind
from rulebook.acts import Act
from tests.cast import accepted, do, registered
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db
OURS = {"kind": "appeal", "fact_competent": "on"}


def ask(petition, **told):
    """The page after 看建议; nothing is saved."""
    answer = signed_in("officer1").post(at(petition, "do/classify/"), {"seq": petition.seq, "advise": "1"} | told)
    assert answer.status_code == 200
    return answer


def proposed(answer) -> dict[str, str]:
    """What the page has filled in, as the browser would post it."""
    form = answer.context["form"]
    names = [name for name in form.fields if name.startswith(("branch", "why", "former"))]
    return {name: form[name].value() for name in names}


def test_the_advice_stands_beside_the_facts_before_anything_is_saved(city):
    petition = registered()
    answer = ask(petition, **OURS, fact_matter="wages", note="先问清楚", category="")
    page = text(answer)
    assert "系统建议：申诉求决 · 申请查处违法、履行法定职责（第三十一条第五项）" in page
    assert "P05 劳动保障监察" in page and "F02 信访事项受理告知书" in page and "F13 信访事项程序性答复书" in page
    assert "不得出具信访处理意见书（F12），不得起算60日（D06）" in page and "（V02）" in page
    assert "先问清楚" in page, "填过的都还在"
    rows = proposed(answer)
    assert [rows[f"branch{n}"] for n in range(1, 6)] == ["no", "no", "no", "no", "yes"]
    assert "也可以走劳动人事争议仲裁" in rows["why2"] and "劳动保障监察查处" in rows["why5"]
    petition.refresh_from_db(fields=["path", "path_record"])
    assert petition.path == "" and petition.path_record == []


def test_what_is_followed_is_kept_with_facts_reasons_and_rules(city):
    petition = registered()
    told = OURS | {"fact_matter": "labour"}
    petition, _ = post(petition, "classify", "officer1", **told, **proposed(ask(petition, **told)))
    assert petition.path == "31-2"
    rows, guide = petition.path_record[:-1], petition.path_record[-1]
    assert [row["branch"] for row in rows] == ["31-1", "31-2", "31-3", "31-4", "31-5"]
    assert all(row["reason"] and row["rule"].startswith("第三十一条第") for row in rows)
    assert guide["facts"]["matter"] == "labour" and guide["advice"]["path"] == "P04" and guide["overruled"] == ""
    page = text(signed_in("officer1").get(at(petition)))
    assert "照系统建议" in page and "P04 劳动人事争议仲裁" in page and "第三十一条第二项" in page
    again = text(signed_in("officer1").get(at(petition, "do/classify/")))
    assert "P04 劳动人事争议仲裁" in again, "再打开时，事实和意见都在"


def test_another_path_than_advised_wants_a_reason_that_is_kept(city):
    petition = registered()
    told = OURS | {"fact_matter": "civil"}
    rows = proposed(ask(petition, **told)) | {"branch1": "no", "why1": "不是平等主体之间的纠纷"}
    _, answer = post(petition, "classify", "officer1", status=422, **told, **rows)
    assert "系统建议走诉讼、复议等法定程序" in text(answer) and "另定的理由" in text(answer)
    reason = "所争是街道的公共设施维护职责，电话 13800006215 已核实"
    petition, _ = post(petition, "classify", "officer1", **told, **rows, overrule=reason)
    assert petition.path == "31-6" and petition.path_record[-1]["overruled"] == reason
    page = text(signed_in("officer1").get(at(petition)))
    assert "未照系统建议" in page and "所争是街道的公共设施维护职责" in page
    assert "13800006215" not in page


def test_changed_facts_change_the_proposed_answers_but_not_what_the_clerk_wrote(city):
    petition = registered()
    first = proposed(ask(petition, **OURS, fact_matter="service")) | {"why3": "信访人不是党员，也不在编制"}
    second = proposed(ask(petition, **OURS, fact_matter="decision", **first))
    assert second["branch4"] == "yes" and "行政复议" in second["why4"]
    assert second["why3"] == "信访人不是党员，也不在编制"


def test_what_the_file_tells_need_not_be_asked_again(city):
    petition = registered(facts={"litigation": "诉讼中"})
    page = text(signed_in("officer1").get(at(petition, "do/classify/")))
    assert '<option value="in_court" selected>' in page
    answer = ask(petition, **OURS, fact_matter="civil", fact_status="in_court")
    assert "不得由信访代替裁判、裁决" in text(answer)


def test_a_claim_is_not_classified_before_it_is_known_what_it_is_about(city):
    _, answer = post(registered(), "classify", "officer1", status=422, kind="appeal")
    page = text(answer)
    assert "请选择争的是什么，再看建议" in page and "请判定是否属于第三十一条第1项" in page


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("suggestion", "29", "建议意见（第二十九条）"),
        ("inquiry", "", "咨询、感谢能当场答复的当场答复"),
    ],
)
def test_the_other_kinds_are_advised_at_once(city, kind, path, said):
    petition = registered(kind=kind)
    page = text(signed_in("clerk1").get(at(petition, "do/classify/")))
    assert said in page
    petition, _ = post(petition, "classify", "clerk1", kind=kind)
    assert petition.path == path and petition.path_record[-1]["advice"]["kind"] == kind


def test_the_desk_sees_the_advice_right_after_registering(city):
    petition = registered(kind=Kind.SUGGESTION)
    page = text(signed_in("clerk1").get(f"/register/{petition.number}/done"))
    assert "系统建议：建议意见 · 建议意见（第二十九条）" in page and "转建议研究" in page
    answer = signed_in("clerk1").post(f"/register/{petition.number}/triage", {"kind": "suggestion", "do": "classify"})
    assert answer.status_code == 302
    petition.refresh_from_db(fields=["path"])
    assert petition.path == "29"


def test_of_a_report_the_desk_reads_the_advice_and_decides_nothing_but_the_hand_over(city):
    petition = registered(kind=Kind.REPORT)
    page = text(signed_in("clerk1").get(f"/register/{petition.number}/done"))
    assert "系统建议：检举控告 · 检举控告（第三十条）" in page and "移交检举控告专岗" in page
    assert "不得转给或者透露给被检举控告的人、单位及其下级" in page and "保存定类" not in page
    answer = signed_in("clerk1").post(f"/register/{petition.number}/triage", {"kind": "inquiry", "do": "classify"})
    petition.refresh_from_db(fields=["kind"])
    assert answer.status_code == 422 and petition.kind == Kind.REPORT


def test_no_branch_is_skipped_on_the_way_to_the_petition_procedure(city):
    petition = accepted()
    with pytest.raises(Refused, match="31-2"):
        do(petition, Act.CLASSIFY, path="31-6", record=[{"branch": "31-1", "answer": False}])


def test_the_organ_answers_its_own_procedure_by_the_page(city):
    petition = registered()
    told = OURS | {"fact_matter": "application"}
    petition, _ = post(petition, "classify", "officer1", **told, **proposed(ask(petition, **told)))
    page = text(signed_in("officer1").get(at(petition, "do/lead_in/")))
    assert 'value="云州市云河区青柳街道办事处"' in page, "本机关自己的行政程序"
    lead = {"path": "31-4", "authority": "云州市云河区青柳街道办事处", "reason": "转入本单位行政确认程序办理。"}
    petition, _ = post(petition, "lead_in", "officer1", **lead)
    reply = {"outcome": "done", "facts": "材料齐全。", "reply": "予以确认。", "basis": "《云州市物业管理办法》第九条"}
    _, answer = post(petition, "answer", "officer1", status=422, **reply)
    assert "请填写行政复议机关" in text(answer) and "予以确认。" in text(answer)
    remedy = {"reconsider_organ": "云州市云河区人民政府", "court": "云州市云河区人民法院"}
    petition, answer = post(petition, "answer", "officer1", status=200, preview="1", **reply, **remedy)
    assert "60日内向云州市云河区人民政府申请行政复议" in text(answer) and "6个月内" in text(answer)
    petition, _ = post(petition, "answer", "officer1", **reply, **remedy)
    assert petition.petition_letters.filter(letter__kind="F13").exists()


def test_the_parts_of_one_letter_say_how_far_they_have_come(city):
    petition = registered()
    petition, _ = post(petition, "split", "officer1", claim1="0", claim2="1", kind1="inquiry", excerpt1="")
    sibling = petition.submission.petitions.exclude(pk=petition.pk).get()
    page = text(signed_in("officer1").get(at(petition, "similar/")))
    assert "同一来件您可查看的 2 件，还有 2 件没有办结" in page and sibling.number in page
    for one in (petition, sibling):
        one.kind = "inquiry"
        one.save(update_fields=["kind"])
        post(one, "answer", "officer1", outcome="answered", reply="已当面解答。")
    assert "同一来件您可查看的 2 件都已办结" in text(signed_in("officer1").get(at(petition, "similar/")))
