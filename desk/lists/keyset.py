"""翻页按键值（届满日、件）而不按第几页：翻到多深都一样快，中间有人办结也不会漏件、重件。"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, Q, QuerySet, Value

from accounts.query_text import asked_again

PAGE = 20
NO_DAY = "none"
SOONEST_FIRST = (F("next_due_on").asc(nulls_last=True), "pk")
LAST_FIRST = (F("next_due_on").desc(nulls_first=True), "-pk")


@dataclass
class Page:
    """Rows in order; `prev` and `next` are the keys to give back as `before` and `after`, empty at either end."""

    rows: list = field(default_factory=list)
    prev: str = ""
    next: str = ""


def key_of(petition) -> str:
    """Where a row stands: its day and its id, in a form that goes into an address."""
    return f"{petition.next_due_on or NO_DAY}.{petition.pk}"


def read(key: str) -> tuple[date | None, int] | None:
    """The place a key names; None where it is not one (an altered address begins at the first page)."""
    day, _, pk = key.partition(".")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    if day == NO_DAY:
        return None, int(pk)
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


def page(
    rows: Callable[[], QuerySet],
    shown: Callable[[QuerySet], QuerySet] = lambda found: found,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE,
    about: Hashable = None,
) -> Page:
    """One page of `rows()` in the order (届满日，没有的在后；件), dressed by `shown`. One query; two where
    a page reaches from those with a day over to those without one.

    `about` names all that `rows` builds upon, so that its wording can be kept (accounts.query_text); None: made anew.
    """
    place = read(before or after)
    back = bool(before) and place is not None

    order = LAST_FIRST if back else SOONEST_FIRST

    def asked(part: Callable[[QuerySet], QuerySet], wanted: int) -> QuerySet:
        return shown(part(rows()).order_by(*order)[:wanted].picked()).order_by(*order)

    found: list = []
    for number, part in enumerate(_onward(place, back)):
        wanted = size + 1 - len(found)
        if wanted and about is None:
            found += asked(part, wanted)
        elif wanted:
            found += asked_again(("page", about, place, back, number, wanted), partial(asked, part, wanted))
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page()
    has_prev = more if back else place is not None
    has_next = True if back else more
    return Page(found, key_of(found[0]) if has_prev else "", key_of(found[-1]) if has_next else "")


def _onward(place: tuple[date | None, int] | None, back: bool) -> list[Callable[[QuerySet], QuerySet]]:
    """What lies beyond the place, in parts each of which the index answers by beginning where the place is."""
    if place is None:
        return [lambda rows: rows]
    day, pk = place
    undated = Q(next_due_on=None)
    if back:
        if day is None:
            return [lambda rows: rows.filter(undated, pk__lt=pk), lambda rows: rows.exclude(undated)]
        return [lambda rows: rows.filter(_Beside(" < ", day, pk))]
    if day is None:
        return [lambda rows: rows.filter(undated, pk__gt=pk)]
    return [lambda rows: rows.filter(_Beside(" > ", day, pk)), lambda rows: rows.filter(undated)]


class _Beside(Func):
    """(届满日，件) compared as one pair: the index finds the pair. Two comparisons joined by OR would make it read
    every page before this one.
    """

    template, output_field = "%(expressions)s", BooleanField()

    def __init__(self, sign: str, day: date, pk: int, **extra):
        here = Func(F("next_due_on"), F("pk"), function="ROW", output_field=DateField())
        there = Func(Value(day, DateField()), Value(pk, BigIntegerField()), function="ROW", output_field=DateField())
        super().__init__(here, there, arg_joiner=sign, **extra)
