"""训练：从已确认的件学出一个判断。只在后台任务和管理命令里跑；scikit-learn 用到时才装入，网页进程不碰它。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from insight.search.normal_form import normalise
from routing.learning.classifier import Sorter, blended, sharpened, values_of
from routing.learning.features import Grams, grams_of, parts_of, without_lead
from routing.learning.memory import remember

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST = 2  # cases a label needs
SOFTENING = 0.1  # added to every count: a gram seen once does not settle anything
NAIVE_SOFTENING = 0.02
REPLY_WEIGHT = 0.3  # what an answer counts beside the letter it answers
LARGEST = 4_000_000  # weights kept of one sorter: 8 MB
FOLDS = 5
SHARPNESSES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
TELLINGS = (0.0, 0.5, 1.0)
HEEDS = (0.0, 0.2, 0.33, 0.5)
TELLING_IN_MEMORY = 0.5
PARTS_TO_TUNE = 3  # of the cases, each judged once by what was learnt from the others
MOST_TO_TUNE = 8000  # cases, the last of them
ENOUGH_TO_TUNE = 200
MANY = 2000  # texts from which a gram that stands in one only is left out
ENOUGH_TO_REMEMBER = 1000  # among fewer the nearest case is seldom near


@dataclass(frozen=True)
class Case:
    """One confirmed case: what was written, what a person made of it, and what was answered if it was."""

    text: str
    label: str
    title: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Manner:
    """What training finds out about its own cases before it learns from all of them."""

    telling: float = 1.0  # power of how far a gram tells the labels apart: 0 where rarity alone counts
    sharpness: float = 3.0
    heed: float = 0.0
    every_gram: bool = False
    opening: bool = True  # whether what a text opens with is counted a second time
    naive: float = 0.0  # what naive Bayes counts of what the planes count


# nobody writes the same thing twice in invented texts: a gram that stands in one only still tells, and how often it
# stands beside which label says nothing yet; and of so short a text the opening is the most
OF_INVENTED = Manner(telling=0.0, sharpness=5.0, heed=0.33, every_gram=True, opening=False, naive=0.06)


class TooFew(Exception):
    """Not enough confirmed cases to learn from; the words say what is missing."""


def train(cases: Sequence[Case]) -> Sorter:
    """A sorter over the labels that at least two cases bear. Raises TooFew where fewer than two labels do."""
    borne = Counter(case.label for case in cases)
    known = [case for case in cases if case.label and borne[case.label] >= FEWEST]
    labels = tuple(sorted({case.label for case in known}))
    if len(labels) < 2:
        raise TooFew(f"可学的分类不足两个（每个至少 {FEWEST} 件已确认的件）")
    return _fit(known, labels, _manner(known[-MOST_TO_TUNE:], labels) if len(known) >= ENOUGH_TO_TUNE else Manner())


def train_on_invented(cases: Sequence[Case]) -> Sorter:
    """A sorter over a few dozen short invented texts a label. Raises TooFew where there are fewer than two labels."""
    labels = tuple(sorted({case.label for case in cases}))
    if len(labels) < 2:
        raise TooFew("例句只有一种去向，学不出来")
    return _fit(cases, labels, OF_INVENTED)


def held_back(key: str, folds: int = FOLDS) -> bool:
    """Whether a case is kept out of training: always the same ones, whatever the day and the other cases."""
    return _part_of(key, folds) == 0


def _part_of(key: str, parts: int) -> int:
    return crc32(normalise(key).encode()) % parts


def _manner(cases: Sequence[Case], labels: tuple[str, ...]) -> Manner:
    """The manner that puts the label first, or among the first three, most often in cases it has not learnt from."""
    parts = np.array([_part_of(case.title + case.text, PARTS_TO_TUNE) for case in cases])
    which = np.array([labels.index(case.label) for case in cases])
    told = [grams_of(case.text, case.title) for case in cases]
    tried: list[tuple[int, float, Manner]] = []
    for telling in TELLINGS:
        scores, remembered = np.zeros((len(cases), len(labels))), np.zeros((len(cases), len(labels)))
        for part in range(PARTS_TO_TUNE):
            others = [case for case, its in zip(cases, parts, strict=True) if its != part]
            learnt = _fit(others, labels, Manner(telling, heed=HEEDS[-1]))
            for at in np.flatnonzero(parts == part):
                scores[at], remembered[at] = learnt.scores(told[at]), learnt.remembered(told[at])
        for heed in HEEDS if len(cases) >= ENOUGH_TO_REMEMBER else (0.0,):
            tried.append(_tried(scores, remembered, which, Manner(telling, heed=heed)))
    return min(tried, key=lambda row: row[:2])[2]


def _tried(scores: np.ndarray, remembered: np.ndarray, which: np.ndarray, manner: Manner) -> tuple[int, float, Manner]:
    """The misses of a manner, counted at the first place and among three; its surprise; and it with its sharpness.

    The sharpness is the one under which the shares say best what the cases bear (least mean surprise).
    """
    best = (np.inf, manner, scores)
    for sharpness in SHARPNESSES:
        shares = blended(sharpened(scores, sharpness), remembered, manner.heed)
        surprise = -float(np.log(np.maximum(shares[np.arange(len(which)), which], 1e-9)).mean())
        best = min(best, (surprise, replace(manner, sharpness=sharpness), shares), key=lambda row: row[0])
    surprise, sharper, shares = best
    before = (shares > shares[np.arange(len(which)), which, None]).sum(axis=1)
    return int((before >= 1).sum() + (before >= 3).sum()), surprise, sharper


def _fit(cases: Sequence[Case], labels: tuple[str, ...], manner: Manner) -> Sorter:
    told = [grams_of(case.text, case.title) for case in cases]
    if not manner.opening:
        told = [without_lead(grams) for grams in told]
    borne, weights = [case.label for case in cases], [1.0] * len(cases)
    for case in cases:
        if case.reply:
            told.append(grams_of(case.reply))
            borne.append(case.label)
            weights.append(REPLY_WEIGHT)
    codes, rarity = _vocabulary(told, 1 if manner.every_gram or len(told) < MANY else 2)
    parts = parts_of(codes)
    which = np.array([labels.index(label) for label in borne])
    matrix = _matrix(told, codes, rarity, parts)
    telling = _telling(matrix, which, len(labels))
    worth = rarity * telling**manner.telling
    if manner.telling:
        matrix = _matrix(told, codes, worth, parts)
    columns, bias = _planes(matrix, which, len(labels), np.array(weights))
    if manner.naive:
        columns += manner.naive * _odds(matrix, which, len(labels))
    kept = _strongest(columns, len(labels))
    memory = None
    if manner.heed:
        compared = (rarity * telling**TELLING_IN_MEMORY)[kept]
        known, known_parts = codes[kept], parts[kept]
        rows = [values_of(grams, known, compared, known_parts) for grams in told[: len(cases)]]
        memory = remember(rows, which[: len(cases)], len(labels), compared)
    weighed = columns[kept].astype(np.float16)
    return Sorter(labels, codes[kept], worth[kept], weighed, bias, manner.sharpness, memory, manner.heed)


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
    ratios, sums = np.zeros(matrix.shape[1]), _sums(matrix, which, count)
    total = sums.sum(axis=0)
    for at in range(count):
        inside, outside = sums[at] + SOFTENING, np.maximum(total - sums[at], 0) + SOFTENING
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


def _sums(matrix: csr_matrix, which: np.ndarray, count: int) -> np.ndarray:
    """What the texts of each label hold of each gram, added up: labels × grams."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(which))
    sums: np.ndarray = (csr_matrix((ones, (which, np.arange(len(which)))), (count, len(which))) @ matrix).toarray()
    return sums


def _odds(matrix: csr_matrix, which: np.ndarray, count: int) -> np.ndarray:
    """How likely each gram is under each label, as naive Bayes has it: logarithms, their mean over the labels at 0.

    A plane heeds what parts the texts it has seen; likelihoods heed every gram, the rare ones too.
    """
    sums = _sums(matrix, which, count) + NAIVE_SOFTENING
    likely = np.log(sums / sums.sum(axis=1, keepdims=True)).T
    odds: np.ndarray = (likely - likely.mean(axis=1, keepdims=True)).astype(np.float32)
    return odds


def _strongest(columns: np.ndarray, count: int) -> np.ndarray:
    """Places of the grams that are kept: the ones with the heaviest weights, in ascending order."""
    room = LARGEST // count
    if len(columns) <= room:
        return np.arange(len(columns))
    return np.sort(np.argpartition(-np.abs(columns).max(axis=1), room)[:room])
