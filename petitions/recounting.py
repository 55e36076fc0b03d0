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

from django.db import transaction
from django.db.models import Min

from accounts.authority import require_holding
from accounts.models import User
from petitions.acting import SYSTEM
from petitions.ledger import next_line
from petitions.models import Deadline, Petition, PetitionEvent
from petitions.standing import Moved, Recounting, as_logged, stale, take_up
from petitions.states import OPEN
from petitions.telling import tell_of_moves
from rulebook import books, publishing
from rulebook.acts import Act
from rulebook.models import CalendarVersion
from rulebook.pack import CalendarTable
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
        number = "" if row.petition.secrecy else row.petition.number
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
    return publishing.publish_calendar(table, by=by.username)


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
    chosen = Petition.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    petitions = {
        petition.pk: petition
        for petition in chosen.select_related("holder_organ", "holder_user", "handler").only(*PETITION_FIELDS)
    }
    rows = list(Deadline.objects.filter(stale(recounting.editions), petition__in=keys).order_by("pk"))
    for row in rows:
        row.petition = petitions[row.petition_id]
    moved = recounting.moved(rows)
    _store(recounting, moved)
    _record([one for one in moved if one.change.is_day_moved])
    done.add(moved)


def _store(recounting: Recounting, moved: list[Moved]) -> None:
    """The days, mark and version of the rows, one statement for all that come to stand alike."""
    alike = defaultdict(list)
    for one in moved:
        alike[one.change.now, recounting.wakes(one)].append(one)
    for (_, wake), group in alike.items():
        rows = [take_up(one, wake=wake) for one in group]
        first = rows[0]
        names = ["due_on", "due_at", "internal_on", "provisional", "calendar_version"]
        told = {name: getattr(first, name) for name in names} | ({"next_rung_at": now()} if wake else {})
        Deadline.objects.filter(pk__in=[row.pk for row in rows]).update(**told)


def _record(moved: list[Moved]) -> None:
    """One line and one message for each petition of which a day moves."""
    by_petition: dict[Petition, list[Moved]] = defaultdict(list)
    for one in moved:
        by_petition[one.row.petition].append(one)
    lines, known = [], {}
    for petition, moves in by_petition.items():
        logged = as_logged(moves)
        lines.append(next_line(petition, Act.RECOMPUTE, by=SYSTEM, details=logged))
        tell_of_moves(petition, logged["moved"], known)
    PetitionEvent.objects.bulk_create(lines)
    _settle_nearest([one for one in moved if one.change.is_due_moved and one.row.kind == "duty"])
    Petition.objects.bulk_update(by_petition, ["seq", "last_hash", "next_due_on", "next_term"])


def _settle_nearest(moved: list[Moved]) -> None:
    """The nearest day of open petitions of which a duty's last day moved."""
    petitions = {one.row.petition_id: one.row.petition for one in moved if one.row.petition.state in OPEN}
    if not petitions:
        return
    running = Deadline.objects.running().duties().filter(petition__in=petitions)
    for pk, due_on, term in running.order_by("-due_on", "-term").values_list("petition", "due_on", "term"):
        petitions[pk].next_due_on, petitions[pk].next_term = due_on, term


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


def _chunks(editions: list[Edition], length: int = 2000) -> Iterator[list[Deadline]]:
    rows = (
        Deadline.objects.filter(stale(editions))
        .select_related("petition")
        .only(
            "term",
            "scope_id",
            "started_by",
            "starts_on",
            "due_on",
            "internal_on",
            "ended_how",
            "extended_days",
            "hearings",
            "provisional",
            "calendar_version",
            "petition__number",
            "petition__secrecy",
            "petition__rule_set",
        )
        .order_by("petition", "pk")
        .iterator(chunk_size=length)
    )
    while chunk := list(islice(rows, length)):
        yield chunk
