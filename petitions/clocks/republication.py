"""新表公布以后：先看会动哪些期限，发布，再逐批改到位；批与批之间断了，接着改就是。

Each batch is a transaction of its own: its petitions locked in ascending order, one line 日历重算 for each petition of
which a day moves, the days, the mark and the version of its deadlines. `Deadline.calendar_version` tells what is done,
so a run that was killed is resumed by running again, by whomever.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic

from django.db import connection, transaction
from django.db.models import Min

from accounts.authority import require_holding
from accounts.messages.notices import tell_many
from accounts.models import User
from petitions.act.decorator import SYSTEM
from petitions.act.notifications import words_of_moves
from petitions.act.states import OPEN
from petitions.clocks.calendar_edition import COLUMNS, Moved, Recounting, Row, as_logged, due_at, stale
from petitions.models import Deadline, Petition
from petitions.record.bulk_log import append
from petitions.record.ledger import next_line
from rulebook import books
from rulebook.acts import Act
from rulebook.city import publication
from rulebook.city.rules_pack import CalendarTable
from rulebook.models import CalendarVersion
from rulebook.recount import Edition, Standing
from rulebook.timekeeping import now, today

BATCH = 500  # 件
PETITION_FIELDS = (
    "number,seq,last_hash,state,secrecy,accused_organ,waiting_for,rule_set,organ,handler,holder_post,next_due_on,next_term,"
    "holder_organ__office,holder_organ__path,holder_user__is_active"
).split(",")


@dataclass(frozen=True)
class Move:
    """One clock, old → new. `number` is empty where the petition is confidential."""

    deadline_id: int
    number: str
    term: str
    label: str
    was: Standing
    now: Standing

    @classmethod
    def of(cls, moved: Moved) -> "Move":
        row = moved.row
        number = "" if row.secrecy else row.number
        return cls(row.pk, number, row.term, moved.term.label, moved.change.was, moved.change.now)

    def as_json(self) -> dict:
        """Plain values; each day as [old, new] in ISO form."""
        told = {"deadline": self.deadline_id, "petition": self.number, "term": self.term, "label": self.label}
        for name in ("due_on", "internal_on"):
            told[name] = [getattr(self.was, name).isoformat(), getattr(self.now, name).isoformat()]
        return told | {"provisional": [self.was.provisional, self.now.provisional]}


@dataclass
class Difference:
    """What a table moves: clocks of which a day moves, how many only lose or get the 暂定 mark, how many take it up."""

    moves: list[Move] = field(default_factory=list)
    marks: int = 0
    counted: int = 0
    is_finished: bool = True

    def add(self, moved: list[Moved]) -> None:
        self.counted += len(moved)
        self.moves += [Move.of(one) for one in moved if one.change.is_day_moved]
        self.marks += sum(one.change.is_mark_moved and not one.change.is_day_moved for one in moved)

    def by_term(self) -> dict[str, int]:
        """Term → how many of its clocks have a day moved, most first."""
        counted: dict[str, int] = defaultdict(int)
        for move in self.moves:
            counted[move.term] += 1
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def as_json(self) -> dict:
        return {
            "moves": [move.as_json() for move in self.moves],
            "moved": len(self.moves),
            "by_term": self.by_term(),
            "marks": self.marks,
            "counted": self.counted,
            "finished": self.is_finished,
        }


def preview(table: CalendarTable) -> Difference:
    """What publishing the table today would move, by petition and clock; nothing is written."""
    return _difference([*_editions(), Edition(books.calendar_with(table), today())])


def publish(table: CalendarTable, *, by: User) -> CalendarVersion:
    """Publish one year's table in the user's name; `apply` then moves the clocks. PermissionDenied without 系统配置."""
    require_holding(by, Act.CONFIGURE)
    return publication.publish_calendar(table, by=by.username)


def pending() -> int:
    """How many open clocks have yet to take up what was published."""
    return _difference(_editions()).counted


def apply(
    *, batch: int = BATCH, seconds: float | None = None, progress: Callable[[int, int], None] | None = None
) -> Difference:
    """Move every open clock to the tables now in force, batch after batch; returns what this run moved.

    Stops between two batches once `seconds` have passed, and says so (`is_finished`). `progress` is told the number of
    petitions done and of all after each batch.
    """
    editions, done = _editions(), Difference()
    if not editions:
        return done
    recounting = Recounting(editions)
    until = None if seconds is None else monotonic() + seconds
    waiting = Deadline.objects.filter(stale(editions)).values("petition").distinct()
    total, finished, last = waiting.count() if progress else 0, 0, 0
    while True:
        keys = list(waiting.filter(petition__gt=last).order_by("petition").values_list("petition", flat=True)[:batch])
        if not keys:
            return done
        if until is not None and monotonic() > until:
            done.is_finished = False
            return done
        _one_batch(recounting, keys, done)
        last, finished = keys[-1], finished + len(keys)
        if progress:
            progress(finished, total)


@transaction.atomic
def _one_batch(recounting: Recounting, keys: list[int], done: Difference) -> None:
    _lock(keys)
    waiting = Deadline.objects.filter(stale(recounting.editions), petition__in=keys).order_by("petition", "pk")
    moved = recounting.moved([Row(*row) for row in waiting.values_list(*COLUMNS)])
    _store(recounting, moved)
    _record([one for one in moved if one.change.is_day_moved])
    done.add(moved)


def _lock(keys: list[int]) -> None:
    """Lock the petitions in ascending order of their keys; an act that is under way is waited for."""
    locked = Petition.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    list(locked.values_list("pk"))


def _store(recounting: Recounting, moved: list[Moved]) -> None:
    """The days, mark and version of the rows, and whether the ladder looks again: one statement for the batch."""
    columns = [
        [one.row.pk for one in moved],
        [one.change.now.due_on for one in moved],
        [due_at(one.change.now.due_on) for one in moved],
        [one.change.now.internal_on for one in moved],
        [one.change.now.provisional for one in moved],
        [one.change.now.version for one in moved],
        [recounting.wakes(one) for one in moved],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE petitions_deadline row SET due_on = now.due_on, due_at = now.due_at, internal_on = now.internal_on,
                provisional = now.provisional, calendar_version = now.version,
                next_rung_at = CASE WHEN now.wake THEN %s ELSE row.next_rung_at END
            FROM unnest(%s::bigint[], %s::date[], %s::timestamptz[], %s::date[], %s::boolean[], %s::int[],
                %s::boolean[]) AS now (id, due_on, due_at, internal_on, provisional, version, wake)
            WHERE row.id = now.id
            """,
            [now(), *columns],
        )


def _record(moved: list[Moved]) -> None:
    """One line and one message for each petition of which a day moves."""
    by_petition: dict[int, list[Moved]] = defaultdict(list)
    for one in moved:
        by_petition[one.row.petition_id].append(one)
    petitions = list(
        Petition.objects.filter(pk__in=by_petition)
        .select_related("holder_organ", "holder_user", "handler")
        .only(*PETITION_FIELDS)
        .order_by("pk")
    )
    logged = [(petition, as_logged(by_petition[petition.pk])) for petition in petitions]
    append(next_line(petition, Act.RECOMPUTE, by=SYSTEM, details=details) for petition, details in logged)
    tell_many(words_of_moves((petition, details["moved"]) for petition, details in logged))
    _settle_nearest(petitions, [one for one in moved if one.change.is_due_moved and one.row.kind == "duty"])


def _settle_nearest(petitions: list[Petition], moved: list[Moved]) -> None:
    """The nearest day of open petitions of which a duty's last day moved."""
    asked = {one.row.petition_id for one in moved}
    nearest = {petition.pk: petition for petition in petitions if petition.pk in asked and petition.state in OPEN}
    if not nearest:
        return
    running = Deadline.objects.running().duties().filter(petition__in=nearest)
    for pk, due_on, term in running.order_by("-due_on", "-term").values_list("petition", "due_on", "term"):
        nearest[pk].next_due_on, nearest[pk].next_term = due_on, term
    Petition.objects.bulk_update(nearest.values(), ["next_due_on", "next_term"])


def _editions() -> list[Edition]:
    """The editions that some open clock may have to take up."""
    oldest = Deadline.objects.filter(ended_how="", calendar_version__gt=0).aggregate(version=Min("calendar_version"))[
        "version"
    ]
    return books.editions_after(oldest) if oldest else []


def _difference(editions: list[Edition]) -> Difference:
    found = Difference()
    recounting = Recounting(editions)
    for rows in _chunks(editions):
        moved = recounting.moved(rows)
        found.add(moved)
    return found


def _chunks(editions: list[Edition], length: int = 2000) -> Iterator[list[Row]]:
    waiting = Deadline.objects.filter(stale(editions)).order_by("petition", "pk")
    rows = waiting.values_list(*COLUMNS).iterator(chunk_size=length)
    while chunk := [Row(*row) for row in islice(rows, length)]:
        yield chunk
