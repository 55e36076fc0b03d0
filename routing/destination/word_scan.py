"""在一段话里找出词表中的词：一遍扫过，不论词表多长。"""

from collections.abc import Iterable


class WordList:
    """Finds which of many words stand in a text. Cost: one step per sign of the text, not per word of the list."""

    def __init__(self, words: Iterable[str]):
        self._by_opening: dict[str, list[str]] = {}
        self._single: set[str] = set()
        for word in set(words):
            if len(word) == 1:
                self._single.add(word)
            elif word:
                self._by_opening.setdefault(word[:2], []).append(word)

    def found_in(self, text: str) -> set[str]:
        """Every word of the list that stands in the text, those inside longer ones too."""
        openings = self._by_opening.keys() & set(map("".join, zip(text, text[1:], strict=False)))
        found = {word for opening in openings for word in self._by_opening[opening] if word in text}
        if self._single:
            found |= self._single & set(text)
        return found


def outermost(words: Iterable[str]) -> list[str]:
    """The words that are not part of a longer one among them: 停车位 says all that 停车 says. Longest first."""
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if not any(word in longer for longer in kept):
            kept.append(word)
    return kept
