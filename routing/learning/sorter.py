"""学到的一个判断：把文字排到几类里去，最像的在前，说得出凭哪些字。只用 numpy；训练另在 training.py。"""

import io
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from routing.learning.features import Grams, grams_of, lengths_evened, parts_of, spelled

FORM = 1  # of the stored bytes
SAID = 3  # pairs of signs named as the reason


class UnknownForm(ValueError):
    """Stored bytes that this release cannot read."""


@dataclass(frozen=True)
class Ranked:
    """One label a text may bear; `share` sums to 1 over all labels."""

    label: str
    share: float


@dataclass(frozen=True)
class Sorter:
    """A linear judgement over grams: one column of weights a label."""

    labels: tuple[str, ...]
    codes: np.ndarray  # uint64, ascending
    worth: np.ndarray  # float32: how rare and how telling each gram is
    weights: np.ndarray  # float16, grams × labels
    bias: np.ndarray  # float32
    sharpness: float  # of the shares: set so that they match how often the sorter is right

    @cached_property
    def parts(self) -> np.ndarray:
        return parts_of(self.codes)

    def rank(self, text: str, title: str = "") -> list[Ranked]:
        """Every label with its share, best first."""
        shares = self.shares(grams_of(text, title))
        return [Ranked(self.labels[at], float(shares[at])) for at in np.argsort(-shares, kind="stable")]

    def shares(self, grams: Grams) -> np.ndarray:
        """The share of each label, in the order of `labels`."""
        at, values = self.values(grams)
        scores = (values @ self.weights[at].astype(np.float32) + self.bias) * self.sharpness
        grown: np.ndarray = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum())

    def values(self, grams: Grams) -> tuple[np.ndarray, np.ndarray]:
        """Where the known grams of a text stand in `codes`, and what each counts."""
        return values_of(grams, self.codes, self.worth, self.parts)

    def because(self, text: str, label: str, title: str = "") -> tuple[str, ...]:
        """The pairs of signs that spoke most for the label, at most three; none where only single signs did."""
        at, values = self.values(grams_of(text, title))
        if label not in self.labels:
            return ()
        spoke = values * self.weights[at, self.labels.index(label)].astype(np.float32)
        pairs = ((spoke[i], spelled(int(self.codes[at[i]]))) for i in np.argsort(-spoke)[: 8 * SAID])
        said = dict.fromkeys(gram for weight, gram in pairs if weight > 0 and len(gram) == 2 and not gram.isascii())
        return tuple(said)[:SAID]

    def to_bytes(self) -> bytes:
        """The sorter as compressed bytes; no code in them."""
        told = {"form": FORM, "labels": self.labels, "sharpness": self.sharpness}
        held = io.BytesIO()
        np.savez_compressed(
            held,
            told=np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8),
            codes=self.codes,
            worth=self.worth,
            weights=self.weights,
            bias=self.bias,
        )
        return held.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Sorter":
        """The sorter that to_bytes made these of. Raises UnknownForm."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as held:
            told: dict[str, Any] = json.loads(held["told"].tobytes())
            if told["form"] != FORM:
                raise UnknownForm(f"模型的存储格式 {told['form']} 不是本版本的 {FORM}，请重新训练")
            arrays = (held["codes"], held["worth"], held["weights"], held["bias"])
            return cls(tuple(told["labels"]), *arrays, told["sharpness"])


def values_of(grams: Grams, codes: np.ndarray, worth: np.ndarray, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of a text's known grams in `codes`, and their values: dampened counts × worth, brought to length 1."""
    if not len(codes):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
    at = np.minimum(np.searchsorted(codes, grams.codes), len(codes) - 1)
    known = codes[at] == grams.codes
    at = at[known]
    values = lengths_evened((1 + np.log(grams.counts[known])) * worth[at], parts[at])
    length = float(np.sqrt(values @ values))
    return at, (values / length if length else values).astype(np.float32)
