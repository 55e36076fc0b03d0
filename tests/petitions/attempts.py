"""一步走法：哪个行为带什么内容去试。内容是表单送得来的，多数合情理，少数不合。

Every maker takes (dice, petition) and returns the arguments of one act as a form would send them.
"""

from datetime import timedelta
from random import Random

from accounts.models import Organ
from petitions import approvals, splitting
from petitions.models import Matter, Petition
from petitions.states import Kind, LegalPath
from rulebook.acts import Act
from rulebook.options import SIMPLE_BARS
from rulebook.timekeeping import now, today
from tests.cast import EXCLUDED, answered, someone

ORGANS = ("YHQL", "YHZJ", "YHWH", "YHXF", "YZXF", "YHJJ", "YZJJ", "YHFG", "YHQLCJ", "SQXF")
RECHECK = {"recheck_organ": "云州市人民政府", "recheck_no": "州政复核〔2026〕3号", "recheck_on": "2026-03-01"}


class Dice:
    """What a walk leaves to chance. Each step has its own, from a seed that Hypothesis draws: a failing walk can be
    repeated and shortened step by step, and every choice within a step is even."""

    def __init__(self, chance: Random):
        self.random = chance

    def pick(self, things):
        return self.random.choice(list(things))

    def chance(self, tenths: int) -> bool:
        return self.random.randint(1, 10) <= tenths

    def organ(self) -> Organ:
        return Organ.objects.select_related("office", "successor").get(code=self.pick(ORGANS))

    def words(self, text: str) -> str:
        """Words of a form: now and then left empty."""
        return text if self.chance(9) else " "

    def petition(self, petition) -> Petition:
        return self.pick(Petition.objects.select_related("submission", "organ", "matter").order_by("pk"))

    def matter(self, petition) -> Matter:
        """One that is there already, or a new one."""
        known = list(Matter.objects.order_by("pk"))
        if known and self.chance(5):
            return self.pick(known)
        return Matter.objects.create(title=petition.title, created_at=now(), created_by=someone("officer1"))


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


def allot(dice, petition):
    return {"to": someone(dice.pick(["handler1", "officer1", "handler.yhzj", "handler.wh"]))}


def decline(dice, petition):
    return {
        "ground": dice.pick(["28-2", "19-3", "1"]),
        "reason": dice.words("同一诉求已向人民法院起诉"),
        "way": "诉讼",
        "authority": "云河区人民法院",
        "authority_address": "云河区法院路1号",
    }


def not_again(dice, petition):
    ground = dice.pick(["36-3", "35-late"])
    told = {"earlier": dice.petition(petition), "ground": ground, "reason": dice.words("同一事实和理由")}
    return told | (RECHECK if ground == "36-3" and dice.chance(8) else {}) | {"new_facts": not dice.chance(9)}


def redirect(dice, petition):
    return {
        "authority": "云州市云河区住房和城乡建设委员会",
        "authority_address": "政通街5号",
        "reason": dice.words("不属本机关职权"),
    }


def lead_in(dice, petition):
    path = dice.pick(["31-1", "31-2", "31-3", "31-4", "31-5", "31-6"])
    return {"path": path, "authority": dice.words("云河区人民法院"), "reason": "应当通过法定途径解决"}


def draft(dice, petition):
    claims = list(petition.claims.order_by("number"))
    told = claims if dice.chance(9) else claims[1:]
    return {
        "facts": dice.words("经现场核查，电梯曳引机损坏，维保单位已更换。"),
        "basis": dice.words("《特种设备安全法》第三十六条"),
        "findings": [
            {"number": one.number, "finding": "support", "answer": f"{one.text}：属实，已经整改。"} for one in told
        ],
    }


def terminate(dice, petition):
    return {"ground": dice.pick(["withdrawn", "death"]), "reason": dice.words("书面申请附后")}


def inquire(dice, petition):
    return {"form": dice.pick(["heard", "visit"]), "note": "听取信访人陈述。"}


def simple(dice, petition):
    bars = [] if dice.chance(9) else [dice.pick(SIMPLE_BARS)]
    return {"ground": dice.pick(["plain", "daily", "promised"]), "bars": bars}


def told_at_once(dice):
    return {"means": dice.pick(["phone", "sms", "face", ""]), "paper": dice.chance(3)}


def answer_simply(dice, petition):
    outcomes = ["adopted", "partly"] if petition.kind == Kind.SUGGESTION else ["support", "explain", "not_support"]
    return {"outcome": dice.pick(outcomes), "reply": dice.words("当天已经修好。")} | told_at_once(dice)


ARGUMENTS = {
    Act.CLASSIFY: classify,
    Act.FORWARD: forward,
    Act.ASSIGN: assign,
    Act.ALLOT: allot,
    Act.OBJECT: lambda dice, petition: {"grounds": "属区住建委职责", "suggested": None},
    Act.UPHOLD: lambda dice, petition: {"answer": "同意"},
    Act.OVERRULE: lambda dice, petition: {"answer": "责任清单列明由属地办理"},
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
    Act.UNMERGE: lambda dice, petition: {"reason": dice.words("两件诉求不同")},
    Act.RELATE: lambda dice, petition: {"matter": dice.matter(petition)},
    Act.UNRELATE: lambda dice, petition: {"reason": dice.words("实为两事")},
    Act.MARK_REPEAT: lambda dice, petition: {"earlier": dice.pick([None, dice.petition(petition)])},
    Act.MARK_KEY: lambda dice, petition: {"key": dice.chance(5), "reason": dice.words("领导包案")},
    Act.INQUIRE: inquire,
    Act.NOTE: lambda dice, petition: {"note": "已电话沟通。"},
    Act.CONVERT: lambda dice, petition: {"reason": dice.words("须核对历史账目")},
    Act.EXTEND: lambda dice, petition: {"days": dice.pick([15, 30, 1, 31, 0]), "reason": dice.words("需委托检测")},
    Act.REPORT_BACK: lambda dice, petition: {"report": "已约谈物业，更换部件在途。"},
    Act.ASK_ASSIST: lambda dice, petition: {"to": dice.organ(), "request": "请提供历史卷宗"},
    Act.DRAFT: draft,
    Act.RETURN: lambda dice, petition: {"reason": "请补充法律依据"},
    Act.PASS: lambda dice, petition: {"opinion": "事实清楚", "overrides": answered(petition)},
    Act.ANSWER: lambda dice, petition: {"outcome": dice.pick(["adopted", "partly"]), "reply": "已采纳，列入计划。"},
    Act.ANSWER_SIMPLY: answer_simply,
    Act.TERMINATE: terminate,
    Act.REOPEN: lambda dice, petition: {"reason": "法院裁定不予受理"},
}
# 每个状态里最平常的下一步：随机走也要走得远
USUAL = {
    "registered": (Act.CLASSIFY, Act.ACCEPT, Act.ACCEPT_SIMPLY, Act.SUGGEST_SIMPLE, Act.FORWARD, Act.ASSIGN),
    "forwarded": (Act.CLASSIFY, Act.ACCEPT, Act.OBJECT),
    "assigned": (Act.CLASSIFY, Act.ACCEPT, Act.OBJECT),
    "objected": (Act.UPHOLD, Act.OVERRULE),
    "accepted": (Act.INQUIRE, Act.DRAFT, Act.SUBMIT, Act.EXTEND, Act.ANSWER_SIMPLY, Act.CONVERT),
    "studying": (Act.ANSWER,),
    "reported": (Act.ANSWER,),
    "submitted": (Act.PASS, Act.SIGN, Act.RETURN, Act.EXTEND),
    "issued": (Act.CLOSE,),
    "closed": (Act.SETTLE, Act.REPORT_BACK, Act.CONVERT),
    "led_in": (Act.REOPEN,),
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
    splitting.split(petition, plan, by=by, excerpt=dice.words("其余诉求摘录"))
