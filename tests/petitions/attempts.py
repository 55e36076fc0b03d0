"""一步走法：哪个行为带什么内容去试。内容是表单送得来的，多数合情理，少数不合。

Every maker takes (dice, petition) and returns the arguments of one act as a form would send them.
"""

from datetime import date, timedelta
from random import Random

from accounts.models import Organ, User
from petitions.acceptance import separation
from petitions.acceptance.referral import PROCEDURAL
from petitions.act.states import Kind, LegalPath
from petitions.approval import rules as approvals
from petitions.models import Matter, Party, Petition, PetitionLetter
from rulebook.acts import Act
from rulebook.city.options import SIMPLE_BARS
from rulebook.timekeeping import today
from tests.cast import EXCLUDED, answered, someone

ORGANS = ("YHQL", "YHZJ", "YHWH", "YHXF", "YZXF", "YHJJ", "YZJJ", "YHFG", "YHQLCJ", "SQXF")
FACTS = (
    "经现场核查，电梯曳引机损坏，维保单位已更换。",
    "调取了两年的维修资金支出凭证，其中三笔未经业主表决，已责令退回专户并公示。",
    "电梯停运与维修资金无关，物业公司没有按合同巡检，已责令限期改正并约谈其负责人。",
)
ENDED_BY_COURT = {
    "final_organ": "云州市中级人民法院",
    "final_no": "（2024）云01信终3号",
    "final_on": date(2024, 11, 20),
}
RECHECK = {"recheck_organ": "云州市人民政府", "recheck_no": "州政复核〔2026〕3号", "recheck_on": "2026-03-01"}
LEADERS = ("leader1", "head1", "leader2")  # 最后一位在别的区，不能包


class Dice:
    """What a walk leaves to chance. Each step has its own, from a seed that Hypothesis draws: a failing walk can be
    repeated and shortened step by step, and every choice within a step is even."""

    def __init__(self, chance: Random):
        self.random = chance

    def pick(self, things):
        return self.random.choice(list(things))

    def any_of(self, rows):
        """One of the rows of a query, or None where there is none."""
        found = list(rows)
        return self.pick(found) if found else None

    def chance(self, tenths: int) -> bool:
        return self.random.randint(1, 10) <= tenths

    def organ(self) -> Organ:
        return Organ.objects.select_related("office", "successor").get(code=self.pick(ORGANS))

    def words(self, text: str) -> str:
        """Words of a form: now and then left empty."""
        return text if self.chance(9) else " "

    def petition(self, petition) -> Petition:
        return self.pick(Petition.objects.select_related("submission", "organ", "matter").order_by("pk"))

    def party(self, petition) -> Party:
        """One of its people; of another petition where it is anonymous."""
        own = list(petition.submission.parties.order_by("pk"))
        return self.pick(own or Party.objects.order_by("pk")[:1] or [Party(submission_id=0)])


def classify(dice, petition):
    path = dice.pick(["31-6", "31-6", "31-6", "", *LegalPath.values])
    kind = dice.pick([None, None, None, None, *Kind.values])
    return {"path": path, "kind": kind, "record": EXCLUDED if dice.chance(9) else None}


def forward(dice, petition):
    return {"to": dice.organ(), "reason": dice.words("按权责清单由其办理")}


def assign(dice, petition):
    return {
        **forward(dice, petition),
        "due_on": today() + timedelta(days=dice.pick([20, 1, 30, 45, 90, 0, 91])),
        "report_required": dice.chance(8),
    }


def designate(dice, petition):
    to = dice.organ()
    return {"to": to, "positions": "各执一词", "decisions": dice.words(f"指定{to.name}受理。"), "host": "宋远帆"}


def allot(dice, petition):
    return {"to": someone(dice.pick(["handler1", "officer1", "handler.yhzj", "handler.wh"]))}


def decline(dice, petition):
    return {
        "ground": dice.pick(["28-2", "19-3", "1"]),
        "reason": dice.words("同一诉求已向人民法院起诉"),
        "evidence": "受理案件通知书（2026）云民初18号",
        "way": "诉讼",
        "authority": "云河区人民法院",
        "authority_address": "云河区法院路1号",
    }


def not_again(dice, petition):
    ground = dice.pick(["36-3", "35-late", "37-3"])
    told = {"earlier": dice.petition(petition), "ground": ground, "reason": dice.words("同一事实和理由")}
    if ground == "37-3":
        told |= ENDED_BY_COURT | ({"earlier": None} if dice.chance(7) else {})
    return told | (RECHECK if ground == "36-3" and dice.chance(8) else {}) | {"new_facts": not dice.chance(9)}


def redirect(dice, petition):
    return {
        "authority": "云州市云河区住房和城乡建设委员会",
        "authority_address": "政通街5号",
        "reason": dice.words("不属本机关职权"),
    }


def lead_in(dice, petition):
    path = dice.pick(["31-1", "31-2", "31-3", "31-4", "31-5", "31-6"])
    own = path in PROCEDURAL and dice.chance(6)
    authority = petition.organ.office.name if own else dice.words("云河区人民法院")
    return {"path": path, "authority": authority, "reason": "应当通过法定途径解决"}


def draft(dice, petition):
    claims = list(petition.claims.order_by("number"))
    told = claims if dice.chance(9) else claims[1:]
    return {
        "facts": dice.words(dice.pick(FACTS)),
        "difference": dice.pick(["", "查清了三笔支出"]),
        "basis": dice.words("《特种设备安全法》第三十六条"),
        "findings": [
            {"number": one.number, "finding": "support", "answer": f"{one.text}：属实，已经整改。"} for one in told
        ],
    }


def terminate(dice, petition):
    ground = dice.pick(["withdrawn", "death"])
    paper = {"on": today(), "again": "unsaid"} if ground == "withdrawn" and dice.chance(9) else {}
    return {"ground": ground, "reason": dice.words("书面申请附后"), **paper}


def amend(dice, petition):
    return {
        "letter": dice.any_of(PetitionLetter.objects.select_related("letter__organ", "petition").order_by("pk")),
        "mistake": dice.pick(["电梯停运", "书里没有的字"]),
        "corrected": dice.pick(["电梯停用", "部分支持"]),
        "reason": dice.words("经办人笔误"),
    }


def inquire(dice, petition):
    return {"form": dice.pick(["heard", "visit"]), "note": "听取信访人陈述。"}


def simple(dice, petition):
    bars = [] if dice.chance(9) else [dice.pick(SIMPLE_BARS)]
    return {"ground": dice.pick(["plain", "daily", "promised"]), "bars": bars}


def told_at_once(dice):
    return {"means": dice.pick(["phone", "sms", "face", ""]), "paper": dice.chance(3)}


def request_designation(dice, petition):
    likely = dice.organ() if petition.state == "accepted" and dice.chance(9) else None
    return {"grounds": dice.words("职责交叉，各执一词"), "suggested": likely}


def answer(dice, petition):
    if petition.path not in PROCEDURAL:
        return {"outcome": dice.pick(["adopted", "partly"]), "reply": "已采纳，列入计划。"}
    remedies = {"reconsider_organ": "云州市云河区人民政府", "court": "云州市云河区人民法院"}
    told = {"outcome": "done", "facts": "到现场检查，情况属实。", "basis": "《消防法》第二十八条"}
    return told | {"reply": dice.words("已责令限期改正。")} | remedies


def answer_simply(dice, petition):
    outcomes = ["adopted", "partly"] if petition.kind == Kind.SUGGESTION else ["support", "explain", "not_support"]
    return {"outcome": dice.pick(outcomes), "reply": dice.words("当天已经修好。")} | told_at_once(dice)


def hear(dice, petition):
    held = today() + timedelta(days=dice.pick([0, 7, -1]))
    sits = {
        "host": "孙慕贤",
        "members": dice.pick(["甲、乙、丙", "甲、乙"]),
        "recorder": "何小舟",
        "asked": dice.chance(9),
    }
    day = {"held_on": held, "until": held + timedelta(days=3), "held_at": "9:30", "place": "听证室"}
    return {"reason": "争议大", **sits, **day}


def mediate(dice, petition):
    sides = dice.pick(["业主\n物业", "业主"])
    willing = {"consent": dice.chance(9), "lawful": True, "asked": True}
    return {"mode": "mediated", "mediator": "田翠屏", "disputants": sides, "dispute": "赔偿数额", **willing}


def ask_for_notice(dice, petition):
    waiting = petition.services.filter(served_on=None).select_related("letter__organ").order_by("pk")
    tried = dice.any_of(waiting.exclude(attempts=None)) or dice.any_of(waiting)
    return {"service": tried, "reason": dice.words("各种方式都送达不到")}


ARGUMENTS = {
    Act.CLASSIFY: classify,
    Act.FORWARD: forward,
    Act.ASSIGN: assign,
    Act.ALLOT: allot,
    Act.OBJECT: lambda dice, petition: {"grounds": "属区住建委职责", "suggested": None},
    Act.UPHOLD: lambda dice, petition: {"answer": "同意"},
    Act.OVERRULE: lambda dice, petition: {"answer": "责任清单列明由属地办理"},
    Act.REQUEST_DESIGNATION: request_designation,
    Act.DESIGNATE: designate,
    Act.WITHDRAW_DESIGNATION: lambda dice, petition: {"reason": dice.words("经协商由街道受理")},
    Act.SUGGEST_SIMPLE: simple,
    Act.ACCEPT_SIMPLY: lambda dice, petition: simple(dice, petition) | told_at_once(dice),
    Act.DEEM_ACCEPTED: lambda dice, petition: {"on": today()},
    Act.DECLINE: decline,
    Act.NOT_AGAIN: not_again,
    Act.REDIRECT: redirect,
    Act.LEAD_IN: lead_in,
    Act.REFER: lambda dice, petition: {"to": dice.organ()},
    Act.FILE: lambda dice, petition: {"reason": dice.words("匿名且无实质内容")},
    Act.MERGE: lambda dice, petition: {"into": dice.petition(petition)},
    Act.CORRECT: lambda dice, petition: {
        "changes": {"place": dice.pick(["春柳苑", "秋柳苑"])},
        "reason": "误",
    },
    Act.AUTHORISE: lambda dice, petition: {
        "party": dice.party(petition),
        "kind": dice.pick(["agent", "guardian"]),
        "name": "刘小川",
        "authority": dice.words("授权委托书"),
    },
    Act.TO_SUGGESTION: lambda dice, petition: {"number": "建0001"},
    Act.REISSUE_CODE: lambda dice, petition: {
        "party": dice.party(petition),
        "identity": dice.pick(["card", "spoken"]),
    },
    Act.TAKE_DOWN: lambda dice, petition: {
        "held_at": "上午九时起",
        "place": "接待大厅",
        "spoke_with": "信访人",
        "asked_by": "王晓岚",
        "recorder": "王晓岚",
        "dialogue": dice.words("问：反映什么事？\n答：电梯停运。"),
    },
    Act.DECEASE: lambda dice, petition: {"party": dice.party(petition), "on": today(), "evidence": dice.words("证明")},
    Act.SUCCEED: lambda dice, petition: {
        "party": dice.party(petition),
        "name": "陈小兰",
        "evidence": dice.words("证明"),
    },
    Act.LEAVE: lambda dice, petition: {"party": dice.party(petition), "on": today(), "reason": dice.words("已解决")},
    Act.UNMERGE: lambda dice, petition: {"reason": dice.words("两件诉求不同")},
    Act.RELATE: lambda dice, petition: {"matter": dice.any_of(Matter.objects.order_by("pk"))},
    Act.UNRELATE: lambda dice, petition: {"reason": dice.words("实为两事")},
    Act.MARK_REPEAT: lambda dice, petition: {"earlier": dice.pick([None, dice.petition(petition)])},
    Act.MARK_KEY: lambda dice, petition: {"key": dice.chance(5), "reason": dice.words("领导包案")},
    Act.INQUIRE: inquire,
    Act.NOTE: lambda dice, petition: {"note": "已电话沟通。"},
    Act.CONVERT: lambda dice, petition: {"reason": dice.words("须核对历史账目")},
    Act.EXTEND: lambda dice, petition: {"days": dice.pick([15, 30, 1, 31, 0]), "reason": dice.words("需委托检测")},
    Act.REPORT_PROGRESS: lambda dice, petition: {"report": dice.words("已约谈物业，更换部件在途。")},
    Act.REPORT_BACK: lambda dice, petition: dict.fromkeys(("facts", "handling", "execution"), dice.words("已更换。")),
    Act.RECORD_ENDS: lambda dice, petition: {
        "ends": {"solved": dice.words("已修复"), "explained": "", "helped": "", "lawful": ""}
    },
    Act.ASK_ASSIST: lambda dice, petition: {"to": dice.organ(), "request": "请提供历史卷宗"},
    Act.HEAR: hear,
    Act.MEDIATE: mediate,
    Act.DRAFT: draft,
    Act.INSTRUCT: lambda dice, petition: {
        "instruction": dice.words("请限期办结"),
        "due_on": today() + timedelta(days=dice.pick([5, 0])),
        "to": dice.pick([None, dice.organ()]),
    },
    Act.SPONSOR: lambda dice, petition: {
        "to": dice.any_of(User.objects.filter(username__in=LEADERS).select_related("organ__office")),
        "due_on": dice.pick([None, today() + timedelta(days=30)]),
        "reason": dice.words("群众反映强烈"),
    },
    Act.END_SPONSORING: lambda dice, petition: {"outcome": "settled", "reason": dice.words("已化解")},
    Act.REPORT_INSTRUCTED: lambda dice, petition: {"report": dice.words("已约谈维保单位")},
    Act.RETURN: lambda dice, petition: {"reason": "请补充法律依据"},
    Act.PASS: lambda dice, petition: {"opinion": "事实清楚", "overrides": answered(petition)},
    Act.ANSWER: answer,
    Act.ANSWER_SIMPLY: answer_simply,
    Act.AMEND: amend,
    Act.ALLOW_NOTICE: ask_for_notice,
    Act.TERMINATE: terminate,
    Act.REOPEN: lambda dice, petition: {"reason": "法院裁定不予受理"},
}
# 每个状态里最平常的下一步：随机走也要走得远
USUAL = {
    "registered": (Act.CLASSIFY, Act.ACCEPT, Act.ACCEPT_SIMPLY, Act.SUGGEST_SIMPLE, Act.FORWARD, Act.ASSIGN),
    "forwarded": (Act.CLASSIFY, Act.ACCEPT, Act.OBJECT),
    "assigned": (Act.CLASSIFY, Act.ACCEPT, Act.OBJECT),
    "objected": (Act.UPHOLD, Act.OVERRULE, Act.REQUEST_DESIGNATION),
    "disputed": (Act.DESIGNATE,),
    "accepted": (
        *(Act.INQUIRE, Act.DRAFT, Act.SUBMIT, Act.EXTEND, Act.ANSWER_SIMPLY, Act.CONVERT),
        *(Act.HEAR, Act.MEDIATE, Act.CLOSE_AGREED, Act.REQUEST_DESIGNATION),
    ),
    "studying": (Act.ANSWER,),
    "reported": (Act.ANSWER,),
    "submitted": (Act.PASS, Act.PASS, Act.SIGN, Act.SIGN, Act.RETURN, Act.EXTEND),
    "issued": (Act.CLOSE, Act.CLOSE, Act.RECORD_ENDS, Act.TERMINATE),
    "closed": (Act.SETTLE, Act.REPORT_BACK, Act.CONVERT),
    "led_in": (Act.REOPEN,),
    "in_procedure": (Act.ANSWER, Act.INQUIRE, Act.REOPEN),
    "declined": (Act.REOPEN,),
    "redirected": (Act.REOPEN,),
    "merged": (Act.UNMERGE,),
}


def attempt(dice, petition, act: Act, by) -> None:
    """Do the act, or ask for its approval, through the door a page uses. Refused or PermissionDenied pass through."""
    if act is Act.SPLIT:
        _split(dice, petition, by)
    else:
        told = ARGUMENTS[act](dice, petition) if act in ARGUMENTS else {}
        approvals.request(petition, act, by=by, **told)


def _split(dice, petition, by):
    kind = dice.pick(Kind.values)
    plan = [{"claims": [2], "kind": kind, "excerpt": dice.words("另一项诉求"), "accused_organ": None}]
    separation.split(petition, plan, by=by, excerpt=dice.words("其余诉求摘录"))
