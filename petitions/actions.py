"""What an act owes beyond the petition: the arrival it causes, its letters, and word to those concerned."""

from django.db import transaction

from documents.refusals import LetterRefused
from petitions import intake as desk
from petitions import letters, telling
from petitions.acting import SYSTEM, Actor, Refused
from rulebook.acts import Act


@transaction.atomic
def register(intake, *, by, note: str = "", backfilled: bool = False, letters_too: bool = True):
    """Register what arrived and issue its receipts. Imports of history pass `letters_too=False`: nothing is sent."""
    petition = desk.register(intake, by=by, note=note, backfilled=backfilled)
    if letters_too:
        _letters(petition, Act.REGISTER, Actor.of(by), {}, "")
    return petition


@transaction.atomic
def register_many(intakes, *, by, note: str = "", backfilled: bool = False, letters_too: bool = False) -> list:
    """The same for many; for each, in order, its petition or the refusal (see petitions.intake.register_many).

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
    getattr(noun, str(act))(by=by, note=note, **details)
    petition = noun.the_petition()
    if act in (Act.FORWARD, Act.ASSIGN, Act.ASK_ASSIST):
        leg = petition.legs.select_related("receiver").latest("number")
        leg.petition = petition
        leg.arrive(by=SYSTEM)  # 系统转送：到达日即收到日
    if act is Act.SERVE:
        _said(letters.receipt_of_service, noun, by=actor)
    _letters(petition, act, actor, details, note)
    telling.tell_of(petition, act, by=actor)
    return noun


def _letters(petition, act, actor, details, note):
    _said(letters.issue_owed, petition, act, by=actor, details=details, note=note)


def _said(make, *args, **kwargs):
    """A letter that cannot be made stops the act: its reason is the act's refusal."""
    try:
        return make(*args, **kwargs)
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
