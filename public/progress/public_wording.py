"""群众看到的话：每种状态一句、每个公开的步骤一句。内部批示、核查、督办和人名都不在其中（rules §1.15）。"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.session.languages import as_written, fill
from accounts.session.languages import day as day_words
from petitions.act.states import State
from rulebook.acts import Act

CONFIDENTIAL = _("已收到，按规定办理。")
SAME_WORDS = _("查询码或者验证数字不对。请对照登记回执核对后再试。")
TOO_OFTEN = _("输错次数过多，请 15 分钟后再试。急需了解进展的，可以持登记回执到登记窗口或者打电话询问。")

NOT_GENUINE = _("没有这份文书，或者校验码不对。请对照纸上的文号和校验码核对后再试。")

RATED = _("评价已经收到，谢谢您。评价期满以前可以改，被评价的单位期满以后才看得到。")
HEARD = _("您的意见已经收到；评价期已过的，不再计分。")

# 状态 → 标签与语气；督查核查是内部步骤，对外仍是办理中
LABELS = {
    State.REGISTERED: (_("已登记"), ""),
    State.FORWARDED: (_("已转送"), ""),
    State.ASSIGNED: (_("已转送"), ""),
    State.OBJECTED: (_("已转送"), ""),
    State.DISPUTED: (_("已转送"), ""),
    State.ACCEPTED: (_("办理中"), "bl"),
    State.STUDYING: (_("研究中"), "bl"),
    State.REPORTED: (_("已收到"), ""),
    State.IN_PROCEDURE: (_("办理中"), "bl"),
    State.SUBMITTED: (_("办理中"), "bl"),
    State.ISSUED: (_("已答复"), "gr"),
    State.CLOSED: (_("已办结"), "gr"),
    State.LED_IN: (_("依法走其他途径"), "vi"),
    State.REDIRECTED: (_("已告知"), "vi"),
    State.DECLINED: (_("不予受理"), "vi"),
    State.NOT_AGAIN: (_("不再受理"), "vi"),
    State.FILED: (_("已存档"), ""),
    State.MERGED: (_("合并办理"), "bl"),
    State.SETTLED: (_("已终结"), "gr"),
    State.TERMINATED: (_("已终止"), ""),
    State.ARCHIVED: (_("已归档"), "gr"),
}

# 状态 → 谁在办（organ 为承办机关全称）。后半句“最迟哪天”由 promise 接上
SENTENCES = {
    State.REGISTERED: _("{organ}已经登记，正在确定由谁办理、按什么途径办理"),
    State.FORWARDED: _("已转给{organ}"),
    State.ASSIGNED: _("已转给{organ}"),
    State.OBJECTED: _("正在核定由哪个单位办理"),
    State.DISPUTED: _("几个单位对由谁办理有不同意见，已经报请上级机关指定，告知、答复您的期限都不因此延长"),
    State.ACCEPTED: _("{organ}正在办理"),
    State.STUDYING: _("{organ}正在研究您的建议"),
    State.REPORTED: _("已收到，按规定办理"),
    State.IN_PROCEDURE: _("{organ}正在按这一类事项的法定程序办理"),
    State.SUBMITTED: _("{organ}正在办理"),
    State.ISSUED: _("{organ}已经作出信访处理意见书，正在送达"),
    State.CLOSED: _("{organ}已经办结"),
    State.LED_IN: _("这件事依法通过其他法定途径解决，办理机关和程序写在告知书里"),
    State.REDIRECTED: _("这件事不属于{organ}的职权，应当向哪个机关提出写在告知书里"),
    State.DECLINED: _("{organ}决定不予受理，理由和应走的途径写在告知书里"),
    State.NOT_AGAIN: _("{organ}决定不再受理，理由写在告知书里"),
    State.FILED: _("{organ}已经登记存档"),
    State.MERGED: _("已与您反映的同一件事合并办理，期限按先前那一件计算"),
    State.SETTLED: _("信访程序已经终结"),
    State.TERMINATED: _("{organ}已经终止办理"),
    State.ARCHIVED: _("已经办结归档"),
}

TELLING = (State.REGISTERED, State.FORWARDED, State.ASSIGNED, State.OBJECTED, State.DISPUTED)
WORKING = (State.ACCEPTED, State.SUBMITTED, State.STUDYING)
ANSWERED = (State.ISSUED, State.CLOSED, State.SETTLED, State.ARCHIVED)

NEXT = {
    **dict.fromkeys(TELLING, (_("书面告知您由谁办理、是否受理、按什么程序办理。"), _("这期间可以补充材料。"))),
    **dict.fromkeys(
        WORKING,
        (
            _("承办单位会听取您陈述事实和理由，调查核实后给您书面答复。"),
            _("情况复杂的，经负责人批准可以延长办理期限，延长不超过 30 日，并书面告知您。"),
        ),
    ),
    State.IN_PROCEDURE: (_("办理机关会给您书面答复，答复里写明不同意时可以怎样申请行政复议、提起行政诉讼。"),),
    State.ISSUED: (_("《信访处理意见书》会送到您手上，请留意接收并签字。"),),
}
STEPS = {
    Act.REGISTER: _("登记"),
    Act.SPLIT: _("不同的诉求分开办理"),
    Act.FORWARD: _("转给有权处理的机关"),
    Act.ASSIGN: _("转给有权处理的机关"),
    Act.DESIGNATE: _("上级机关指定了办理单位"),
    Act.ACCEPT: _("决定受理"),
    Act.ACCEPT_SIMPLY: _("决定受理，按简易程序办理"),
    Act.DEEM_ACCEPTED: _("超过期限未告知，依法视为受理"),
    Act.DECLINE: _("决定不予受理"),
    Act.NOT_AGAIN: _("决定不再受理"),
    Act.REDIRECT: _("告知向有权处理的机关提出"),
    Act.LEAD_IN: _("告知通过其他法定途径解决"),
    Act.STUDY: _("转入建议研究"),
    Act.TO_SUGGESTION: _("同时转入人民建议征集"),
    Act.FILE: _("登记存档"),
    Act.MERGE: _("与同一件事合并办理"),
    Act.CONVERT: _("转为普通程序办理，已书面告知"),
    Act.UNMERGE: _("不再合并，恢复单独办理"),
    Act.EXTEND: _("延长办理期限，已书面告知"),
    Act.SIGN: _("作出信访处理意见书"),
    Act.ANSWER: _("作出答复"),
    Act.AMEND: _("发出更正告知书"),
    Act.ANSWER_SIMPLY: _("作出答复"),
    Act.HEAR: _("决定举行听证"),
    Act.MEDIATE: _("组织调解、和解"),
    Act.AGREE: _("各方达成协议"),
    Act.CLOSE_AGREED: _("依各方达成的协议办结"),
    Act.CLOSE: _("办结"),
    Act.SETTLE: _("信访程序终结"),
    Act.PERFORM: _("支持的诉求已经落实"),
    Act.RATE: _("您作了评价或者留言"),
    Act.TERMINATE: _("终止办理"),
    Act.REOPEN: _("重新确定办理途径"),
}
# 调查中对信访人公开的几种；调取材料、征询意见等是内部工作
INQUIRIES = {"heard": _("听取信访人意见"), "phone": _("电话联系信访人"), "visit": _("现场核查")}


REGISTERED, SERVED = _("%(channel)s登记"), _("{letter}送达")
TO_TELL, TO_ANSWER, TO_REVIEW = "tell", "answer", "review"
IN_TIME = {
    TO_TELL: _("，最迟 {day} 前书面告知您是否受理。"),
    TO_ANSWER: _("，最迟 {day} 前给您书面答复。"),
    TO_REVIEW: _("，最迟 {day} 前给您书面意见。"),
}


def sentence(state: State, organ: str) -> str:
    """Who has it in hand now; `organ` is the full name of the organ."""
    return fill(SENTENCES[state], organ=as_written(organ))


def step(act: str, details: dict, *, channel: str, served: str) -> str:
    """The line of one step on the petitioner's page; empty where the step is internal.

    `channel` names how it came in; `served` is the title of the letter if it was served on this very petitioner.
    """
    if act == Act.REGISTER:
        return str(REGISTERED) % {"channel": channel}
    if act == Act.INQUIRE:
        return str(INQUIRIES.get(details.get("form"), ""))
    if act == Act.SERVE:
        return fill(SERVED, letter=as_written(f"《{served}》")) if served else ""
    return str(STEPS.get(act, ""))


def day(moment: date) -> str:
    """12 月 22 日; the year is said where the sentence would mislead without it, which is the caller's to know."""
    return day_words(moment)


def reviewing(kind: str, organ: str) -> tuple[str | Promise, str, str, tuple[str | Promise, ...]]:
    """(label, tone, sentence, what comes next) while a review or a recheck of this petitioner's is under way."""
    name = as_written(organ)
    if kind == "review":
        after = _("复查机关审查后给您《信访事项复查意见书》；不同意的，收到以后还可以申请复核。")
        return _("复查中"), "bl", fill(_("{organ}正在审查您的复查申请"), organ=name), (after,)
    after = _("复核机关审查后给您《信访事项复核意见书》，复核意见是最终意见。")
    return _("复核中"), "bl", fill(_("{organ}正在审查您的复核申请"), organ=name), (after,)


def promise(state: State, due_on: date | None, today: date) -> tuple[str, str, str]:
    """By when the petitioner is told or answered, as `by` puts it."""
    return by(due_on, today, TO_TELL if state in TELLING else TO_ANSWER)


def by(due_on: date | None, today: date, what: str) -> tuple[str, str, str]:
    """(before, day, after): by when `what` is owed (TO_TELL, TO_ANSWER, TO_REVIEW), the day set apart to stand out;
    honest where it has passed."""
    if due_on is None:
        return str(_("。")), "", ""
    n = (today - due_on).days
    before, after = (_late(what, n) if n > 0 else str(IN_TIME[what])).split("{day}")
    return before, day_words(due_on, year=due_on.year != today.year), after.format(n=n)


def _late(what: str, n: int) -> str:
    """The sentence of what should have come `n` days ago."""
    if what == TO_TELL:
        return ngettext(
            "，本应在 {day} 前书面告知您是否受理，已经超过 {n} 天，可以打下面的电话催问。",
            "，本应在 {day} 前书面告知您是否受理，已经超过 {n} 天，可以打下面的电话催问。",
            n,
        )
    if what == TO_ANSWER:
        return ngettext(
            "，本应在 {day} 前给您书面答复，已经超过 {n} 天，可以打下面的电话催问。",
            "，本应在 {day} 前给您书面答复，已经超过 {n} 天，可以打下面的电话催问。",
            n,
        )
    return ngettext(
        "，本应在 {day} 前给您书面意见，已经超过 {n} 天，可以打下面的电话催问。",
        "，本应在 {day} 前给您书面意见，已经超过 {n} 天，可以打下面的电话催问。",
        n,
    )


def asked(kind: str, organ: str) -> str:
    """What one application was: 申请复查 to whom."""
    return fill(_("向{organ}申请复查") if kind == "review" else _("向{organ}申请复核"), organ=as_written(organ))


def waits_until(due_on: date | None) -> str:
    """What is said of a request not yet answered; `due_on` None where the case ended first."""
    if due_on is None:
        return str(_("已收到，这件事已经走到别的一步"))
    return fill(_("已收到，最迟 {day}回应"), day=day_words(due_on))
