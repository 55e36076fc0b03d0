"""What the acts of handing over, taking up and concluding have in common. Called by Petition's acts only."""

from datetime import datetime, time

from petitions.handling.opinion.models import Opinion
from rulebook.timekeeping import BEIJING, now


def about(leg) -> dict:
    """The log facts of an act that concerns one leg."""
    return {"scope": {"leg": leg.pk}, "details": leg.log_facts()}


def back_to_sender(leg) -> dict:
    """The same where the next move is the sender's: it examines the objection, or sends the petition on again."""
    facts = about(leg)
    return facts | {"details": facts["details"] | {"owed_by_organ": leg.sender_id}}


def hand_over(petition, by, to, kind, **fields):
    """Send the petition on: a new leg, the receiver in charge, the sender remembered."""
    was, sender = petition.current_leg, petition.organ
    if was:
        was.finish("passed_on")
    leg = petition.add_leg(kind, by, to, **fields)
    petition.transferred_at = now()
    petition.end_involvement("handles", sender)
    petition.involve("forwards", sender)
    petition.involve("handles", to)
    petition.organ, petition.handler, petition.section = to, None, None
    return about(leg)


def give_back(petition, leg):
    """An upheld objection: the sender has it again; the receiver is remembered as having held it."""
    petition.end_involvement("handles", leg.receiver)
    petition.involve("handled", leg.receiver)
    petition.involve("handles", leg.sender)
    petition.organ, petition.handler, petition.section = leg.sender, None, None


def take_up(petition, moment, on=None):
    """受理: the first handler is remembered for ever; deemed acceptance is of the day `on`, whenever it is found."""
    petition.accepted_at = datetime.combine(on, time(12), BEIJING) if on else moment
    petition.first_handler = petition.first_handler or petition.organ
    facts = conclude(petition, "accepted")
    return facts | {"happened_on": on} if on else facts


def conclude(petition, how, **facts):
    """The current hand-over has served its purpose; the line says on which path the petition goes on."""
    leg = petition.current_leg
    details = {"path": petition.path, "owed_by_organ": petition.organ_id, **facts}
    if leg is None:
        return {"details": details}
    leg.finish(how)
    return {"scope": {"leg": leg.pk}, "details": details}


def checked(petition, by, words, *, passed):
    """The checker's verdict on the draft, kept on the draft."""
    Opinion.objects.filter(pk=petition.latest_opinion.pk).update(passed=passed, check_note=words, checked_by=by.user)
    kind, organ = petition.checker()
    if not passed:
        petition.end_involvement(kind, organ)
