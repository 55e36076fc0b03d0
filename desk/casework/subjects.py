"""行为落在谁身上：信访件本身、一次流转，或者一份待送达的文书。"""

from accounts.authority import standing
from petitions.models import Leg, Service
from rulebook.acts import Act

LEG_ACTS = (Act.SIGN_FOR, Act.ANSWER_ASSIST)


def of(act: Act, petition, user, key: int | None = None):
    """The noun the act moves, among the petition's own children, or None where there is none.

    `key` names a service; without it the first one waiting. Every noun found points back at this very instance.
    """
    if act is Act.SERVE:
        return _service(petition, key)
    if act is Act.SIGN_FOR:
        return petition.current_leg
    if act is Act.ANSWER_ASSIST:
        return _own_assist(petition, user)
    return petition


def type_of(act: Act):
    """The model whose method the act is, or None for the petition's own acts."""
    return {Act.SERVE: Service, Act.SIGN_FOR: Leg, Act.ANSWER_ASSIST: Leg}.get(act)


def _service(petition, key):
    waiting = [service for service in petition.services.all() if service.served_on is None]
    waiting.sort(key=lambda service: not service.required)  # 意见书在先：复查权自它送达起算
    found = next((service for service in waiting if key in (None, service.pk)), None)
    if found is not None:
        found.petition = petition
    return found


def _own_assist(petition, user):
    """The open request for assistance that reached the user's own office (or a section of it they work in)."""
    offices = {seat.organ.office_id for seat in standing(user).seats}
    asked = [leg for leg in petition.legs.all() if leg.kind == Leg.Kind.ASSIST and leg.ended_at is None]
    leg = next((leg for leg in asked if leg.receiver.office_id in offices), None)
    if leg is not None:
        leg.petition = petition
    return leg
