"""收件与登记：有信必录、有访必接（第二十二条、第二十三条）。一件来件、一件信访事项、一组当事人，一次办成或一次不成。"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import may_for
from accounts.models import Organ, Relation
from accounts.privacy import keyed_hash, mask_text
from documents.models import Attachment
from petitions.act.decorator import Actor, Refused
from petitions.act.states import Kind
from petitions.handling.opinion.models import Claim, PetitionAttachment
from petitions.intake.daybook import DayBook, Page
from petitions.intake.models import Submission
from petitions.parties.models import Party, Person
from petitions.parties.persons import new_party
from petitions.petition.involvement import Category, Involvement
from petitions.petition.models import Petition
from rulebook.acts import Act
from rulebook.books import RulesMissing
from rulebook.timekeeping import now, today

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
    origin: str = Party.Origin.MAINLAND
    nationality: str = ""
    assumed: str = ""
    authority: str = ""


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

    Raises Refused where the law or the house forbids it, PermissionDenied where `by` may not register for the organ,
    RulesMissing where no rules were in force on the day of receipt.
    """
    [outcome] = register_many([intake], by=by, note=note, backfilled=backfilled)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


@transaction.atomic
def register_many(
    intakes: Sequence[Intake], *, by, note: str = "", backfilled: bool = False
) -> list[Petition | Refused | PermissionDenied | RulesMissing]:
    """The same for many in one transaction; for each, in order, its petition or the refusal, which stops no other.

    What is refused leaves nothing behind, not even a number. A fault of the database is raised and undoes them all.
    """
    book, actor, outcomes, pages = DayBook(len(intakes)), Actor.of(by), [], []
    for intake in intakes:
        page = book.new_page()
        try:
            _refuse(intake)
            _require_desk(intake, actor)
            _register(intake, actor, note, backfilled or intake.received_on < today(), page)
        except (Refused, PermissionDenied, RulesMissing) as refusal:
            outcomes.append(refusal)
        else:
            outcomes.append(page.petition)
            pages.append(page)
    if pages:
        book.write(pages)
    return outcomes


def attach(petition: Petition, attachments: Sequence[Attachment]) -> None:
    """What came with it becomes the petition's, as secret as it is; before the receipts, which list it."""
    PetitionAttachment.objects.bulk_create(
        PetitionAttachment(petition=petition, attachment=kept, title=kept.name) for kept in attachments
    )
    if petition.secrecy:
        keys = [attachment.pk for attachment in attachments]
        Attachment.objects.filter(pk__in=keys).update(secrecy=petition.secrecy)


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
        raise Refused(
            "多人走访应推选代表，代表人数不得超过五人；其余的人附名单，仍登记为一件，不得拆开登记（第二十条）"
        )
    if not intake.parties and not intake.facts.get("anonymous"):
        raise Refused("请填写信访人姓名；匿名来件请勾选“匿名”")


def _require_desk(intake: Intake, by: Actor) -> None:
    """本单位收件本单位登记：whoever registers becomes the registrar, so the organ is asked before there is one."""
    if by.user is not None and not may_for(by.user, Act.REGISTER, intake.organ):
        raise PermissionDenied(
            f"您的岗位不能以“{intake.organ.short_name}”的名义登记，请由该单位登记，或以本单位登记后转送"
        )


def _register(intake: Intake, by: Actor, note: str, backfilled: bool, page: Page) -> None:
    """Write the registration on its page, through the acts."""
    moment = now()
    facts = dict(intake.facts)
    exempt = facts.pop("notice_exempt", None)
    page.submission = submission = Submission(
        organ=intake.organ,
        channel=intake.channel,
        original=intake.original,
        original_hash=hashlib.sha256(intake.original.encode()).hexdigest(),
        received_on=intake.received_on,
        registered_at=moment,
        registered_by=by.user,
        rule_set=page.book.rule_set_on(intake.received_on),
        backfilled=backfilled,
        notice_exempt=_is_exempt(intake) if exempt is None else exempt,
        **facts,
    )
    page.parties = [(_party(submission, at, told), told.kind) for at, told in enumerate(intake.parties, 1)]
    page.petition = petition = Petition(
        pk=page.book.next_key(),
        submission=submission,
        rule_set=submission.rule_set,
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
    petition.__dict__["page"] = page
    page.claims = [
        Claim(petition=petition, number=number, text=text.strip())
        for number, text in enumerate((text for text in intake.claims if text.strip()), 1)
    ]
    page.involvements = petition.__dict__["_involved"] = _first_involved(petition, by, moment)
    petition.settle_holder()
    petition.log(
        Act.RECEIVE,
        by=by,
        details={**petition.log_facts(), "owed_by_organ": intake.organ.pk, "channel": intake.channel},
        happened_on=intake.received_on,
        backfilled=backfilled,
    )
    petition.register(by=by, note=note, backfilled=backfilled)


def _first_involved(petition, by: Actor, moment) -> list[Involvement]:
    """The registrar knows it, and holds it until it is handed over."""
    user = by.user
    desk = user.organ if user and user.organ_id and user.office.pk == petition.organ.office_id else petition.organ
    return [
        Involvement(petition=petition, kind=Relation.REGISTERED, organ=desk, user=user, since=moment),
        Involvement(petition=petition, kind=Relation.HANDLES, organ=petition.organ, since=moment),
    ]


def _party(submission, position: int, told: PartyFacts) -> Party:
    return new_party(submission, position, **{name: value for name, value in vars(told).items() if name != "kind"})


def _is_exempt(intake: Intake) -> bool:
    """第二十三条第二款：姓名（名称）、住址不清的，豁免书面告知。"""
    if intake.facts.get("anonymous") or not intake.parties:
        return True
    lead = intake.parties[0]
    return not lead.name or not (lead.address or lead.delivery_address or lead.phone)


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
