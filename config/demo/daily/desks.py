"""办公桌上：一件现在该办哪一步、今天办不办。只看本件的状态和它自己的骰子，所以哪天接着办都接得上。"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.demo.story.reader import Tale
from petitions.act.states import Kind, Procedure, State
from petitions.models import Petition
from petitions.service.rating import rules as rating
from rulebook.acts import Act
from rulebook.timekeeping import local_date

TOLD = ("F02", "F04", "F05", "F06", "F10", "F14")  # steps.serve_told 送的几种
EXTENDED_BY = 30
SIMPLE_SHARE, RETURN_SHARE, EXTEND_SHARE = 0.1, 0.1, 0.06
RATED_SHARE = 0.6


@dataclass(frozen=True)
class Habits:
    """How an organ works: the share of petitions it finishes late, by how many 自然日, how many a day it takes up."""

    late: float
    late_by: tuple[int, int]
    capacity: int


USUAL = Habits(late=0.1, late_by=(2, 16), capacity=9)
SLOW = Habits(late=0.5, late_by=(5, 38), capacity=4)


@dataclass
class File:
    """A petition on the desk: itself, its tale, its own dice, the habits of the organ, the day."""

    petition: Petition
    tale: Tale
    habits: Habits
    day: date
    seed: str

    def __post_init__(self):
        dice = Random(f"{self.seed}:{self.tale.id}")
        self.late = dice.random() < self.habits.late
        self.by = dice.randint(*self.habits.late_by)
        self.before = dice.randint(8, 42)  # 届满以前多少天起草
        self.takes_up = dice.randint(1, 9)
        self.rests = dice.randint(1, 3)
        self.simple, self.returned, self.extends, self.rates = (dice.random() for _ in range(4))

    def since(self, moment) -> int:
        """自然日 since a moment; a long time where there was none."""
        return (self.day - local_date(moment)).days if moment else 10_000

    def acts(self) -> list[Act]:
        return [line.act for line in self.petition.events.all()]

    def waiting(self, *kinds: str) -> bool:
        rows = self.petition.services.all()
        return any(row.served_on is None and not row.recalled and row.letter.kind in kinds for row in rows)

    @property
    def due_on(self) -> date:
        """The last day of handling: of the running clock, else sixty days after acceptance."""
        rows = [row.due_on for row in self.petition.deadlines.all() if row.term in ("D06", "D07") and not row.ended_how]
        return max(rows, default=local_date(self.petition.accepted_at) + timedelta(days=60))

    def last(self, act: Act):
        return max((line.at for line in self.petition.events.all() if line.act == act), default=None)


Step = tuple[str, dict]


def next_step(file: File) -> Step | None:
    """What is to be done about it today, if anything. Asked again after each step, with the petition as it then is."""
    return next(_due(file), None)


def _due(file: File) -> Iterator[Step]:
    petition = file.petition
    if any(one.state == "waiting" for one in petition.pending_acts.all()):
        yield "approve", {}
        return
    yield from _letters(file)
    if plan := PLANS.get(State(petition.state)):
        yield from plan(file)


def _letters(file: File) -> Iterator[Step]:
    if file.waiting("F03") and file.petition.current_leg is not None:
        yield "serve_forwarded", {}
    if file.waiting(*TOLD) and file.petition.organ_id:
        yield "serve_told", {}
    if file.waiting("F13"):
        yield "serve_answer", {}


def _may_not_handle(file: File) -> bool:
    """A petition office does not handle what was petitioned about; it answers inquiries."""
    return file.petition.organ.is_petition_office and file.petition.kind != Kind.INQUIRY


def _registered(file: File) -> Iterator[Step]:
    if file.since(file.petition.registered_at) < file.rests:
        return
    if file.petition.kind == Kind.REPORT:
        yield "refer", {}
    elif any(leg.ended_how == "returned" for leg in file.petition.legs.all()):
        yield "forward_elsewhere", {}
    elif file.tale.goes_on:
        yield "forward", {}
    else:
        yield from _taking_up(file)


def _arrived(file: File) -> Iterator[Step]:
    leg = file.petition.current_leg
    if leg.signed_at is None:
        if file.since(leg.sent_at) >= 1:
            yield "sign_for", {}
    elif file.since(leg.sent_at) >= file.takes_up:
        yield from _taking_up(file)


def _taking_up(file: File) -> Iterator[Step]:
    petition, tale = file.petition, file.tale
    if _may_not_handle(file):
        if tale.goes_on:  # 市里转来的，区里再转给该办的；不知道归谁办的，等人看
            yield "forward", {}
    elif petition.kind == Kind.SUGGESTION:
        yield "study", {}
    elif petition.kind == Kind.INQUIRY:
        yield "answer", {}
    elif tale.story == "redirected" and not tale.goes_on and petition.current_leg is None:
        yield "redirect", {}
    elif tale.story == "led_in":
        yield "lead_in", {}
    elif Act.CLASSIFY not in file.acts():
        yield "classify", {}
    elif _is_plain(petition) and file.simple < SIMPLE_SHARE:
        yield "accept_simply", {}
    else:
        yield "accept", {}


def _is_plain(petition) -> bool:
    sent = petition.submission
    return sent.people_count == 1 and not (sent.urgent or sent.threat or sent.is_joint or petition.repeat_of_id)


def _objected(file: File) -> Iterator[Step]:
    if file.since(file.petition.current_leg.objected_at) >= 2:
        yield "overrule", {}


def _disputed(file: File) -> Iterator[Step]:
    if file.since(file.petition.open_dispute.raised_at) >= 5:
        yield "designate", {}


def _studying(file: File) -> Iterator[Step]:
    if file.petition.handler_id is None:
        yield "allot", {}
    elif file.since(file.petition.accepted_at or file.petition.registered_at) >= file.before:
        yield "answer", {}


def _in_procedure(file: File) -> Iterator[Step]:
    if file.since(file.petition.registered_at) >= 20 + file.rests:
        yield "answer_procedure", {}


def _accepted(file: File) -> Iterator[Step]:
    petition = file.petition
    acts = file.acts()
    if petition.handler_id is None:
        yield "allot", {}
    elif petition.procedure == Procedure.SIMPLE:
        if file.since(petition.accepted_at) >= 2 * file.rests:
            yield "answer_simply", {}
    elif Act.INQUIRE not in acts:
        if file.since(petition.accepted_at) >= file.rests:
            yield "inquire", {"heard": True}
    elif Act.RETURN in acts and petition.latest_opinion and petition.latest_opinion.passed is False:
        if file.since(file.last(Act.RETURN)) >= file.rests:
            yield "draft", {}
    else:
        yield from _finishing(file, acts)


def _finishing(file: File, acts: list[Act]) -> Iterator[Step]:
    petition = file.petition
    left = (file.due_on - file.day).days
    if file.extends < EXTEND_SHARE and Act.EXTEND not in acts and 2 <= left <= 10:
        yield "extend", {}
        return
    if any(leg.kind == "assist" and leg.ended_at is None for leg in petition.legs.all()):
        yield "answer_assist", {}
    drafted = petition.latest_opinion
    if drafted and drafted.passed is None and Act.DRAFT in acts:
        yield "submit", {}
    elif left <= (-file.by if file.late else file.before):
        yield "draft", {}
    elif acts.count(Act.INQUIRE) == 1 and file.since(petition.accepted_at) >= file.takes_up + 6:
        yield "inquire", {"heard": False}


def _submitted(file: File) -> Iterator[Step]:
    opinion, acts = file.petition.latest_opinion, file.acts()
    if opinion.passed:
        if file.since(file.last(Act.PASS)) >= 1:
            yield "sign", {}
    elif file.since(file.last(Act.SUBMIT)) >= file.rests:
        again = Act.RETURN not in acts and file.returned < RETURN_SHARE
        yield ("return_draft" if again else "pass_draft"), {}


def _issued(file: File) -> Iterator[Step]:
    rows = [row for row in file.petition.services.all() if row.letter.kind == "F12" and not row.recalled]
    if any(row.served_on is None for row in rows):
        if file.since(file.petition.issued_at) >= 1 and not any(row.notice_on or row.posted_on for row in rows):
            yield "serve_opinion", {}
    else:
        yield "close", {}


def _closed(file: File) -> Iterator[Step]:
    petition, acts = file.petition, file.acts()
    if file.rates < RATED_SHARE and Act.RATE not in acts and _may_rate(file):
        yield "rate", {}
    owes = any(one.state == "owed" for one in petition.executions.all())
    if owes and file.since(petition.closed_at) >= 12 + file.takes_up * 2:
        yield "perform", {}


def _may_rate(file: File) -> bool:
    for service in file.petition.services.all():
        service.petition = file.petition
        if service.letter.kind == "F12" and service.served_on and rating.is_rateable(service):
            return 3 <= (file.day - service.served_on).days <= 30
    return False


def _settled(file: File) -> Iterator[Step]:
    if file.since(file.petition.closed_at) >= 45 + file.rests and not any(
        leg.owes_report for leg in file.petition.legs.all()
    ):
        yield "archive", {}


PLANS = {
    State.REGISTERED: _registered,
    State.FORWARDED: _arrived,
    State.ASSIGNED: _arrived,
    State.OBJECTED: _objected,
    State.DISPUTED: _disputed,
    State.ACCEPTED: _accepted,
    State.STUDYING: _studying,
    State.IN_PROCEDURE: _in_procedure,
    State.SUBMITTED: _submitted,
    State.ISSUED: _issued,
    State.CLOSED: _closed,
    State.SETTLED: _settled,
}
