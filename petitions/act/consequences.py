"""What an act owes beyond the petition: the arrival it causes, its letters, and word to those concerned."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from documents.letters.impediments import LetterRefused
from petitions.acceptance import letters as path_letters
from petitions.acceptance.simple import letters as simple_letters
from petitions.act import notifications
from petitions.act.decorator import SYSTEM, Actor, Refused
from petitions.act.states import State
from petitions.closing import letters as end_letters
from petitions.closing.execution import rules as executing
from petitions.dispute import letters as dispute_letters
from petitions.dispute import rules as disputing
from petitions.hearing import discontinuance
from petitions.hearing import letters as hearing_letters
from petitions.intake import correction, interview
from petitions.intake import registration as desk
from petitions.joint import letters as parting_letters
from petitions.letters import letter_content
from petitions.review import letters as review_letters
from petitions.review import rules as reviewing
from petitions.service.callback import rules as calling_back
from petitions.service.rating import rules as rating
from petitions.service.rules import DOUBTFUL
from rulebook.acts import Act

BY_NOUN = review_letters.MAKERS | hearing_letters.MAKERS | dispute_letters.MAKERS
BY_DETAILS = simple_letters.MAKERS | path_letters.MAKERS | end_letters.MAKERS | interview.MAKERS
REQUESTS = (Act.REQUEST_REVIEW, Act.REQUEST_RECHECK)
ASKED = (Act.SUPPLEMENT, Act.REQUEST_WITHDRAWAL, Act.REQUEST_RECUSAL)


@transaction.atomic
def register(intake, *, by, note: str = "", backfilled: bool = False, letters_too: bool = True):
    """Register what arrived and issue its receipts. Imports of history pass `letters_too=False`: nothing is sent."""
    petition = desk.register(intake, by=by, note=note, backfilled=backfilled)
    if letters_too:
        _letters(petition, Act.REGISTER, Actor.of(by), {}, "")
    return petition


@transaction.atomic
def register_many(intakes, *, by, note: str = "", backfilled: bool = False, letters_too: bool = False) -> list:
    """The same for many; for each, in order, its petition or the refusal
    (see petitions.intake.registration.register_many).

    A receipt that cannot be made raises Refused and undoes them all: ask again one by one to learn whose it was.
    """
    outcomes = desk.register_many(intakes, by=by, note=note, backfilled=backfilled)
    if letters_too:
        for petition in outcomes:
            if not isinstance(petition, Exception):
                _letters(petition, Act.REGISTER, Actor.of(by), {}, "")
    return outcomes


@transaction.atomic
def carry_out(noun, act: Act, *, by, note: str = "", **details):
    """Do the act and, in the order of BEFORE and AFTER, all that it brings with it: the hand-over that arrives, the
    letters it owes, word to those concerned; all or nothing.

    Raises Refused or PermissionDenied, each with a sentence for the screen.
    """
    deed = Deed(noun, noun.the_petition(), act, Actor.of(by), note, details)
    for acts, prepare in BEFORE:
        if act in acts:
            prepare(deed)
    getattr(noun, str(act))(by=by, note=note, **details)
    for acts, follow in AFTER:
        if act in acts:
            follow(deed)
    return noun


@dataclass(frozen=True)
class Deed:
    """One act being carried out: on what, by whom, with which details (the act's own arguments; may be filled in)."""

    noun: Any
    petition: Any
    act: Act
    by: Actor
    note: str
    details: dict[str, Any]


# before the act


def _revive(deed) -> None:
    """期满前交邮而迟到的、逾期而有正当理由的（rules E27、E28）"""
    if deed.petition.state == State.SETTLED:
        deed.petition.revive(by=SYSTEM)


def _lock_both_to_merge(deed) -> None:
    deed.details["into"] = parting_letters.lock_both(deed.petition, deed.details["into"])


def _lock_both_to_part(deed) -> None:
    if deed.petition.merged_into_id:
        parting_letters.lock_both(deed.petition, deed.petition.merged_into)


# after it


def _arrive(deed) -> None:
    leg = deed.petition.legs.select_related("receiver").latest("number")
    leg.petition = deed.petition
    leg.arrive(by=SYSTEM)  # 系统转送：到达日即收到日


def _receipt_of_service(deed) -> None:
    _said(letter_content.receipt_of_service, deed.noun, by=deed.by)


def _tell_of_doubtful_service(deed) -> None:
    if deed.details["outcome"] in DOUBTFUL:
        notifications.tell_registrar(deed.petition, deed.act, by=deed.by)


def _correct_siblings(deed) -> None:
    correction.carry_to_siblings(deed.petition, by=deed.by, note=deed.note, **deed.details)


def _part(deed) -> None:
    _said(parting_letters.parted, deed.petition, by=deed.by)
    deed.petition.rewrite_deadlines()  # 并案期间公布的放假安排，接着走的期限这时一并采用
    deed.petition.keep()


def _letter_of_the_noun(deed) -> None:
    _said(BY_NOUN[deed.act], deed.noun, by=deed.by)


def _letter_of_the_details(deed) -> None:
    _said(BY_DETAILS[deed.act], deed.petition, by=deed.by, details=deed.details)


def _order_redone(deed) -> None:
    petition, proceeding = deed.petition, deed.noun
    if reviewing.sends_back(proceeding):
        petition.redo(by=SYSTEM, due_on=proceeding.redo_due_on)
        notifications.tell_of(petition, Act.REDO, by=deed.by)
    if reviewing.ends_the_redo(proceeding):
        petition.drop_redo(by=SYSTEM)
        discontinuance.break_off(petition, Act.DROP_REDO)


def _tell_reviewers(deed) -> None:
    proceeding = deed.noun.proceedings.latest("pk") if deed.act in REQUESTS else deed.noun
    proceeding.petition = deed.petition
    notifications.tell_reviewers(proceeding, deed.act, by=deed.by)


def _owed_letters(deed) -> None:
    _letters(deed.petition, deed.act, deed.by, deed.details, deed.note)


def _tell_assigner(deed) -> None:
    notifications.tell_assigner(deed.petition, deed.act, by=deed.by)


def _tell_instructed(deed) -> None:
    notifications.tell_instructed(deed.petition, by=deed.by, due_on=deed.details["due_on"])


def _tell_requested(deed) -> None:
    notifications.tell_requested(deed.petition, deed.act, by=deed.by)


def _call_back(deed) -> None:
    if rating.is_open(deed.noun):
        calling_back.keep_up(deed.noun.ratings.select_related("organ", "petition__rule_set"))
    notifications.tell_callers(deed.noun)


def _tell_instructor(deed) -> None:
    notifications.tell_instructor(deed.petition, by=deed.by)


def _tell_sponsor(deed) -> None:
    notifications.tell_sponsor(deed.petition, deed.details["to"], by=deed.by)


def _tell_all(deed) -> None:
    notifications.tell_of(deed.petition, deed.act, by=deed.by)


def _report_the_loop(deed) -> None:
    petition = deed.petition
    if cause := disputing.cause_of(petition):
        petition.request_designation(by=SYSTEM, grounds=disputing.grounds_of(petition, cause), cause=cause)
        notifications.tell_of(petition, Act.REQUEST_DESIGNATION, by=SYSTEM)


def _break_off(deed) -> None:
    discontinuance.break_off(deed.petition, deed.act)


def _draw_up_tasks(deed) -> None:
    executing.draw_up(deed.petition, by=SYSTEM, **deed.details)


def _draw_task_anew(deed) -> None:
    notifications.tell_executor(executing.draw_anew(deed.noun, by=SYSTEM, **deed.details), by=deed.by)


# What each act brings with it, in this order: a letter is dated before the word of it goes out, a loop is reported
# after everybody was told of the return that closed it.
BEFORE: tuple[tuple[Container[Act], Callable[[Deed], None]], ...] = (
    (REQUESTS, _revive),
    ({Act.MERGE}, _lock_both_to_merge),
    ({Act.UNMERGE}, _lock_both_to_part),
)
AFTER: tuple[tuple[Container[Act], Callable[[Deed], None]], ...] = (
    ({Act.FORWARD, Act.ASSIGN, Act.DESIGNATE, Act.ASK_ASSIST}, _arrive),
    ({Act.SERVE}, _receipt_of_service),
    ({Act.ATTEMPT_SERVICE}, _tell_of_doubtful_service),
    ({Act.CORRECT}, _correct_siblings),
    ({Act.UNMERGE}, _part),
    (BY_NOUN, _letter_of_the_noun),
    (BY_DETAILS, _letter_of_the_details),
    ({Act.DECIDE_REVIEW}, _order_redone),
    (notifications.REVIEWING, _tell_reviewers),
    (Act, _owed_letters),
    ({Act.REPORT_BACK, Act.REPORT_PROGRESS}, _tell_assigner),
    ({Act.INSTRUCT}, _tell_instructed),
    (ASKED, _tell_requested),
    ({Act.RATE}, _call_back),
    ({Act.REPORT_INSTRUCTED}, _tell_instructor),
    ({Act.SPONSOR}, _tell_sponsor),
    (Act, _tell_all),
    (disputing.LOOPING, _report_the_loop),
    (Act, _break_off),
    ({Act.SIGN}, _draw_up_tasks),
    ({Act.REPLAN}, _draw_task_anew),
)


def _letters(petition, act, actor, details, note):
    _said(letter_content.issue_owed, petition, act, by=actor, details=details, note=note)


def _said(make, *args, **kwargs):
    """A letter that cannot be made stops the act: its reason is the act's refusal."""
    try:
        return make(*args, **kwargs)
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
