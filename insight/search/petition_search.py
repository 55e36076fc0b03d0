"""检索：两个字以上，逐字核对，只在本人看得到的件里找；编号、证件号、手机号走精确键；没有逐字相符的，另列相近的。"""

import re
from dataclasses import dataclass, field
from math import ceil

from django.db.models import Exists, OuterRef

from accounts.privacy import keyed_hash
from insight.models import BigramCount, SearchDocument
from insight.querysets import by_index, rarest
from insight.search import marks, ranking
from insight.search.marks import SOUNDS_ALIKE
from insight.search.normal_form import bigrams, normalise, words_of, year_lexeme
from petitions.models import Party, Petition

PAGE = 20
CAPPED = 1000  # 件；再多只说“1000+”
NEAR = 10  # 件；相近的最多另列这么多
FEW = 5  # 件；逐字相符的少于这么多，才去找相近的
TOO_SHORT = "请至少输入两个字（编号、身份证号、手机号请输入完整）"
NEWEST, RELEVANCE = "date", "relevance"
MANY = 4 * CAPPED  # petitions that hold the words; up to so many are all looked at
AMPLE, FURTHER = 1.5, 4  # times what should suffice; times as far where too little was there
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_PHONE = re.compile(r"1\d{10}")


@dataclass(frozen=True)
class Near:
    """A petition that does not hold every word, and why it is shown all the same."""

    petition: Petition
    why: str


@dataclass
class Page:
    """One page of what was found word for word, and on the first page what comes near.

    `keys` are those of all that was found, the newest first, at most one more than CAPPED: what is counted over them is
    counted over nothing the user may not see. `refusal` is a sentence where nothing was asked for that can be found.
    """

    rows: list[Petition] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)
    next_key: int | None = None  # give it back as `after` for the next page
    words: list[str] = field(default_factory=list)  # folded, for insight.search.normal_form.snippet
    refusal: str = ""

    @property
    def count(self) -> int:
        return min(len(self.keys), CAPPED)

    @property
    def capped(self) -> bool:
        return len(self.keys) > CAPPED

    @property
    def count_label(self) -> str:
        return f"{CAPPED}+" if self.capped else str(self.count)


def search(
    user,
    query: str,
    *,
    year: int | None = None,
    among=None,
    after: int | None = None,
    order: str = NEWEST,
    near: bool = False,
    size: int = PAGE,
) -> Page:
    """What the user may see and every word of the query stands in, the newest or the most relevant first.

    `among`: a Petition queryset to stay within (the list's own filters); `year`: of receipt; `after`: the last page's
    `next_key` in the same order; `near`: where few are found, what comes near as well. Relevance is judged among the
    newest CAPPED. The number of queries is small whatever is found.
    """
    asked = _asked(user, query, year, among)
    if asked is None:
        return Page(refusal=TOO_SHORT)
    words, keys = asked.words, asked.newest(CAPPED + 1)
    page = Page(keys=keys, words=words)
    if order == RELEVANCE and words:
        first = after or 0
        ranked = ranking.best_first(words, SearchDocument.objects.filter(pk__in=keys))
        chosen = ranked[first : first + size]
        page.next_key = first + size if len(ranked) > first + size else None
    else:
        onward = [key for key in keys if after is None or key < after]
        if len(keys) > CAPPED and len(onward) <= size:  # 翻过了数得出的那些
            onward = asked.newest(size + 1, below=after)
        chosen = onward[:size]
        page.next_key = chosen[-1] if len(onward) > size else None
    if near and words and after is None and len(keys) < FEW:
        page.near = _near(user, query, words, keys, year=year, among=among)
    petitions = Petition.objects.visible_to(user).for_lists().in_bulk(chosen)
    page.rows = [petitions[key] for key in chosen if key in petitions]
    return page


def keys_of(user, query: str, *, year: int | None = None, among=None) -> list[int]:
    """Keys of what `search` finds word for word, the newest first, at most one more than CAPPED."""
    asked = _asked(user, query, year, among)
    return [] if asked is None else asked.newest(CAPPED + 1)


def matching(user, query: str, *, year: int | None = None, among=None):
    """The same as a queryset, with the folded words: for lists that page and order by themselves.

    Returns (None, []) where the query is too short to be asked; TOO_SHORT is the sentence for it.
    """
    asked = _asked(user, query, year, among)
    return (None, []) if asked is None else (asked.found(), asked.words)


@dataclass(frozen=True)
class Asked:
    """A question made out: the petitions the asker may see, and the documents that hold every word of it; no documents
    where it was a number, which the petitions are narrowed down to already."""

    seen: object
    documents: object = None
    words: list[str] = field(default_factory=list)
    expected: int = 0  # about how many documents at most hold the words, whoever may see them

    def found(self, *, lower: int = 0, upper: int | None = None):
        """The petitions as a queryset; only those whose keys lie from `lower` to below `upper`, where given."""
        within = {"pk__gte": lower, "pk__lt": upper} if upper is not None else {}
        seen = self.seen.filter(**within)
        if self.documents is None:
            return seen
        documents = self.documents.filter(petition_id=OuterRef("pk"), **within)
        if upper is not None and (there := marks.between(lower, upper)):
            documents = documents.bearing(there)
        return seen.filter(Exists(documents))

    def newest(self, wanted: int, *, below: int | None = None) -> list[int]:
        """Keys of the newest, at most `wanted`, all smaller than `below`.

        Of words that many petitions hold, the newest stretch of petitions is asked first and older, wider ones only
        where it did not hold enough: the texts of tens of thousands need not be read to show the newest thousand.
        """
        if self.expected <= MANY:
            return _keys(self.found(upper=below), wanted)
        newest = Petition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        upper, keys = (newest + 1 if below is None else below), []
        width = ceil(AMPLE * wanted * newest / self.expected)
        while upper > 0 and len(keys) < wanted:
            lower = max(0, upper - width)
            stretch = _keys(self.found(lower=lower, upper=upper), wanted - len(keys))
            keys += stretch
            upper = lower
            # the asker may see few of them: then the next stretch reaches as far as what is missing should need
            width = max(FURTHER * width, ceil(AMPLE * (wanted - len(keys)) * width / max(len(stretch), 1)))
        return keys


def _keys(found, wanted: int) -> list[int]:
    return list(found.order_by("-pk").values_list("pk", flat=True)[:wanted])


def _asked(user, query: str, year: int | None, among) -> Asked | None:
    """None where the query is too short to be asked."""
    seen = (Petition.objects.all() if among is None else among).visible_to(user)
    asked = query.strip()
    if (by_key := _by_key(seen, asked)) is not None:
        return Asked(by_key.filter(received_on__year=year) if year else by_key)
    words = words_of(asked)
    if not words:
        return None
    within = _within(user, year)
    if within is None:
        return Asked(seen.none(), words=words)
    counts = BigramCount.objects.of(set().union(*map(bigrams, words)))
    documents = SearchDocument.objects.holding(words, rarest(words, counts), within)
    return Asked(seen, documents, words, expected=min(counts.values()))


def ranked(words: list[str], documents, within=()) -> list[int]:
    """Keys of documents as relevance ranks them: those that hold every folded word, then the nearest.

    `documents` are those the asker may see; `search` shows the two kinds apart, in this order.
    """
    holding = documents.holding(words, BigramCount.objects.rarest(words), within).order_by("-pk")[:CAPPED]
    exact = ranking.best_first(words, holding)
    with by_index():
        near = ranking.nearest(words, documents, within)
    return [*exact, *(key for key, _ in near if key not in set(exact))]


def _within(user, year: int | None) -> list[list[str]] | None:
    """The marks to stay within; None where the user may see nothing at all."""
    reach = marks.within(user)
    if reach == []:
        return None
    return [group for group in (reach, [year_lexeme(year)] if year else None) if group]


def _near(user, query: str, words: list[str], found: list[int], *, year: int | None, among) -> list[Near]:
    """What sounds like the name asked for, then what is worded most alike; never what was found already."""
    within = _within(user, year)
    if within is None:
        return []
    seen = (Petition.objects.all() if among is None else among).visible_to(user)
    documents = SearchDocument.objects.filter(petition__in=seen).exclude(pk__in=found)
    why: dict[int, str] = {}
    whole = normalise(query)
    if heard := marks.sounding({*words, whole}):
        for key in documents.marked(heard, within).values_list("pk", flat=True)[:NEAR]:
            why[key] = SOUNDS_ALIKE
    with by_index():
        for key, percent in ranking.nearest(words, documents, within)[:NEAR]:
            why.setdefault(key, f"文字相近 {percent}%")
    petitions = seen.for_lists().in_bulk(list(why)[:NEAR])
    return [Near(petitions[key], reason) for key, reason in why.items() if key in petitions]


def _by_key(seen, asked: str):
    """By identity number, mobile number or case number, if that is what was asked."""
    if _ID_NUMBER.fullmatch(asked):
        return _of_parties(seen, Party.objects.filter(id_hash=keyed_hash(asked.upper())))
    if _PHONE.fullmatch(asked):
        return _of_parties(seen, Party.objects.filter(phone_hash=keyed_hash(asked)))
    if any(sign.isdigit() for sign in asked) and seen.filter(number=asked.upper()).exists():
        return seen.filter(number=asked.upper())
    return None


def _of_parties(seen, parties):
    return seen.filter(submission__in=parties.values("submission"))
