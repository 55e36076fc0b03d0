"""学到的一个判断：把文字排到几类里去，最像的在前，说得出凭哪些字。只用 numpy；训练另在 training.py。"""

import io
import json
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from routing.learning.features import Grams, grams_of, lengths_evened, parts_of, spelled
from routing.learning.memory import Memory

FORM = 2  # of the stored bytes
READ_FORMS = (1, FORM)  # the first knew no memory
SAID = 3  # pairs of signs named as the reason
_MEMORY = "memory_"  # before the names of its stored parts


class UnknownForm(ValueError):
    """Stored bytes that this release cannot read."""


@dataclass(frozen=True)
class Ranked:
    """One label a text may bear; `share` sums to 1 over all labels."""

    label: str
    share: float


@dataclass(frozen=True)
class Sorter:
    """A linear judgement over grams – one column of weights a label –, and beside it what the nearest cases were."""

    labels: tuple[str, ...]
    codes: np.ndarray  # uint64, ascending
    worth: np.ndarray  # float32: how rare and how telling each gram is
    weights: np.ndarray  # float16, grams × labels
    bias: np.ndarray  # float32
    sharpness: float  # of the shares: set so that they match how often the sorter is right
    memory: Memory | None = None
    heed: float = 0.0  # how much of the shares the nearest cases decide, 0–1

    @cached_property
    def parts(self) -> np.ndarray:
        return parts_of(self.codes)

    def rank(self, text: str, title: str = "") -> list[Ranked]:
        """Every label with its share, best first."""
        return self.rank_grams(grams_of(text, title))

    def rank_grams(self, grams: Grams) -> list[Ranked]:
        """The same of a text already taken apart."""
        shares = self.shares(grams)
        return [Ranked(self.labels[at], float(shares[at])) for at in np.argsort(-shares, kind="stable")]

    def shares(self, grams: Grams) -> np.ndarray:
        """The share of each label, in the order of `labels`."""
        return blended(sharpened(self.scores(grams), self.sharpness), self.remembered(grams), self.heed)

    def scores(self, grams: Grams) -> np.ndarray:
        """How far each label's plane lies behind the text; above 0 on its side."""
        at, values = self.values(grams)
        scores: np.ndarray = values @ self.weights[at].astype(np.float32) + self.bias
        return scores

    def remembered(self, grams: Grams) -> np.ndarray:
        """The share of each label among the nearest cases; all zero without a memory, or where none is near."""
        if self.memory is None:
            return np.zeros(len(self.labels))
        return self.memory.shares(*values_of(grams, self.codes, self.memory.worth, self.parts), len(self.labels))

    def values(self, grams: Grams) -> tuple[np.ndarray, np.ndarray]:
        """Where the known grams of a text stand in `codes`, and what each counts."""
        return values_of(grams, self.codes, self.worth, self.parts)

    def because(self, text: str, label: str, title: str = "") -> tuple[str, ...]:
        """The pairs of signs that spoke most for the label, at most three; none where only single signs did."""
        return self.because_of(grams_of(text, title), label)

    def because_of(self, grams: Grams, label: str) -> tuple[str, ...]:
        """The same of a text already taken apart."""
        at, values = self.values(grams)
        if label not in self.labels:
            return ()
        spoke = values * self.weights[at, self.labels.index(label)].astype(np.float32)
        pairs = ((spoke[i], spelled(int(self.codes[at[i]]))) for i in np.argsort(-spoke)[: 8 * SAID])
        said = dict.fromkeys(gram for weight, gram in pairs if weight > 0 and len(gram) == 2 and not gram.isascii())
        return tuple(said)[:SAID]

    def to_bytes(self) -> bytes:
        """The sorter as compressed bytes; no code in them."""
        told = {"form": FORM, "labels": self.labels, "sharpness": self.sharpness, "heed": self.heed}
        held = io.BytesIO()
        arrays: dict[str, Any] = {
            "told": np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8),
            "codes": self.codes,
            "worth": self.worth,
            "weights": self.weights,
            "bias": self.bias,
        }
        if self.memory is not None:
            arrays |= {_MEMORY + name: array for name, array in self.memory.arrays().items()}
        np.savez_compressed(held, **arrays)
        return held.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Sorter":
        """The sorter that to_bytes made these of. Raises UnknownForm."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as held:
            told: dict[str, Any] = json.loads(held["told"].tobytes())
            if told["form"] not in READ_FORMS:
                raise UnknownForm(f"模型的存储格式 {told['form']} 不是本版本的 {FORM}，请重新训练")
            arrays = (held["codes"], held["worth"], held["weights"], held["bias"])
            memory = None
            if told.get("heed"):
                memory = Memory(*(held[_MEMORY + field.name] for field in fields(Memory)))
            return cls(tuple(told["labels"]), *arrays, told["sharpness"], memory, told.get("heed", 0.0))


def sharpened(scores: np.ndarray, sharpness: float) -> np.ndarray:
    """Scores as parts of one, along the last axis."""
    grown: np.ndarray = np.exp((scores - scores.max(axis=-1, keepdims=True)) * sharpness)
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True))


def blended(shares: np.ndarray, remembered: np.ndarray, heed: float) -> np.ndarray:
    """Both judgements together, along the last axis; where no case is near, the first alone."""
    part = np.where(remembered.sum(axis=-1, keepdims=True) > 0, heed, 0.0)
    mixed: np.ndarray = (1 - part) * shares + part * remembered
    return mixed


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
