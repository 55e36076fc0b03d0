"""检索：两个字以上，逐字核对，只在本人看得到的件里找；编号、证件号、手机号走精确键。"""

import re
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from accounts.privacy import keyed_hash
from insight.models import BigramCount, SearchDocument
from insight.normal import words_of
from petitions.models import Party, Petition

PAGE = 20
CAPPED = 1000  # 件；再多只说“1000+”
TOO_SHORT = "请至少输入两个字（编号、身份证号、手机号请输入完整）"
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_PHONE = re.compile(r"1\d{10}")


@dataclass
class Page:
    """One page of results, newest first. `refusal` is a sentence where nothing was asked for that can be found."""

    rows: list[Petition] = field(default_factory=list)
    count: int = 0
    capped: bool = False
    next_key: int | None = None  # give it back as `after` for the next page
    words: list[str] = field(default_factory=list)  # folded, for insight.normal.snippet
    refusal: str = ""

    @property
    def count_label(self) -> str:
        return f"{CAPPED}+" if self.capped else str(self.count)


def search(
    user, query: str, *, year: int | None = None, among=None, after: int | None = None, size: int = PAGE
) -> Page:
    """What the user may see and every word of the query stands in.

    `among`: a Petition queryset to stay within (the list's own filters); `year`: of receipt; `after`: the last page's
    `next_key`. Three queries whatever the length, one more for a query that may be a number.
    """
    found, words = matching(user, query, year=year, among=among)
    if found is None:
        return Page(refusal=TOO_SHORT)
    keys = list(found.order_by("-pk").values_list("pk", flat=True)[: CAPPED + 1])
    onward = found if after is None else found.filter(pk__lt=after)
    rows = list(onward.for_lists().order_by("-pk")[: size + 1])
    return Page(
        rows=rows[:size],
        count=min(len(keys), CAPPED),
        capped=len(keys) > CAPPED,
        next_key=rows[size - 1].pk if len(rows) > size else None,
        words=words,
    )


def matching(user, query: str, *, year: int | None = None, among=None):
    """The same as a queryset, with the folded words: for lists that page and order by themselves.

    Returns (None, []) where the query is too short to be asked; TOO_SHORT is the sentence for it.
    """
    seen = (Petition.objects.all() if among is None else among).visible_to(user)
    asked = query.strip()
    if (by_key := _by_key(seen, asked)) is not None:
        return by_key, []
    words = words_of(asked)
    if not words:
        return None, []
    documents = SearchDocument.objects.holding(words, BigramCount.objects.rarest(words), year)
    return seen.filter(Exists(documents.filter(petition_id=OuterRef("pk")))), words


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
