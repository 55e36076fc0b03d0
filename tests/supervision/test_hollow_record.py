"""虚假办结：答复要和卷里的记录、要求的年份、长短、时候对得上；给信访人看过、说得短、只是问一问的，不因此可疑。"""

from dataclasses import replace
from datetime import date

import pytest

from petitions.act.states import Finding
from supervision.hollow import Code, Habits, Rated, Reply, is_doubtful, signals
from supervision.hollow.closed_case import Answer, Ending, counted
from tests.supervision.test_hollow_signals import SOUND, alone, codes, reason

SUPPORT, EXPLAIN, REJECT = Finding.SUPPORT, Finding.EXPLAIN, Finding.REJECT


# 列出来的


def test_all_is_said_to_be_done_and_the_facts_tell_of_a_rest():
    facts = "3月9日核对，应退82人，3月16日已退31人，其余正在登记。"
    case = alone("要求退还多收的餐费", facts, "餐费已全部退还到位。", SUPPORT)
    assert "还有没做到的" in reason(case, Code.AGAINST) and is_doubtful(signals(case))
    whole = facts.replace("31人，其余正在登记", "82人")
    assert not is_doubtful(signals(replace(case, facts=whole)))


def test_money_that_came_back_was_not_paid():
    record = ("2026-03-12 提供转账截图", "2026-03-16 银行回单注：户名不符，已退汇")
    case = alone("要求退还押金900元", "双方签了协议，3月12日退还900元。", "已退还。", SUPPORT, followups=record)
    case = replace(case, ending=Ending.SETTLED)
    assert Code.AGAINST in codes(case) and is_doubtful(signals(case))
    assert not is_doubtful(signals(replace(case, followups=(*record, "2026-03-18 重新转账，信访人签收"))))


def test_the_accounts_of_other_years_and_a_tenth_of_the_road_are_not_what_was_asked_for():
    accounts = alone("要求公开2019到2021年的收支", "3月9日张贴《2025年第三季度收支表》。", "已公开。", SUPPORT)
    assert "2019到2021年" in reason(accounts, Code.UNMET) and is_doubtful(signals(accounts))
    road = alone("村道2.6公里都是坑，要求修好", "3月9日修补坑槽，长120米。", "3月9日已修好。", SUPPORT)
    assert "2.6公里" in reason(road, Code.PARTIAL) and is_doubtful(signals(road))
    assert Code.PARTIAL not in codes(replace(road, facts="3月9日修补坑槽，长2580米。"))


def test_who_was_told_of_the_inspection_was_not_inspected():
    record = ("2026-03-07 电话告知企业9日检查，请其备好台账",)
    case = alone("作坊天天喷漆，要求查处", "3月9日现场检查，未见喷漆。", "未发现违法。", REJECT, followups=record)
    assert "检查以前通知了" in reason(case, Code.MISTIMED) and is_doubtful(signals(case))
    again = replace(case, followups=(*record, "2026-03-15 不打招呼突查，采样合格"))
    assert Code.MISTIMED not in codes(again)


def test_the_same_measurement_at_two_firms_was_made_at_one():
    clause = "设点3个，监测结果为53.2至55.9分贝，低于限值"
    elsewhere = Reply.of(8, ["北山路嘉禾铸造厂噪声大"], f"3月2日监测，{clause}。")
    habits = Habits(replies=(elsewhere,), counts=counted([elsewhere]))
    case = alone("东门街瑞丰家具厂锯木声大", f"3月9日监测，{clause}。", "达标。", REJECT, habits=habits)
    assert next(one.about for one in signals(case) if one.code == Code.COPIED) == 8
    neighbour = replace(case, claims=("嘉禾铸造厂夜里也响",))
    assert Code.COPIED not in codes(neighbour)


def test_a_demand_is_no_enquiry_and_an_old_reply_no_answer():
    enquiry = alone("要求查谁领走了我的补贴，把钱退给我", "信访人来信咨询补贴政策。", "由机构代为申领。")
    assert "当作政策咨询" in reason(enquiry, Code.UNANSWERED) and is_doubtful(signals(enquiry))
    earlier = alone("去年说三月接好的管子到底什么时候接", "", "上次已答复您，请以该答复内容为准。", SUPPORT)
    assert "只引以前的答复" in reason(earlier, Code.UNANSWERED) and is_doubtful(signals(earlier))


def test_what_holds_in_general_is_no_answer_about_one():
    text = "轮候按程序进行，符合条件的应当申报，一般不超过五年，请关注公告。"
    case = alone("我排到第36号，名字没有了，要求查清恢复", "申请人应当符合条件。", text, followups=())
    assert Code.FILLER in codes(case) and is_doubtful(signals(case))


def test_said_to_be_final_there_must_be_a_decision():
    case = alone("2017年修堤挖了鱼塘，要求给书面意见", "多次接待，台账登记已化解。", "已办理终结，不再受理。")
    case = replace(case, ending=Ending.DECLINED, followups=("2026-03-04 查阅档案",))
    assert "没有写是哪一份" in reason(case, Code.GROUNDLESS) and is_doubtful(signals(case))
    decided = replace(case, facts="2024年1月5日出具处理意见书，1月8日送达。")
    assert Code.GROUNDLESS not in codes(decided)


# 不列的


@pytest.mark.parametrize(
    "shown",
    ["录像已给信访人看。", "信访人看过检验报告。", "意见书原件给信访人。"],
)
def test_what_was_put_before_the_petitioner_is_no_hearsay_though_they_disagree(shown):
    case = alone("要求查医生", f"3月9日询问医师，材料齐全。{shown}", "未发现违规。", REJECT)
    assert not codes(case) & {Code.HEARSAY, Code.ONCE, Code.PASSED_OVER}
    unseen = replace(case, facts="3月9日询问医师，材料齐全。")
    assert Code.HEARSAY in codes(unseen)


@pytest.mark.parametrize("text", ["修完复检合格，能坐了。", "罚单撤了，钱已退。", "3月14日放款23万元。"])
def test_a_short_answer_that_tells_the_deed_is_enough(text):
    case = alone("材料交了两个月，请办", "", text, SUPPORT, followups=("2026-03-16 科室抽查，属实",))
    assert not is_doubtful(signals(case))


def test_a_question_is_answered_by_a_plan_with_its_year():
    text = "列入2027年计划，资金43万元已批，计划2027年9月15日前建成。"
    case = alone("问一下附近公厕有没有规划", "", text, EXPLAIN, followups=())
    assert not is_doubtful(signals(case))
    assert Code.UNDONE in codes(replace(case, claims=("要求建公厕",), answers=(Answer(SUPPORT, text),)))


def test_a_day_fixed_for_delivery_is_no_day_of_a_deed():
    text = "3月9日发放过渡费，新交付日2027年4月28日已签补充协议。"
    assert Code.IMPOSSIBLE not in codes(alone("什么时候交房", "3月9日查看工地。", text, SUPPORT))


def test_attached_pictures_are_no_proof_passed_over_and_an_evening_no_hour_of_inspection():
    claim = "在店里吃完晚饭，当晚拉肚子，要求查处。附照片5张、视频一段"
    case = alone(claim, "3月9日核对批次，取样检测合格。", "不能认定。", REJECT)
    assert not codes(case) & {Code.PASSED_OVER, Code.MISTIMED}


def test_withdrawn_by_the_petitioners_own_account_or_unreachable_in_every_way():
    own = replace(SOUND, ending=Ending.TERMINATED, answers=(Answer(None, "退款后撤回投诉，终止调解。"),))
    own = replace(own, followups=("2026-03-15 退款到账，平台撤回记录为本人账户操作",))
    assert Code.UNSIGNED not in codes(own)
    called_once = replace(own, facts="", answers=(Answer(None, "联系不上，终止办理。"),))
    called_once = replace(called_once, followups=("2026-03-15 拨打1次，无人接听",))
    assert Code.UNSIGNED in codes(called_once)
    lost = replace(called_once, followups=("2026-03-12 停机", "2026-03-15 挂号信退回，查无此人"))
    assert Code.UNSIGNED not in codes(lost)


def test_told_which_way_to_go_a_matter_outside_petitions_needs_no_inquiry():
    told = "属于诉讼事项，请依法向上级法院申请再审，期限为判决生效后六个月。"
    case = replace(SOUND, ending=Ending.REDIRECTED, claims=("判决不公",), facts="", followups=())
    assert not is_doubtful(signals(replace(case, answers=(Answer(None, told),))))
    assert is_doubtful(signals(replace(case, answers=(Answer(None, "不属于信访事项，请理解。"),))))


def test_still_cross_is_not_still_undone_and_a_lukewarm_word_no_complaint():
    cross = replace(SOUND, followups=(*SOUND.followups, "2026-03-24 回访，表示知道了，仍有怨气"))
    assert Code.AGAINST not in codes(cross)
    assert Code.UNSOLVED not in codes(replace(SOUND, ratings=(Rated(False, "还没收到书面的，事情办了"),)))


def test_one_of_two_demands_met_leaves_the_other_and_a_demand_met_in_other_words_weighs_less():
    two = alone("要求修电梯并公布维保记录", "3月10日查看。", "3月12日更换门机。", SUPPORT)
    assert is_doubtful(signals(two))
    one = alone("要求清走门口的摊子", "3月10日查看。", "3月12日已劝离，不再摆了。", SUPPORT)
    assert not is_doubtful(signals(one)) and one.closed_on == date(2026, 3, 20)
