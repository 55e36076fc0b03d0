"""群众看到的话：每种状态一句、每个公开的步骤一句。内部批示、核查、督办和人名都不在其中（rules §1.15）。"""

from petitions.states import State
from rulebook.acts import Act

CONFIDENTIAL = "已收到，按规定办理。"
SAME_WORDS = "查询码或者验证数字不对。请对照登记回执核对后再试。"
TOO_OFTEN = "输错次数过多，请 15 分钟后再试。急需了解进展的，可以持登记回执到登记窗口或者打电话询问。"

NOT_GENUINE = "没有这份文书，或者校验码不对。请对照纸上的文号和校验码核对后再试。"

RATED = "评价已经收到，谢谢您。评价期满以前可以改，被评价的单位期满以后才看得到。"
HEARD = "您的意见已经收到；评价期已过的，不再计分。"

# 状态 → 标签与语气；督查核查是内部步骤，对外仍是办理中
LABELS = {
    State.REGISTERED: ("已登记", ""),
    State.FORWARDED: ("已转送", ""),
    State.ASSIGNED: ("已转送", ""),
    State.OBJECTED: ("已转送", ""),
    State.DISPUTED: ("已转送", ""),
    State.ACCEPTED: ("办理中", "bl"),
    State.STUDYING: ("研究中", "bl"),
    State.REPORTED: ("已收到", ""),
    State.IN_PROCEDURE: ("办理中", "bl"),
    State.SUBMITTED: ("办理中", "bl"),
    State.ISSUED: ("已答复", "gr"),
    State.CLOSED: ("已办结", "gr"),
    State.LED_IN: ("依法走其他途径", "vi"),
    State.REDIRECTED: ("已告知", "vi"),
    State.DECLINED: ("不予受理", "vi"),
    State.NOT_AGAIN: ("不再受理", "vi"),
    State.FILED: ("已存档", ""),
    State.MERGED: ("合并办理", "bl"),
    State.SETTLED: ("已终结", "gr"),
    State.TERMINATED: ("已终止", ""),
    State.ARCHIVED: ("已归档", "gr"),
}

# 状态 → 谁在办（organ 为承办机关全称）。后半句“最迟哪天”由 promise 接上
SENTENCES = {
    State.REGISTERED: "{organ}已经登记，正在确定由谁办理、按什么途径办理",
    State.FORWARDED: "已转给{organ}",
    State.ASSIGNED: "已转给{organ}",
    State.OBJECTED: "正在核定由哪个单位办理",
    State.DISPUTED: "几个单位对由谁办理有不同意见，已经报请上级机关指定，告知、答复您的期限都不因此延长",
    State.ACCEPTED: "{organ}正在办理",
    State.STUDYING: "{organ}正在研究您的建议",
    State.REPORTED: CONFIDENTIAL.rstrip("。"),
    State.IN_PROCEDURE: "{organ}正在按这一类事项的法定程序办理",
    State.SUBMITTED: "{organ}正在办理",
    State.ISSUED: "{organ}已经作出信访处理意见书，正在送达",
    State.CLOSED: "{organ}已经办结",
    State.LED_IN: "这件事依法通过其他法定途径解决，办理机关和程序写在告知书里",
    State.REDIRECTED: "这件事不属于{organ}的职权，应当向哪个机关提出写在告知书里",
    State.DECLINED: "{organ}决定不予受理，理由和应走的途径写在告知书里",
    State.NOT_AGAIN: "{organ}决定不再受理，理由写在告知书里",
    State.FILED: "{organ}已经登记存档",
    State.MERGED: "已与您反映的同一件事合并办理，期限按先前那一件计算",
    State.SETTLED: "信访程序已经终结",
    State.TERMINATED: "{organ}已经终止办理",
    State.ARCHIVED: "已经办结归档",
}

TELLING = (State.REGISTERED, State.FORWARDED, State.ASSIGNED, State.OBJECTED, State.DISPUTED)
WORKING = (State.ACCEPTED, State.SUBMITTED, State.STUDYING)
ANSWERED = (State.ISSUED, State.CLOSED, State.SETTLED, State.ARCHIVED)

NEXT = {
    **dict.fromkeys(TELLING, ("书面告知您由谁办理、是否受理、按什么程序办理。", "这期间可以补充材料。")),
    **dict.fromkeys(
        WORKING,
        (
            "承办单位会听取您陈述事实和理由，调查核实后给您书面答复。",
            "情况复杂的，经负责人批准可以延长办理期限，延长不超过 30 日，并书面告知您。",
        ),
    ),
    State.IN_PROCEDURE: ("办理机关会给您书面答复，答复里写明不同意时可以怎样申请行政复议、提起行政诉讼。",),
    State.ISSUED: ("《信访处理意见书》会送到您手上，请留意接收并签字。",),
}
STEPS = {
    Act.REGISTER: "登记",
    Act.SPLIT: "不同的诉求分开办理",
    Act.FORWARD: "转给有权处理的机关",
    Act.ASSIGN: "转给有权处理的机关",
    Act.DESIGNATE: "上级机关指定了办理单位",
    Act.ACCEPT: "决定受理",
    Act.ACCEPT_SIMPLY: "决定受理，按简易程序办理",
    Act.DEEM_ACCEPTED: "超过期限未告知，依法视为受理",
    Act.DECLINE: "决定不予受理",
    Act.NOT_AGAIN: "决定不再受理",
    Act.REDIRECT: "告知向有权处理的机关提出",
    Act.LEAD_IN: "告知通过其他法定途径解决",
    Act.STUDY: "转入建议研究",
    Act.TO_SUGGESTION: "同时转入人民建议征集",
    Act.FILE: "登记存档",
    Act.MERGE: "与同一件事合并办理",
    Act.CONVERT: "转为普通程序办理，已书面告知",
    Act.UNMERGE: "不再合并，恢复单独办理",
    Act.EXTEND: "延长办理期限，已书面告知",
    Act.SIGN: "作出信访处理意见书",
    Act.ANSWER: "作出答复",
    Act.AMEND: "发出更正告知书",
    Act.ANSWER_SIMPLY: "作出答复",
    Act.HEAR: "决定举行听证",
    Act.MEDIATE: "组织调解、和解",
    Act.AGREE: "各方达成协议",
    Act.CLOSE_AGREED: "依各方达成的协议办结",
    Act.CLOSE: "办结",
    Act.SETTLE: "信访程序终结",
    Act.PERFORM: "支持的诉求已经落实",
    Act.RATE: "您作了评价或者留言",
    Act.TERMINATE: "终止办理",
    Act.REOPEN: "重新确定办理途径",
}
# 调查中对信访人公开的几种；调取材料、征询意见等是内部工作
INQUIRIES = {"heard": "听取信访人意见", "phone": "电话联系信访人", "visit": "现场核查"}


def step(act: str, details: dict, *, channel: str, served: str) -> str:
    """The line of one step on the petitioner's page; empty where the step is internal.

    `channel` names how it came in; `served` is the title of the letter if it was served on this very petitioner.
    """
    if act == Act.REGISTER:
        return f"{channel}{STEPS[Act.REGISTER]}"
    if act == Act.INQUIRE:
        return INQUIRIES.get(details.get("form"), "")
    if act == Act.SERVE:
        return f"《{served}》送达" if served else ""
    return STEPS.get(act, "")


def day(moment) -> str:
    """12 月 22 日; the year is said where the sentence would mislead without it, which is the caller's to know."""
    return f"{moment.month} 月 {moment.day} 日"


REVIEW_ANSWERED = "给您书面意见"


def reviewing(kind: str, organ: str) -> tuple[str, str, str, tuple[str, ...]]:
    """(label, tone, sentence, what comes next) while a review or a recheck of this petitioner's is under way."""
    if kind == "review":
        after = "复查机关审查后给您《信访事项复查意见书》；不同意的，收到以后还可以申请复核。"
        return "复查中", "bl", f"{organ}正在审查您的复查申请", (after,)
    return (
        "复核中",
        "bl",
        f"{organ}正在审查您的复核申请",
        ("复核机关审查后给您《信访事项复核意见书》，复核意见是最终意见。",),
    )


def promise(state: State, due_on, today) -> tuple[str, str, str]:
    """By when the petitioner is told or answered, as `by` puts it."""
    return by(due_on, today, "书面告知您是否受理" if state in TELLING else "给您书面答复")


def by(due_on, today, what: str) -> tuple[str, str, str]:
    """(before, day, after): by when what is owed, the day set apart to stand out; honest where it has passed."""
    if due_on is None:
        return "。", "", ""
    shown = day(due_on) if due_on.year == today.year else f"{due_on.year} 年 {day(due_on)}"
    if due_on < today:
        return "，本应在 ", shown, f" 前{what}，已经超过 {(today - due_on).days} 天，可以打下面的电话催问。"
    return "，最迟 ", shown, f" 前{what}。"


def asked(kind: str, organ: str) -> str:
    """What one application was: 申请复查 to whom."""
    return f"向{organ}申请{'复查' if kind == 'review' else '复核'}"


def waits_until(due_on) -> str:
    """What is said of a request not yet answered; `due_on` None where the case ended first."""
    return f"已收到，最迟 {day(due_on)}回应" if due_on else "已收到，这件事已经走到别的一步"
