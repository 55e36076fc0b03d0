"""五十多份编出来的意见稿：写得好的没有提示，有毛病的恰好提示那一处。! 是必须改，没有的是请核对。"""

from dataclasses import replace
from datetime import date

import pytest

from petitions.act.states import LegalPath
from petitions.handling.opinion.examination import examine
from petitions.handling.opinion.examination.examination_sheet import Answer, Earlier, Limits, Other, Sheet, Who
from tests.petitions.examining.papers import (
    CLAIMS,
    GOOD,
    OTHER_ID,
    OTHER_PHONE,
    OWN_ID,
    OWN_PHONE,
    TOLD,
    file,
    found,
    more,
    sheet,
)

NOTHING: list[str] = []
ONE = {1: CLAIMS[1]}
AGAIN = "重新作出的意见改由街道组织第三方检测，检测认定维保单位漏检，物业公司垫付费用后向其追偿。"

# 编号 → (意见稿, 卷宗另有的, 应当提示的)
OPINIONS = {
    # 写得好的
    "good": (GOOD, {}, NOTHING),
    "good_by_short_name": (replace(GOOD, basis="消防法第二十八条"), {}, NOTHING),
    "good_in_arabic_figures": (replace(GOOD, basis="《物业管理条例》第35条"), {}, NOTHING),
    "good_local_rule": (replace(GOOD, basis="《云州市物业管理办法》第十二条"), {}, NOTHING),
    "good_rejects": (
        sheet(first="不予支持。电梯经检验合格，3号楼不存在停运情形。", outcomes=("not_support", "partly")),
        {},
        NOTHING,
    ),
    "good_explains": (
        sheet(second="解释说明：维修资金属业主共有，公示由业主委员会办理。", outcomes=("support", "explain")),
        {},
        NOTHING,
    ),
    "good_says_the_remedy": (
        sheet(second=f"{GOOD.answers[2].text}不服的，可自收到本意见书之日起三十日内向云河区政府申请复查。"),
        {},
        NOTHING,
    ),
    "good_names_the_day_of_receipt": (replace(GOOD, facts=more("我单位于2026年3月2日收到你的来信。")), {}, NOTHING),
    "good_names_the_day_of_acceptance": (replace(GOOD, facts=more("2026年3月5日受理该信访事项。")), {}, NOTHING),
    "good_plans_ahead": (sheet(first="予以支持。3号楼电梯将于2026年6月30日前完成大修。"), {}, NOTHING),
    "good_tells_of_an_old_suit": (replace(GOOD, facts=more("你曾就物业费向法院提起诉讼，法院已判决。")), {}, NOTHING),
    "good_old_visit": (replace(GOOD, facts=more("此前2025年12月1日例行现场检查未见异常。")), {}, NOTHING),
    "good_leads_to_civil_claims": (sheet(second="资金使用情况已公示，赔偿争议可以通过民事途径解决。"), {}, NOTHING),
    "good_contract_article": (replace(GOOD, facts=more("按照维保合同第三条应当每半月检修。")), {}, NOTHING),
    "good_names_the_petitioner": (replace(GOOD, facts=more("陈玉兰对上述事实没有异议。")), {}, NOTHING),
    "good_own_number": (replace(GOOD, facts=more("本件编号11019901-2026-00012。")), {}, NOTHING),
    "good_linked_number": (
        replace(GOOD, facts=more("与11019901-2026-00007一并答复。")),
        {"linked": ("11019901-2026-00007",)},
        NOTHING,
    ),
    "good_word_that_is_a_name": (replace(GOOD, facts=more("已要求提高原有标准。")), {"strangers": ("高原",)}, NOTHING),
    "good_someone_the_petitioner_named": (
        replace(GOOD, facts=more("邻居魏小虎也到场说明。")),
        {"told": f"{TOLD}邻居魏小虎可以作证。", "strangers": ("魏小虎",)},
        NOTHING,
    ),
    "good_office_number": (sheet(second="资金使用情况已公示，详询物业科010-55501234。"), {}, NOTHING),
    # 诉求
    "claim_left_out": (replace(GOOD, answers={1: GOOD.answers[1]}), {}, ["Q1!"]),
    "claim_without_an_outcome": (sheet(outcomes=("support", "")), {}, ["Q1!"]),
    "claim_without_words": (sheet(second="  "), {}, ["Q1!"]),
    "claim_that_is_none": (replace(GOOD, answers={**GOOD.answers, 3: Answer("support", "一并整改。")}), {}, ["Q1!"]),
    "answer_beside_the_point": (sheet(second="物业费收费标准已经备案，符合规定。"), {}, ["Q2"]),
    "answer_repeats_the_claim": (sheet(second="公示维修资金使用情况。"), {}, ["Q3!"]),
    "answer_of_three_words": (sheet(second="已公示。"), {}, ["Q4"]),
    # 结论
    "support_that_rejects": (sheet(first="电梯经检验合格，不予支持。"), {}, ["O1!"]),
    "rejection_that_supports": (
        sheet(first="对修好电梯的诉求予以支持。", outcomes=("not_support", "partly")),
        {},
        ["O1!"],
    ),
    "explanation_that_rejects": (sheet(second="公示请求不予支持。", outcomes=("support", "explain")), {}, ["O1!"]),
    # 事实
    "no_facts": (replace(GOOD, facts=" "), {}, ["F1!"]),
    "few_facts": (replace(GOOD, facts="反映情况属实。"), {}, ["F2"]),
    "facts_are_the_petitioners_words": (replace(GOOD, facts=TOLD), {}, ["F3!"]),
    "facts_are_the_claim": (replace(GOOD, facts="尽快修好3号楼电梯，公示维修资金使用情况。"), {}, ["F3!"]),
    # 依据
    "no_article": (replace(GOOD, basis="《物业管理条例》有关规定"), {}, ["L1!"]),
    "no_law_at_all": (replace(GOOD, basis="有关法律法规和政策"), {}, ["L1!"]),
    "article_beyond_the_last": (
        replace(GOOD, basis="《物业管理条例》第六十八条\n《民法典》第二百八十一条"),
        {},
        ["L3!"],
    ),
    "only_an_article_that_is_not_there": (replace(GOOD, basis="《信访工作条例》第五十一条"), {}, ["L1!", "L3!"]),
    "beyond_by_a_count_not_checked": (
        replace(GOOD, basis="《仲裁法》第九十九条\n《民法典》第二百八十一条"),
        {},
        ["L3"],
    ),
    "unknown_law": (replace(GOOD, basis="《云州市电梯安全办法》第九条\n《民法典》第二百八十一条"), {}, ["L2"]),
    "only_an_unknown_law": (replace(GOOD, basis="《云州市电梯安全办法》第九条"), {}, ["L2"]),
    "ended_law": (replace(GOOD, basis="《信访条例》第三十二条\n《民法典》第二百八十一条"), {}, ["L4!"]),
    "ended_law_for_old_facts": (replace(GOOD, basis="《物权法》第七十九条\n《民法典》第二百八十一条"), {}, ["L4"]),
    "article_of_no_law": (replace(GOOD, basis="第三十二条\n《民法典》第二百八十一条"), {}, ["L5"]),
    "wrong_article_in_the_facts": (replace(GOOD, facts=more("依照《消防法》第九十条处理。")), {}, ["L3!"]),
    # 救济
    "court_in_an_answer": (sheet(first="予以支持，电梯已修好；不服可申请行政复议。"), {}, ["R1!"]),
    "court_as_advice_in_the_facts": (replace(GOOD, facts=more("你如不服可以提起行政诉讼。")), {}, ["R1!"]),
    "wrong_reviewing_organ": (
        sheet(second="资金使用情况已公示，不服的可向云州市住建委申请复查。"),
        {},
        ["R2!"],
    ),
    "wrong_days": (sheet(second="资金使用情况已公示，不服的十五日内向上一级机关申请复查。"), {}, ["R3!"]),
    "working_days": (sheet(second="资金使用情况已公示，不服的30个工作日内向上一级机关申请复查。"), {}, ["R3!"]),
    "last_word": (sheet(second="资金使用情况已公示，本意见为终局意见。"), {}, ["R4!"]),
    "recheck_at_once": (sheet(second="资金使用情况已公示，不服的可以申请复核。"), {}, ["R4!"]),
    "not_the_petition_path": (GOOD, {"path": LegalPath.DUTY}, ["R5!"]),
    "no_organ_above": (GOOD, {"reviewers": ()}, ["R6!"]),
    # 日期
    "no_such_day": (replace(GOOD, facts=more("2026年2月30日已断电检修。")), {}, ["D1!"]),
    "no_such_day_without_a_year": (replace(GOOD, facts=more("4月31日已断电检修。")), {}, ["D1!"]),
    "a_day_to_come": (replace(GOOD, facts=more("2026年5月1日电梯已通过检验。")), {}, ["D2"]),
    "other_day_of_receipt": (replace(GOOD, facts=more("我单位于2026年3月4日收到你的来信。")), {}, ["D3!"]),
    "other_day_of_acceptance": (replace(GOOD, facts=more("受理日期为2026年3月2日。")), {}, ["D3!"]),
    "looked_before_it_came": (replace(GOOD, facts=more("2026年1月5日到现场核查。")), {}, ["D4"]),
    # 个人信息
    "somebody_elses_identity": (replace(GOOD, facts=more(f"业主证件号{OTHER_ID}。")), {}, ["P1!"]),
    "somebody_elses_phone": (sheet(second=f"资金使用情况已公示，可联系{OTHER_PHONE}。"), {}, ["P1!"]),
    "an_account": (sheet(second="资金使用情况已公示，退款入账6222020000001234567。"), {}, ["P1!"]),
    "own_identity": (replace(GOOD, facts=more(f"信访人证件号{OWN_ID}。")), {}, ["P2"]),
    "own_phone": (replace(GOOD, facts=more(f"已电话{OWN_PHONE}联系信访人。")), {}, ["P2"]),
    "name_from_another_file": (replace(GOOD, facts=more("蓝采薇反映的情况属实。")), {"strangers": ("蓝采薇",)}, ["P3"]),
    "short_name_as_a_person": (replace(GOOD, facts=more("信访人高原到场。")), {"strangers": ("高原",)}, ["P3"]),
    "name_kept_back": (
        replace(GOOD, facts=more("陈玉兰到场说明。")),
        {"parties": (Who("陈玉兰", withheld=True),)},
        ["P4!"],
    ),
    "number_of_another_file": (replace(GOOD, facts=more("见11019901-2026-00044号件。")), {}, ["P5"]),
    # 雷同
    "repeats_the_quashed": (GOOD, {"earlier": (Earlier(1, GOOD, quashed=True),)}, ["S1!"]),
    "near_the_quashed": (
        sheet(outcomes=("partly", "partly")),
        {"earlier": (Earlier(1, GOOD, quashed=True),)},
        ["S1"],
    ),
    "not_like_the_quashed": (
        sheet(facts=AGAIN, first="予以支持，改由物业公司先行修好电梯。"),
        {"earlier": (Earlier(1, GOOD, quashed=True),)},
        NOTHING,
    ),
    "returned_and_not_touched": (GOOD, {"earlier": (Earlier(2, GOOD, quashed=False),)}, ["S2!"]),
    "returned_and_mended": (
        replace(GOOD, basis=f"{GOOD.basis}\n《民法典》第二百八十一条"),
        {"earlier": (Earlier(2, GOOD, quashed=False),)},
        NOTHING,
    ),
    "taken_from_another_file": (GOOD, {"others": (Other("11019901-2026-00003", GOOD.substance),)}, ["S3"]),
    "another_file_of_its_own": (GOOD, {"others": (Other("11019901-2026-00003", AGAIN),)}, NOTHING),
}


@pytest.mark.parametrize("name", OPINIONS)
def test_an_opinion_is_told_of_its_fault_and_of_no_other(name):
    draft, told, expected = OPINIONS[name]
    assert found(draft, **told) == expected


def test_there_are_opinions_enough():
    good = [name for name, (_, _, expected) in OPINIONS.items() if not expected]
    assert len(OPINIONS) >= 60 and len(good) >= 20


def test_several_faults_are_all_told_and_what_must_be_changed_comes_first():
    draft = Sheet("属实。", "《信访条例》第九十条", {1: Answer("support", "不予支持，请提起诉讼。")})
    codes = [(one.code, one.severity.value) for one in examine(draft, file(claims=ONE))]
    assert {code for code, _ in codes} == {"Q2", "O1", "F2", "L1", "L4", "R1"}
    assert [severity for _, severity in codes] == sorted((severity for _, severity in codes), reverse=True)


def test_every_remark_says_where_what_and_why_and_repeats_nobodys_number():
    for draft, told, expected in OPINIONS.values():
        for remark in examine(draft, file(**told)):
            assert remark.place and remark.reason and len(remark.sentence) >= 8, expected
            for secret in (OWN_ID, OTHER_ID, OWN_PHONE, OTHER_PHONE, "蓝采薇", "陈玉兰"):
                assert secret not in remark.sentence


def test_another_text_asks_anew():
    one = examine(replace(GOOD, facts="反映情况属实。"), file())
    two = examine(replace(GOOD, basis="《云州市电梯安全办法》第九条"), file())
    assert {remark.key for remark in one}.isdisjoint(remark.key for remark in two)
    assert [remark.key for remark in one] == [
        remark.key for remark in examine(replace(GOOD, facts="反映情况属实。"), file())
    ]


def test_the_city_decides_how_short_is_short():
    short = replace(GOOD, facts="反映情况属实。")
    assert found(short, limits=Limits(facts_least=5)) == NOTHING
    assert found(GOOD, limits=Limits(facts_least=200)) == ["F2"]


def test_a_day_before_acceptance_is_known_is_not_compared():
    assert found(replace(GOOD, facts=more("受理日期为2026年3月2日。")), accepted_on=None) == NOTHING
    assert found(replace(GOOD, facts=more("受理日期为2026年3月2日。")), accepted_on=date(2026, 3, 2)) == NOTHING
