"""虚假办结：做到的凭据写在哪里都算，只有打算的不算；查的、答的须是诉求说的那一处、那个时段、那一件。"""

from dataclasses import replace

import pytest

from petitions.act.states import Finding
from supervision.hollow import Code, Habits, Later, Rated, Reply, is_doubtful, signals
from supervision.hollow.closed_case import Answer, Ending, counted
from tests.supervision.test_hollow_signals import SOUND, alone, answered, codes, reason

SUPPORT, EXPLAIN, REJECT = Finding.SUPPORT, Finding.EXPLAIN, Finding.REJECT


# 做到的凭据，写在答复、事实、依据以外的记录里都算


@pytest.mark.parametrize(
    ("facts", "text", "record"),
    [
        ("3月8日责令限期拆除，逾期未拆，3月16日强制拆除完毕。", "属实，已拆除。", ()),
        ("查多收3元，3月11日退还，系统已修。", "已退3元。", ("2026-03-16 试停合规",)),
        ("3月9日勘查。", "支持。", ("2026-03-18 安装完成照片",)),
        ("表误差在允许范围。", "已更换浮球。", ("2026-03-15 减免流水68元",)),
        ("转供电单位，3月12日扶正并加拉线，3月13日我们去看过。", "电杆已扶正。", ()),
        ("约定20时30分散场，3月15日、17日晚复测为52、53分贝。", "已协调落实，请继续监督。", ()),
    ],
)
def test_what_was_done_may_stand_in_the_facts_the_answer_or_the_record(facts, text, record):
    case = alone("反映门口的事，请管一管", facts, text, SUPPORT, followups=record)
    assert not is_doubtful(signals(case))


@pytest.mark.parametrize(
    "text",
    [
        "正在积极协调，争取早日解决。",
        "拟纳入年度计划，待招标完成后组织施工。",
        "该户已承诺逐步整改，我们将继续关注。",
        "施工单位已同意更换，您反映的问题将尽快解决。",
    ],
)
def test_a_promise_without_a_day_and_without_a_result_is_not_done(text):
    case = alone("要求修好断了的管道", "3月9日查看，管道断裂6米。施工单位承诺5月底前更换。", text, SUPPORT)
    assert "没有写哪天做到" in reason(case, Code.UNDONE) and is_doubtful(signals(case))


def test_a_promise_of_a_day_to_come_is_not_done_and_thanks_say_nothing():
    owed = alone("要求付清货款", "3月9日约谈，公司认欠。", "公司答应4月30日前付清，感谢您的支持。", SUPPORT)
    assert is_doubtful(signals(owed))
    paid = replace(owed, facts="3月9日约谈，公司认欠，3月18日付清，有回单。")
    assert not is_doubtful(signals(paid))
    thanked = answered(*(f"{one.text}感谢您的理解与支持。下一步将纳入日常巡查。" for one in SOUND.answers))
    assert signals(thanked) == []


def test_what_was_done_before_the_petition_came_is_no_answer_to_it():
    old = alone("要求修好泵站管道", "工程2023年12月竣工。3月9日查看，断裂6米。", "属实，待质保单位处理。", SUPPORT)
    assert Code.UNDONE in codes(old)


# 一份答复答几项


@pytest.mark.parametrize(
    "text", ["现合并答复：第一，化粪池3月12日清掏；第二，多收的清掏费320元已退还。", "两项均已办到。"]
)
def test_one_answer_may_cover_several_claims(text):
    assert Code.UNANSWERED not in codes(replace(SOUND, answers=(Answer(SUPPORT, text),)))


def test_a_joint_answer_that_never_speaks_of_the_second_claim_covers_one():
    claims = ("要求支付6月至9月工资2.84万元", "入职起一直没有缴纳养老、失业保险，要求补缴")
    text = "关于您反映的两项问题，一并答复如下：拖欠工资2.84万元已于3月15日付清。"
    case = answered(text, claims=claims, facts="3月9日调取考勤，认定欠付2.84万元。", followups=("2026-03-16 核对回单",))
    assert "第 2 项" in reason(case, Code.UNANSWERED) and is_doubtful(signals(case))


def test_of_two_claims_one_has_only_a_promise():
    claims = ("猪场臭气熏人，要求治理", "井水发黄，要求查清来源")
    case = answered(
        "堆粪棚3月15日已加盖。",
        "该场已作出书面承诺，后续纳入日常监管。",
        claims=claims,
        facts="3月9日检查，3月15日复核堆粪棚已加盖。井水来源一事，该场承诺加强巡查。",
    )
    assert "第 2 项答复只有打算" in reason(case, Code.UNANSWERED)


# 是不是那一处、那一件


def other(claim, facts, text="经核查，反映不属实。", finding=REJECT, **told):
    return alone(claim, facts, text, finding, **told)


@pytest.mark.parametrize(
    ("claim", "facts"),
    [
        ("302路末班车不停沙口站", "调阅320路车载视频14趟，均按站停靠。"),
        ("桐花巷12号六楼搭阳光房", "3月9日到桐花巷21号查看，楼顶无新增搭建物。"),
        ("冲床作业时左手被压断，要求认定工伤", "3月9日核实，申请人分切时右手被卷入。"),
        ("父亲的高龄津贴停发", "3月9日查询，您的母亲津贴按月发放。"),
        ("我在鹏程物流上班时摔断腿", "3月9日查实，申请人在恒丰建材卸货时受伤。"),
    ],
)
def test_another_number_hand_person_or_workplace_is_another_matter(claim, facts):
    assert Code.ELSEWHERE in codes(other(claim, facts)) and is_doubtful(signals(other(claim, facts)))


def test_what_was_repaired_is_a_room_nobody_asked_about():
    facts = "3月9日查看，1502室顶板渗水。302室侧墙3月15日注浆堵漏完成。"
    case = other("枫林雅居1502室顶层渗水，要求维修", facts, "支持，已修复完成。", SUPPORT)
    assert "302室" in reason(case, Code.STRAY)


def test_figures_of_the_claim_passed_over_weigh_a_little():
    case = other("公示写0.62亩，承包证上是1.45亩", "3月9日核对，按0.62亩发放补偿2604元。")
    assert "1.45亩" in reason(case, Code.FIGURES)


def test_closed_into_another_case_without_its_own_matter():
    text = "本件已并入东信〔2026〕41号答复，该件已办结，故本件办结。"
    case = other("宅基地证180平方米只登了132平方米", "同属确权工作，决定并案。", text, EXPLAIN)
    assert Code.JOINED in codes(case) and is_doubtful(signals(case))


def test_facts_copied_from_the_accident_of_somebody_else_are_told():
    theirs = "申请人在鑫达纸业分切车间操作分切机时被卷入，核实考勤、证言及病历，作出认定决定。"
    replies = (Reply.of(7, ("在鑫达纸业分切车间受伤",), theirs),)
    case = other("要求认定工伤", theirs, "已认定。", SUPPORT, habits=Habits(replies, counted(replies), own=9))
    assert next(one for one in signals(case) if one.code == Code.COPIED).about == 7


# 查过没有，查得对不对


def test_looked_at_by_day_what_is_told_of_the_night():
    claim = "烧烤店每晚22点到凌晨2点在店外支炉"
    case = other(claim, "3月9日上午10时20分检查，店外整洁，未见炉具。")
    assert {Code.MISTIMED, Code.ONCE} <= codes(case)
    at_night = other(claim, "3月9日23时50分、3月12日0时30分两次到店，店外均无炉灶。走访楼上3户。")
    assert not is_doubtful(signals(at_night))


def test_the_word_or_the_papers_of_the_one_complained_of_are_no_inquiry():
    for facts in ("经自查，学校称老师未补课，已签订承诺书。", "该厂证照齐全，店主表示不可能售假。"):
        assert Code.HEARSAY in codes(other("反映有人卖假酒、补课", facts, followups=()))
    measured = other("反映卖假酒", "店主表示从正规渠道进货。3月9日抽样送检，检验合格。")
    assert Code.HEARSAY not in codes(measured)
    licence = other("反映无证办学", "3月9日核查，该机构证照齐全，许可期至2027年。")
    assert Code.HEARSAY not in codes(licence)


def test_the_proof_the_petitioner_has_must_be_looked_at():
    claim = "半夜排红色废水，有视频，要求查处"
    facts = "3月9日22时到渠口查看，未见废水排放。"
    assert "视频" in reason(other(claim, facts), Code.PASSED_OVER)
    assert Code.PASSED_OVER not in codes(other(claim, f"{facts}核对信访人所提供视频，系雨水。"))


def test_meetings_are_no_findings():
    facts = "领导作出批示，成立专班，召开专题会议研判，制定方案，开展警示教育，压实责任。"
    case = other("要求调查护理责任", facts, "已督促提升管理。", EXPLAIN, followups=("2026-03-19 答复寄出",))
    assert Code.FILLER in codes(case) and is_doubtful(signals(case))


def test_an_inspection_after_the_closing_cannot_have_been():
    case = other("要求查处美容店打针", "3月28日到店检查，未见注射器。")  # 3月20日办结
    assert "2026-03-28" in reason(case, Code.IMPOSSIBLE) and is_doubtful(signals(case))
    planned = other("要求修路", "3月9日修补86平方米，合同期至4月30日。", "已修补。", SUPPORT)
    assert Code.IMPOSSIBLE not in codes(planned)


def test_facts_that_bear_the_claim_out_call_for_action():
    facts = "3月9日测量，绿地930平方米被改为停车位，未经批准。"
    case = other("要求恢复绿地", facts, "考虑到停车紧张，建议协商、互相理解。", EXPLAIN)
    assert Code.LOOSE_END in codes(case) and is_doubtful(signals(case))
    acted = replace(case, facts=f"{facts}责令恢复，3月16日复绿。")
    assert Code.LOOSE_END not in codes(acted)


def test_a_final_decision_of_years_before_is_not_about_this():
    told = {"ending": Ending.DECLINED, "claims": ("2026年1月起电费加价",), "answers": ()}
    case = replace(SOUND, **told, facts="2023年8月处理、12月复查维持，已终结，不再受理。", followups=())
    assert "早于诉求" in reason(case, Code.GROUNDLESS) and is_doubtful(signals(case))


# 记录和答复


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-19 巡查：二层36平方米尚存",
        "2026-03-18 验收表8份，村文书代签",
        "2026-03-19 信访人来电补充：凌晨又有气味",
    ],
)
def test_a_record_that_says_otherwise_is_told_unless_it_was_settled(line):
    case = replace(SOUND, followups=(line,))
    assert Code.AGAINST in codes(case) and is_doubtful(signals(case))
    settled = replace(SOUND, followups=("2026-03-18 复查仍有1户堆放，当日清走",))
    assert Code.AGAINST not in codes(settled)


@pytest.mark.parametrize(
    "record",
    [
        ("2026-03-16 当面送达，信访人不同意，告知复查途径",),
        ("2026-03-10 复查，尚未施工", "2026-03-18 完工验收，业主签字"),
        ("2026-03-10 电话打不通", "2026-03-12 上门见到信访人"),
    ],
)
def test_to_disagree_is_no_contradiction_nor_is_what_was_put_right_later(record):
    assert Code.AGAINST not in codes(replace(SOUND, followups=record))


def test_the_outcome_and_its_words_must_agree():
    said = "第 1 项结论是"
    assert said in reason(answered("维修基金不足，不予支持。", claims=SOUND.claims[:1]), Code.AGAINST)
    turned = answered("您的诉求合理，予以支持。", finding=REJECT, claims=SOUND.claims[:1])
    assert said in reason(turned, Code.AGAINST)


def test_proof_handed_in_by_the_one_complained_of_alone():
    case = replace(SOUND, followups=("2026-03-12 物业提交测试记录，测试人均为物业人员",))
    assert Code.SELF_PROVED in codes(case) and is_doubtful(signals(case))
    assert Code.SELF_PROVED not in codes(replace(case, followups=(*case.followups, "2026-03-15 现场测压")))


@pytest.mark.parametrize(
    "line", ["2026-03-12 信访人称要同家人商量，未签", "2026-03-18 协议书乙方签名栏空白", "2026-03-12 只答应看看情况"]
)
def test_a_settlement_one_side_did_not_sign_is_none(line):
    told = {"ending": Ending.SETTLED, "answers": (Answer(SUPPORT, "双方已签订协议。"),)}
    assert Code.UNSIGNED in codes(replace(SOUND, **told, facts="3月12日签订协议。", followups=(line,)))
    paid = replace(SOUND, **told, facts="3月12日双方签字，3月18日付清。", followups=("2026-03-18 收条",))
    assert signals(paid) == []
    in_the_end = ("2026-03-09 首次协商未达成一致", "2026-03-18 双方签字，收条附卷")
    assert signals(replace(paid, followups=in_the_end)) == []


def test_passed_on_is_no_end_unless_somebody_took_it():
    text = "已移交有关部门依法处理。"
    case = alone("要求查处盗采", "3月9日查看，有作业面一处。3月10日函告林业局。", text, SUPPORT)
    assert Code.PASSED_ON in codes(case)
    assert Code.PASSED_ON not in codes(replace(case, followups=("2026-03-13 收件回执一份",)))


# 办结以后


def test_the_petitioner_says_in_plain_words_that_it_is_as_before():
    again = Later(45, True, 0.3, "我家化粪池还堵着，没人来清掏过", 7)
    assert is_doubtful(signals(replace(SOUND, later=(again,))))
    other_matter = replace(again, text="这次想反映门口停车的问题，和上次那件无关")
    assert Code.REPEATED not in codes(replace(SOUND, later=(other_matter,)))
    stranger = replace(again, same_petitioner=False)
    assert not is_doubtful(signals(replace(SOUND, later=(stranger,))))


@pytest.mark.parametrize("words", ["办理时间太长", "早该这样", "没见到领导", "罚一千太少", "政策不合理"])
def test_slow_rude_or_too_mild_is_not_undone(words):
    assert codes(replace(SOUND, ratings=(Rated(True, words),))) == {Code.DISSATISFIED}


@pytest.mark.parametrize("words", ["上面那一截还在", "社保那条没提", "他家下午五点才出摊", "你们看的是哪栋"])
def test_said_to_be_undone_goes_with_another_sign(words):
    case = replace(SOUND, ratings=(Rated(True, words),))
    assert codes(case) == {Code.UNSOLVED} and not is_doubtful(signals(case))
    again = Later(30, True, 0.5, "我再来说一次化粪池")
    assert not is_doubtful(signals(replace(SOUND, later=(again,))))
    assert is_doubtful(signals(replace(case, later=(again,))))
