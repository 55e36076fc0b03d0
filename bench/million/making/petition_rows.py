"""一件的全部行：样子挪到那一天、那一个区，填上那一封信的话。只拼文字，不碰数据库。"""

import hashlib
from datetime import date
from itertools import count
from random import Random

from accounts.privacy import encrypt, keyed_hash
from bench.million.making.patterns import copied
from bench.million.making.press import Form, Press
from bench.million.making.texts import Letter, letter
from petitions.clocks.calendar_edition import due_at
from petitions.intake.registration import summary_of
from petitions.models import Leg, Petition, Submission
from petitions.parties.address_keys import address_key
from petitions.record.models import GENESIS, link

BASE = 100_000  # 键从这里起，样子的键都在下面
LEGS_EACH, OTHERS_EACH = 8, 64  # 一件至多这么多次流转、这么多份没有装的文书送达
PLACES = 4_000
DAYS = [
    date.fromordinal(number).isoformat() for number in range(date(2020, 1, 1).toordinal(), date(2030, 1, 1).toordinal())
]
DAY_ZERO = date(2020, 1, 1).toordinal()

EVENT_COLUMNS = (
    "petition_id,seq,act,actor_kind,by_id,by_organ_id,by_post_id,on_behalf_of_id,at,recorded_at,scope,came_from,"
    "went_to,holder_organ_id,holder_post_id,holder_user_id,waiting_for,details,backfilled,text_hash,version,"
    "payload_hash,prev_hash,hash"
)
PERSON_COLUMNS = "id,kind,name,id_hash,phone_hash"
DEADLINE_COLUMNS = (
    "petition_id,term,scope,scope_id,started_by,kind,owed_by_organ_id,district,starts_on,due_on,due_at,internal_on,"
    "met_on,ended_how,paused,extended_days,next_rung_at,hearings,provisional,calendar_version,notice_exempt,secrecy"
)
INVOLVEMENT_COLUMNS = "petition_id,kind,organ_id,post_id,user_id,since,until,open"
CLAIM_COLUMNS = "petition_id,number,text,finding,answer"


def columns_of(model, *, without=()) -> list[str]:
    """The columns COPY is told, in the model's order."""
    return [field.column for field in model._meta.concrete_fields if field.column not in without]


class Pages:
    """The lines of one chunk, table by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[str]] = {}
        self.log_lines = 0

    def add(self, table: str, line: str) -> None:
        self.rows.setdefault(table, []).append(line)


def print_petition(press: Press, number: int, pages: Pages, lines_wanted: int) -> None:
    """Every row of the petition with that number."""
    dice = Random(number * 16_807 + 5)
    which, weeks = press.life_of(number, dice)
    place = number % len(press.districts)
    pattern, district, form = press.patterns[which], press.districts[place], press.form(which, place)
    said = letter(number, PLACES)
    area, year, ordinal = press.case_number(number)
    key = BASE + number
    nearest = pattern.nearest(weeks)
    blanks = {f"d{ordinal}": DAYS[ordinal + 7 * weeks - DAY_ZERO] for ordinal in pattern.days}
    for leg in pattern.legs:
        blanks[f"leg{leg.number}"] = key * LEGS_EACH + leg.number - 1
    for other in range(len(pattern.keys)):
        blanks[f"x{other}"] = key * OTHERS_EACH + other
    blanks |= {
        "petition": key,
        "number": press.number_pattern.format(region=area, year=year, seq=ordinal),
        "original": said.text,
        "original_hash": hashlib.sha256(said.text.encode()).hexdigest(),
        "title": summary_of(said.text),
        "place": said.place,
        "category": press.categories[number % len(press.categories)],
        "next_due_on": nearest.due_on.isoformat() if nearest else r"\N",
        "next_term": nearest.term.code if nearest else "",
    }
    padding = max(0, lines_wanted - len(form.lines))
    _log(form, pattern.pad_after, padding, blanks, pages)
    pages.add("petitions_submission", form.submission % blanks)
    pages.add("petitions_petition", form.petition % blanks)
    for leg in form.legs:
        pages.add("petitions_leg", leg % blanks)
    for row in form.involvements:
        pages.add("petitions_involvement", row % blanks)
    for at, text in enumerate(said.claims, 1):
        pages.add("petitions_claim", copied([key, at, text, "", ""]))
    _people(said, key, pages)
    _deadlines(pattern, district, weeks, padding, blanks, pages)


def _log(form: Form, pad_after: int, padding: int, blanks: dict, pages: Pages) -> None:
    """The chain, sealed line by line as PetitionEvent.seal does."""
    prev, seq = GENESIS, count(1)
    lines = [*form.lines[:pad_after], *[form.padding] * padding, *form.lines[pad_after:]]
    rows = pages.rows.setdefault("petitions_petitionevent", [])
    for line in lines:
        blanks["seq"] = next(seq)
        payload = hashlib.sha256(b"\x01" + (line.sealed % blanks).encode()).hexdigest()
        blanks["payload_hash"], blanks["prev_hash"] = payload, prev
        blanks["hash"] = prev = link(prev, payload)
        rows.append(line.row % blanks)
    pages.log_lines += len(lines)


def _people(said: Letter, key: int, pages: Pages) -> None:
    id_hash, phone_hash = keyed_hash(said.id_number), keyed_hash(said.phone)
    if said.person == said.number:
        pages.add("petitions_person", copied([key, "natural", said.name, id_hash, phone_hash]))
    told = dict(
        _PARTY,
        id=key,
        submission_id=key,
        person_id=BASE + said.person,
        name=said.name,
        id_number=encrypt(said.id_number),
        id_hash=id_hash,
        phone=encrypt(said.phone),
        phone_hash=phone_hash,
        address=encrypt(said.address),
        address_hash=address_key(said.address),
    )
    pages.add("petitions_party", copied(list(told.values())))


_PARTY = {
    "id": 0,
    "submission_id": 0,
    "person_id": 0,
    "role": "lead",
    "position": 1,
    "name": "",
    "sex": "",
    "birth_year": None,
    "id_status": "stated",
    "id_type": "111",
    "id_number": "",
    "id_hash": "",
    "phone": "",
    "phone_hash": "",
    "address": "",
    "address_hash": "",
    "delivery_address": "",
    "e_delivery": False,
    "name_withheld": False,
    "interest": "",
    "assumed": "",
    "origin": "CHN",
    "nationality": "",
    "standing": "present",
    "left_on": None,
    "acts_for_id": None,
    "authority": "",
    "special_powers": False,
    "authority_until": None,
    "succeeds_id": None,
    "query_code": "",
    "query_hash": "",
    "pin": "",
}


def _deadlines(pattern, district, weeks, padding, blanks, pages) -> None:
    petition = pattern.petition
    for reading in pattern.deadlines(weeks):
        owed = district.organ(reading.owed_by_organ or petition.organ_id)
        started = reading.started_by + (padding if reading.started_by > pattern.pad_after else 0)
        pages.add(
            "petitions_deadline",
            copied(
                [
                    blanks["petition"],
                    reading.term.code,
                    str(reading.term.scope),
                    blanks[pattern.blank_of(reading)],
                    started,
                    str(reading.term.kind),
                    owed,
                    district.area,
                    reading.starts_on,
                    reading.due_on,
                    due_at(reading.due_on),
                    reading.internal_on,
                    reading.met_on,
                    str(reading.ended_how or ""),
                    False,
                    reading.extended,
                    None,
                    [],
                    reading.provisional,
                    reading.calendar_version or 0,
                    False,
                    petition.secrecy,
                ]
            ),
        )


COLUMNS = {
    "petitions_submission": columns_of(Submission),
    "petitions_petition": columns_of(Petition),
    "petitions_person": PERSON_COLUMNS.split(","),
    "petitions_party": list(_PARTY),
    "petitions_leg": columns_of(Leg),
    "petitions_involvement": INVOLVEMENT_COLUMNS.split(","),
    "petitions_claim": CLAIM_COLUMNS.split(","),
    "petitions_petitionevent": EVENT_COLUMNS.split(","),
    "petitions_deadline": DEADLINE_COLUMNS.split(","),
}
