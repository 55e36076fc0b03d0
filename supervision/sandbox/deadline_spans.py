"""期限的一生：把日志一行一行地加上去重读期限，记下每个期限在哪一段时间里是哪一天届满。"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from petitions.clocks import calendar_edition
from petitions.models import Category, Petition, PetitionEvent
from petitions.record import ledger
from rulebook import books, clock
from rulebook.acts import Act
from rulebook.terms import Kind
from supervision.sandbox.replay import Life, Span

BATCH = 200  # 件
NEEDED = ("act", "at", "recorded_at", "seq", "scope", "details", "petition_id")


def lives(petitions: QuerySet[Petition]) -> Iterator[Life]:
    """Every duty and internal term the petitions' logs ever started, as it ran. A few queries for each batch.

    Days are counted with the calendar each clock was counted with last: a day that a new table moved is taken to have
    stood there from the beginning.
    """
    codes = dict(Category.objects.values_list("pk", "code"))
    keys = list(petitions.order_by("pk").values_list("pk", flat=True))
    lines = PetitionEvent.objects.only(*NEEDED).order_by("seq")
    for start in range(0, len(keys), BATCH):
        batch = Petition.objects.filter(pk__in=keys[start : start + BATCH]).select_related("rule_set")
        for petition in batch.prefetch_related(Prefetch("events", lines), "deadlines").order_by("pk"):
            yield from of_one(petition, codes)


def of_one(petition, codes: Mapping[int, str]) -> list[Life]:
    """The lives of one petition's deadlines, in the order they began. `codes`: key of a category → its code."""
    calendar, terms = books.calendar_in_force(), books.terms_of(petition.rule_set)
    kept = calendar_edition.calendars(petition.deadlines.all(), calendar)
    lines = list(petition.events.all())
    happenings = [
        ledger.happening(petition.pk, line.act, line.at, line.seq, line.scope, line.details) for line in lines
    ]
    open_spans: dict[clock.Key, Span] = {}
    closed: dict[clock.Key, list[Span]] = {}
    owed: dict[clock.Key, int | None] = {}
    about = _categories(petition, lines)
    for count, line in enumerate(lines, 1):
        category = codes.get(about[count - 1], "")
        readings = {
            (one.term.code, str(one.term.scope), one.scope_id, one.started_by): one
            for one in clock.deadlines(happenings[:count], terms, calendar, kept=kept)
            if one.term.kind is not Kind.RIGHT
        }
        for key, reading in readings.items():
            owed[key] = reading.owed_by_organ or owed.get(key)
            _follow(key, reading, category, line.recorded_at, open_spans, closed)
    for key, span in open_spans.items():
        closed.setdefault(key, []).append(span)
    return [
        Life(petition.pk, key[3], key[2], key[0], owed[key] or petition.organ_id, tuple(spans))
        for key, spans in closed.items()
    ]


def _categories(petition, lines) -> list[int | None]:
    """The key of the petition's category after each line, as 定类 changed it. A line that does not say what stood
    before is taken to have changed nothing."""
    chosen = [line.details for line in lines if line.act == Act.CLASSIFY and line.details.get("category")]
    current = chosen[0].get("category_before", chosen[0]["category"]) if chosen else petition.category_id
    found = []
    for line in lines:
        if line.act == Act.CLASSIFY:
            current = line.details.get("category") or current
        found.append(current)
    return found


def _follow(key, reading, category: str, moment: datetime, open_spans: dict, closed: dict) -> None:
    """Open, keep, move or close the span of one clock as it reads after a line."""
    span = open_spans.get(key)
    if span is not None and (not reading.is_running or (reading.due_on, category) != (span.due_on, span.category)):
        closed.setdefault(key, []).append(Span(span.since, moment, span.due_on, span.category))
        del open_spans[key]
        span = None
    if span is None and reading.is_running:
        open_spans[key] = Span(moment, None, reading.due_on, category)
