"""发出前的硬校验（rules §8.3）。"""

import pytest

from documents.letters.fields import KINDS
from documents.letters.letter_checks import faults, substance
from documents.letters.values import frozen
from tests.documents.samples import CLAIMS, sender_of, values_of


def found(kind, *, accused=(), review_organ="云河区人民政府", drop=(), secrecy=1, earlier="", **changes):
    given = {code: value for code, value in {**values_of(kind), **changes}.items() if code not in drop}
    return faults(
        kind,
        frozen(KINDS[kind], given),
        organ=sender_of(kind),
        review_organ=review_organ,
        accused=accused,
        secrecy=secrecy,
        earlier=earlier,
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_right_letter_passes(kind):
    assert found(kind) == []


def test_an_extension_is_at_most_thirty_days():
    assert found("F10", days=31, new_due_on="2026-05-29") == ["延长期限不得超过30日（第三十四条），现填31日"]


def test_the_new_day_is_the_old_day_plus_the_days():
    assert found("F10", new_due_on="2026-05-29") == [
        "新届满日与延长天数不符：原届满日2026年4月28日加30日应为2026年5月28日"
    ]


def test_the_review_organ_is_the_one_of_the_organ_table():
    assert found("F12", review_organ="") == [
        "机构表中没有登记“云河区青柳街道办事处”的复查机关，请先由管理员补登（第三十五条）"
    ]
    assert "应当是本机关的上一级“云州市人民政府”" in found("F12", review_organ="云州市人民政府")[0]


def test_every_claim_is_answered():
    assert found("F12", claims=CLAIMS[:2]) == ["投诉请求2条，处理意见3条：每条请求都要有处理意见"]


def test_the_basis_names_an_article():
    assert found("F12", basis=["物业管理条例"]) == ["法律法规依据应当写到条，例如“《……条例》第十条”（第三十二条）"]
    assert found("F12", basis=["《物业管理条例》第35条"]) == []


def test_an_opinion_points_to_no_court():
    opinions = [{"outcome": "not_support", "text": "不服的可以申请行政复议或者提起行政诉讼。"}] * 3
    assert found("F12", opinions=opinions) == [
        "处理意见不得告知申请复议或者提起诉讼：信访处理意见的救济是申请复查（第三十五条）"
    ]


def test_the_petition_path_needs_its_days_and_no_other_path_has_them():
    assert found("F02", drop=("due_on",)) == ["按信访程序办理的，请填写预计办结的届满日（第三十四条）"]
    assert found("F02", drop=("accepted_on",)) == ["按信访程序办理的，请填写受理日（第三十四条从受理之日起算）"]
    assert len(found("F02", path="31-4")) == 2


def test_a_report_is_never_sent_to_the_accused():
    assert found("F07", accused=["云河区住房和城乡建设委员会"])[0].startswith("收文单位是被检举控告的单位")
    assert found("F07", accused=["云河区城市管理局"]) == []


@pytest.mark.parametrize("kind", ["F07", "F08", "F09", "F23", "F24", "F32", "F33"])
def test_no_letter_between_organs_goes_to_the_accused(kind):
    assert any("是被检举控告的单位" in one for one in found(kind, accused=[values_of(kind)["to_organ"]]))


def test_a_report_is_forwarded_secretly_and_names_nobody_without_need():
    assert found("F33", secrecy=0) == ["检举控告转送函应当定密级，只由检举控告专岗制作和查看（第三十条）"]
    named = "检举控告转送函一般不写检举控告人姓名；确有必要的，姓名和必要性都要写明（第三十条）"
    assert found("F33", petitioner="刘桂兰") == [named]
    assert found("F33", petitioner="刘桂兰", why_named="本人书面要求实名反馈") == []


def test_a_decision_by_an_administrative_path_has_its_own_remedy():
    assert found("F13", path="31-6") == ["程序性答复书只用于第三十一条第四项、第五项，其他途径请改用相应文书"]
    assert found("F13", path="31-4") == []
    assert "不得告知申请复查、复核" in found("F13", answer="不服的可以申请复查。")[0]
    assert found("F13", basis=["消防法"])[0].startswith("法律法规依据应当写到条")


def test_nobody_reviews_its_own_opinion():
    assert found("F18", original_organ="云河区人民政府") == ["“云河区人民政府”作出过原意见，不能自己复查、复核"]
    assert "复核机关应当是复查机关的上一级" in found("F18", recheck_organ="云河区人民政府")[0]
    assert found("F19", original_organ="云州市人民政府") == ["“云州市人民政府”作出过原意见，不能自己复查、复核"]


def test_only_an_order_to_redo_has_a_day_for_it():
    assert found("F18", review_result="uphold") == ["只有责令限期重新作出的，才填写重新作出的期限"]
    assert found("F18", review_result="uphold", drop=("redo_due_on",)) == []


def test_a_final_opinion_offers_no_further_review_and_no_court():
    assert "不得再告知申请复查、复核" in found("F19", conclusion="不服的可以申请复核。")[0]
    assert "不得告知申请复议或者提起诉讼" in found("F19", conclusion="不服的可以提起诉讼。")[0]


def test_an_opinion_made_anew_is_not_the_old_one_again():
    earlier = substance("F12", frozen(KINDS["F12"], values_of("F12")))
    said = "与原意见相同或者基本相同：不得以同一事实和理由作出与原意见基本相同的意见，请重新核实后写明差异"
    assert found("F12", earlier=earlier) == [said]
    anew = "经重新核实，电表箱受潮已危及用电安全，且小区没有业主委员会，由本机关组织代为维修，费用从维修资金中列支。"
    assert found("F12", earlier=earlier, facts=anew) == []
    assert found("F18", earlier=earlier) == []
    reviewed = substance("F18", frozen(KINDS["F18"], values_of("F18")))
    assert found("F18", earlier=reviewed) == [said]


def test_an_opinion_made_anew_says_what_is_different():
    assert found("F12", original_no="云青访意〔2026〕17号") == ["责令重新作出的意见，请写明原意见文号和与原意见的差异"]
    assert found("F12", original_no="云青访意〔2026〕17号", difference="第2项改为支持") == []


def test_a_suggestion_to_punish_does_not_go_to_the_punished():
    sentence = found("F26", responsible="云河区纪律检查委员会某室负责人")[0]
    assert "不送责任单位自己" in sentence


def test_a_suggestion_not_taken_needs_a_reason():
    assert found("F27", drop=("reason",)) == ["没有全部采纳的，请写明理由（第四十条第四款）"]
    assert found("F27", adoption="adopted", drop=("reason",)) == []


def test_an_objection_names_another_organ_and_its_basis():
    assert "不能以此提出异议" in found("F09", suggested_organ=sender_of("F09"))[0]
    assert found("F09", received_on="2026-02-23") == ["收到日不得早于转送日"]


def test_a_correction_changes_something():
    assert found("F36", corrected=values_of("F36")["mistake"]) == ["更正前后的文字相同，请核对"]


def test_nobody_refers_to_itself():
    assert found("F05", to_organ="云河区青柳街道办事处") == ["有权机关就是本机关“云河区青柳街道办事处”，请核对"]


def test_not_again_needs_an_earlier_final_opinion():
    assert len(found("F06", recheck_on="2026-03-01")) == 1
    assert len(found("F06", prior_case_no="110199-2026-03862")) == 1
    assert "没有前案的" in found("F06", drop=("prior_case_no",))[0]


def test_not_again_may_rest_on_the_courts_last_paper_instead():
    final = {"final_organ": "云州市中级人民法院", "final_no": "（2024）云01信终3号", "final_on": "2024-11-20"}
    recheck = ("prior_case_no", "recheck_organ", "recheck_no", "recheck_on")
    assert found("F06", drop=recheck, **final) == []
    assert "早于终结文书的日期" in found("F06", drop=recheck, **(final | {"final_on": "2027-01-01"}))[0]
    del final["final_no"]
    assert "请填全终结文书" in found("F06", drop=recheck, **final)[0]


def test_a_query_address_carries_no_code():
    assert len(found("F01", query_url="https://xf.yunzhou.example/q?code=K7WM")) == 1
