"""留用的问句：一页要问的话，天天都是同一句；把话写成 SQL 比数据库答它还慢，所以写一次，留着再问。

What is kept is the wording, never an answer: every call asks the database anew. Django's query compiler is run once per
wording; afterwards its SQL is sent again with today's values in the blanks.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Aggregate, QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.sql import Query

KEPT = 384  # 句；每句五十到一百多 KB
UNASKED = object()
Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """What is made once and taken again under its name; over `most`, the first put there is let go."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def take(self, about: Hashable, make: Callable[[], Kept]) -> Kept:
        """What is kept under `about`, made now where nothing is."""
        kept = self._kept.get(about, UNASKED)
        if kept is UNASKED:
            kept = self._kept[about] = make()
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return kept


_shelf: Shelf["Wording | None"] = Shelf(KEPT)


class Blank:
    """A place in a wording that is filled at every asking: give `stand_in` to the queryset where the value goes.

    The stand-in must not occur in the wording otherwise; numbers below zero and strings with a NUL never do.
    """

    def __init__(self, stand_in: int | str) -> None:
        self.stand_in = stand_in


NUMBER = Blank("\0number")
KEY = Blank(-7_000_000_001)


class Wording:
    """One queryset of instances put into SQL: the text, and how a row of the answer becomes an instance.

    The tree the text was made from is let go: a kept wording is tens of KB, with its tree half a MB.
    """

    def __init__(self, queryset: QuerySet) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = compiler.as_sql()
        compiler.select = [(_reader(expression), None, alias) for expression, _, alias in compiler.select]
        # 哪一列读出来要换算，每次都一样
        self.converters = compiler.get_converters([told[0] for told in compiler.select[: compiler.col_count]])
        compiler.query, compiler.connection = Query(queryset.model), None
        self.compiler, self.model, self.prefetched = compiler, queryset.model, queryset._prefetch_related_lookups

    def ask(self, values: Mapping[Blank, Any]) -> list:
        """The rows, as the queryset would give them."""
        asked = QuerySet(self.model).prefetch_related(*self.prefetched)
        compiler = self._filled(values)
        asked.query.get_compiler = lambda *_, **__: compiler
        return list(asked)

    def rows(self, values: Mapping[Blank, Any]) -> list[tuple]:
        """The same as plain tuples, for a queryset that names its columns (`values_list`)."""
        return list(self._filled(values).results_iter(tuple_expected=True))

    def _filled(self, values: Mapping[Blank, Any]):
        """A compiler of this thread's connection that sends the kept text with these values."""
        filled = {blank.stand_in: value for blank, value in values.items()}
        params = tuple(filled.get(param, param) if isinstance(param, int | str) else param for param in self.params)
        compiler = copy.copy(self.compiler)  # 各线程各用各的连接
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: (self.sql, params)
        compiler.get_converters = lambda _: self.converters
        return compiler


def _reader(expression):
    """What reads the expression's value out of a row, without the query inside it; columns are shared by all."""
    if isinstance(expression, Col):
        return _column(expression.target, expression.output_field)
    return Value(None, output_field=expression.output_field)


@cache
def _column(field, output_field) -> Col:
    return Col("", field, output_field)


def asked_again(about: Hashable, make: Callable[[], QuerySet], values: Mapping[Blank, Any] | None = None) -> list:
    """The rows of `make()`, whose wording is kept under `about`; `about` must name all that `make` builds upon.

    Whose authority limits the rows goes into `about` as `accounts.authority.who(user)`; a day as that day.
    """
    wording = _wording(about, make)
    return wording.ask(values or {}) if wording else []


def rows_again(about: Hashable, make: Callable[[], QuerySet], values: Mapping[Blank, Any] | None = None) -> list[tuple]:
    """As asked_again, of a `values_list`: its rows as tuples."""
    wording = _wording(about, make)
    return wording.rows(values or {}) if wording else []


def added_again(about: Hashable, make: Callable[[], QuerySet], sums: Mapping[str, Aggregate]) -> dict[str, Any]:
    """The same of `make().aggregate(**sums)`: what the sums come to, by name."""
    rows = rows_again(about, lambda: make().order_by().values_list(Value(1)).annotate(**sums))
    if not rows:  # 没有一件在条件之内，不必问
        return {name: one.empty_result_set_value for name, one in sums.items()}
    return dict(zip(sums, rows[0][1:], strict=True))


def _wording(about: Hashable, make: Callable[[], QuerySet]) -> "Wording | None":
    return _shelf.take(about, lambda: put_into_words(make()))


def put_into_words(queryset: QuerySet) -> "Wording | None":
    """The queryset's wording; None where it contradicts itself and need not be asked."""
    try:
        return Wording(queryset)
    except EmptyResultSet:
        return None
