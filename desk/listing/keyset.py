"""翻页按键值（届满日、件）而不按第几页：翻到多深都一样快，中间有人办结也不会漏件、重件。"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet

from accounts.wording import asked_again

PAGE = 20
NO_DAY = "none"


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
    rows: Callable[[], QuerySet], *, after: str = "", before: str = "", size: int = PAGE, about: Hashable = None
) -> Page:
    """One page of `rows()` in the order (届满日，没有的在后；件). One query.

    `about` names all that `rows` builds upon, so that its wording can be kept (accounts.wording); None: made anew.
    """
    place = read(before or after)
    back = bool(before) and place is not None

    def asked() -> QuerySet:
        found = rows()
        if place is not None:
            found = found.filter(_before(*place) if back else _after(*place))
        if back:
            return found.order_by(F("next_due_on").desc(nulls_first=True), "-pk")[: size + 1]
        return found.soonest_first()[: size + 1]

    found = list(asked()) if about is None else asked_again(("page", about, place, back, size), asked)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page()
    has_prev = more if back else place is not None
    has_next = True if back else more
    return Page(found, key_of(found[0]) if has_prev else "", key_of(found[-1]) if has_next else "")


def _after(day: date | None, pk: int) -> Q:
    if day is None:
        return Q(next_due_on=None, pk__gt=pk)
    return Q(next_due_on__gt=day) | Q(next_due_on=day, pk__gt=pk) | Q(next_due_on=None)


def _before(day: date | None, pk: int) -> Q:
    if day is None:
        return Q(next_due_on__isnull=False) | Q(next_due_on=None, pk__lt=pk)
    return Q(next_due_on__lt=day) | Q(next_due_on=day, pk__lt=pk)
