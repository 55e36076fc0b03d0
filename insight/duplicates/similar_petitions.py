"""相似件：登记时提示“说的可能是同一件事”，合在哪里、不合在哪里都写明；只提示，由人确认。"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Subquery, Value
from django.db.models.functions import Cast

from accounts.authority import who
from accounts.query_text import Blank, Wording, asked_again, rows_again
from accounts.querysets import IsAnyOf
from insight.duplicates import shared_wording
from insight.duplicates.candidates import COMPARED, Anchors, anchors, worth_comparing
from insight.duplicates.exact_keys import NAME, Earlier
from insight.duplicates.judgement import judgement
from insight.duplicates.match_reasons import contradictions, reasons
from insight.duplicates.matter_account import Rarity, Telling
from insight.duplicates.pair_comparison import Asking
from insight.models import BigramCount, SearchDocument
from insight.querysets import by_index, shared_query
from insight.search import marks
from insight.search.normal_form import FIELD_END, code, normalise
from petitions.intake.registration import summary_of
from petitions.models import Petition
from rulebook.timekeeping import today

LEAST = 8  # percent; below that likeness is chance
PLACE_BONUS = 10  # percentage points for the same place
HEARD = 10  # of the petitions whose petitioner's name sounds the same, those that share most of the words
SHOWN = 5
KEYS, ASKED, RANKED, LETTER = Blank("\0keys"), Blank("\0asked"), Blank("\0ranked"), Blank(-7_000_000_002)
# what is read of a document, as _read takes it
READ = (
    *("pk", "body", "petition__received_on", "petition__place", "petition__title"),
    *("petition__shows_original", "petition__excerpt", "petition__submission__original"),
)


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
    name: str = "",
    except_for: Petition | None = None,
    shown: int = SHOWN,
    among=None,
) -> list[Similar]:
    """The petitions that may be the same matter, among those the user may see, the likeliest first; few queries.

    title: its first sentence where not given; own: the petitioner's earlier petitions by exact keys, compared whatever
    their words; name: of who tells it: one taken down by ear may be written with other signs, so what those told whose
    names sound the same is compared too; among: a Petition queryset to stay within.
    """
    day = today()
    asked = Telling.of(title or summary_of(text), text, day, place)
    frequencies = BigramCount.objects.of(asked.grams)
    # a bigram that only the petition asked about itself holds leads nowhere
    known_in = 1 if except_for is None else 2
    chosen = anchors(asked, frequencies, known_in=known_in)
    if not chosen.grams and not own:
        return []
    matched = {row.petition.pk: row.matched for row in own}
    same_person = {row.petition.pk for row in own if row.same_person}
    found, newest = _found(chosen, user, except_for, among, matched)
    left_out = except_for.submission_id if except_for is not None else None
    common = anchors(asked, frequencies, known_in=known_in, most=None).grams if name else []
    if heard := _heard(name, common, lambda: _documents(user, left_out, among)):
        found = heard | found
        matched = _with_names(matched, heard, normalise(name))
    asking = Asking(asked, Rarity(frequencies, newest))
    weights = {code(gram): weight for gram, weight in shared_wording.weights_of(frequencies, newest).items()}
    likely = worth_comparing(asking, found.items(), most=max(COMPARED, shown))
    own_too = [(pk, telling) for pk, telling in found.items() if pk in matched]
    judged = []
    for pk, telling in dict([*likely, *own_too]).items():
        compared = asking.against(telling, same_person=pk in same_person)
        sure = judgement().probability(compared.scores)
        percent, same_place = _percent(telling, weights, place)
        if percent >= LEAST or sure >= judgement().likely:  # so sure, it is shown however few words both share
            standing = judgement().standing(sure, compared.likeness)
            judged.append((standing, percent, pk, sure, compared, same_place))
    judged.sort(key=lambda told: told[:3], reverse=True)
    # 看得到与否，方才取候选时已问过
    petitions = _shown([pk for _, _, pk, *_ in judged[:shown]])
    return [
        Similar(
            petition=petitions[pk],
            percent=percent,
            shared=shared_wording.shared_stretches(asked.text, found[pk].text),
            same_place=same_place,
            days_ago=(day - petitions[pk].received_on).days,
            sure=sure,
            reasons=reasons(compared, matched.get(pk, ())),
            contradictions=contradictions(compared),
        )
        for _, percent, pk, sure, compared, same_place in judged[:shown]
    ]


def _shown(keys: list[int]) -> dict[int, Petition]:
    """The petitions as lists show them, by key."""
    if not keys:
        return {}
    asked = Cast(Value(KEYS.stand_in), ArrayField(BigIntegerField()))
    found = asked_again(
        "petitions by their keys",
        lambda: Petition.objects.for_lists().filter(IsAnyOf(F("pk"), asked)),
        {KEYS: f"{{{','.join(map(str, keys))}}}"},
    )
    return {petition.pk: petition for petition in found}


def _found(chosen: Anchors, user, except_for, among, own) -> tuple[dict[int, Telling], int]:
    """The documents that hold most of the bigrams, and the petitioner's own; and the newest petition there is."""
    rows = {}
    if chosen.grams:
        asked, ranked = shared_query(chosen.grams, least=chosen.least)
        told = {ASKED: asked, RANKED: ranked}
        if except_for is not None:
            told[LETTER] = except_for.submission_id

        def best():
            within = _documents(user, LETTER.stand_in if except_for is not None else None, among)
            return _read_from(within.sharing_as(ASKED.stand_in, RANKED.stand_in)[: chosen.most].picked())

        about = ("similar", who(user), chosen.most, except_for is None)
        with by_index():
            found = rows_again(about, best, told) if among is None else Wording(best()).rows(told)
        rows = {row[0]: row for row in found}
    if missing := own.keys() - rows.keys():
        left_out = except_for.submission_id if except_for is not None else None
        rows |= {row[0]: row for row in _read_from(_documents(user, left_out, among).filter(pk__in=missing))}
    return {pk: _read(*row[1:-1]) for pk, row in rows.items()}, max((row[-1] for row in rows.values()), default=0)


def _documents(user, left_out: int | None, among):
    """The documents of what the user may see, without those of the letter that is asked about."""
    seen = (Petition.objects.all() if among is None else among).visible_to(user)
    return SearchDocument.objects.filter(
        petition__in=seen if left_out is None else seen.exclude(submission_id=left_out)
    )


def _read_from(documents):
    newest = Subquery(Petition.objects.order_by("-pk").values("pk")[:1])
    return documents.annotate(newest=newest).values_list(*READ, "newest")


def _heard(name: str, grams: list[str], documents: Callable) -> dict[int, Telling]:
    """The documents of those whose names sound the same, where they share any of the bigrams, however common."""
    sounding = [] if name.isascii() else marks.sounding([normalise(name)])
    if not sounding or not grams:
        return {}
    with by_index():
        rows = list(documents().sharing(grams, [sounding])[:HEARD].picked().values_list(*READ))
    return {row[0]: _read(*row[1:]) for row in rows}


def _with_names(matched: Mapping[int, tuple[str, ...]], heard: Mapping[int, Telling], name: str):
    """The keys with the name among them: the very same one, or one that only sounds so."""
    named = dict(matched)
    for pk, telling in heard.items():
        if NAME not in named.setdefault(pk, ()):
            is_same = f"{FIELD_END}{name}{FIELD_END}" in f"{telling.text}{FIELD_END}"
            named[pk] = (*named[pk], NAME if is_same else marks.SOUNDS_ALIKE)
    return named


def _read(body, received_on, place, title, shows_original, excerpt, original) -> Telling:
    """What a petition is found by, and the words it was told in; its first field is the title."""
    written = f"{title}\n{original if shows_original else excerpt}"
    return Telling(body.split(FIELD_END, 1)[0], body, written, received_on, place)


def _percent(telling: Telling, weights: dict[int, float], place: str) -> tuple[int, bool]:
    percent = shared_wording.percent_alike(telling.codes, weights)
    same = shared_wording.same_place(place, telling.text)
    return min(100, percent + (PLACE_BONUS if same and percent else 0)), same
