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
    STRAY = "stray", "做到的是别处"
    FIGURES = "figures", "数目对不上"
    JOINED = "joined", "并入另一件了结"
    TEMPLATE = "template", "套话答复"
    BARE = "bare", "没有本件的事实"
    UNHEARD = "unheard", "没有查过"
    FILLER = "filler", "只有开会、批示"
    HEARSAY = "hearsay", "只听一面之词"
    MISTIMED = "mistimed", "查的不是那个时段"
    PASSED_OVER = "passed_over", "没有看信访人的凭据"
    IMPOSSIBLE = "impossible", "日期对不上"
    GROUNDLESS = "groundless", "没有依据"
    DUTY = "duty", "该查处的推出去"
    AGAINST = "against", "自相矛盾"
    SELF_PROVED = "self_proved", "凭据是被反映一方自己交的"
    LOOSE_END = "loose_end", "查实了没有处理"
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


# 见到这条线索，虚假办结的机会大到几倍，取自然对数：标注的件里虚假的、不虚假的各见几次，见得少的往事先的估计收。
# 评价说没有做到的按表压低：勾选的原因说得粗，单独不列。门槛由轮换试算定。怎么算的，见 docs/hollow.md。
WEIGHTS: dict[Code, float] = {
    Code.UNANSWERED: 3.7,
    Code.UNEXPLAINED: 1.8,
    Code.PARTIAL: 3.0,
    Code.UNMET: 3.5,
    Code.ELSEWHERE: 4.7,
    Code.COPIED: 3.0,
    Code.STRAY: 2.6,
    Code.FIGURES: 1.2,
    Code.JOINED: 2.8,
    Code.TEMPLATE: 0.6,
    Code.BARE: 3.5,
    Code.UNHEARD: 4.4,
    Code.FILLER: 3.3,
    Code.HEARSAY: 3.4,
    Code.MISTIMED: 4.0,
    Code.PASSED_OVER: 3.1,
    Code.IMPOSSIBLE: 3.7,
    Code.GROUNDLESS: 2.7,
    Code.DUTY: 2.6,
    Code.AGAINST: 5.0,
    Code.SELF_PROVED: 3.5,
    Code.LOOSE_END: 3.1,
    Code.ONCE: 3.3,
    Code.PASSED_ON: 3.1,
    Code.UNDONE: 3.6,
    Code.SAID_CONTENT: 3.1,
    Code.UNSIGNED: 4.8,
    Code.LAST_HOURS: 0.1,
    Code.REPEATED: 3.0,
    Code.UNSOLVED: 2.2,
    Code.DISSATISFIED: 0.2,
    Code.PROCEDURAL: 0.3,
}
THRESHOLD = 2.6


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
