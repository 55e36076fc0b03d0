"""办了以后，期限会怎样：用规则簿推算，只算不记。"""

from datetime import timedelta
from typing import Any

from desk.templatetags.xf import short_day
from rulebook.acts import Act
from rulebook.books import calendar_in_force, terms_of
from rulebook.derivation import derive
from rulebook.timekeeping import today

# what begins with the act today: (term, what the day means)
BEGINS = {
    Act.FORWARD: (("D03", "前对方书面告知"), ("D04", "前对方可提异议")),
    Act.ASSIGN: (("D03", "前对方书面告知"), ("D04", "前对方可提异议")),
    Act.OBJECT: (("D05", "前转出机关审核"),),
    Act.UPHOLD: (("I04", "前重新转送"),),
    Act.REQUEST_DESIGNATION: (("I05", "前上级裁定"),),
    Act.ACCEPT: (("D06", "前办结并出具处理意见"),),
    Act.ACCEPT_SIMPLY: (("D16c", "前简易答复（内控）"), ("D06", "前办结，法定底线")),
    Act.SUBMIT: (("I01", "前完成核查"),),
    Act.SIGN: (("I02", "前逐人送达"),),
    Act.ASK_ASSIST: (("I03", "前协办反馈"),),
    Act.REQUEST_REVIEW: (("D09", "前出具复查意见"),),
    Act.REQUEST_RECHECK: (("D11", "前出具复核意见"),),
}


def of(act: Act, petition, noun) -> list[dict[str, Any]]:
    """The rail of days (components/due.html) that the act would set, counted from today; at most one query."""
    begins = list(BEGINS.get(act, ()))
    if act is Act.SERVE and noun is not petition and noun.letter.kind == "F12":
        begins = [("D08", "前信访人可申请复查")]
    if act is Act.SERVE and noun is not petition and noun.letter.kind == "F18":
        begins = [("D10", "前信访人可申请复核")]
    if act is Act.EXTEND:
        return _extension(petition)
    if not begins:
        return []
    terms = {term.code: term for term in terms_of(petition.rule_set)}
    calendar = calendar_in_force()
    rail = []
    for code, text in begins:
        found = derive(terms[code], today(), calendar=calendar)
        note = f"{terms[code].length} {terms[code].unit.label}"
        if found.internal_on != found.due_on:
            note += f"；内控 {found.internal_on:%m-%d}"
        rail.append({"day": short_day(found.due_on), "text": text, "note": note})
    return rail


def _extension(petition) -> list[dict[str, Any]]:
    running = next((row for row in petition.deadlines.all() if row.term == "D06" and row.is_running), None)
    if running is None:
        return []
    left = max(30 - running.extended_days, 0)
    return [
        {"day": short_day(running.due_on), "text": "现届满日，须在此日前批准", "note": ""},
        {
            "day": short_day(running.due_on + timedelta(days=left)),
            "text": f"延长 {left} 日后届满",
            "note": f"已延 {running.extended_days} 日，上限 30 日",
        },
    ]
