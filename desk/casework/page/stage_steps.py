"""六个环节：登记 受理 办理 督查 办结 评价，各走到哪一步，从日志读出。"""

from typing import Any

from desk.templatetags.xf import month_day
from petitions.act.states import APART, UNDECIDED, State
from petitions.service.rating import rules as rating
from rulebook.acts import Act
from rulebook.books import calendar_held
from rulebook.terms import OPINION
from rulebook.timekeeping import local_date, today

# states at which the road ends before 办理
STOPPED = (State.DECLINED, State.NOT_AGAIN, State.REDIRECTED, State.LED_IN, State.FILED, State.MERGED)
TAKEN = (Act.ACCEPT, Act.ACCEPT_SIMPLY, Act.DEEM_ACCEPTED, Act.STUDY, Act.REFER, Act.LEAD_IN)
DONE = (State.CLOSED, State.SETTLED, State.ARCHIVED)


def of(petition) -> list[dict[str, Any]]:
    """The six points of components/steps.html."""
    lines = {line.act: line for line in petition.events.all()}  # the last of each act
    return [
        _registered(petition, lines),
        _reception(petition, lines),
        _handling(petition, lines),
        _check(petition, lines),
        _conclusion(petition, lines),
        _rating(petition, lines),
    ]


def _day(line) -> str:
    return month_day(line.at) if line else ""


def _step(label: str, state: str, *lines: str) -> dict[str, Any]:
    return {"label": label, "state": state, "lines": [line for line in lines if line]}


def _registered(petition, lines):
    line = lines.get(Act.REGISTER)
    who = line.by.name if line and line.by else ""
    return _step("登记", "ok", f"{month_day(petition.received_on)} {petition.submission.get_channel_display()}", who)


def _reception(petition, lines):
    state = State(petition.state)
    if state in UNDECIDED or state in (State.OBJECTED, State.DISPUTED):
        due = petition.next_due_on
        word = petition.waiting_for if state in UNDECIDED else state.label
        return _step("受理", "cur", word, f"{month_day(due)} 前" if due else "")
    if state in STOPPED and petition.accepted_at is None:
        return _step("受理", "stop", petition.get_state_display(), month_day(_last(lines).at))
    taken = next((lines[act] for act in TAKEN if act in lines), None)
    if taken is None:
        return _step("受理", "ok" if state in DONE else "todo")
    told = (
        "视为受理"
        if taken.act == Act.DEEM_ACCEPTED
        else "已告知"
        if taken.act in (Act.ACCEPT, Act.ACCEPT_SIMPLY)
        else taken.get_act_display()
    )
    used = (local_date(taken.at) - petition.received_on).days
    return _step("受理", "ok", f"{_day(taken)} {told}", f"用时 {used} 日")


def _handling(petition, lines):
    state, draft = State(petition.state), petition.latest_opinion
    heard = "已听取、已核查" if Act.INQUIRE in lines else "待听取意见"
    if state is State.ACCEPTED:
        returned = draft is not None and draft.passed is False
        doing = "核查退回修改" if returned else f"意见第 {draft.version} 稿" if draft else "待起草意见"
        return _step("办理", "wr" if returned else "cur", heard, doing)
    if state in APART:
        return _step("办理", "cur", petition.waiting_for)
    if state is State.LED_IN and petition.accepted_at is not None:
        return _step("办理", "stop", "已导入法定途径")
    if state is State.SUBMITTED or state is State.ISSUED or state in DONE:
        return _step("办理", "ok", heard if Act.DRAFT in lines else "", f"共 {draft.version} 稿" if draft else "")
    return _step("办理", "todo")


def _check(petition, lines):
    state = State(petition.state)
    if state is State.SUBMITTED:
        passed = petition.latest_opinion is not None and petition.latest_opinion.passed
        since = lines.get(Act.SUBMIT)
        waited = f"待核查 {(today() - local_date(since.at)).days} 日" if since else ""
        return _step("督查", "cur", f"{_day(since)} 送核查", "已通过，待签发" if passed else waited)
    if Act.PASS in lines and Act.SIGN in lines:
        return _step(
            "督查", "ok", f"{_day(lines[Act.PASS])} 核查通过", lines[Act.PASS].by.name if lines[Act.PASS].by else ""
        )
    if state in DONE:
        return _step("督查", "todo", "无须核查")
    return _step("督查", "todo", "签发前核查")


def _conclusion(petition, lines):
    state = State(petition.state)
    if state is State.ISSUED:
        waiting = sum(service.is_waiting for service in petition.services.all() if service.required)
        return _step(
            "办结", "cur", f"{_day(lines.get(Act.SIGN))} 已出具", f"待送达 {waiting} 份" if waiting else "已送达"
        )
    if state in DONE:
        return _step(
            "办结",
            "ok",
            f"{month_day(petition.closed_at)} 办结",
            "" if state is State.CLOSED else petition.get_state_display(),
        )
    if state is State.TERMINATED:
        return _step("办结", "stop", f"{month_day(petition.closed_at)} 终止")
    if petition.next_term == "D06" and petition.next_due_on:
        return _step("办结", "todo", f"{month_day(petition.next_due_on)} 前", "出具意见书")
    return _step("办结", "todo")


def _rating(petition, lines):
    if Act.RATE in lines:
        return _step("评价", "ok", f"{_day(lines[Act.RATE])} 已评价")
    opinions = [service for service in petition.services.all() if service.letter.kind == OPINION]
    with calendar_held():
        stands = {rating.standing_of(service) for service in opinions}
    if rating.Standing.OPEN in stands:
        return _step("评价", "cur", "等待信访人评价")
    if rating.Standing.LAPSED in stands:
        return _step("评价", "stop", rating.Standing.LAPSED.label)
    return _step("评价", "todo", "送达后", "满意度")


def _last(lines):
    return max(lines.values(), key=lambda line: line.seq)
