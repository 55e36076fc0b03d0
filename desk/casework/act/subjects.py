"""行为落在谁身上：信访件本身、一次流转，或者一份待送达的文书。"""

from accounts.authority import standing
from petitions.closing.execution import rules as executing
from petitions.models import Execution, Hearing, Leg, Mediation, PartyRequest, Proceeding, Service
from petitions.parties.request import rules as requesting
from rulebook.acts import Act

LEG_ACTS = (Act.SIGN_FOR, Act.ANSWER_ASSIST)
REQUESTS = {Act.REQUEST_REVIEW: "F12", Act.REQUEST_RECHECK: "F18"}
PROCEEDING_ACTS = (
    Act.ADMIT_REVIEW,
    Act.REFUSE_REVIEW,
    Act.WITHDRAW_REVIEW,
    Act.CALL_HEARING,
    Act.PROPOSE_REVIEW,
    Act.DECIDE_REVIEW,
)
SERVICE_ACTS = (Act.SERVE, Act.ATTEMPT_SERVICE, Act.POST, Act.PUBLISH_NOTICE)
HEARING_ACTS = (Act.CONCLUDE_HEARING, Act.CANCEL_HEARING)
MEDIATION_ACTS = (Act.AGREE, Act.GIVE_UP)
REPORT_ACTS = (Act.REPORT_BACK, Act.REPORT_PROGRESS)
REQUEST_ACTS = (Act.ANSWER_REQUEST,)
EXECUTION_ACTS = (Act.PERFORM, Act.REPLAN, Act.REFUSE_EXECUTION)


def of(act: Act, petition, user, key: int | None = None):
    """The noun the act moves, among the petition's own children, or None where there is none.

    `key` names a service or a task of execution; without it the first one waiting. Every noun found points back at
    this very instance.
    """
    if act in SERVICE_ACTS:
        return _service(petition, act, key)
    if act is Act.ALLOW_NOTICE:
        own = [one for one in petition.services.all() if one.letter.organ_id == user.office.pk]
        return petition if any(_could_be_published(service) for service in own) else None
    if act in REQUESTS:
        return _served(petition, REQUESTS[act], key)
    if act in PROCEEDING_ACTS:
        return _proceeding(petition)
    if act in HEARING_ACTS:
        return _own_hearing(petition, user)
    if act in MEDIATION_ACTS:
        return _of(petition, petition.open_mediation())
    if act is Act.CONFIRM:
        return _confirmable(petition)
    if act in EXECUTION_ACTS:
        return _execution(petition, user, key)
    if act in REQUEST_ACTS:
        return _request(petition, user, key)
    if act in REPORT_ACTS:
        return petition if any(leg.kind == Leg.Kind.ASSIGN for leg in petition.legs.all()) else None
    if act is Act.SIGN_FOR:
        return petition.current_leg
    if act is Act.ANSWER_ASSIST:
        return _own_assist(petition, user)
    return petition


def type_of(act: Act):
    """The model whose method the act is, or None for the petition's own acts."""
    if act in SERVICE_ACTS or act in REQUESTS:
        return Service
    if act in LEG_ACTS:
        return Leg
    if act in PROCEEDING_ACTS:
        return Proceeding
    if act in MEDIATION_ACTS or act is Act.CONFIRM:
        return Mediation
    if act in EXECUTION_ACTS:
        return Execution
    if act in REQUEST_ACTS:
        return PartyRequest
    return Hearing if act in HEARING_ACTS else None


def _could_be_published(service) -> bool:
    """Something else was tried and did not reach them; nobody has asked for a notice yet."""
    return service.is_waiting and service.notice_allowed_at is None and bool(service.attempts.all())


def _service(petition, act, key):
    waiting = [service for service in petition.services.all() if service.is_waiting]
    if act is not Act.SERVE:
        waiting = [service for service in waiting if service.state == "waiting"]
    if act is Act.PUBLISH_NOTICE:
        waiting = [service for service in waiting if service.notice_allowed_at]
    if act is Act.POST:
        waiting.sort(key=lambda service: service.posted_on is not None)
    waiting.sort(key=lambda service: not service.required)  # 意见书在先：复查权自它送达起算
    found = next((service for service in waiting if key in (None, service.pk)), None)
    if found is not None:
        found.petition = petition
    return found


def _served(petition, kind, key):
    """The served opinion a request may be made against: the one named, else the first not yet contested."""
    asked = {one.service_id for one in petition.proceedings.all() if one.state not in ("refused", "withdrawn")}
    served = [
        one
        for one in petition.services.all()
        if one.served_on and one.letter.kind == kind and one.pk not in asked and key in (None, one.pk)
    ]
    return _of(petition, next(iter(served), None))


def _proceeding(petition):
    """The review or recheck now before an organ, or None."""
    return _of(petition, next((one for one in petition.proceedings.all() if one.is_open), None))


def _execution(petition, user, key):
    """The task still owed: the one named, else the one of the user's own office or, for all others, the soonest."""
    offices = {seat.organ.office_id for seat in standing(user).seats}
    owed = [one for one in executing.undone(petition) if key in (None, one.pk)]
    owed.sort(key=lambda one: (one.organ.office_id not in offices, one.due_on, one.pk))
    return _of(petition, next(iter(owed), None))


def _request(petition, user, key):
    """What the petitioner still waits for: the one named, else the first that is not about the user."""
    found = [one for one in requesting.waiting(petition) if key in (None, one.pk)]
    found.sort(key=lambda one: (one.about_id == user.pk, one.pk))
    return _of(petition, next(iter(found), None))


def _of(petition, noun):
    if noun is not None:
        noun.petition = petition
    return noun


def _own_hearing(petition, user):
    """The open hearing that the user's own office holds: the organ under review does not end the reviewer's."""
    offices = {seat.organ.office_id for seat in standing(user).seats}
    open_ones = [hearing for hearing in petition.hearings.all() if hearing.is_open_still]
    return _of(petition, next((one for one in open_ones if one.organ.office_id in offices), None))


def _confirmable(petition):
    """The agreement a court may still be asked to confirm: of 人民调解, and not yet asked."""
    agreed = [one for one in petition.mediations.all() if one.by_committee and one.agreed_on]
    return _of(petition, next((one for one in agreed if one.confirmation_on is None), None))


def _own_assist(petition, user):
    """The open request for assistance that reached the user's own office (or a section of it they work in)."""
    offices = {seat.organ.office_id for seat in standing(user).seats}
    asked = [leg for leg in petition.legs.all() if leg.kind == Leg.Kind.ASSIST and leg.ended_at is None]
    leg = next((leg for leg in asked if leg.receiver.office_id in offices), None)
    if leg is not None:
        leg.petition = petition
    return leg
