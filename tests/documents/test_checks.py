"""发出前的硬校验（rules §8.3）。"""

import pytest

from documents.checks import faults
from documents.fields import KINDS
from documents.values import frozen
from tests.documents.samples import CLAIMS, sender_of, values_of


def found(kind, *, accused=(), review_organ="云河区人民政府", drop=(), **changes):
    given = {code: value for code, value in {**values_of(kind), **changes}.items() if code not in drop}
    return faults(kind, frozen(KINDS[kind], given), organ=sender_of(kind), review_organ=review_organ, accused=accused)


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


def test_nobody_refers_to_itself():
    assert found("F05", to_organ="云河区青柳街道办事处") == ["有权机关就是本机关“云河区青柳街道办事处”，请核对"]


def test_not_again_needs_an_earlier_final_opinion():
    assert len(found("F06", recheck_on="2026-03-01")) == 1
    assert len(found("F06", prior_case_no="110199-2026-03862")) == 1


def test_a_query_address_carries_no_code():
    assert len(found("F01", query_url="https://xf.yunzhou.example/q?code=K7WM")) == 1
