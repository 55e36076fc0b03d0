"""相似件：登记时提示“说的可能是同一件事”。先由少见的二字组取候选，再逐件比文字；只提示，由人确认。"""

from dataclasses import dataclass

from insight import likeness
from insight.models import BigramCount, SearchDocument
from insight.normal import bigrams, normalise
from insight.querysets import by_index
from petitions.models import Petition
from rulebook.timekeeping import today

ANCHORS = 48  # bigrams asked of the index, at most: the rarest
POSTINGS = 400  # and no more than lead to about so many documents
CANDIDATES = 50  # compared one by one
LEAST = 8  # percent; below that likeness is chance
PLACE_BONUS = 10  # percentage points for the same place
SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """One earlier petition, how alike (0–100), the stretches both texts share, and whether the place is the same."""

    petition: Petition
    percent: int
    shared: tuple[str, ...]
    same_place: bool
    days_ago: int  # 自然日，自收到日


def similar(
    user, text: str, place: str = "", *, except_for: Petition | None = None, shown: int = SHOWN, among=None
) -> list[Similar]:
    """The petitions most like the text among those the user may see, best first. Four queries and two settings.

    `among`: a Petition queryset to stay within.
    """
    asked = normalise(text)
    frequencies = BigramCount.objects.of(bigrams(asked))
    # a bigram that only the petition asked about itself holds leads nowhere
    least = 1 if except_for is None else 2
    known = (gram for gram, frequency in frequencies.items() if frequency >= least)
    anchors = sorted(known, key=lambda gram: (frequencies[gram], gram))
    if not anchors:
        return []
    newest = Petition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    weights = likeness.weights_of(frequencies, newest)
    seen = (Petition.objects.all() if among is None else among).visible_to(user)
    if except_for is not None:
        seen = seen.exclude(submission_id=except_for.submission_id)
    documents = SearchDocument.objects.sharing(_affordable(anchors, frequencies)).filter(petition__in=seen)
    with by_index():
        candidates = list(documents.values_list("pk", "body")[:CANDIDATES])
    bodies = dict(candidates)
    compared = [(*_percent(body, weights, place), pk) for pk, body in candidates]
    best = sorted((row for row in compared if row[0] >= LEAST), key=lambda row: (-row[0], -row[2]))[:shown]
    petitions = seen.for_lists().in_bulk([pk for _, _, pk in best])
    day = today()
    return [
        Similar(
            petition=petitions[pk],
            percent=percent,
            shared=likeness.shared_stretches(asked, bodies[pk]),
            same_place=same,
            days_ago=(day - petitions[pk].received_on).days,
        )
        for percent, same, pk in best
        if pk in petitions  # may have moved out of sight meanwhile
    ]


def _affordable(anchors: list[str], frequencies: dict[str, int]) -> list[str]:
    """The rarest of the anchors, as many as the index answers in a few milliseconds."""
    chosen, postings = [], 0
    for gram in anchors[:ANCHORS]:
        postings += frequencies[gram]
        if chosen and postings > POSTINGS:
            break
        chosen.append(gram)
    return chosen


def _percent(body: str, weights: dict[str, float], place: str) -> tuple[int, bool]:
    percent = likeness.percent_alike(body, weights)
    same = likeness.same_place(place, body)
    return min(100, percent + (PLACE_BONUS if same and percent else 0)), same
