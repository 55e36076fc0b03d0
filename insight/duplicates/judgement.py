"""是不是同一事项的把握：由逐件比对的各个数算出，权重另存一表；只提示，由人确认。

Two judgements: whether both texts tell the same matter (trees), and whether one is a copy of the other's words about
another place (a logistic regression). The weights are numbers fitted beforehand (config/evaluating/fitting.py tells);
nothing of the texts they were fitted on is kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations_with_replacement
from math import exp, log
from operator import mul
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")
FURTHEST = 4.0  # standard deviations; beyond that a score says no more
DOUBTED = 3  # a copy takes away from how sure one is only once it is likelier than two in three
BY_WORDS = 4.0  # what the likeness of the words counts for beside the odds, where hits are put in order
SLIGHT = 1e-6  # of a chance, so that the odds stay finite
HALF = 0.5  # what the product of two scores counts for beside a score


@dataclass(frozen=True)
class Judge:
    """A logistic regression over standardised scores and their products."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    ignored: frozenset[str] = frozenset()

    def probability(self, scores: Mapping[str, float]) -> float:
        """0–1."""
        told = self._standard(scores)
        single, products = self._rows
        sum_ = self.intercept + sum(map(mul, single, told))
        for at, (score, row) in enumerate(zip(told, products, strict=True)):
            sum_ += HALF * score * sum(map(mul, row, told[at:]))
        return _chance(sum_)

    def terms(self, scores: Mapping[str, float]) -> list[float]:
        """The standardised scores and their products, as the weights stand."""
        told = self._standard(scores)
        return [*told, *(HALF * a * b for a, b in combinations_with_replacement(told, 2))]

    def _standard(self, scores: Mapping[str, float]) -> list[float]:
        """In standard deviations from the mean; an ignored one stands at its mean."""
        return [
            0.0 if name in self.ignored else max(-FURTHEST, min(FURTHEST, (scores[name] - mean) / spread))
            for name, mean, spread in zip(self.names, self.mean, self.spread, strict=True)
        ]

    @cached_property
    def _rows(self) -> tuple[tuple[float, ...], list[tuple[float, ...]]]:
        """The weights of the scores, and of each score's products with itself and those after it."""
        wide = len(self.names)
        rows, at = [], wide
        for first in range(wide):
            rows.append(self.weights[at : at + wide - first])
            at += wide - first
        return self.weights[:wide], rows


Node = float | tuple[int, float, "Node", "Node"]  # an answer; or: which score, up to what, then, else


@dataclass(frozen=True)
class Trees:
    """Small trees, each asking a few scores one after another; what they answer adds up to the odds."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    intercept: float
    trees: tuple[Node, ...]
    ignored: frozenset[str] = frozenset()

    def probability(self, scores: Mapping[str, float]) -> float:
        """0–1."""
        told = [
            mean if name in self.ignored else scores[name] for name, mean in zip(self.names, self.mean, strict=True)
        ]
        sum_ = self.intercept
        for node in self.trees:
            while isinstance(node, tuple):
                node = node[2] if told[node[0]] <= node[1] else node[3]
            sum_ += node
        return _chance(sum_)


@dataclass(frozen=True)
class Judgement:
    """Both judges and the thresholds that go with them."""

    same: Judge | Trees
    elsewhere: Judge | None
    alert: float  # from here a hit is called 疑似同一事项, 0–1
    likely: float  # and from here 可能同一事项

    def probability(self, scores: Mapping[str, float]) -> float:
        """How sure that both are the same matter, 0–1."""
        sure = self.same.probability(scores)
        if self.elsewhere is None:
            return sure
        return sure * min(1.0, DOUBTED * (1 - self.elsewhere.probability(scores)))

    def standing(self, sure: float, likeness: float) -> tuple[bool, float]:
        """By what hits are put in order, the greatest first: what is called 疑似同一事项, then by odds and words.

        likeness: of the words (Compared.likeness). Where neither judge is sure, the wording finds the same matter best.
        """
        odds = log((sure + SLIGHT) / (1 - sure + SLIGHT))
        return sure >= self.alert, odds + BY_WORDS * likeness

    def without(self, scores: frozenset[str], *, elsewhere: bool = True) -> "Judgement":
        """As if these scores said nothing: what each part adds. `elsewhere`: whether copies are still looked for."""
        same = replace(self.same, ignored=self.same.ignored | scores)
        return replace(self, same=same, elsewhere=self.elsewhere if elsewhere else None)


@cache
def judgement() -> Judgement:
    """As shipped."""
    return read(WEIGHTS)


def read(path: Path) -> Judgement:
    """A table of weights as config/evaluating/duplicates.py writes it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Judgement(_trees(told["same"]), _judge(told["elsewhere"]), told["alert"], told["likely"])


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _trees(told: dict) -> Trees:
    return Trees(tuple(told["names"]), tuple(told["mean"]), told["intercept"], tuple(map(_node, told["trees"])))


def _node(told: float | list) -> Node:
    if isinstance(told, list):
        which, most, then, other = told
        return which, most, _node(then), _node(other)
    return told


def _judge(told: dict) -> Judge:
    return Judge(
        tuple(told["names"]),
        tuple(told["mean"]),
        tuple(told["spread"]),
        tuple(told["weights"]),
        told["intercept"],
    )
