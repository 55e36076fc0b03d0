"""第三十一条前五项逐项判定：一件事项的事实 → 每一项属于还是不属于，各有理由和条文。Pure.

The order is the law's own: the first to the fifth are asked before the sixth is reached (V01).
"""

from dataclasses import dataclass

from rulebook.triage import ways
from rulebook.triage.facts import MATTERS, Facts
from rulebook.triage.paths import PATHS


@dataclass(frozen=True)
class Branch:
    """One of the first five items: what falls under it, its article, and how its absence is said."""

    code: str
    label: str
    rule: str
    absent: str


BRANCHES = {
    branch.code: branch
    for branch in (
        Branch(
            "31-1",
            "应当通过诉讼、检察监督等程序处理的（第一项）",
            "第三十一条第一项",
            "不必经诉讼、检察监督或者公安法律程序处理",
        ),
        Branch("31-2", "应当通过仲裁解决的（第二项）", "第三十一条第二项", "没有仲裁约定，也不是应当先行仲裁的争议"),
        Branch(
            "31-3", "党员申诉、申请复审等（第三项）", "第三十一条第三项", "不是党员申诉、申请复审，也不是人事处理的申诉"
        ),
        Branch(
            "31-4",
            "可以通过行政复议、裁决、确认、许可、处罚等行政程序解决的（第四项）",
            "第三十一条第四项",
            "没有可以复议的决定，也没有可以申请的行政程序",
        ),
        Branch(
            "31-5",
            "申请查处违法行为、履行保护人身权或者财产权等法定职责的（第五项）",
            "第三十一条第五项",
            "没有请求查处违法行为、履行法定职责",
        ),
    )
}
# 同时可走的别的途径各属哪一项；调解不是法定途径的一项，不列
_OF_PATH = {
    "31-1": ("P01", "P02", "P08", "P09", "P20", "P26"),
    "31-2": ("P04", "P07"),
    "31-3": ("P18",),
    "31-4": ("P03", "P12", "P13", "P14", "P16", "P19", "P21", "P22", "P27"),
    "31-5": ("P05", "P11", "P23"),
}


# 不在前五项里的：建议意见、检举控告；已依法终结的涉法涉诉事项归第一项
_APART = {"P10": ("31-1",), "P17": ("30",), "P24": ("31-6",), "P25": ("29",)}


def of_path(code: str) -> tuple[str, ...]:
    """Which branches a path belongs to, in the order of the law; empty for mediation, which is no branch."""
    led_to = {way.branch for way in ways.BY_MATTER.values() if way.path == code}
    beside = {branch for branch, codes in _OF_PATH.items() if code in codes}
    return tuple(sorted(led_to | beside | set(_APART.get(code, ()))))


@dataclass(frozen=True)
class Answer:
    """Whether the matter falls under one item, and why."""

    branch: Branch
    yes: bool
    reason: str

    def as_row(self) -> dict[str, str | bool]:
        """The answer as the record of the decision keeps it."""
        return row(self.branch.code, self.yes, self.reason)


def row(code: str, yes: bool, reason: str) -> dict[str, str | bool]:
    """One answer of the record: branch, yes or no, reason, and the rule it stands on."""
    return {"branch": code, "answer": yes, "reason": reason, "rule": BRANCHES[code].rule}


def answers(facts: Facts) -> tuple[Answer, ...]:
    """The five answers for a claim, in the order of the law; empty for what asks no relief for oneself."""
    if facts.asks != "claim":
        return ()
    way = ways.of(facts)
    return tuple(
        Answer(branch, way.branch == branch.code, way.why if way.branch == branch.code else _absent(branch, facts, way))
        for branch in BRANCHES.values()
    )


def _absent(branch: Branch, facts: Facts, way: ways.Way) -> str:
    beside = [PATHS[code].label for code in way.others if code in _OF_PATH[branch.code]]
    if beside:
        return f"也可以走{'、'.join(beside)}；按信访人的请求，本件依{way.rule}处理"
    courts = "没有进入诉讼，没有生效裁判；" if branch.code == "31-1" and facts.status == "none" else ""
    return f"{courts}所争是“{MATTERS[facts.matter]}”，{branch.absent}"
