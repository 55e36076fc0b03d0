"""落在信访件所属的东西上的一步：送达、复查复核、听证、调解、落实任务。内容同 attempts.py，多数合情理，少数不合。"""

from datetime import timedelta

from petitions.act.consequences import carry_out
from petitions.review import rules as reviewing
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.petitions.contested import answered

# 复查、复核、听证


def request(dice, service):
    came = today() - timedelta(days=dice.pick([0, 0, 0, 0, 2, 40, -1]))
    first = dice.pick([*reviewing.reviewers_of(service.petition.organ), dice.organ()])
    reviewed = reviewing.reviewed_by(service)
    above = reviewing.recheckers_of(reviewed) if reviewed and dice.chance(9) else []
    return {
        "to": (above or [first])[0],
        "applied_on": came,
        "posted_on": dice.pick([None, None, came, today()]),
        "received_on": dice.pick([None, None, today()]),
        "grounds": dice.words("维修资金的使用情况没有查清"),
        "excuse": dice.pick(["", "住院手术，出院小结附后"]),
    }


def refuse_review(dice, proceeding):
    return {"ground": dice.pick(["other_path", "late"]), "reason": dice.words("同一诉求法院已经立案")}


def propose_review(dice, proceeding):
    return {
        "outcome": dice.pick(["uphold", "revoke", "change", "redo", "redo"]),
        "facts": dice.words("经复查，原意见认定的停梯日期属实。"),
        "basis": "《信访工作条例》第三十五条",
        "decision": dice.words("见复查结论。"),
        "redo_due_on": dice.pick([None, *[today() + timedelta(days=days) for days in (0, 15, 30, 30, 60, 61)]]),
    }


def call_hearing(dice, proceeding):
    held_on = today() + timedelta(days=dice.pick([0, 0, 1, 7, 12, -1]))
    return {
        "held_on": held_on,
        "until": held_on + timedelta(days=dice.pick([0, 1, 5, -1])),
        "held_at": "9:30 至 11:30",
        "place": dice.words("信访办听证室"),
        "host": "主持人",
        "members": dice.pick(["甲、乙、丙", "甲、乙、丙", "甲、乙"]),
        "recorder": "何小舟",
        "asked": dice.chance(9),
    }


CONTESTING = {
    Act.REQUEST_REVIEW: request,
    Act.REQUEST_RECHECK: request,
    Act.REFUSE_REVIEW: refuse_review,
    Act.WITHDRAW_REVIEW: lambda dice, proceeding: {"reason": "信访人书面撤回"},
    Act.CALL_HEARING: call_hearing,
    Act.PROPOSE_REVIEW: propose_review,
    Act.DECIDE_REVIEW: lambda dice, proceeding: {"overrides": answered(proceeding) if dice.chance(9) else {}},
    Act.CONCLUDE_HEARING: lambda dice, hearing: {
        "minutes": dice.words("各方到场"),
        "evidence": "出示照片六张",
        "votes": "3 人一致",
        "result": "三人一致维持",
    },
    Act.CANCEL_HEARING: lambda dice, hearing: {"reason": "信访人申请取消"},
}


def serve(dice, service):
    return {
        "means": dice.pick(["direct", "direct", "post", "witness", "electronic", "notice"]),
        "on": today() - timedelta(days=dice.pick([0, 0, 1, 400, -1])),
        "tracking": dice.words("EMS100200"),
        "witness": dice.words("居委会干部"),
        "refusal": dice.words("不愿签收"),
    }


def attempt_service(dice, service):
    means = dice.pick(["direct", "direct", "post", "electronic"])
    outcome = dice.pick(["nobody", "moved", "refused", "failed"])
    return {"means": means, "on": today(), "outcome": outcome, "reason": "邻居称已搬走", "tracking": "EMS100200"}


def promise(dice, execution):
    return {"promised": dice.words("月底前修好"), "days": dice.pick([10, 30, 0])}


def perform(dice, execution):
    return {"result": dice.words("已修好"), "on": today(), "evidence": None}


# 落在一次送达、一次调解、一项落实任务上的
BESIDE = {
    Act.SERVE: serve,
    Act.ATTEMPT_SERVICE: attempt_service,
    Act.POST: lambda dice, service: {"on": today(), "tracking": f"EMS{service.party_id:06d}"},
    Act.PUBLISH_NOTICE: lambda dice, service: {"on": today(), "place": dice.words("街道公告栏")},
    Act.AGREE: lambda dice, mediation: {
        "agreement": dice.words("限期修复"),
        "performance": "十日内一次付清",
        "on": today(),
        "court": "云河区人民法院",
    },
    Act.GIVE_UP: lambda dice, mediation: {"reason": "各执一词"},
    Act.CONFIRM: lambda dice, mediation: {"on": today(), "court": dice.words("云河区人民法院")},
    Act.REPLAN: promise,
    Act.PERFORM: perform,
    Act.REFUSE_EXECUTION: lambda dice, execution: {"reason": dice.words("物业拒不修复")},
}
# 听证一开就不能起草、签发：多给起草、签发几次机会
REVIEW_STEPS = {
    "requested": (Act.ADMIT_REVIEW, Act.ADMIT_REVIEW, Act.ADMIT_REVIEW, Act.REFUSE_REVIEW, Act.WITHDRAW_REVIEW),
    "admitted": (
        *(Act.PROPOSE_REVIEW, Act.PROPOSE_REVIEW, Act.DECIDE_REVIEW, Act.DECIDE_REVIEW, Act.DECIDE_REVIEW),
        *(Act.CALL_HEARING, Act.CALL_HEARING, Act.WITHDRAW_REVIEW),
    ),
}


def attempt_beside(dice, noun, act: Act, by) -> None:
    """The same for a child of the petition: a served letter, a proceeding, a hearing."""
    made = CONTESTING | BESIDE
    told = made[act](dice, noun) if act in made else {}
    carry_out(noun, act, by=by, **told)
