"""这一件自己的路线图：六步，逐步由办理日志点亮；您做什么、我们做什么、几天、收到什么。"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from petitions.act.states import FINAL, State
from petitions.models import Proceeding
from rulebook.acts import Act
from rulebook.terms import Term
from rulebook.timekeeping import local_date, today

# 告知了由谁办、是否受理；作出了答复
TOLD = {Act.ACCEPT, Act.ACCEPT_SIMPLY, Act.DEEM_ACCEPTED, Act.DECLINE, Act.NOT_AGAIN, Act.REDIRECT, Act.LEAD_IN}
TOLD |= {Act.STUDY, Act.FILE, Act.MERGE, Act.TERMINATE}
DECIDED = {Act.SIGN, Act.ANSWER, Act.ANSWER_SIMPLY, Act.CLOSE_AGREED}
# 没有处理意见可走的几条路：后面的步不走
ELSEWHERE = (State.LED_IN, State.REDIRECTED, State.DECLINED, State.NOT_AGAIN, State.FILED, State.MERGED)
ELSEWHERE += (State.TERMINATED,)

TELLING_TERMS = ("D02", "D03")  # 直接来件、转来的件书面告知

DONE, NOW, AHEAD, NEVER = "done", "now", "ahead", "never"
LOOKS = {
    DONE: ("gr", _("已完成")),
    NOW: ("bl", _("正在这一步")),
    AHEAD: ("", _("还没有到")),
    NEVER: ("", _("不走这一步")),
}


@dataclass
class Step:
    """One of the six. `when`: the day it was done; `until`: the last day of it while it is still to come."""

    no: int
    title: str
    days: str
    you: str
    we: str
    receive: str
    stand: str = AHEAD
    when: date | None = None
    until: date | None = None

    @property
    def late(self) -> bool:
        """Whether its last day has passed and it is still not done."""
        return self.until is not None and self.until < today()

    @property
    def tone(self) -> str:
        return LOOKS[self.stand][0]

    @property
    def label(self) -> str:
        return LOOKS[self.stand][1]


def steps(terms: Iterable[Term]) -> list[Step]:
    """The six steps with the days of the terms given (a rule set's own, `rulebook.books.terms_of`)."""
    rule = {term.code: term for term in terms}
    days = {code: term.length for code, term in rule.items()}
    told = max(days[code] for code in TELLING_TERMS)
    rows = (
        (
            _("登记"),
            _("当场"),
            _("来访、写信、打电话或者网上提出"),
            _("逐件登记，给您编号和查询码"),
            _("登记回执"),
        ),
        (
            _("甄别告知"),
            _("%(n)d 日内") % {"n": told},
            _("保持电话畅通，可以补充材料"),
            _("分清途径，转给有权处理的机关，书面告诉您由谁办"),
            _("受理告知书，或者其他途径告知书"),
        ),
        (
            _("办理"),
            _("%(n)d 日内，经批准延长的不超过 %(more)d 日") % {"n": days["D06"], "more": rule["D06"].extension},
            _("陈述事实和理由，可以补充材料、申请回避、撤回"),
            _("听您陈述，调查核实，可以组织调解、听证"),
            _("延期告知书（如有）"),
        ),
        (
            _("答复"),
            _("办结时"),
            _("签收文书"),
            _("写明事实、依据，逐项回答您的诉求，送达您"),
            _("信访处理意见书，或者答复书"),
        ),
        (
            _("复查"),
            _("收到意见书起 %(ask)d 日内申请，%(give)d 日内作出") % {"ask": days["D08"], "give": days["D09"]},
            _("不同意的，写明理由申请复查；同意的不用做什么"),
            _("上一级机关重新审查"),
            _("复查意见书"),
        ),
        (
            _("复核"),
            _("收到复查意见起 %(ask)d 日内申请，%(give)d 日内作出") % {"ask": days["D10"], "give": days["D11"]},
            _("仍不同意的，写明理由申请复核"),
            _("再上一级机关审查，结论为最终意见"),
            _("复核意见书"),
        ),
    )
    return [Step(no, *words) for no, words in enumerate(rows, 1)]


def of(
    state: State,
    lines: Iterable[tuple[str, datetime]],
    *,
    served_on: date | None,
    proceedings: Iterable[Proceeding],
    due: tuple[int, date] | None,
    remedies: dict[int, date],
    terms: Iterable[Term],
) -> list[Step]:
    """The six steps as the log has them.

    `lines` are (act, at); `served_on` the day this very petitioner got the answer; `proceedings` their own; `due` the
    step a running clock belongs to and its last day; `remedies` step (5 or 6) → last day of the right to ask for it;
    `terms` those of the petition's rule set.
    """
    road, seen = steps(terms), {}
    for act, at in lines:
        seen[act] = max(seen.get(act, local_date(at)), local_date(at))
    marks = [
        seen.get(Act.REGISTER),
        max((seen[act] for act in TOLD if act in seen), default=None),
        max((seen[act] for act in DECIDED if act in seen), default=None),
        served_on or (seen.get(Act.CLOSE) or seen.get(Act.SETTLE) if DECIDED & set(seen) else None),
    ]
    for step, when in zip(road, marks, strict=False):
        if when is not None:
            step.stand, step.when = DONE, when
    for earlier in road[:3]:
        if earlier.stand != DONE and any(later.stand == DONE for later in road[earlier.no : 4]):
            earlier.stand = DONE  # 已经走到后面；这一步没有另行告知
    for kind, step in (("review", road[4]), ("recheck", road[5])):
        own = [one for one in proceedings if one.kind == kind and one.state not in ("refused", "withdrawn")]
        for one in own:
            step.stand = DONE if one.decided_at else NOW
            step.when = local_date(one.decided_at) if one.decided_at else None
    _look_ahead(State(state), road, due, remedies)
    return road


def _look_ahead(state: State, steps: list[Step], due, remedies: dict[int, date]) -> None:
    over = state in ELSEWHERE or state in FINAL
    current = next((step for step in steps[:4] if step.stand != DONE), None)
    for step in steps:
        step.until = None if step.stand == DONE else remedies.get(step.no)
        if step.stand in (DONE, NOW) or step.until:
            continue
        if over or (step.no > 4 and state in (State.CLOSED, State.ARCHIVED) and not _leads_on(steps, step, remedies)):
            step.stand = NEVER
        elif step is current:
            step.stand = NOW
    for step in steps:
        if due and due[0] == step.no and step.stand != DONE:
            step.until = due[1]


def _leads_on(steps: list[Step], step: Step, remedies: dict[int, date]) -> bool:
    """Whether the recheck may still come: the review may be asked for, or goes on."""
    return step.no == 6 and (5 in remedies or steps[4].stand == NOW)
