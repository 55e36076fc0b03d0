"""去重、聚类：找说得像的，由人确认合并；并入的一字不少，可以再拆出来。"""

from dataclasses import dataclass

from django.db import transaction

from insight.duplicates import shared_wording
from insight.models import BigramCount
from insight.search.normal_form import bigrams, joined
from petitions.act.decorator import Refused
from routing.models import Step, Suggestion
from routing.suggestions import receipt, suggestion_log, suggestion_scope
from routing.suggestions.study import IN_STUDY

State = Suggestion.State
RAREST, COMPARED, SHOWN = 24, 40, 5
LEAST = 12  # 百分比；再低多半是巧合


@dataclass(frozen=True)
class Alike:
    """Another suggestion, how alike in words (0–100), and the words both have."""

    suggestion: Suggestion
    percent: int
    shared: tuple[str, ...]


def alike(suggestion: Suggestion, among) -> list[Alike]:
    """Those of `among` (a queryset) that say much the same, the likeliest first; three queries.

    How rare a bigram is comes from the petitions: there are many more of them.
    """
    asked = receipt.grams_of(suggestion.title, suggestion.body)
    counts = BigramCount.objects.of(asked)
    chosen = sorted(asked, key=lambda gram: (counts[gram], gram))[:RAREST]
    if not chosen:
        return []
    weights = shared_wording.weights_of(counts, max(counts.values()) + 1)
    ours = joined([suggestion.title, suggestion.body])
    others = among.standing().exclude(pk=suggestion.pk).select_related("organ", "campaign")
    found = []
    for one in others.sharing(chosen)[:COMPARED]:
        theirs = joined([one.title, one.body])
        percent = shared_wording.percent_alike(bigrams(theirs), weights)
        if percent >= LEAST:
            found.append(Alike(one, percent, shared_wording.shared_stretches(ours, theirs)))
    return sorted(found, key=lambda one: (-one.percent, -one.suggestion.pk))[:SHOWN]


@transaction.atomic
def merge(suggestion: Suggestion, by, *, into: Suggestion, seen: int | None = None) -> Suggestion:
    """并入另一条：它的内容、查询码都留着，从此跟着那一条走；并入它的各条一同过去。

    PermissionDenied unless the user has it in hand; Refused with a sentence, also where the other is not seen.
    """
    if suggestion.pk == into.pk:
        raise Refused("不能并入自己")
    first, second = sorted((suggestion, into), key=lambda one: one.pk)
    held = {one.pk: suggestion_log.locked(one) for one in (first, second)}
    suggestion_log.locked(suggestion, *IN_STUDY, seen=seen)
    gone, kept = held[suggestion.pk], held[into.pk]
    suggestion_log.require(gone, by)
    if not suggestion_scope.seen_by(by).filter(pk=kept.pk).exists():
        raise Refused("没有这条建议，或者您无权查看，不能并入")
    if kept.state == State.MERGED:
        raise Refused(f"{kept.number} 已经并入 {kept.merged_into.number}，请并入那一条")
    gone.state, gone.merged_into = State.MERGED, kept
    suggestion_log.add(gone, Step.MERGED, by, other=kept)
    gone.merged.update(merged_into=kept)
    suggestion_log.add(kept, Step.ABSORBED, by, other=gone)
    return gone


@transaction.atomic
def part(suggestion: Suggestion, by, *, reason: str, seen: int | None = None) -> Suggestion:
    """拆出合并：重新单独研究，研究期限照旧。PermissionDenied; Refused with a sentence."""
    held = suggestion_log.locked(suggestion, State.MERGED, seen=seen)
    suggestion_log.require(held, by)
    other = held.merged_into
    held.state, held.merged_into = State.RECEIVED, None
    suggestion_log.add(held, Step.PARTED, by, other=other, words=suggestion_log.said(reason, "请写明为什么拆出"))
    return held
