"""甄别: one matter's facts in, the lawful answer out, every step with its article. Pure; a proposal, never an act."""

from dataclasses import dataclass

from rulebook.triage import bans, review, ways
from rulebook.triage.advice import Advice, Reason
from rulebook.triage.facts import Facts
from rulebook.triage.ways import Way

KINDS = {
    "suggestion": "suggestion",
    "accusation": "report",
    "claim": "appeal",
    "inquiry": "inquiry",
    "thanks": "inquiry",
}
GROUP = 5  # 集体访：五人（含）以上，统计口径
BY_BRANCH = {
    "31-1": "way",
    "31-2": "arbitration",
    "31-3": "way",
    "31-4": "reconsider_or_sue",
    "31-5": "reconsider_or_sue",
    "31-6": "review",
}
NOT_LITIGIOUS = ("P22", "P26")


@dataclass(frozen=True)
class Gate:
    """What the petitioner's earlier petition on the same facts leads to, before any path is entered.

    `right` is the period, D08 or D10, of the remedy this visit is turned into an application for; else empty.
    """

    letter: str
    remedy: str
    reason: Reason
    right: str = ""


def triage(facts: Facts) -> Advice:
    """The advice for one matter: the same facts always give the same answer."""
    if facts.asks in review.STAGES:
        return review.advise(facts)
    if facts.identity == "anonymous" and not facts.substance:
        return _filed(facts)
    way = ways.of(facts)
    gate = _earlier(facts, way)
    letter = gate.letter if gate else _letter(facts, way)
    remedy = gate.remedy if gate else _remedy(way, letter)
    why = [Reason(way.rule, way.why)] if not gate else [gate.reason]
    if facts.new_facts and facts.earlier != "none":
        why.insert(0, Reason("重复信访规则", "有新事实、新理由、新证据、新诉求，作为新件办理"))
    return Advice(
        kind=KINDS[facts.asks],
        branch=way.branch,
        path=way.path,
        others=way.others,
        organ=_organ(facts, way),
        letter=letter,
        end="" if gate else _end(way, letter),
        clocks=_clocks(facts, way, gate),
        remedy=remedy,
        must_not=bans.of(facts, way, letter),
        why=tuple(why),
    )


def may_be_simple(facts: Facts, way: Way) -> bool:
    """简易办理: 初次、简单、不属排除情形、信访人没有不同意 (《信访事项简易办理办法（试行）》)."""
    plain = facts.simple and not facts.simple_refused and facts.earlier == "none" and facts.status == "none"
    return plain and facts.people < GROUP and way.branch in ("", "29", "31-6")


def _filed(facts: Facts) -> Advice:
    """存: nothing to act on and nobody to tell; registered all the same."""
    why = (Reason("第二十三条第二款", "匿名、无法告知，内容没有可办的事：登记存档，记明理由"),)
    return Advice(KINDS[facts.asks], "", "", (), "收件单位", "", "", (), "none", bans.of(facts, ways.NOWHERE, ""), why)


def _earlier(facts: Facts, way: Way) -> Gate | None:
    """第十九条第三款, 第三十五条, 第三十六条. A report is never turned away for having been made before."""
    if facts.new_facts or facts.asks not in ("claim", "suggestion"):
        return None
    if facts.status == "ended":
        return Gate(
            "F06",
            "none",
            Reason("第三十一条第一项、第三十七条第三款", "涉法涉诉事项已依法终结，不再受理，由属地疏导帮扶"),
        )
    if facts.earlier == "none":
        return None
    by_branch = BY_BRANCH.get(way.branch, "none")
    gates = {
        "here": Gate(
            "", by_branch, Reason("重复信访规则", "同一事项正在办理：登记为重复件，并入主件，向信访人说明进展")
        ),
        "below": Gate("F04", "way", Reason("第十九条第三款", "下级机关已经受理或者正在办理，期限未满，上级不予受理")),
        "opinion_open": Gate("", "review", Reason("第三十五条", "处理意见送达未满三十日，引导申请复查"), "D08"),
        "review_open": Gate("", "recheck", Reason("第三十六条第一款", "复查意见送达未满三十日，引导申请复核"), "D10"),
        "rechecked": Gate("F06", "none", Reason("第三十六条第三款", "已有复核意见，同一事实和理由不再受理")),
    }
    if facts.earlier in gates:
        return gates[facts.earlier]
    if facts.excuse:
        remedy, right = ("review", "D08") if facts.earlier == "opinion_lapsed" else ("recheck", "D10")
        why = Reason("民事诉讼法第八十六条（参照）", "逾期有正当理由的，由复查、复核机关决定是否顺延")
        return Gate("", remedy, why, right)
    return Gate("F06", "none", Reason("第三十六条第三款（参照）", "逾期未申请复查、复核，同一事实和理由不再受理"))


def _letter(facts: Facts, way: Way) -> str:
    """The one document the receiver now owes about where the matter goes."""
    if way.branch == "30" and not facts.is_competent:
        return "F33"
    if not way.branch:
        return ""
    if facts.is_office:
        if way.branch == "31-1" and way.path not in NOT_LITIGIOUS:
            return "F32"
        return "F08" if facts.report_back else "F07"
    if facts.identity != "named" and (facts.is_competent or facts.arrival == "direct"):
        return ""  # 第二十三条第二款：姓名（名称）、住址不清的，豁免书面告知
    if facts.is_competent:
        return "F02"
    return "F05" if facts.arrival == "direct" else "F09"


def _remedy(way: Way, letter: str) -> str:
    if letter == "F05" and way.branch == "31-6":
        return "way"
    return BY_BRANCH.get(way.branch, "none")


def _end(way: Way, letter: str) -> str:
    """The last document on the petition's side."""
    if letter not in ("F02", "F07", "F08"):
        return ""
    if way.branch in ("31-4", "31-5"):
        return "" if way.path in ("P03", "P02") else "F13"
    return {"29": "F14", "31-6": "F12"}.get(way.branch, "")


def _organ(facts: Facts, way: Way) -> str:
    if facts.accused_is_target:
        return "被反映单位的上一级机关，或者纪检监察机关"
    return (
        "收件单位"
        if facts.is_competent and way.branch in ("29", "31-4", "31-5", "31-6") and way.path != "P03"
        else way.organ
    )


def _clocks(facts: Facts, way: Way, gate: Gate | None) -> tuple[str, ...]:
    if gate and gate.right:
        return (gate.right,)
    told = facts.identity == "named"
    clocks = ["D01"] if facts.is_office else []
    if not facts.is_office:
        if told:
            clocks.append("D02" if facts.arrival == "direct" else "D03")
        if facts.arrival != "direct":
            clocks.append("D04")
        if facts.arrival == "assigned":
            clocks.append("D12")
    handled = gate is None and facts.is_competent
    if handled and way.branch == "31-6":
        clocks += ["D06", "D08"] if told else ["D06"]
    if handled and way.branch == "31-5":
        clocks.append("D19")
    if gate is None and may_be_simple(facts, way):
        clocks += ["D16a"] if facts.is_office else ["D16b", "D16c"] if handled else []
    return tuple(clocks + (["D14"] if facts.urgent else []))
