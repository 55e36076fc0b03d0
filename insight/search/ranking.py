"""查到的怎样排先后：少见的二字组说明得多，概况和开头里的说明得多，要查的话占得越全越靠前。

Words are folded (insight.search.normal_form). What is ranked was narrowed down before
to what the user may see.
"""

from collections.abc import Mapping
from math import log

from insight.models import BigramCount, SearchDocument
from insight.search.normal_form import FIELD_END, bigrams

POSTINGS = 1500  # documents that the bigrams asked of the index may lead to, about
CANDIDATES = 200  # compared one by one
LEAST = 15  # percent of the weight of what was asked; below that likeness is chance
USUAL_LENGTH = 320  # signs of a text
SATURATION, BY_LENGTH = 1.2, 0.75  # Okapi BM25: how soon repetition tells no more, how much a long text has to give
EARLY, OPENING = 2.0, 100  # what stands in the opening signs tells what the text is about
IN_TITLE = 2.0


def best_first(words: list[str], documents) -> list[int]:
    """Keys of documents that all hold the words, the most relevant first, the newer before the older. One query."""
    rows = documents.values_list("pk", "body", "beside")
    scored = [(_standing(words, body, beside), key) for key, body, beside in rows]
    return [key for _, key in sorted(scored, reverse=True)]


def _standing(words: list[str], body: str, beside: str) -> float:
    """How much a text is about the words: how often they stand there for its length, more where the title has them."""
    title, whole = body.partition(FIELD_END)[0], f"{body}{FIELD_END}{beside}"
    spread = _spread(whole)
    return sum(_saturated(whole.count(word), spread) + IN_TITLE * (word in title) for word in words)


def nearest(words: list[str], documents, within=()) -> list[tuple[int, int]]:
    """(key, percent) of the documents worded most like the words, best first, whichever of the words they lack.

    `percent` is the share of what was asked, by weight, that stands there. Three queries.
    """
    asked = set().union(*map(bigrams, words))
    counts = BigramCount.objects.of(asked)
    rarest = sorted((gram for gram in asked if counts[gram]), key=lambda gram: (counts[gram], gram))
    chosen = _affordable(rarest, counts)
    if not chosen:
        return []
    newest = SearchDocument.objects.filter(secrecy=0).order_by("-pk").values_list("pk", flat=True).first() or 0
    total = max(newest, *counts.values())  # about how many documents there are
    weights = {gram: log(1 + (total - count + 0.5) / (count + 0.5)) for gram, count in counts.items()}
    whole_weight = sum(weights.values())
    found = []
    for key, body, beside in documents.sharing(chosen, within).values_list("pk", "body", "beside")[:CANDIDATES]:
        score, there = _alike(f"{body}{FIELD_END}{beside}", weights)
        if (share := there / whole_weight) * 100 >= LEAST:
            found.append((score * share, key, round(100 * share)))
    return [(key, percent) for _, key, percent in sorted(found, reverse=True)]


def _alike(text: str, weights: Mapping[str, float]) -> tuple[float, float]:
    """How alike, and the weight of the bigrams that stand there: BM25, and a premium for standing early."""
    spread = _spread(text)
    score = there = 0.0
    for gram, weight in weights.items():
        if times := text.count(gram):
            early = EARLY / (1 + text.find(gram) / OPENING)
            score += weight * (_saturated(times, spread) + early)
            there += weight
    return score, there


def _spread(text: str) -> float:
    return 1 - BY_LENGTH + BY_LENGTH * len(text) / USUAL_LENGTH


def _saturated(times: int, spread: float) -> float:
    return times * (SATURATION + 1) / (times + SATURATION * spread)


def _affordable(rarest: list[str], counts: Mapping[str, int]) -> list[str]:
    """As many of the rarest as the index answers in a few milliseconds; at least one."""
    chosen, postings = [], 0
    for gram in rarest:
        postings += counts[gram]
        if chosen and postings > POSTINGS:
            break
        chosen.append(gram)
    return chosen
