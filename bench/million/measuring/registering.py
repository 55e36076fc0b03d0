"""登记：产品自己的登记行为，对 psycopg2 直接写同样的行；中途打断若干次，编号仍须连号。"""

import secrets
from concurrent.futures import ThreadPoolExecutor
from random import Random

from django.db import connection, connections, transaction
from psycopg2.extras import Json

from bench.million.making import throwaway_database
from bench.million.making.petition_rows import PLACES
from bench.million.making.texts import Letter, letter
from bench.million.making.viewers import Viewer
from bench.million.measuring import timing
from bench.million.measuring.goals import REGISTERING, Line
from bench.million.plan import Plan
from petitions.act.states import Channel, Kind
from petitions.intake.registration import Intake, PartyFacts, register
from petitions.models import Petition
from rulebook.timekeeping import today

MEASURED = 150  # 件，两边各
BROKEN = 3  # 每十件里打断这么多
WARM = 5  # 件：先写几件热身，不算
AT_ONCE = 2  # 条连接


class Broken(Exception):
    """Thrown in the middle on purpose."""


def intake_of(said: Letter, organ) -> Intake:
    """The letter as a clerk's registration."""
    return Intake(
        organ=organ,
        channel=Channel.VISIT,
        original=said.text,
        received_on=today(),
        kind=Kind.APPEAL,
        claims=list(said.claims),
        place=said.place,
        parties=[PartyFacts(name=said.name, id_number=said.id_number, phone=said.phone, address=said.address)],
    )


class RawRegistration:
    """The rows of one registration as the product wrote them, sent again table by table in one durable transaction."""

    def __init__(self, link, petition: Petition):
        self.link = link
        with link.cursor() as cursor:
            self.rows = [(table, *_read(cursor, table, where, key)) for table, where, key in _rows_of(petition)]
        link.commit()
        submission = petition.submission
        self.prefix, self.year = submission.organ.district_code, submission.registered_at.year
        self.keys = {
            "petitions_person": "person",
            "petitions_submission": "submission",
            "petitions_party": "party",
            "petitions_petition": "petition",
        }

    def write(self) -> None:
        """Keys from their sequences, the number last of all from its counter, then every table once."""
        with self.link.cursor() as cursor:
            names = [f"nextval(pg_get_serial_sequence('{table}', 'id'))" for table in self.keys]
            cursor.execute(f"SELECT {', '.join(names)}")
            new = dict(zip(self.keys.values(), cursor.fetchone(), strict=True))
            cursor.execute(COUNT, [self.prefix, self.year])
            number = f"{self.prefix}-{self.year}-{cursor.fetchone()[0]:05d}"
            for table, columns, rows in self.rows:
                told = [self._anew(table, columns, row, new, number) for row in rows]
                kept = [name for name in columns if name in told[0]]
                marks = ", ".join(["(" + ", ".join(["%s"] * len(kept)) + ")"] * len(told))
                values = [row[name] for row in told for name in kept]
                cursor.execute(f"INSERT INTO {table} ({', '.join(kept)}) VALUES {marks}", values)
        self.link.commit()

    def _anew(self, table: str, columns: list[str], row: tuple, new: dict, number: str) -> dict:
        """The row with its own keys; what must be unique differs by the turn."""
        told = {
            name: Json(value) if isinstance(value, dict | list) else value
            for name, value in zip(columns, row, strict=True)
        }
        told.pop("id", None)
        if table in self.keys:
            told["id"] = new[self.keys[table]]
        told |= {f"{name}_id": key for name, key in new.items() if f"{name}_id" in told}
        told |= {"number": number} if "number" in told and table != "petitions_claim" else {}
        for unique in ("id_hash", "query_hash"):
            if told.get(unique):
                told[unique] = secrets.token_hex(32)
        return told


COUNT = (
    "INSERT INTO petitions_numbercounter (prefix, year, n) VALUES (%s, %s, 1) "
    "ON CONFLICT (prefix, year) DO UPDATE SET n = petitions_numbercounter.n + 1 RETURNING n"
)


def _read(cursor, table: str, where: str, key: int) -> tuple[list[str], list[tuple]]:
    cursor.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY 1", [key])
    rows = cursor.fetchall()
    return [column.name for column in cursor.description], rows


def _rows_of(petition: Petition) -> list[tuple[str, str, int]]:
    """What one registration writes, by table, in the order of the foreign keys."""
    submission, of_petition = petition.submission_id, "petition_id = %s"
    return [
        ("petitions_person", "id IN (SELECT person_id FROM petitions_party WHERE submission_id = %s)", submission),
        ("petitions_submission", "id = %s", submission),
        ("petitions_party", "submission_id = %s", submission),
        ("petitions_petition", "id = %s", petition.pk),
        ("petitions_claim", of_petition, petition.pk),
        ("petitions_involvement", of_petition, petition.pk),
        ("petitions_petitionevent", of_petition, petition.pk),
        ("petitions_deadline", of_petition, petition.pk),
    ]


def measure(plan: Plan, viewer: Viewer) -> dict:
    """Both in turn on one connection each; then the product's act broken now and then on two at once."""
    user, measured = viewer.fresh(), plan.asked(MEASURED)
    letters = iter(letter(plan.petitions + 1 + number, PLACES) for number in range(10**6))
    link = throwaway_database.session(plan.database)
    link.autocommit = False
    raw = RawRegistration(link, register(intake_of(next(letters), viewer.organ), by=user))
    pairs = [
        (lambda said=said: register(intake_of(said, viewer.organ), by=user), raw.write)
        for said in (next(letters) for _ in range(measured))
    ]
    ours, theirs = [], []
    for do, write in pairs[:WARM]:
        do()
        write()
    for do, write in pairs[WARM:]:
        ours.append(timing.clocked(do))
        theirs.append(timing.clocked(write))
    link.close()
    ratio = round(sum(theirs) / sum(ours), 3)
    mine, other = timing.told(ours), timing.told(theirs)
    gaps, made, broken = _broken(user, viewer, [next(letters) for _ in range(measured)])
    note = f"产品 {mine['median_ms']} ms 一件，psycopg2 {other['median_ms']} ms，各 {len(ours)} 件"
    return {
        "ours": mine,
        "raw": other,
        "lines": [
            Line.at_least("登记比 psycopg2 写同样的行", ratio, REGISTERING, note),
            Line.at_most("打断以后编号的缺口", gaps, 0, f"{AT_ONCE} 条连接同时登记，办成 {made} 件，打断 {broken} 件"),
        ],
    }


def _broken(user, viewer: Viewer, letters: list[Letter]) -> tuple[int, int, int]:
    """Register on two connections at once, some undone in the middle; how many numbers are missing afterwards."""

    def some(part: list[Letter]) -> tuple[int, int]:
        dice, made, broken, by = Random(part[0].number), 0, 0, viewer.fresh()
        for said in part:
            try:
                with transaction.atomic():
                    register(intake_of(said, viewer.organ), by=by)
                    if dice.randrange(10) < BROKEN:
                        raise Broken
                made += 1
            except Broken:
                broken += 1
        connections.close_all()
        return made, broken

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(some, [letters[at::AT_ONCE] for at in range(AT_ONCE)]))
    return _gaps(viewer.organ.district_code, today().year), sum(made for made, _ in told), sum(b for _, b in told)


def _gaps(prefix: str, year: int) -> int:
    """Numbers of the area and year that are missing, and places by which the counter is ahead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), max(split_part(number, '-', 3)::int), (SELECT n FROM petitions_numbercounter "
            "WHERE prefix = %s AND year = %s) FROM petitions_submission WHERE number LIKE %s",
            [prefix, year, f"{prefix}-{year}-%"],
        )
        count, highest, counter = cursor.fetchone()
    return abs(highest - count) + abs(counter - highest)
