"""相似件：登记时提示“说的可能是同一件事”，合在哪里、不合在哪里都写明；只提示，由人确认。"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Subquery

from insight import likeness
from insight.candidates import CANDIDATES, COMPARED, anchors, worth_comparing
from insight.comparing import Asking
from insight.judging import judgement
from insight.keys import Earlier
from insight.models import BigramCount, SearchDocument
from insight.normal import FIELD_END
from insight.querysets import by_index
from insight.reasons import contradictions, reasons
from insight.telling import Rarity, Telling
from petitions.intake import summary_of
from petitions.models import Petition
from rulebook.timekeeping import today

LEAST = 8  # percent; below that likeness is chance
PLACE_BONUS = 10  # percentage points for the same place
SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """One earlier petition, how alike (0–100), how sure that it is the same matter, and what speaks for and against."""

    petition: Petition
    percent: int  # of the words
    shared: tuple[str, ...]
    same_place: bool
    days_ago: int  # 自然日，自收到日
    sure: float  # 0–1
    reasons: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()

    @property
    def is_alert(self) -> bool:
        """疑似同一事项."""
        return self.sure >= judgement().alert

    @property
    def tag(self) -> str:
        """How the hit is called on screen."""
        if self.is_alert:
            return "疑似同一事项"
        return "可能同一事项" if self.sure >= judgement().likely else "相似"


def similar(
    user,
    text: str,
    place: str = "",
    *,
    title: str = "",
    own: Sequence[Earlier] = (),
    except_for: Petition | None = None,
    shown: int = SHOWN,
    among=None,
) -> list[Similar]:
    """The petitions that may be the same matter, among those the user may see, surest first. Few queries, two settings.

    title: its first sentence where not given; own: the petitioner's earlier petitions by exact keys, compared whatever
    their words; among: a Petition queryset to stay within.
    """
    day = today()
    asked = Telling.of(title or summary_of(text), text, day, place)
    frequencies = BigramCount.objects.of(asked.grams)
    # a bigram that only the petition asked about itself holds leads nowhere
    grams = anchors(asked, frequencies, known_in=1 if except_for is None else 2)
    if not grams and not own:
        return []
    seen = (Petition.objects.all() if among is None else among).visible_to(user)
    if except_for is not None:
        seen = seen.exclude(submission_id=except_for.submission_id)
    matched = {row.petition.pk: row for row in own}
    found, newest = _found(grams, seen, matched)
    asking = Asking(asked, Rarity(frequencies, newest))
    weights = likeness.weights_of(frequencies, newest)
    likely = worth_comparing(asking, found.items(), most=max(COMPARED, shown))
    own_too = [(pk, telling) for pk, telling in found.items() if pk in matched]
    judged = []
    for pk, telling in dict([*likely, *own_too]).items():
        compared = asking.against(telling, same_person=pk in matched and matched[pk].same_person)
        sure = judgement().probability(compared.scores)
        percent, same_place = _percent(telling.text, weights, place)
        if percent >= LEAST or sure >= judgement().likely:  # so sure, it is shown however few words both share
            judged.append((sure, percent, pk, compared, same_place))
    judged.sort(key=lambda told: (-told[0], -told[1], -told[2]))
    petitions = seen.for_lists().in_bulk([pk for _, _, pk, _, _ in judged[:shown]])
    return [
        Similar(
            petition=petitions[pk],
            percent=percent,
            shared=likeness.shared_stretches(asked.text, found[pk].text),
            same_place=same_place,
            days_ago=(day - petitions[pk].received_on).days,
            sure=sure,
            reasons=reasons(compared, matched[pk].matched if pk in matched else ()),
            contradictions=contradictions(compared),
        )
        for sure, percent, pk, compared, same_place in judged[:shown]
        if pk in petitions  # may have moved out of sight meanwhile
    ]


def _found(grams: list[str], seen, own) -> tuple[dict[int, Telling], int]:
    """The documents that hold most of the bigrams, and the petitioner's own; and the newest petition there is."""
    told = (
        *("pk", "newest", "body", "petition__received_on", "petition__place", "petition__title"),
        *("petition__shows_original", "petition__excerpt", "petition__submission__original"),
    )
    newest = Subquery(Petition.objects.order_by("-pk").values("pk")[:1])
    within = SearchDocument.objects.filter(petition__in=seen).annotate(newest=newest)
    rows = {}
    if grams:
        with by_index():
            rows = {row[0]: row for row in within.sharing(grams).values_list(*told)[:CANDIDATES]}
    if missing := own.keys() - rows.keys():
        rows |= {row[0]: row for row in within.filter(pk__in=missing).values_list(*told)}
    return {pk: _read(*row[2:]) for pk, row in rows.items()}, max((row[1] for row in rows.values()), default=0)


def _read(body, received_on, place, title, shows_original, excerpt, original) -> Telling:
    """What a petition is found by, and the words it was told in; its first field is the title."""
    written = f"{title}\n{original if shows_original else excerpt}"
    return Telling(body.split(FIELD_END, 1)[0], body, written, received_on, place)


def _percent(body: str, weights: dict[str, float], place: str) -> tuple[int, bool]:
    percent = likeness.percent_alike(body, weights)
    same = likeness.same_place(place, body)
    return min(100, percent + (PLACE_BONUS if same and percent else 0)), same
