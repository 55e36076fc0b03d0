"""照一张阶梯把一个期限的一生走一遍：哪一级、哪一天会响。Pure: the spans of a deadline and the rungs in, days out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rulebook.calendar import Calendar
from supervision.ladder.rungs import Rung, of_category

BEIJING = ZoneInfo("Asia/Shanghai")
EVERY = timedelta(minutes=1)  # 巡查的间隔：不到一次巡查就结束了的，没有提醒


@dataclass(frozen=True)
class Span:
    """A stretch of a deadline's life with one due day, the petition being of one category (code; empty: none chosen);
    `until` None: it still runs. Both are aware."""

    since: datetime
    until: datetime | None
    due_on: date
    category: str = ""


@dataclass(frozen=True)
class Life:
    """One deadline as it ran: its key (line that set it running among them), term, who owed it, its spans in order."""

    petition: int
    started_by: int
    scope_id: int
    term: str
    organ: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Fired:
    """One rung that rang for one life: for which due day, and on which day."""

    life: Life
    rung: Rung
    due_on: date
    on: date

    @property
    def key(self) -> tuple[int, str, int, int, str, date]:
        """What a reminder is unique by."""
        return (
            self.life.petition,
            self.life.term,
            self.life.scope_id,
            self.life.started_by,
            self.rung.code,
            self.due_on,
        )


def replay(
    lives: Iterable[Life], ladder: Iterable[tuple[str, Rung]], calendar: Calendar, *, first: date, until: datetime
) -> Iterator[Fired]:
    """What would have rung from `first` to `until`, each rung once for each due day of each deadline.

    `ladder`: (term, rung) pairs, the same rungs throughout. A rung rings at midnight of its day, or at once where the
    deadline began or moved after it; not where the deadline had ended before the next sweep.
    """
    by_term: dict[str, list[Rung]] = {}
    for term, rung in ladder:
        by_term.setdefault(term, []).append(rung)
    for life in lives:
        yield from _of_one(life, by_term.get(life.term, ()), calendar, first, until)


def _of_one(life: Life, rungs: Sequence[Rung], calendar: Calendar, first: date, until: datetime) -> Iterator[Fired]:
    climbed: set[tuple[str, date]] = set()
    for span in life.spans:
        end = min(span.until or until, until)
        for rung in of_category(rungs, span.category):
            key = rung.code, span.due_on
            reached = max(datetime.combine(rung.day(span.due_on, calendar), time.min, BEIJING), span.since)
            if key in climbed or reached > until or (span.until is not None and reached + EVERY > end):
                continue
            climbed.add(key)
            on = reached.astimezone(BEIJING).date()
            if on >= first:
                yield Fired(life, rung, span.due_on, on)
