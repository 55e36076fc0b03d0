"""What an act owes beyond the petition: the arrival it causes, its letters, and word to those concerned."""

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
    """Do the act, let the hand-over arrive, issue the letters it owes, and write word of it; all or nothing.

    Raises Refused or PermissionDenied, each with a sentence for the screen.
    """
    actor = Actor.of(by)
    petition = noun.the_petition()
    if act in REQUESTS and petition.state == State.SETTLED:
        petition.revive(by=SYSTEM)  # 期满前交邮而迟到的、逾期而有正当理由的（rules E27、E28）
    if act is Act.MERGE:
        details["into"] = parting_letters.lock_both(petition, details["into"])
    if act is Act.UNMERGE and petition.merged_into_id:
        parting_letters.lock_both(petition, petition.merged_into)
    getattr(noun, str(act))(by=by, note=note, **details)
    if act in (Act.FORWARD, Act.ASSIGN, Act.DESIGNATE, Act.ASK_ASSIST):
        leg = petition.legs.select_related("receiver").latest("number")
        leg.petition = petition
        leg.arrive(by=SYSTEM)  # 系统转送：到达日即收到日
    if act is Act.SERVE:
        _said(letter_content.receipt_of_service, noun, by=actor)
    if act is Act.ATTEMPT_SERVICE and details["outcome"] in DOUBTFUL:
        notifications.tell_registrar(petition, act, by=actor)
    if act is Act.CORRECT:
        correction.carry_to_siblings(petition, by=actor, note=note, **details)
    if act is Act.UNMERGE:
        _said(parting_letters.parted, petition, by=actor)
        petition.rewrite_deadlines()  # 并案期间公布的放假安排，接着走的期限这时一并采用
        petition.keep()
    if act in BY_NOUN:
        _said(BY_NOUN[act], noun, by=actor)
    if act in BY_DETAILS:
        _said(BY_DETAILS[act], petition, by=actor, details=details)
    if act is Act.DECIDE_REVIEW and reviewing.sends_back(noun):
        petition.redo(by=SYSTEM, due_on=noun.redo_due_on)
        notifications.tell_of(petition, Act.REDO, by=actor)
    if act is Act.DECIDE_REVIEW and reviewing.ends_the_redo(noun):
        petition.drop_redo(by=SYSTEM)
        discontinuance.break_off(petition, Act.DROP_REDO)
    if act in notifications.REVIEWING:
        proceeding = noun.proceedings.latest("pk") if act in REQUESTS else noun
        proceeding.petition = petition
        notifications.tell_reviewers(proceeding, act, by=actor)
    _letters(petition, act, actor, details, note)
    if act in (Act.REPORT_BACK, Act.REPORT_PROGRESS):
        notifications.tell_assigner(petition, act, by=actor)
    if act is Act.INSTRUCT:
        notifications.tell_instructed(petition, by=actor, due_on=details["due_on"])
    if act in ASKED:
        notifications.tell_requested(petition, act, by=actor)
    if act is Act.RATE:
        notifications.tell_callers(noun)
    if act is Act.REPORT_INSTRUCTED:
        notifications.tell_instructor(petition, by=actor)
    if act is Act.SPONSOR:
        notifications.tell_sponsor(petition, details["to"], by=actor)
    notifications.tell_of(petition, act, by=actor)
    if act in disputing.LOOPING and (cause := disputing.cause_of(petition)):
        petition.request_designation(by=SYSTEM, grounds=disputing.grounds_of(petition, cause), cause=cause)
        notifications.tell_of(petition, Act.REQUEST_DESIGNATION, by=SYSTEM)
    discontinuance.break_off(petition, act)
    if act is Act.SIGN:
        executing.draw_up(petition, by=SYSTEM, **details)
    if act is Act.REPLAN:
        notifications.tell_executor(executing.draw_anew(noun, by=SYSTEM, **details), by=actor)
    return noun


def _letters(petition, act, actor, details, note):
    _said(letter_content.issue_owed, petition, act, by=actor, details=details, note=note)


def _said(make, *args, **kwargs):
    """A letter that cannot be made stops the act: its reason is the act's refusal."""
    try:
        return make(*args, **kwargs)
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
