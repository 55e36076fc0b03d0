"""起草、批准、退回：起草的人不能批准自己的；批准即编文号发出，记进所附每一件的日志（追究责任的不记）。"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import holds, may_for
from accounts.messages.notices import tell
from documents.letters import issuance as documents
from documents.letters.impediments import LetterRefused
from petitions.act.decorator import Actor, Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import rule_set_on, terms_of
from rulebook.timekeeping import now, today
from supervision.ladder import step_decision
from supervision.ladder.addressees import holding
from supervision.ladder.rungs import Opens
from supervision.models import Proposal
from supervision.proposals import proposal_scope

MOST = 60  # 一份建议最多附多少件
LETTER_OF = {Proposal.Kind.IMPROVE: "F24", Proposal.Kind.POLICY: "F25", Proposal.Kind.BLAME: "F26"}


def days_to_answer() -> int:
    """How many 自然日 the answer has by the rules in force (D13): 条例没有写天数，是内部管理要求."""
    return next(term.length for term in terms_of(rule_set_on(today())) if term.code == "D13")


@transaction.atomic
def draft(by, *, kind: str, petitions: Sequence[Petition], order=None, **told) -> Proposal:
    """A proposal drafted and laid before whoever may issue it. `told`: to, subject, problem, suggestions, due_on and
    what the kind wants.

    PermissionDenied without the post; Refused with a sentence.
    """
    if not holds(by, Act.ORDER):
        raise PermissionDenied("三项建议由信访部门督查岗位起草")
    keys = {petition.pk for petition in petitions}
    if not keys:
        raise Refused("请写明所附的信访事项：建议要有来由")
    if len(keys) > MOST:
        raise Refused(f"一份建议最多附 {MOST} 件，请挑有代表性的")
    if proposal_scope.attachable(by).filter(pk__in=keys).count() != len(keys):
        raise Refused("所附的件里有您不能督办的，或者检举控告、保密件，不能附在建议里（第三十条）")
    proposal = Proposal(
        kind=kind, issuer=by.organ.office, order=order, drafted_by=by, drafted_at=now(), **_stripped(told)
    )
    _require_sound(proposal)
    proposal.save()
    proposal.petitions.set(keys)
    for petition in petitions:
        step_decision.taken(petition, [Opens.PROPOSAL], by=by)
    _lay_before(proposal)
    return proposal


@transaction.atomic
def revise(proposal: Proposal, by, **told) -> Proposal:
    """A returned proposal written anew by whoever drafted it, and laid before the head again."""
    held = locked(proposal, Proposal.State.RETURNED)
    if held.drafted_by_id != by.pk:
        raise PermissionDenied(f"由起草人（{held.drafted_by.name}）修改")
    for name, value in _stripped(told).items():
        setattr(held, name, value)
    _require_sound(held)
    fit = proposal_scope.attachable(by).filter(pk__in=held.petitions.values("pk"))
    if not fit:
        raise Refused("所附的件都已不能附在建议里，请另行起草")
    held.petitions.set(fit)  # 退回期间转为保密的，就此拿掉
    held.state, held.drafted_at = Proposal.State.SUBMITTED, now()
    held.save()
    _lay_before(held)
    return held


@transaction.atomic
def issue(proposal: Proposal, by) -> Proposal:
    """批准并发出: the numbered letter, a line on each attached petition, word to the addressee.

    PermissionDenied unless the user's post issues for the office; Refused for one's own draft, or where the letter's
    own checks say no. Nothing is written then.
    """
    held = locked(proposal, Proposal.State.SUBMITTED)
    _require_head(held, by)
    if held.due_on <= today():
        raise Refused("反馈日期已经到了，请退回起草人另定日期")
    if proposal_scope.confidential(held.petitions).exists():
        raise Refused("所附的件里有的后来转为保密或者检举控告，不能发出；请退回起草人，修改时会拿掉这些件（第三十条）")
    held.letter = _letter(held, by)
    held.number, held.issued_on = held.letter.number or "", today()
    held.state, held.decided_by, held.decided_at = Proposal.State.ISSUED, by, now()
    held.save()
    write_on_petitions(held, Act.PROPOSE, by, {"due_on": held.due_on.isoformat()})
    tell(
        addressees(held),
        text=f"收到{held.get_kind_display()} {held.number}，请于 {held.due_on:%m-%d} 前书面反馈采纳情况",
        url=address(held),
        dedupe_key=f"proposal:{held.pk}:issued",
    )
    return held


@transaction.atomic
def send_back(proposal: Proposal, by, *, reason: str) -> Proposal:
    """退回修改, with the reason. Raises as `issue` does."""
    held = locked(proposal, Proposal.State.SUBMITTED)
    _require_head(held, by)
    if not reason.strip():
        raise Refused("请写明退回理由")
    held.state, held.return_reason = Proposal.State.RETURNED, reason.strip()
    held.save()
    tell(
        [held.drafted_by],
        text=f"{held.get_kind_display()}被退回修改",
        url=address(held),
        dedupe_key=f"proposal:{held.pk}:returned:{held.drafted_at:%Y%m%d%H%M%S}",
    )
    return held


def may_issue(proposal: Proposal, user) -> bool:
    """Whether the user's post issues proposals of the office, and the draft is not the user's own."""
    return may_for(user, Act.PROPOSE, proposal.issuer) and user.organ.office_id == proposal.issuer_id


def addressees(proposal: Proposal) -> list:
    """Who reads it at the addressee's: of 追究责任 only the named posts."""
    act = Act.HOLD_RESPONSIBLE if proposal.kind == Proposal.Kind.BLAME else Act.ANSWER_PROPOSAL
    return holding(proposal.to, act)


def address(proposal: Proposal) -> str:
    return f"/proposals/{proposal.pk}/"


def write_on_petitions(proposal: Proposal, act: Act, by, details: dict[str, Any]) -> None:
    """One line on each attached petition; of 追究责任 none: its readers are those it is about."""
    if proposal.kind == Proposal.Kind.BLAME:
        return
    facts = {"kind": proposal.kind, "to": proposal.to_id, **details}
    for petition in proposal.petitions.select_for_update(of=("self",)).order_by("pk"):
        petition.log(act, by=Actor.of(by), scope={"proposal": proposal.pk}, details=facts)
        petition.save(update_fields=["seq", "last_hash"])


def locked(proposal: Proposal, *states: str) -> Proposal:
    """The proposal locked, in one of the states. Refused where somebody has taken it further meanwhile."""
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("issuer", "to__office", "drafted_by", "letter")
        .get(pk=proposal.pk)
    )
    if found.state not in states:
        raise Refused(f"这份建议现在是“{found.get_state_display()}”，刚被他人办理，请刷新后查看")
    return found


def _stripped(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}


def _require_sound(proposal: Proposal) -> None:
    if proposal.to_id == proposal.issuer_id:
        raise Refused("不能向本单位提出建议，请选择收文单位")
    if not proposal.problem or not proposal.suggestions:
        raise Refused("请写明问题和建议（第四十条）")
    if proposal.due_on <= today():
        raise Refused("反馈日期应晚于今天")
    if proposal.kind == Proposal.Kind.BLAME and not (
        proposal.responsible and proposal.circumstances and proposal.consequences and proposal.basis
    ):
        raise Refused("追究责任建议须写明责任单位和岗位、情节、后果和依据（第四十条第三款）")


def _lay_before(proposal: Proposal) -> None:
    heads = [person for person in holding(proposal.issuer, Act.PROPOSE) if person.pk != proposal.drafted_by_id]
    if not heads:
        raise Refused("本单位没有能批准的人：起草的人不能批准自己的，请联系系统管理员补任信访部门负责人")
    tell(
        heads,
        text=f"{proposal.get_kind_display()}待批准",
        url=address(proposal),
        dedupe_key=f"proposal:{proposal.pk}:{proposal.drafted_at:%Y%m%d%H%M%S}",
    )


def _require_head(proposal: Proposal, by) -> None:
    if not may_issue(proposal, by):
        raise PermissionDenied("三项建议由提出单位的负责人批准")
    if by.pk == proposal.drafted_by_id:
        raise Refused("起草的人不能批准自己起草的建议，请由其他负责人批准")


def _letter(proposal: Proposal, by):
    numbers = list(proposal.petitions.order_by("number").values_list("number", flat=True))
    told = {
        "to_organ": proposal.to.name,
        "subject": proposal.subject,
        "suggestions": [line.strip() for line in proposal.suggestions.splitlines() if line.strip()],
        "due_on": proposal.due_on,
        "contact": proposal.drafted_by.name,
        "contact_phone": proposal.drafted_by.phone or proposal.issuer.phone,
    }
    match proposal.kind:
        case Proposal.Kind.IMPROVE:
            told |= {"trigger": proposal.get_ground_display(), "problem": proposal.problem}
        case Proposal.Kind.POLICY:
            told |= {"problem": proposal.problem, "case_count": len(numbers)}
        case Proposal.Kind.BLAME:
            told |= {
                "responsible": proposal.responsible,
                "facts": proposal.problem,
                "circumstances": proposal.circumstances,
                "consequences": proposal.consequences,
                "basis": [line.strip() for line in proposal.basis.splitlines() if line.strip()],
            }
    about = numbers[0] if len(numbers) == 1 else f"{numbers[0]}等{len(numbers)}件"
    try:
        return documents.issue_at_once(
            LETTER_OF[Proposal.Kind(proposal.kind)],
            organ=proposal.issuer,
            fields=told,
            about=about[:40],
            addressee=proposal.to.name,
            by=by,
        )
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
