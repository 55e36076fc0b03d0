"""报请与审批：谁报请、等哪一级、批准后由系统在同一事务里办成（rules §8.1 审批矩阵）。"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.authority import may, require, standing
from accounts.models import Organ
from petitions.act import notifications
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused, why_not
from petitions.act.states import ActorKind
from petitions.approval.models import Approval, ApprovalStep, PendingAct
from petitions.petition.models import Petition
from petitions.service.models import Service
from rulebook.acts import Act
from rulebook.timekeeping import now

# arguments that are rows; everything else is a plain value or an ISO date
ROWS = {"to": Organ, "earlier": Petition, "into": Petition, "suggested": Organ, "service": Service}
DATES = ("on", "due_on", "recheck_on", "final_on")


def steps_of(act: Act, organ) -> list[ApprovalStep]:
    """The steps the matrix wants for this act of an organ of this level; empty where none is wanted."""
    return list(ApprovalStep.objects.filter(act=act, organ_level=organ.level).order_by("step"))


def organ_of(petition, arguments) -> Organ:
    """Whose act it is: of a notice the organ that issued the letter, of any other act the one in charge."""
    service = arguments.get("service")
    if isinstance(service, int):
        service = Service.objects.select_related("letter__organ").get(pk=service)
    return service.letter.organ if service else petition.organ


def _steps_for(user, steps: list[ApprovalStep], organ) -> list[ApprovalStep]:
    """The steps that are left for a request of this user: a checking step that would be their own is behind them, the
    last one never (own_counts)."""
    roles = {seat.role_code for seat in standing(user).seats if seat.organ.office_id == organ.office_id}
    while len(steps) > 1 and steps[0].own_counts and roles & set(steps[0].roles):
        steps = steps[1:]
    return steps


@transaction.atomic
def ask(petition, act: Act, *, by, note: str = "", **details) -> PendingAct:
    """报请: the act is checked as it would be now, then waits for its first approval.

    Raises Refused (with the act's own reasons, or where one already waits) and PermissionDenied.
    """
    move = getattr(Petition, str(act))
    petition.lock()
    seat = require(by, act, petition)
    reasons = why_not(petition, move) or [
        said for check in move.refuses if (said := check(petition, by=Actor.of(by), **details))
    ]
    if reasons:
        raise Refused("；".join(reasons))
    organ = organ_of(petition, details)
    steps = _steps_for(by, steps_of(act, organ), organ)
    if not steps:
        raise Refused(f"审批矩阵没有“{act.label}”在{organ.get_level_display()}的批准人，请联系规则管理员")
    pending = PendingAct(
        petition=petition,
        act=act,
        arguments=_stored(details),
        note=note,
        asked_by=by,
        asked_at=now(),
    )
    _wait_for(pending, steps[0])
    try:
        with transaction.atomic():
            pending.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(f"“{act.label}”已经报请，正在等待{pending.step_label}") from clash
    _show_to_reviewer(pending, steps[0])
    _line(petition, Act.ASK, by, seat, pending, note)
    notifications.tell_approvers(pending)
    return pending


def request(noun, act: Act, *, by, note: str = "", **details):
    """The one door for a person's act: done at once, or 报请 where the matrix wants approval.

    Returns the noun, or the PendingAct that now waits.
    """
    if getattr(type(noun), str(act)).needs_approval:
        return ask(noun, act, by=by, note=note, **details)
    return carry_out(noun, act, by=by, note=note, **details)


@transaction.atomic
def approve(pending: PendingAct, *, by, note: str = "") -> PendingAct:
    """批准 the current step. After the last step the act itself is done here, in the same transaction.

    Raises Refused where the act can no longer be done (the approval is then not given), PermissionDenied where no
    seat of `by` may decide the step.
    """
    pending, petition = _locked(pending)
    _refuse_overtaken(pending, petition)
    seat = _decide(pending, by, note, approved=True)
    steps = steps_of(Act(pending.act), organ_of(petition, pending.arguments))
    later = [step for step in steps if step.step > pending.step]
    _line(petition, Act.APPROVE, by, seat, pending, note)
    if later:
        _wait_for(pending, later[0])
        pending.save()
        _show_to_reviewer(pending, later[0])
        notifications.tell_approvers(pending)
        return pending
    _end(pending, PendingAct.State.DONE)
    asker = Actor(ActorKind.USER, user=pending.asked_by, approved=True)
    fresh = Petition.objects.select_related("submission", "organ", "rule_set").get(pk=petition.pk)
    carry_out(fresh, Act(pending.act), by=asker, note=pending.note, **arguments_of(pending))
    return pending


@transaction.atomic
def reject(pending: PendingAct, *, by, note: str) -> PendingAct:
    """不批准，写明理由; the petition goes on as before."""
    if not note.strip():
        raise Refused("不批准须写明理由")
    pending, petition = _locked(pending)
    seat = _decide(pending, by, note, approved=False)
    _end(pending, PendingAct.State.REJECTED)
    _line(petition, Act.REJECT, by, seat, pending, note)
    return pending


@transaction.atomic
def withdraw(pending: PendingAct, *, by) -> PendingAct:
    """撤回: only whoever asked."""
    pending, petition = _locked(pending)
    if pending.asked_by_id != by.pk:
        raise PermissionDenied("只有报请人可以撤回")
    _end(pending, PendingAct.State.WITHDRAWN)
    _line(petition, Act.WITHDRAW, by, None, pending, "")
    return pending


def arguments_of(pending: PendingAct) -> dict:
    """The arguments as the act takes them."""
    found = {}
    for key, value in pending.arguments.items():
        if key in ROWS and value is not None:
            value = ROWS[key].objects.get(pk=value)
        elif key in DATES and value:
            value = date.fromisoformat(value)
        found[key] = value
    return found


def _stored(details: dict) -> dict:
    stored = {}
    for key, value in details.items():
        stored[key] = value.pk if key in ROWS and value is not None else value
        if hasattr(value, "isoformat"):
            stored[key] = value.isoformat()
    return stored


def _wait_for(pending, step) -> None:
    pending.step, pending.step_label, pending.step_roles = step.step, step.label, step.roles
    pending.step_organ = None if step.anywhere else organ_of(pending.petition, pending.arguments)


def _show_to_reviewer(pending, step) -> None:
    """A reviewer from outside the organ must be able to see what they decide."""
    if step.anywhere:
        pending.petition.involve("legal", organ_of(pending.petition, pending.arguments))


def _locked(pending):
    petition = (
        Petition.objects.select_for_update(of=("self",))
        .select_related("organ", "submission", "rule_set")
        .get(pk=pending.petition_id)
    )
    current = PendingAct.objects.select_for_update().get(pk=pending.pk)
    if current.state != PendingAct.State.WAITING or current.step != pending.step:
        raise Refused("这一报请刚被他人处理，请刷新后查看结果")
    current.petition = petition
    return current, petition


def _refuse_overtaken(pending, petition) -> None:
    """What was asked for one organ is not approved for another: the petition may have been handed over since."""
    organ = organ_of(petition, pending.arguments)
    elsewhere = pending.step_organ_id and pending.step_organ_id != organ.office_id
    if elsewhere or not may(pending.asked_by, Act(pending.act), petition):
        raise Refused(f"报请以后本件已有变化，现由{petition.organ.short_name}负责；请不批准或由报请人撤回，重新报请")


def _end(pending, state) -> None:
    pending.state, pending.ended_at, pending.step_label = state, now(), ""
    pending.save()
    if pending.petition.state != "submitted":
        pending.petition.end_involvement("legal", organ_of(pending.petition, pending.arguments))


def _decide(pending, by, note, *, approved):
    seat = seat_to_decide(pending, by)
    if seat is None:
        raise PermissionDenied(f"这一步由“{pending.step_label}”审批，您的岗位不能代为决定")
    if approved and pending.asked_by_id == by.pk:
        raise Refused("报请人不能批准自己的报请，请由其他有权批准的负责人审批")
    if approved and pending.approvals.filter(by=by).exists():
        raise Refused("您已审核过这一报请，不能再由您批准，请由其他有权批准的负责人审批")
    Approval.objects.create(
        pending=pending,
        step=pending.step,
        approved=approved,
        by=by,
        post_id=seat.post_id,
        on_behalf_of_id=seat.on_behalf_of_id,
        note=note,
        at=now(),
    )
    return seat


def seat_to_decide(pending, user):
    """The seat from which the user may decide the current step, or None."""
    for seat in standing(user).seats:
        if seat.role_code in pending.step_roles and _covers(seat.organ.office, pending):
            return seat
    return None


def _covers(office, pending) -> bool:
    """The step's own organ, or (法制审核等不限本单位的) an organ whose area covers the petition's."""
    if pending.step_organ_id:
        return office.pk == pending.step_organ_id
    organ = organ_of(pending.petition, pending.arguments)
    return bool(office.territory) and organ.territory.startswith(office.territory)


def _line(petition, which, by, seat, pending, note) -> None:
    petition.log(
        which,
        by=Actor.of(by),
        seat=seat,
        note=note,
        came_from=petition.state,
        scope={"pending": pending.pk},
        details={"what": str(pending.act), "step": pending.step, **petition.log_facts()},
    )
    petition.save(update_fields=["seq", "last_hash"])
