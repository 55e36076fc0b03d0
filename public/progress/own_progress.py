"""一位信访人能看到的进展：只有自己的，只有公开的。"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Organ, OrganKind
from accounts.query_text import KEY, Blank, asked_again, rows_again
from accounts.session.languages import said
from accounts.staff.areas import street_of
from documents.letters import authenticity
from petitions.act.states import State
from petitions.closing import rules as closing
from petitions.models import Deadline, Party, PartyRequest, Petition, PetitionEvent, PetitionLetter, Proceeding, Service
from petitions.parties.request import rules as requesting
from petitions.review.models import ProceedingState
from petitions.service.rating import rules as rating
from petitions.service.rating.forms import ScoreForm
from public.progress import credentials, public_wording, roadmap
from public.requests import offers
from public.requests.offers import Offer
from rulebook.books import calendar_held, terms_of
from rulebook.terms import OPINION
from rulebook.timekeeping import local_date, today

ANSWERS = (OPINION, *closing.REPLIES)
REMEDY_STEPS = {"D08": 5, "D10": 6}
RECEIPT = "F01"  # 回执上有查询码和口令，只在窗口补打
UNDER_REVIEW = (ProceedingState.REQUESTED, ProceedingState.ADMITTED)
REVIEW_TERMS = ("D09", "D11")
OWN = Blank(KEY.stand_in - 1)  # 哪一位信访人；KEY 是哪一次来件
OPEN_ONES = Q(petition__submission_id=KEY.stand_in, petition__secrecy=0)
TELLING_TERMS, ANSWER_TERM = ("D01", "D02", "D03", "D03d"), "D06"


@dataclass
class Progress:
    """One petition as its petitioner may see it. A confidential one has a sentence and nothing else."""

    number: str
    sentence: str
    confidential: bool = False
    heading: str = ""
    street: str = ""
    received_on: date | None = None
    channel: str = ""
    label: str = ""
    tone: str = ""
    due: tuple[str, str, str] = ("", "", "")
    clock: dict | None = None
    steps: list[dict] = field(default_factory=list)
    letters: list[dict] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    rating: dict | None = None
    route: list[roadmap.Step] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    asked: list[dict] = field(default_factory=list)
    contact: str = ""
    phone: str = ""


def of(party: Party) -> list[Progress]:
    """Everything that came of the party's submission, in order. Twelve queries at most, whatever it is."""
    found = asked_again("the public's petitions", _petitions, {KEY: party.submission_id})
    read = _Read(party)
    return [_confidential(petition) if petition.secrecy else _progress(petition, read, party) for petition in found]


def _petitions():
    contested = Proceeding.objects.select_related("organ__review_organ", "letter").order_by("number")
    return (
        Petition.objects.filter(submission_id=KEY.stand_in)
        .select_related("submission", "category", "organ__office", "organ__review_organ", "first_receiver", "rule_set")
        .prefetch_related(Prefetch("proceedings", contested))
        .defer("submission__original", "excerpt", "accused_text")
        .order_by("ordinal")
    )


class _Read:
    """What hangs on the petitions that are no secret, each kind in one query; only what belongs to this party."""

    def __init__(self, party: Party):
        self._about = {KEY: party.submission_id, OWN: party.pk}
        self.services = self._asked(
            "services",
            lambda: (
                Service.objects.filter(OPEN_ONES, party_id=OWN.stand_in)
                .select_related("letter__template")
                .prefetch_related("ratings")
                .order_by("pk")
            ),
        )
        self.own_letters = self._asked(
            "own_letters",
            lambda: (
                PetitionLetter.objects.filter(OPEN_ONES, letter__status="issued", party_id=OWN.stand_in)
                .select_related("letter__template")
                .order_by("pk")
            ),
        )
        self.events = rows_again("the public's log", _log, self._about)
        self.requests = self._asked(
            "requests", lambda: PartyRequest.objects.filter(OPEN_ONES, party_id=OWN.stand_in).order_by("pk")
        )
        self.deadlines = self._asked("deadlines", lambda: Deadline.objects.filter(OPEN_ONES))

    def _asked(self, what: str, make: Callable[[], QuerySet]) -> list:
        return asked_again(("the public's own", what), make, self._about)


def _log():
    log = PetitionEvent.objects.filter(OPEN_ONES).order_by("petition_id", "-seq")
    return log.values_list("petition_id", "act", "at", "details", "scope")


def _confidential(petition: Petition) -> Progress:
    return Progress(number=petition.number, sentence=public_wording.CONFIDENTIAL, confidential=True)


def _progress(petition: Petition, read: _Read, party: Party) -> Progress:
    state, day = State(petition.state), today()
    office = petition.organ.office
    label, tone = public_wording.LABELS[state]
    sentence, told = public_wording.sentence(state, office.name), public_wording.NEXT.get(state, ())
    clock = _clock(petition, state, read)
    channel = said(petition.submission.get_channel_display())
    services = [service for service in read.services if service.petition_id == petition.pk]
    proceedings = [one for one in petition.proceedings.all() if one.party_id == party.pk]
    requests = [one for one in read.requests if one.petition_id == petition.pk]
    promised = public_wording.promise(state, clock.due_on if clock else None, day)
    reviewing = next((one for one in proceedings if one.state in UNDER_REVIEW), None)
    if reviewing is not None:  # 件已办结，等的是复查、复核
        clock = _of_review(reviewing, read)
        label, tone, sentence, told = public_wording.reviewing(reviewing.kind, reviewing.organ.name)
        promised = public_wording.by(clock.due_on if clock else None, day, public_wording.TO_REVIEW)
    asks = _offers(petition, party, services, read, proceedings, clock, requests)
    return Progress(
        number=petition.number,
        sentence=sentence,
        heading=_heading(petition),
        street=_street(petition.territory),
        received_on=petition.received_on,
        channel=channel,
        label=label,
        tone=tone,
        due=promised,
        clock=_bar(clock, day) if clock else None,
        steps=_steps(petition, read, services, channel),
        letters=_letters(petition, read, services, party),
        next=[*told, *(offer.until for offer in asks if offer.last_day)],
        route=_route(petition, state, read, services, proceedings, None if reviewing else clock),
        offers=asks,
        asked=_asked(proceedings, requests, read),
        rating=_rating(petition, services),
        contact=(reviewing.organ if reviewing else office).name,
        phone=(reviewing.organ if reviewing else office).phone,
    )


def _heading(petition: Petition) -> str:
    """Category, never the title: a title may name a building or a person."""
    category = petition.category
    if category is None:
        return petition.get_kind_display()
    return " › ".join(part for part in (category.level1, category.level2) if part)


def _street(territory: str) -> str:
    if not (within := street_of(territory)):
        return ""
    streets = Organ.objects.filter(territory=within, kind__in=[OrganKind.STREET, OrganKind.TOWN])
    return streets.values_list("short_name", flat=True).first() or ""


def _clock(petition: Petition, state: State, read: _Read) -> Deadline | None:
    """The one clock that matters to the petitioner now: being told, then being answered."""
    wanted = (
        TELLING_TERMS if state in public_wording.TELLING else (ANSWER_TERM,) if state in public_wording.WORKING else ()
    )
    own = (row for row in read.deadlines if row.petition_id == petition.pk and row.term in wanted)
    running = [row for row in own if row.is_running]
    return min(running, key=lambda row: row.due_on, default=None)


def _of_review(asked: Proceeding, read: _Read) -> Deadline | None:
    """The clock of the body that reviews."""
    own = (row for row in read.deadlines if row.petition_id == asked.petition_id and row.scope_id == asked.pk)
    running = (row for row in own if row.is_running and row.term in REVIEW_TERMS)
    return min(running, key=lambda row: row.due_on, default=None)


def _bar(clock: Deadline, day: date) -> dict:
    used, length = max((day - clock.starts_on).days, 0), max((clock.due_on - clock.starts_on).days, 1)
    left = (clock.due_on - day).days
    return {
        "used": used,
        "left": left,
        "late": -left,
        "length": length,
        "percent": min(100, 100 * used / length),
        "tone": "r" if left < 0 else "y" if left <= length / 4 else "g",
        "telling": clock.term in TELLING_TERMS,
    }


def _steps(petition: Petition, read: _Read, services: list[Service], channel: str) -> list[dict]:
    titles = {service.pk: service.letter.title for service in services}
    steps = []
    for petition_id, act, at, details, scope in read.events:
        if petition_id != petition.pk:
            continue
        words = public_wording.step(act, details, channel=channel, served=titles.get(scope.get("service"), ""))
        if words:
            steps.append({"at": at, "title": words})
    return steps


def _letters(petition: Petition, read: _Read, services: list[Service], party: Party) -> list[dict]:
    """Letters to this petitioner, with the right to fetch each; the receipt carries secrets and is not given out."""
    own = [row.letter for row in read.own_letters if row.petition_id == petition.pk]
    letters = {letter.pk: letter for letter in [*own, *(s.letter for s in services if s.letter.status == "issued")]}
    served = {service.letter_id: service.served_on for service in services}
    return [
        {
            "title": letter.title,
            "number": letter.number or "",
            "issued_at": letter.issued_at,
            "served_on": served.get(letter.pk),
            "check": authenticity.code_of(letter),
            "token": "" if letter.kind == RECEIPT else credentials.letter_token(party, letter.pk),
        }
        for letter in sorted(letters.values(), key=lambda letter: letter.issued_at, reverse=True)
        if letter.to_petitioner
    ]


def _rating(petition: Petition, services: list[Service]) -> dict | None:
    """Where the rating of the last served opinion stands, and the form that takes it; None where there is none."""
    served = [service for service in services if service.letter.kind == OPINION and service.served_on]
    if not served:
        return None
    service = max(served, key=lambda one: one.pk)
    service.petition = petition
    with calendar_held():
        return _rated(service)


def _rated(service: Service) -> dict | None:
    standing = rating.standing_of(service)
    if standing is rating.Standing.NONE:
        return None
    return {
        "service": service,
        "standing": standing,
        "open": rating.is_open(service),
        "until": rating.last_day(service),
        "given": [(one.get_body_display(), one.get_score_display()) for one in service.ratings.all()],
        "token": credentials.rating_token(service),
        "form": ScoreForm(service=service, given=service.ratings.all(), prefix=f"r{service.pk}"),
    }


def _offers(petition: Petition, party: Party, services, read: _Read, proceedings, clock, requests) -> list[Offer]:
    """What may be asked for now, each with its empty form."""
    found = offers.remedies(petition, party, services, read.deadlines, proceedings)
    answer = clock.due_on if clock and clock.term == ANSWER_TERM else None
    found += offers.requests(petition, party, answer, requests)
    return [offer.blank() for offer in found]


def _route(petition: Petition, state: State, read: _Read, services, proceedings, clock) -> list[roadmap.Step]:
    """The petitioner's own road, lit from the log."""
    answers = [one.served_on for one in services if one.letter.kind in ANSWERS and one.served_on]
    running = [row for row in read.deadlines if row.petition_id == petition.pk and row.is_running]
    mine = {service.pk for service in services}
    remedies = {
        REMEDY_STEPS[row.term]: row.due_on for row in running if row.term in REMEDY_STEPS and row.scope_id in mine
    }
    for one in proceedings:
        owed = (row.due_on for row in running if row.term in REVIEW_TERMS and row.scope_id == one.pk)
        remedies |= {5 if one.kind == Proceeding.Kind.REVIEW else 6: day for day in owed}
    due = (2 if clock.term in TELLING_TERMS else 3, clock.due_on) if clock else None
    return roadmap.of(
        state,
        [(act, at) for petition_id, act, at, *_ in read.events if petition_id == petition.pk],
        served_on=max(answers, default=None),
        proceedings=proceedings,
        due=due,
        remedies=remedies,
        terms=terms_of(petition.rule_set),
    )


def _asked(proceedings, requests, read: _Read) -> list[dict]:
    """What this petitioner asked for, the newest first, and what came of it; by when it is answered."""
    due = {row.scope_id: row.due_on for row in read.deadlines if row.term == requesting.TERM and row.is_running}
    found = [
        {
            "on": one.applied_on,
            "title": public_wording.asked(one.kind, one.organ.name),
            "result": one.get_outcome_display() if one.decided_at else one.get_state_display(),
            "answer": "",
        }
        for one in proceedings
    ]
    found += [
        {
            "on": local_date(one.asked_at),
            "title": one.get_kind_display(),
            "result": one.get_outcome_display() or public_wording.waits_until(due.get(one.pk)),
            "answer": one.answer,
        }
        for one in requests
    ]
    return sorted(found, key=lambda row: row["on"], reverse=True)
