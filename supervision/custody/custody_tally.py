"""责任持有的存数跟着日志走：新行一到就重读那一件，夜里再把逾期的和漏下的读一遍。拉而不推，重跑无害。"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Max, OuterRef, Prefetch, Q, Subquery

from petitions.models import Petition, PetitionEvent
from rulebook.books import calendar_held
from rulebook.timekeeping import now, today
from supervision.custody import holding
from supervision.custody.intervals import Kind
from supervision.models import Custody
from supervision.watch import downtime

BATCH = 200
RECENT = 5_000  # 每次只看日志最新的这些行；晚提交的行也落在里面
SEEN = "supervision:custody-up-to"
TALLYING = 0x43555354  # 咨询锁：同时只有一个在读


def catch_up() -> int:
    """Read again what the newest log lines touched; everything, where nobody remembers how far it was or where more
    lines came than the window holds. Returns how many petitions were read."""
    window = list(PetitionEvent.objects.order_by("-pk").values_list("pk", "petition_id")[:RECENT])
    newest, oldest = (window[0][0], window[-1][0]) if window else (0, 0)
    seen = cache.get(SEEN)
    if seen is None or seen > newest or (len(window) == RECENT and seen < oldest):
        read = tally_all()
    else:
        read = _tally({petition for pk, petition in window if pk > seen} | _behind({key for _, key in window}))
    cache.set(SEEN, newest, None)
    return read


def tally_all() -> int:
    """Every petition whose log went on since it was read, and every one that is late today."""
    return _tally(_behind(None) | _late_since_yesterday())


def _behind(among: Collection[int] | None) -> set[int]:
    """Petitions with log lines that were not read yet."""
    asked = Petition.objects.all() if among is None else Petition.objects.filter(pk__in=among)
    read = Custody.objects.filter(petition=OuterRef("pk")).order_by().values("petition")
    last = asked.annotate(read=Subquery(read.annotate(last=Max("read_seq")).values("last")))
    return set(last.filter(Q(read=None) | Q(read__lt=F("seq"))).values_list("pk", flat=True))


def _late_since_yesterday() -> set[int]:
    """Petitions with a duty overdue today whose late days were counted on an earlier day."""
    late = Petition.objects.filter(next_due_on__lt=today())
    return set(late.filter(custodies__read_on__lt=today()).values_list("pk", flat=True))


def _tally(keys: Iterable[int]) -> int:
    left = sorted(keys)
    with calendar_held():
        for start in range(0, len(left), BATCH):
            if not _tally_batch(left[start : start + BATCH]):
                return start
    return len(left)


@transaction.atomic
def _tally_batch(keys: list[int]) -> bool:
    """Read one batch; False where another process is reading (it sees to what is behind)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TALLYING])
        if not cursor.fetchone()[0]:
            return False
    lines = PetitionEvent.objects.select_related("holder_organ").order_by("seq")
    petitions = Petition.objects.filter(pk__in=keys).prefetch_related(Prefetch("events", lines), "deadlines")
    down = downtime.days()
    rows = [row for petition in petitions.only("pk", "seq", "organ") for row in rows_of(petition, down)]
    Custody.objects.filter(petition__in=keys).delete()
    Custody.objects.bulk_create(rows)
    return True


def rows_of(petition, down: frozenset[date] | None = None) -> list[Custody]:
    """What each organ had of the petition, by its log and deadlines as they stand; sections count with their office.

    `down` are the days of confirmed outages (holding.lateness). A petition nobody has held yet has one empty row of its
    organ, which says how far it was read.
    """
    offices = {line.holder_organ_id: line.holder_organ.office_id for line in petition.events.all() if line.holder_organ}
    rows: dict[tuple[int, str], Custody] = {}

    def row(organ: int, kind: Kind) -> Custody:
        told = {"petition_id": petition.pk, "organ_id": organ, "kind": kind.value}
        return rows.setdefault((organ, kind), Custody(**told, read_seq=petition.seq, read_on=today()))

    moment = now()
    found = holding.stretches(petition, moment)
    for stretch in found:
        organ = stretch.answers
        if organ is None:
            continue
        mine = row(offices.get(organ, organ), stretch.kind)
        if stretch.until >= moment and stretch is found[-1]:
            mine.running_since = stretch.since
        else:
            mine.seconds += stretch.length // timedelta(seconds=1)
    for late in holding.lateness(petition, down=down):
        if late.down:
            organ = late.deadline.owed_by_organ_id or petition.organ_id
            row(offices.get(organ, organ), Kind.WORKING).down_days += late.down
        for charged, days in late.by_organ.items():
            organ = charged or petition.organ_id
            row(offices.get(organ, organ), Kind.WORKING).late_days += days
    if not rows:
        row(petition.organ_id, Kind.WORKING)
    return list(rows.values())
