"""收件与登记：有信必录、有访必接（第二十二条、第二十三条）。一件来件、一件信访事项、一组当事人，一次办成或一次不成。"""

import hashlib
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from accounts.models import Organ, Relation
from accounts.privacy import keyed_hash, mask_text
from petitions.acting import Actor, Refused
from petitions.models.involvement import Category, Involvement
from petitions.models.opinion import Claim
from petitions.models.party import Party, Person
from petitions.models.petition import Petition
from petitions.models.submission import Submission
from petitions.states import Kind
from rulebook.acts import Act
from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import now, today

# no 0 O 1 I L U V: read aloud, copied by hand, typed at 70 years of age
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 12
REPRESENTATIVES_MAX = 5  # 第二十条


@dataclass(kw_only=True)
class PartyFacts:
    """Who petitions, as told at the desk."""

    name: str
    role: str = Party.Role.LEAD
    kind: str = Person.Kind.NATURAL
    sex: str = ""
    birth_year: int | None = None
    id_status: str = Party.IdStatus.STATED
    id_type: str = "111"
    id_number: str = ""
    phone: str = ""
    address: str = ""
    delivery_address: str = ""
    e_delivery: bool = False
    name_withheld: bool = False
    interest: str = ""


@dataclass(kw_only=True)
class Intake:
    """Everything a registration says. `received_on` is the legal day of receipt, never the day of typing."""

    organ: Organ
    channel: str
    original: str
    received_on: date
    kind: str
    claims: list[str]
    parties: list[PartyFacts] = field(default_factory=list)
    title: str = ""
    category: Category | None = None
    place: str = ""
    territory: str = ""
    about_organ: Organ | None = None
    about_text: str = ""
    accused_organ: Organ | None = None
    accused_text: str = ""
    facts: dict = field(default_factory=dict)  # further columns of Submission


def register(intake: Intake, *, by, note: str = "", backfilled: bool = False) -> Petition:
    """Register what arrived. Returns the petition, REGISTERED, with its clocks running from the day of receipt.

    Raises Refused where the law or the house forbids it, PermissionDenied where `by` may not register for the organ.
    """
    _refuse(intake)
    with transaction.atomic():
        return _register(intake, Actor.of(by), note, backfilled or intake.received_on < today())


def _refuse(intake: Intake) -> None:
    if intake.received_on > today():
        raise Refused("收到日不能晚于今天")
    if not intake.original.strip():
        raise Refused("请填写信访人原话")
    if not any(claim.strip() for claim in intake.claims):
        raise Refused("请至少写明一项诉求（第十九条）")
    if intake.kind not in Kind.values:
        raise Refused("请选择信访目的")
    standing_for = [p for p in intake.parties if p.role in (Party.Role.LEAD, Party.Role.REPRESENTATIVE)]
    if intake.channel == "visit" and len(standing_for) > REPRESENTATIVES_MAX:
        raise Refused("多人走访应推选代表，代表人数不得超过五人（第二十条）")
    if not intake.parties and not intake.facts.get("anonymous"):
        raise Refused("请填写信访人姓名；匿名来件请勾选“匿名”")


def _register(intake: Intake, by: Actor, note: str, backfilled: bool) -> Petition:
    rule_set = rule_set_on(intake.received_on)
    placeholder = uuid.uuid4().hex
    moment = now()
    facts = dict(intake.facts)
    exempt = facts.pop("notice_exempt", None)
    submission = Submission.objects.create(
        number=placeholder,
        organ=intake.organ,
        channel=intake.channel,
        original=intake.original,
        original_hash=hashlib.sha256(intake.original.encode()).hexdigest(),
        received_on=intake.received_on,
        registered_at=moment,
        registered_by=by.user,
        rule_set=rule_set,
        backfilled=backfilled,
        notice_exempt=_is_exempt(intake) if exempt is None else exempt,
        **facts,
    )
    _add_parties(submission, intake.parties)
    petition = Petition(
        submission=submission,
        number=placeholder,
        rule_set=rule_set,
        kind=intake.kind,
        category=intake.category,
        title=(intake.title or summary_of(intake.claims[0] or intake.original))[:120],
        place=intake.place,
        territory=intake.territory,
        organ=intake.organ,
        first_receiver=intake.organ,
        about_organ=intake.about_organ,
        about_text=intake.about_text,
        accused_organ=intake.accused_organ,
        accused_text=intake.accused_text,
        secrecy=1 if intake.kind == Kind.REPORT else 0,
        received_on=intake.received_on,
    )
    petition.save(force_insert=True)
    add_claims(petition, intake.claims)
    begin_involvement(petition, by, moment)
    petition.settle_holder()
    petition.log(
        Act.RECEIVE,
        by=by,
        details={**petition.log_facts(), "owed_by_organ": intake.organ.pk, "channel": intake.channel},
        happened_on=intake.received_on,
        backfilled=backfilled,
    )
    petition.save(update_fields=["seq", "last_hash"])
    petition.register(by=by, note=note, backfilled=backfilled)
    give_number(submission, [petition])
    return petition


def begin_involvement(petition, by: Actor, moment) -> None:
    """The registrar knows it, and holds it until it is handed over."""
    user = by.user
    desk = user.organ if user and user.organ_id and user.office.pk == petition.organ.office_id else petition.organ
    rows = [
        Involvement(petition=petition, kind=Relation.REGISTERED, organ=desk, user=user, since=moment),
        Involvement(petition=petition, kind=Relation.HANDLES, organ=petition.organ, since=moment),
    ]
    Involvement.objects.bulk_create(rows)
    petition.__dict__["_involved"] = rows


def give_number(submission, petitions) -> None:
    """Gap-free number, taken last so that the counter is locked for the shortest time."""
    year = submission.registered_at.year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO petitions_numbercounter (prefix, year, n) VALUES (%s, %s, 1) "
            "ON CONFLICT (prefix, year) DO UPDATE SET n = petitions_numbercounter.n + 1 RETURNING n",
            [submission.organ.district_code, year],
        )
        serial = cursor.fetchone()[0]
    pattern = settings_of(submission.rule_set)["petition_number"]
    submission.number = pattern.format(region=submission.organ.district_code, year=year, seq=serial)
    Submission.objects.filter(pk=submission.pk).update(number=submission.number)
    for petition in petitions:
        petition.number = submission.number
        Petition.objects.filter(pk=petition.pk).update(number=submission.number)


def add_claims(petition, texts) -> None:
    Claim.objects.bulk_create(
        Claim(petition=petition, number=number, text=text.strip())
        for number, text in enumerate((text for text in texts if text.strip()), 1)
    )


def _add_parties(submission, parties: list[PartyFacts]) -> None:
    rows = []
    for position, told in enumerate(parties, 1):
        party = Party(
            submission=submission,
            position=position,
            query_code=fresh_code(),
            pin=f"{secrets.randbelow(1_000_000):06d}",
            **{name: value for name, value in vars(told).items() if name != "kind"},
        )
        party.hash_keys()
        party.person = _person_of(told, party)
        rows.append(party)
    Party.objects.bulk_create(rows)


def _person_of(told: PartyFacts, party: Party) -> Person:
    """The person known by this identity; a name and phone alone are never enough to join two people's histories."""
    if party.id_hash:
        person, _ = Person.objects.get_or_create(
            id_hash=party.id_hash,
            defaults={"name": told.name, "kind": told.kind, "phone_hash": party.phone_hash},
        )
        return person
    if party.phone_hash:
        known = Person.objects.filter(phone_hash=party.phone_hash, name=told.name, id_hash="").first()
        if known:
            return known
    return Person.objects.create(name=told.name, kind=told.kind, phone_hash=party.phone_hash)


def _is_exempt(intake: Intake) -> bool:
    """第二十三条第二款：姓名（名称）、住址不清的，豁免书面告知。"""
    if intake.facts.get("anonymous") or not intake.parties:
        return True
    lead = intake.parties[0]
    return not lead.name or not (lead.address or lead.delivery_address or lead.phone)


def fresh_code() -> str:
    """A query code: 12 of 29 signs, about 58 bits; says nothing about the case."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def summary_of(text: str) -> str:
    """概况：the first sentence, personal numbers hidden, at most 60 characters."""
    first = text.strip().split("\n")[0]
    for stop in "。！？；":
        first = first.split(stop)[0]
    first = mask_text(first.strip())
    return first if len(first) <= 60 else first[:59] + "…"


def history_of(*, id_number: str = "", phone: str = ""):
    """Earlier petitions of the same identity or phone: exact keys only. Authority is the caller's to apply."""
    found = Party.objects.none()
    if id_number:
        found = Party.objects.filter(id_hash=keyed_hash(id_number.upper()))
    if phone:
        found = found | Party.objects.filter(phone_hash=keyed_hash(phone))
    return Petition.objects.filter(submission__parties__in=found).distinct()
