"""量一个判断准不准：每件的前几名对照人定的，算出各项百分数。纯函数。"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scores:
    """In percent. `top1`, `top3`: the share of cases whose label stood first, among the first three."""

    cases: int
    top1: float
    top3: float
    macro_f1: float
    weighted_f1: float

    def as_dict(self) -> dict[str, float]:
        return {
            "macro_f1": self.macro_f1,
            "weighted_f1": self.weighted_f1,
            "top1": self.top1,
            "top3": self.top3,
        }


def score(true: Sequence[str], ranked: Sequence[Sequence[str]]) -> Scores:
    """Compare the labels people gave with what was proposed for each case, best first.

    Macro F1 is the mean over all labels that occur on either side, as scikit-learn counts it.
    """
    first = [labels[0] if labels else "" for labels in ranked]
    hits = Counter(label for label, guess in zip(true, first, strict=True) if label == guess)
    borne, guessed = Counter(true), Counter(first)
    f1 = {label: 2 * hits[label] / (borne[label] + guessed[label]) for label in borne.keys() | guessed.keys()}
    among = sum(label in labels[:3] for label, labels in zip(true, ranked, strict=True))
    total = len(true)
    return Scores(
        cases=total,
        top1=_percent(sum(hits.values()), total),
        top3=_percent(among, total),
        macro_f1=_percent(sum(f1.values()), len(f1)),
        weighted_f1=_percent(sum(f1[label] * count for label, count in borne.items()), total),
    )


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
