"""线索的分量和门槛：一张小表。分量怎么来的、每条值多少，见 docs/hollow.md。"""

from collections.abc import Iterable
from dataclasses import dataclass

from rulebook.labelled import Labelled


class Code(Labelled):
    """What may speak for a hollow closing."""

    UNANSWERED = "unanswered", "诉求没有答到"
    UNEXPLAINED = "unexplained", "问原因没有答"
    PARTIAL = "partial", "只答了一部分"
    UNMET = "unmet", "要求的没有说"
    ELSEWHERE = "elsewhere", "答的是别处"
    COPIED = "copied", "照抄另一件"
    TEMPLATE = "template", "套话答复"
    BARE = "bare", "没有本件的事实"
    UNHEARD = "unheard", "没有查过"
    GROUNDLESS = "groundless", "没有依据"
    DUTY = "duty", "该查处的推出去"
    AGAINST = "against", "自相矛盾"
    ONCE = "once", "只看了一次"
    PASSED_ON = "passed_on", "一转了之"
    UNDONE = "undone", "没有落实"
    SAID_CONTENT = "said_content", "信访人满意没有记录"
    UNSIGNED = "unsigned", "和解、撤回没有凭证"
    LAST_HOURS = "last_hours", "届满前四十八小时内办结"
    REPEATED = "repeated", "九十日内又提出"
    UNSOLVED = "unsolved", "评价说没有做到"
    DISSATISFIED = "dissatisfied", "评价不满意"
    PROCEDURAL = "procedural", "程序性结论多于平时"


WEIGHTS: dict[Code, float] = {
    Code.UNANSWERED: 3.0,
    Code.UNEXPLAINED: 3.0,
    Code.PARTIAL: 3.0,
    Code.UNMET: 3.0,
    Code.ELSEWHERE: 3.0,
    Code.COPIED: 2.5,
    Code.TEMPLATE: 2.0,
    Code.BARE: 1.0,
    Code.UNHEARD: 3.0,
    Code.GROUNDLESS: 2.0,
    Code.DUTY: 2.0,
    Code.AGAINST: 3.0,
    Code.ONCE: 3.0,
    Code.PASSED_ON: 3.0,
    Code.UNDONE: 3.0,
    Code.SAID_CONTENT: 3.0,
    Code.UNSIGNED: 3.0,
    Code.LAST_HOURS: 0.5,
    Code.REPEATED: 3.0,
    Code.UNSOLVED: 1.5,
    Code.DISSATISFIED: 0.3,
    Code.PROCEDURAL: 1.0,
}
THRESHOLD = 3.0


@dataclass(frozen=True)
class Signal:
    """One reason to look at the closing. `weight`: what it counts for here; `reason`: a sentence for the supervisor,
    without words of the petition; `about`: key of another petition it speaks of, 0 for none."""

    code: Code
    weight: float
    reason: str
    about: int = 0


def signal(code: Code, reason: str, *, strength: float = 1.0, about: int = 0) -> Signal:
    """`strength` 0–1: how far the case shows it."""
    return Signal(code, round(WEIGHTS[code] * strength, 2), reason, about)


def score(found: Iterable[Signal]) -> float:
    """The sum of the weights, of each code the heaviest only."""
    heaviest: dict[Code, float] = {}
    for one in found:
        heaviest[one.code] = max(one.weight, heaviest.get(one.code, 0.0))
    return round(sum(heaviest.values()), 2)


def is_doubtful(found: Iterable[Signal]) -> bool:
    """Whether somebody should look at it."""
    return score(found) >= THRESHOLD
