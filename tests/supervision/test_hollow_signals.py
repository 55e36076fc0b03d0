"""虚假办结的线索：答到、做到、有依据的不列；答非所问、照抄、只有打算、推出去的，各有一句理由。"""

import json
from dataclasses import fields, replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from petitions.act.states import Finding
from supervision.hollow import Answer, ClosedCase, Code, Habits, Later, Rated, Reply, is_doubtful, score, signals
from supervision.hollow.closed_case import Ending, Share, counted

SOUND = ClosedCase(
    ending=Ending.OPINION,
    received_on=date(2026, 3, 2),
    closed_on=date(2026, 3, 20),
    due_on=date(2026, 5, 1),
    claims=("疏通春柳苑3号楼堵塞的化粪池", "退还多收的清掏费320元"),
    facts="2026年3月9日到现场查看，春柳苑3号楼东侧化粪池满溢；调取收费台账，多收清掏费320元属实。",
    basis="《物业管理条例》第三十五条",
    answers=(
        Answer(Finding.SUPPORT, "3号楼的化粪池已于3月12日清掏疏通，今后每季度清掏一次。"),
        Answer(Finding.SUPPORT, "多收的清掏费320元已于3月14日退还。"),
    ),
    followups=("2026-03-12 到现场复查，化粪池已疏通", "2026-03-18 电话告知信访人"),
)
STOCK = "您反映的情况我单位已经了解，已责成相关科室认真办理，感谢您对我们工作的理解与支持。"


def codes(case):
    return {one.code for one in signals(case)}


def reason(case, code):
    return next(one.reason for one in signals(case) if one.code == code)


def answered(*texts, finding=Finding.SUPPORT, **told):
    return replace(SOUND, answers=tuple(Answer(finding, text) for text in texts), **told)


def alone(claim, facts, text, finding=Finding.EXPLAIN, **told):
    """One claim, one answer, a visit on record."""
    told = {"followups": ("2026-03-09 现场查看",)} | told
    return answered(text, finding=finding, claims=(claim,), facts=facts, **told)


def test_a_case_that_was_answered_and_done_is_not_listed():
    assert signals(SOUND) == [] and not is_doubtful([])


# 答到了没有


def test_a_claim_without_an_answer_is_named_by_its_number_and_not_by_its_words():
    case = replace(SOUND, answers=(SOUND.answers[0],), facts="3月9日到现场查看属实。")
    said = reason(case, Code.UNANSWERED)
    assert is_doubtful(signals(case)) and "第 2 项" in said and "清掏费" not in said


@pytest.mark.parametrize("record", ["信访人当面撤回第2项诉求，签字附卷", "信访人签署说明，第2项不再要求"])
def test_a_claim_withdrawn_on_record_needs_no_answer(record):
    assert signals(replace(SOUND, answers=(SOUND.answers[0],), followups=(record,))) == []


def test_asked_why_and_told_of_something_else():
    case = alone(
        "要求说明排水泵为什么停了三天", "3月9日查看，泵房整洁，设备铭牌齐全。", "泵房管理规范，已开展安全教育。"
    )
    assert Code.UNEXPLAINED in codes(case)
    told = replace(case, answers=(Answer(Finding.EXPLAIN, "因配电柜跳闸导致停泵，3月10日已恢复。"),))
    assert Code.UNEXPLAINED not in codes(told)


def test_an_answer_about_another_road_is_told():
    case = alone("要求清扫柳荫街的落叶", "3月9日查看属实。", "支持，枫林路3月12日已清扫。", Finding.SUPPORT)
    assert "枫林路" in reason(case, Code.ELSEWHERE)


def test_what_was_asked_to_be_done_is_not_spoken_of():
    case = alone("要求公开维修资金账目", "3月9日查看电梯，年检合格。", "电梯3月12日检修，运行平稳。", Finding.SUPPORT)
    assert "第 1 项" in reason(case, Code.UNMET)


def test_several_were_named_and_one_looked_at():
    claim = "2号楼、9号楼两栋每天晚上水压不足，要求加压"
    case = alone(claim, "3月9日到2号楼抽查，水压正常。", "2号楼水压正常，不支持。", Finding.REJECT)
    assert {Code.PARTIAL, Code.ONCE} <= codes(case) and is_doubtful(signals(case))


# 照抄、套话


def test_a_reply_taken_over_from_another_case_leads_to_it():
    theirs = "支持，已给望月亭下沉步道装了两盏壁灯，巡查员每周看一次，夜里走路看得清了。"
    replies = (Reply.of(7, ("望月亭下沉步道夜里太黑",), theirs),)
    habits = Habits(replies=replies, counts=counted(replies), own=9)
    case = alone("文化站门口台阶断了，要求修好", "3月9日查看，台阶断裂两级。", theirs, Finding.SUPPORT, habits=habits)
    found = next(one for one in signals(case) if one.code == Code.COPIED)
    assert found.about == 7 and is_doubtful(signals(case))


def test_what_the_organ_writes_to_everybody_is_a_template_but_only_with_enough_replies():
    replies = tuple(Reply.of(key, ("别的诉求",), STOCK) for key in range(1, 5))
    case = answered(STOCK, claims=SOUND.claims[:1], facts="", followups=())
    many = Habits(replies=replies, counts=counted(replies), own=9)
    assert Code.TEMPLATE in codes(replace(case, habits=many)) and Code.BARE in codes(case)
    assert Code.TEMPLATE not in codes(replace(case, habits=replace(many, replies=replies[:2])))


def test_policy_recited_and_nothing_looked_into():
    case = alone("要求解决广场音响扰民", "收到来信后，我街道高度重视。", "在公共场所活动应当控制音量。", followups=())
    assert Code.UNHEARD in codes(case) and is_doubtful(signals(case))
    assert Code.UNHEARD not in codes(replace(case, followups=("2026-03-09 夜间现场测量",)))
    assert Code.UNHEARD not in codes(replace(case, claims=("咨询办证需要什么材料",)))


# 做到了没有


@pytest.mark.parametrize(
    "text",
    [
        "支持，待资金落实后尽快组织疏通。",
        "支持，商家承诺3月18日前退款。",
        "支持。3月10日已下达通知，责令3月18日前付清。",
        "支持，符合条件，应予办理。",
    ],
)
def test_supported_with_nothing_done_is_listed_until_something_shows_it(text):
    case = alone("要求处理化粪池", "3月9日查看，化粪池满溢。", text, Finding.SUPPORT)
    assert Code.UNDONE in codes(case) and is_doubtful(signals(case))
    assert Code.UNDONE not in codes(replace(case, followups=("2026-03-18 化粪池疏通完成，拍照",)))
    assert Code.UNDONE in codes(replace(case, followups=("2026-03-10 物业同意疏通化粪池",)))


def test_the_tasks_of_execution_say_more_than_the_words():
    case = answered("将尽快疏通。", "将尽快退还。")
    assert Code.UNDONE not in codes(replace(case, executed=True))  # 都落实了，或者还没有到期
    assert Code.UNDONE in codes(replace(SOUND, executed=False))


def test_content_claimed_and_nobody_asked():
    case = answered("已解决，信访人表示满意，同意办结。", "已退还，信访人无异议。", followups=("2026-03-12 现场查看",))
    assert "没有联系信访人的记录" in reason(case, Code.SAID_CONTENT)
    missed = replace(case, followups=("2026-03-12 拨打电话三次无人接听",))
    assert "没有联系上" in reason(missed, Code.SAID_CONTENT)
    assert Code.SAID_CONTENT not in codes(replace(case, followups=("2026-03-12 电话回访信访人，表示满意",)))


@pytest.mark.parametrize("ending", [Ending.SETTLED, Ending.TERMINATED])
def test_a_withdrawal_or_settlement_needs_something_signed(ending):
    case = replace(SOUND, ending=ending, answers=(), facts="信访人电话中口头表示算了，以此办结。", followups=())
    assert is_doubtful(signals(case))
    assert Code.UNSIGNED not in codes(replace(case, facts="3月12日双方签订和解协议，履行凭证附卷。"))
    assert Code.UNSIGNED not in codes(replace(case, on_paper=True))


def test_passed_on_and_closed():
    case = alone("要求修补塌陷的路面", "3月9日查看，路面塌陷。", "已转镇政府办理，由镇政府答复，本单位办结。")
    assert Code.PASSED_ON in codes(case) and is_doubtful(signals(case))


# 依据、事实


@pytest.mark.parametrize("ending", [Ending.DECLINED, Ending.REDIRECTED])
def test_turned_away_unread(ending):
    case = replace(SOUND, ending=ending, facts="情况复杂，请向有关部门反映。", answers=(), followups=())
    assert Code.UNHEARD in codes(case) and is_doubtful(signals(case))
    told = "3月9日向公交公司核实，线路属其管理，3月10日移送，已签收。"
    assert Code.UNHEARD not in codes(replace(case, facts=told))


def test_what_is_no_lawful_ground_is_none():
    case = replace(SOUND, ending=Ending.DECLINED, facts="属历史遗留问题，3月9日研究，不予受理。", answers=())
    assert "不是法定的情形" in reason(case, Code.GROUNDLESS)


def test_asked_to_look_into_an_offence_and_sent_to_court():
    case = replace(SOUND, ending=Ending.LED_IN, claims=("要求查处无证作坊",), facts="建议走司法途径。", answers=())
    assert Code.DUTY in codes(case)


def test_the_facts_and_the_answer_must_agree():
    case = alone("要求更正少登的面积", "3月9日复测，实测与登记相差1.2亩。", "面积基本一致，不予更正。", Finding.REJECT)
    assert Code.AGAINST in codes(case)
    open_still = replace(SOUND, followups=("2026-03-19 复查，化粪池仍未修好",))
    assert Code.AGAINST in codes(open_still)


# 说得短、说得不一样的，也是答到、做到了


@pytest.mark.parametrize(
    ("claim", "facts", "finding", "text", "record"),
    [
        (
            "路口路面破了要求补好",
            "经现场查看，破损属实。",
            Finding.SUPPORT,
            "支持，已重新铺装。",
            "2026-03-19 完工照片",
        ),
        (
            "为什么补贴比同事少",
            "核对台账，两人职级不同。",
            Finding.EXPLAIN,
            "职级不同，计发基数不一样。",
            "2026-03-11 核对",
        ),
        ("要求疏通污水井", "现场打开井盖，淤堵属实。", Finding.SUPPORT, "当场疏通，水流正常。", "2026-03-09 现场处理"),
        ("要求退体检费", "3月10日核实，重复收费。", Finding.SUPPORT, "当日原路退回128元。", "2026-03-10 退费凭证"),
        ("要求赔偿冰箱", "3月11日检测。", Finding.EXPLAIN, "属民事争议，可起诉。", "2026-03-11 检测报告"),
        ("要求降低物业费", "3月12日核查，已备案。", Finding.REJECT, "不支持，由业主大会决定。", "2026-03-12 查阅备案"),
        ("要求送助餐卡", "老人符合条件。", Finding.SUPPORT, "3月12日已送到家中。", "2026-03-12 送卡"),
    ],
)
def test_short_and_plain_answers_are_left_alone(claim, facts, finding, text, record):
    assert not is_doubtful(signals(alone(claim, facts, text, finding, followups=(record,))))


@pytest.mark.parametrize(
    ("claim", "facts", "finding", "text"),
    [
        ("要求返还多扣的水电费", "3月10日核算，多扣水电费312元。", Finding.REJECT, "没有多扣，不予返还。"),
        ("五个单元都停水", "3月10日到1单元查看一次，水压正常。", Finding.REJECT, "供水正常，反映不属实。"),
        ("要求修电梯并公布维保记录", "3月10日查看，门机故障。", Finding.SUPPORT, "支持，3月12日更换门机。"),
        ("要求治理后山滑坡", "3月9日查看。", Finding.EXPLAIN, "属林场管理，已函告，请等待林场处理。"),
        ("要求通自来水", "3月12日了解，全村用井水。", Finding.SUPPORT, "支持，将会同有关部门争取早日解决。"),
        ("要求修3号楼楼顶", "3月10日查看3号楼楼顶。", Finding.SUPPORT, "支持，9号楼污水管3月15日已疏通。"),
    ],
)
def test_fluent_answers_that_come_to_nothing_are_listed(claim, facts, finding, text):
    assert is_doubtful(signals(alone(claim, facts, text, finding)))


# 办结前后


def test_the_last_two_days_count_a_little_and_a_late_closing_not_at_all():
    near = replace(SOUND, closed_on=date(2026, 4, 30))
    assert codes(near) == {Code.LAST_HOURS} and not is_doubtful(signals(near))
    assert codes(replace(SOUND, closed_on=date(2026, 5, 4))) == set()


def test_the_same_matter_again_within_ninety_days():
    again = Later(20, True, 0.9, "春柳苑3号楼化粪池还是堵着，没人来过", 7)
    found = [one for one in signals(replace(SOUND, later=(again,))) if one.code == Code.REPEATED]
    assert found[0].about == 7 and "20 天" in found[0].reason and is_doubtful(found)
    for told in ("对处理意见不服，准备申请复查", "感谢上次疏通3号楼化粪池，来要一份盖章的意见书"):
        assert Code.REPEATED not in codes(replace(SOUND, later=(replace(again, text=told),)))
    for other in (replace(again, days_after=91), replace(again, sure=0.0)):
        assert Code.REPEATED not in codes(replace(SOUND, later=(other,)))


def test_that_nothing_was_done_weighs_more_than_that_it_took_long():
    slow, empty = (replace(SOUND, ratings=(Rated(True, said),)) for said in ("拖得太久", "还是那样，没人来修"))
    assert codes(slow) == {Code.DISSATISFIED} and codes(empty) == {Code.UNSOLVED}
    assert score(signals(empty)) > score(signals(slow)) and not is_doubtful(signals(empty))


def test_procedural_endings_are_held_against_the_organs_own_measure():
    away = replace(SOUND, ending=Ending.REDIRECTED, answers=(), basis="《信访工作条例》第二十三条第一款")
    often, usual = Share(8, 10), Share(6, 60)
    assert Code.PROCEDURAL in codes(replace(away, habits=Habits(lately=often, before=usual)))
    for habits in (Habits(lately=often, before=Share(48, 60)), Habits(lately=Share(2, 2), before=usual)):
        assert Code.PROCEDURAL not in codes(replace(away, habits=habits))


def test_nothing_of_the_petitioner_is_known_to_the_detector():
    known = {one.name for one in fields(ClosedCase)}
    assert not known & {"name", "person", "party", "petitioner", "phone", "times"}


# manage evaluate hollow


def row(key, **told):
    one = {
        "id": key,
        "organ": "o01",
        "category": "物业管理",
        "received_on": "2026-03-02",
        "due_on": "2026-05-01",
        "closed_on": "2026-03-20",
        "ending": "opinion",
        "claims": list(SOUND.claims),
        "opinion": {
            "facts": SOUND.facts,
            "basis": SOUND.basis,
            "findings": [{"finding": "supported", "text": one.text} for one in SOUND.answers],
        },
        "ratings": [],
        "followups": list(SOUND.followups),
        "later": [],
    }
    return one | told


EMPTY = {"facts": "", "basis": "", "findings": [{"finding": "supported", "text": "将尽快研究。"}]}


def evaluated(tmp_path, rows, labels, *options):
    cases, told = tmp_path / "cases.json", tmp_path / "labels.json"
    cases.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    told.write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")
    out = StringIO()
    call_command("evaluate", "hollow", "--cases", cases, "--labels", told, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_measures_the_products_own_scoring(tmp_path):
    rows = [row("a"), row("b", opinion=EMPTY, followups=[]), row("c")]
    labels = {"a": {"hollow": False, "how": ""}, "b": {"hollow": True, "how": "x"}, "c": {"hollow": True, "how": "y"}}
    told = evaluated(tmp_path, rows, labels)
    assert (told["flagged"], told["planted"]) == (1, 2)
    assert (told["precision"], told["recall"], told["f1"]) == (100, 50, 66.67)
    assert told["by_signal"]["unanswered"]["precision"] == 100 and told["ms_per_item"] > 0


def test_without_a_signal_its_weight_is_gone(tmp_path):
    rows, labels = [row("b", opinion=EMPTY, followups=[])], {"b": {"hollow": True, "how": "x"}}
    every = [f"--without={code}" for code in Code]
    assert evaluated(tmp_path, rows, labels, *every)["flagged"] == 0


@pytest.mark.parametrize(
    ("rows", "labels", "said"),
    [
        ([row("a")], {}, "没有标注"),
        ([], {}, "一件也没有"),
        ([{"id": "a"}], {"a": {"hollow": True}}, "缺少"),
        ([row("a", ending="vanished")], {"a": {"hollow": True}}, "写法不对"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, rows, labels, said):
    with pytest.raises(CommandError, match=said):
        evaluated(tmp_path, rows, labels)
