"""两段文字有多像：相邻两字的重合程度（Dice）。纯函数；比的是意见的实质，不是格式。"""

import re
from collections import Counter

_NOT_WORDS = re.compile(r"[^\w]|_")


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same but for punctuation); 0 where either has no two characters."""
    ours, theirs = _pairs(one), _pairs(other)
    if not ours or not theirs:
        return 0.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def _pairs(text: str) -> Counter[str]:
    bare = _NOT_WORDS.sub("", text)
    return Counter(bare[n : n + 2] for n in range(len(bare) - 1))
