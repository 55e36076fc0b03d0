"""训练：从已确认的件学出一个判断。只在后台任务和管理命令里跑；scikit-learn 用到时才装入，网页进程不碰它。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from insight.normal import normalise
from routing.learning.features import Grams, grams_of, parts_of
from routing.learning.sorter import Sorter, values_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST = 2  # cases a label needs
SOFTENING = 0.1  # added to every count: a gram seen once does not settle anything
REPLY_WEIGHT = 0.3  # what an answer counts beside the letter it answers
LARGEST = 4_000_000  # weights kept of one sorter: 8 MB
FOLDS = 5
SHARPNESSES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
USUAL_SHARPNESS = 3.0
INVENTED_SHARPNESS = 12.0
ENOUGH_TO_TUNE = 200
MANY = 2000  # texts from which a gram that stands in one only is left out


@dataclass(frozen=True)
class Case:
    """One confirmed case: what was written, what a person made of it, and what was answered if it was."""

    text: str
    label: str
    title: str = ""
    reply: str = ""


class TooFew(Exception):
    """Not enough confirmed cases to learn from; the words say what is missing."""


def train(cases: Sequence[Case]) -> Sorter:
    """A sorter over the labels that at least two cases bear. Raises TooFew where fewer than two labels do."""
    borne = Counter(case.label for case in cases)
    known = [case for case in cases if case.label and borne[case.label] >= FEWEST]
    labels = tuple(sorted({case.label for case in known}))
    if len(labels) < 2:
        raise TooFew(f"可学的分类不足两个（每个至少 {FEWEST} 件已确认的件）")
    sharpness = USUAL_SHARPNESS
    if len(known) >= ENOUGH_TO_TUNE:
        apart = [held_back(case.title + case.text) for case in known]
        learnt = _fit([case for case, out in zip(known, apart, strict=True) if not out], labels, sharpness)
        sharpness = _sharpness(learnt, [case for case, out in zip(known, apart, strict=True) if out])
    return _fit(known, labels, sharpness)


def train_on_invented(cases: Sequence[Case]) -> Sorter:
    """A sorter over a few dozen short invented texts a label. Raises TooFew where there are fewer than two labels.

    Nobody writes the same thing twice there: a gram that stands in one text only still tells, and how often it stands
    beside which label says nothing yet. So every gram is kept and counts by its rarity alone.
    """
    labels = tuple(sorted({case.label for case in cases}))
    if len(labels) < 2:
        raise TooFew("例句只有一种去向，学不出来")
    return _fit(cases, labels, INVENTED_SHARPNESS, invented=True)


def held_back(key: str, folds: int = FOLDS) -> bool:
    """Whether a case is kept out of training: always the same ones, whatever the day and the other cases."""
    return crc32(normalise(key).encode()) % folds == 0


def _fit(cases: Sequence[Case], labels: tuple[str, ...], sharpness: float, *, invented: bool = False) -> Sorter:
    told = [grams_of(case.text, case.title) for case in cases]
    borne, weights = [case.label for case in cases], [1.0] * len(cases)
    for case in cases:
        if case.reply:
            told.append(grams_of(case.reply))
            borne.append(case.label)
            weights.append(REPLY_WEIGHT)
    codes, rarity = _vocabulary(told, 1 if invented or len(told) < MANY else 2)
    parts = parts_of(codes)
    which = np.array([labels.index(label) for label in borne])
    worth = rarity if invented else rarity * _telling(_matrix(told, codes, rarity, parts), which, len(labels))
    columns, bias = _planes(_matrix(told, codes, worth, parts), which, len(labels), np.array(weights))
    kept = _strongest(columns, len(labels))
    return Sorter(labels, codes[kept], worth[kept], columns[kept].astype(np.float16), bias, sharpness)


def _vocabulary(told: Sequence[Grams], least: int) -> tuple[np.ndarray, np.ndarray]:
    """Every gram that stands in so many texts at least, and how rare it is."""
    codes, texts = np.unique(np.concatenate([grams.codes for grams in told]), return_counts=True)
    codes, texts = codes[texts >= least], texts[texts >= least]
    return codes, (np.log((1 + len(told)) / (1 + texts)) + 1).astype(np.float32)


def _matrix(told: Sequence[Grams], codes: np.ndarray, worth: np.ndarray, parts: np.ndarray) -> csr_matrix:
    from scipy.sparse import csr_matrix

    rows = [values_of(grams, codes, worth, parts) for grams in told]
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    values, places = np.concatenate([values for _, values in rows]), np.concatenate([at for at, _ in rows])
    return csr_matrix((values, places, ends), shape=(len(told), len(codes)))


def _telling(matrix: csr_matrix, which: np.ndarray, count: int) -> np.ndarray:
    """How far each gram tells the labels apart: its log ratios, as naive Bayes has them, root mean squared."""
    ratios = np.zeros(matrix.shape[1])
    for at in range(count):
        inside = np.asarray(matrix[which == at].sum(axis=0)).ravel() + SOFTENING
        outside = np.asarray(matrix[which != at].sum(axis=0)).ravel() + SOFTENING
        ratios += np.log((inside / inside.sum()) / (outside / outside.sum())) ** 2
    return np.sqrt(ratios / count).astype(np.float32)


def _planes(matrix: csr_matrix, which: np.ndarray, count: int, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One linear support vector machine a label against all others: columns of weights, and their biases."""
    from sklearn.svm import LinearSVC

    columns, bias = np.zeros((matrix.shape[1], count), dtype=np.float32), np.zeros(count, dtype=np.float32)
    bias -= 1  # of a label without any case among these: never
    for at in np.unique(which):
        machine = LinearSVC(C=1.0, max_iter=5000, random_state=0).fit(matrix, which == at, sample_weight=weights)
        columns[:, at], bias[at] = machine.coef_[0], machine.intercept_[0]
    return columns, bias


def _strongest(columns: np.ndarray, count: int) -> np.ndarray:
    """Places of the grams that are kept: the ones with the heaviest weights, in ascending order."""
    room = LARGEST // count
    if len(columns) <= room:
        return np.arange(len(columns))
    return np.sort(np.argpartition(-np.abs(columns).max(axis=1), room)[:room])


def _sharpness(learnt: Sorter, apart: Sequence[Case]) -> float:
    """The sharpness under which the shares say best what the cases left out bear (least mean surprise)."""
    from dataclasses import replace

    judged = [(grams_of(case.text, case.title), learnt.labels.index(case.label)) for case in apart]
    surprise = {}
    for sharpness in SHARPNESSES:
        sharper = replace(learnt, sharpness=sharpness)
        surprise[sharpness] = sum(-np.log(max(sharper.shares(grams)[at], 1e-9)) for grams, at in judged)
    return min(surprise, key=lambda sharpness: (surprise[sharpness], sharpness))
