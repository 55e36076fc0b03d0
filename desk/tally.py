"""Many counts in one question to the database: the menu, the tabs of the list, the figures of the workbench."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import date

from django.db import connection
from django.db.models import IntegerField, QuerySet, Subquery

from accounts.authority import who
from accounts.models import User

CAPPED = 1000  # 件；更多只说“999+”，不为一个角标数完全市
KEPT = 512  # 份；写好的问句，每份几 KB
_questions: OrderedDict[Hashable, tuple[list[str], str, tuple]] = OrderedDict()


class HowMany(Subquery):
    """How many rows the queryset has, as one value of the outer query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def tally(user: User, asked: Mapping[str, QuerySet]) -> dict[str, int]:
    """The length of each queryset, at most CAPPED each; one query, none where nothing is asked."""
    return _answers(*_question(user, asked, _how_many)) if asked else {}


def tally_again(user: User, about: Hashable, make: Callable[[], Mapping[str, QuerySet]]) -> dict[str, int]:
    """The same for a question asked on every page: its wording is kept, the counting is done anew each time.

    Putting twenty questions into SQL takes longer than answering them. The wording follows from who asks: `about` must
    name all else that `make` builds upon (the day, filters); posts and grants as read for this request go into the key.
    """
    return _again(user, about, make, _how_many)


def _again(user: User, about: Hashable, make, put: Callable[[QuerySet], Subquery]) -> dict:
    key = (about, who(user))
    found = _questions.get(key)
    if found is None:
        asked = make()
        if not asked:
            return {}
        found = _questions[key] = _question(user, asked, put)
        while len(_questions) > KEPT:
            _questions.popitem(last=False)
    return _answers(*found)


def soonest(user: User, about: Hashable, make: Callable[[], Mapping[str, QuerySet]]) -> dict[str, date | None]:
    """The nearest due day in each queryset of petitions, None where no duty runs; one query, its wording kept."""
    return _again(user, about, make, lambda rows: Subquery(rows.order_by("next_due_on").values("next_due_on")[:1]))


def label(count: int | None) -> int | str | None:
    """What a badge shows; None where it was not counted."""
    return f"{CAPPED - 1}+" if count is not None and count >= CAPPED else count


def _how_many(rows: QuerySet) -> HowMany:
    return HowMany(rows.order_by().values("pk")[:CAPPED])


def _question(user: User, asked: Mapping[str, QuerySet], put: Callable) -> tuple[list[str], str, tuple]:
    values = [rows if isinstance(rows, Subquery) else put(rows) for rows in asked.values()]
    sql, params = User.objects.filter(pk=user.pk).order_by().values_list(*values).query.sql_with_params()
    return list(asked), sql, params


def _answers(names: list[str], sql: str, params: tuple) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(zip(names, cursor.fetchone(), strict=True))
