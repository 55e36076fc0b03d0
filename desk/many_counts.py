"""Many counts in one question to the database: the menu, the tabs of the list, the figures of the workbench."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date

from django.db.models import IntegerField, QuerySet, Subquery

from accounts.authority import who
from accounts.models import User
from accounts.query_text import Shelf, Wording, put_into_words

CAPPED = 1000  # 件；更多只说“999+”，不为一个角标数完全市
KEPT = 512  # 份；写好的问句，每份几十 KB
_questions: Shelf[tuple[list[str], Wording | None]] = Shelf(KEPT)


class HowMany(Subquery):
    """How many rows the queryset has, as one value of the outer query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # 条件自相矛盾的，一件也没有


def tally(user: User, asked: Mapping[str, QuerySet]) -> dict[str, int]:
    """The length of each queryset, at most CAPPED each; one query, none where nothing is asked."""
    return dict(zip(asked, _question(user, asked, _how_many).get(), strict=True)) if asked else {}


def tally_again(user: User, about: Hashable, make: Callable[[], Mapping[str, QuerySet]]) -> dict[str, int]:
    """The same for a question asked on every page: its wording is kept, the counting is done anew each time.

    Putting twenty questions into SQL takes longer than answering them. The wording follows from who asks: `about` must
    name all else that `make` builds upon (the day, filters); posts and grants as read for this request go into the key.
    """
    return _again(user, about, make, _how_many)


def _again(user: User, about: Hashable, make, put: Callable[[QuerySet], Subquery]) -> dict:
    def worded() -> tuple[list[str], Wording | None]:
        asked = make()
        return list(asked), put_into_words(_question(user, asked, put)) if asked else None

    names, wording = _questions.take((about, who(user)), worded)
    return dict(zip(names, wording.rows({})[0], strict=True)) if wording else {}


def soonest(user: User, about: Hashable, make: Callable[[], Mapping[str, QuerySet]]) -> dict[str, date | None]:
    """The nearest due day in each queryset of petitions, None where no duty runs; one query, its wording kept."""
    return _again(user, about, make, lambda rows: Subquery(rows.order_by("next_due_on").values("next_due_on")[:1]))


def label(count: int | None) -> int | str | None:
    """What a badge shows; None where it was not counted."""
    return f"{CAPPED - 1}+" if count is not None and count >= CAPPED else count


def _how_many(rows: QuerySet) -> HowMany:
    return HowMany(rows.order_by().values("pk")[:CAPPED])


def _question(user: User, asked: Mapping[str, QuerySet], put: Callable[[QuerySet], Subquery]) -> QuerySet:
    values = [rows if isinstance(rows, Subquery) else put(rows) for rows in asked.values()]
    return User.objects.filter(pk=user.pk).order_by().values_list(*values)
