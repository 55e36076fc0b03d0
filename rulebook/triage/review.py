"""申请复查、申请复核: what the body that received the application owes. Pure.

`competent` tells whether the receiver is the body that may review (第三十五条) or recheck (第三十六条第一款); `earlier`
how far the matter has come, `excuse` whether lateness has a good reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rulebook.triage.advice import Advice, Reason
from rulebook.triage.facts import Facts


@dataclass(frozen=True)
class Stage:
    """One of the two remedies: `letter` decides it within `clock`; `open` and `lapsed` name the time to apply."""

    label: str
    letter: str
    clock: str
    right: str  # 申请期限
    after: tuple[str, ...]  # 送达之后的期限
    remedy: str
    article: str
    before: str  # 针对哪一份意见
    open: str
    lapsed: str


STAGES: Mapping[str, Stage] = {
    "review": Stage(
        "复查", "F18", "D09", "D08", ("D10",), "recheck", "第三十五条", "处理意见", "opinion_open", "opinion_lapsed"
    ),
    "recheck": Stage(
        "复核", "F19", "D11", "D10", (), "none", "第三十六条第一款", "复查意见", "review_open", "review_lapsed"
    ),
}
FURTHER = {"review": ("review_open", "review_lapsed", "rechecked"), "recheck": ("rechecked",)}
ELSEWHERE = "北京市信访条例（2006）第五十条"


def advise(facts: Facts) -> Advice:
    """The decision, or the refusal with its reason and where the applicant goes instead."""
    stage = STAGES[facts.asks]
    if facts.is_office:
        why = Reason("第二十二条", f"信访部门不作{stage.label}决定：登记后转送有权{stage.label}的机关，并告知申请人")
        return _advice(facts, stage, letter="F07", remedy="way", clocks=("D01",), why=why)
    if refused := _refusal(facts, stage):
        remedy, why = refused
        return _advice(facts, stage, letter="F20", remedy=remedy, clocks=(), why=why)
    said = f"针对{stage.before}、在期限以内：自收到申请之日起三十日内出具{stage.label}意见"
    if facts.earlier == stage.lapsed:
        said = f"逾期有正当理由，准予顺延：自收到申请之日起三十日内出具{stage.label}意见"
    clocks = (stage.clock, *stage.after)
    return _advice(
        facts, stage, letter=stage.letter, remedy=stage.remedy, clocks=clocks, why=Reason(stage.article, said)
    )


def _refusal(facts: Facts, stage: Stage) -> tuple[str, Reason] | None:
    """不予受理: the remedy to tell and why; None where the application is to be decided."""
    if not facts.competent:
        return "way", Reason(stage.article, f"收件单位不是有权{stage.label}的机关，告知向有权的上一级机关、单位申请")
    if facts.status != "none":
        return "way", Reason(
            ELSEWHERE, f"同一诉求已经进入诉讼、仲裁、复议等法定途径，不予受理{stage.label}（不予受理的情形待核）"
        )
    if facts.earlier in FURTHER[facts.asks]:
        remedy = "recheck" if facts.earlier == "review_open" else "none"
        done = "复核意见" if facts.earlier == "rechecked" else "复查意见"
        return remedy, Reason("第三十六条", f"同一事项已有{done}，不再{stage.label}")
    if facts.earlier == stage.lapsed and not facts.excuse:
        said = f"收到{stage.before}满三十日才申请，没有正当理由"
        return "none", Reason(f"{stage.article}、民事诉讼法第八十六条（参照）", said)
    if facts.earlier in (stage.open, stage.lapsed):
        return None
    if facts.asks == "recheck" and facts.earlier in ("opinion_open", "opinion_lapsed"):
        remedy = "review" if facts.earlier == "opinion_open" or facts.excuse else "none"
        return remedy, Reason(stage.article, "还没有经过复查，应当先申请复查")
    return "way", Reason(stage.article, f"没有可以申请{stage.label}的{stage.before}")


def _advice(facts: Facts, stage: Stage, *, letter: str, remedy: str, clocks: tuple[str, ...], why: Reason) -> Advice:
    told = [why]
    if facts.new_facts:
        told.append(Reason("重复信访规则", f"{stage.label}只针对原意见；新事实、新诉求另件登记"))
    return Advice(
        kind="appeal",
        branch="31-6",
        path="P24",
        others=(),
        organ=f"有权{stage.label}的机关",
        letter=letter,
        end="",
        clocks=clocks + (("D14",) if facts.urgent else ()),
        remedy=remedy,
        must_not=tuple(_bans(facts, stage, letter)),
        why=tuple(told),
    )


def _bans(facts: Facts, stage: Stage, letter: str) -> list[Reason]:
    found = [Reason("第三十五条", f"{stage.label}的文书不得写行政复议、诉讼救济")]
    if letter == "F19":
        found.append(Reason("第三十六条第三款", "复核意见是终局的，不得告知再复查、再复核"))
    if letter == "F20":
        found.append(Reason("V10", f"不予受理须书面写明理由、依据；逾期、已复核的不得就同一诉求再受理{stage.label}"))
    if facts.is_office:
        found.append(Reason("第三十二条", f"信访部门不得代替有权的机关出具{stage.label}意见"))
    if facts.secret:
        found.append(Reason("第三十条、第四十六条第五项", "对外文书不得出现信访人姓名和可以辨认的情况"))
    return found
