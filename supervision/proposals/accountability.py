"""责任追究记录：照第四十二条至第四十六条的情形登记单位和岗位，移交有管理权限的机关，记下结果。看得见的只有指定岗位。"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import holds
from accounts.messages.notices import tell
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.ladder.addressees import holding
from supervision.models import Proposal, Responsibility, ResponsibilityRule
from supervision.proposals import proposal_draft, proposal_scope


def rules_in_force():
    """The cases of articles 42–46 that may be cited today."""
    return ResponsibilityRule.objects.in_force_on(today()).order_by("code")


def may_record(proposal: Proposal, user) -> bool:
    """Whether the user's post keeps responsibility records of the proposal: the head of the office that made it."""
    blames = proposal.kind == Proposal.Kind.BLAME and proposal.is_out
    return blames and holds(user, Act.HOLD_RESPONSIBLE) and user.organ.office_id == proposal.issuer_id


def may_conclude(record: Responsibility, user) -> bool:
    """Whether the user writes down the result: the organ it was handed to, or the office from that organ's letter."""
    ours = (record.proposal.issuer_id, record.proposal.to_id)
    return record.handed_on is not None and holds(user, Act.HOLD_RESPONSIBLE) and user.organ.office_id in ours


@transaction.atomic
def record(proposal: Proposal, by, *, organ, post: str, rule: ResponsibilityRule, facts: str, person: str = ""):
    """One organ and post held responsible under one case of the articles. The person's name is encrypted.

    PermissionDenied for all but the named post; Refused where the organ had no part in the petitions.
    """
    held = proposal_draft.locked(proposal, Proposal.State.ISSUED, Proposal.State.ANSWERED)
    if not may_record(held, by):
        raise PermissionDenied("责任追究由提出单位的负责人登记")
    if not post.strip() or not facts.strip():
        raise Refused("请写明责任岗位和事实")
    return Responsibility.objects.create(
        proposal=held,
        organ=organ.office,
        post=post.strip(),
        person=person.strip(),
        rule=rule,
        facts=facts.strip(),
        recorded_by=by,
        recorded_at=now(),
    )


@transaction.atomic
def hand_over(record: Responsibility, by, *, on: date) -> Responsibility:
    """移交: to the organ that the proposal went to, whose named posts are told. Refused a second time."""
    held = _held(record)
    if not may_record(held.proposal, by):
        raise PermissionDenied("责任追究由提出单位的负责人移交")
    if held.handed_on:
        raise Refused(f"已于 {held.handed_on:%m-%d} 移交{held.proposal.to.short_name}")
    if not held.proposal.issued_on <= on <= today():
        raise Refused(f"移交日应在建议发出日（{held.proposal.issued_on:%m-%d}）至今天之间")
    held.handed_on, held.handed_by = on, by
    held.save(update_fields=["handed_on", "handed_by"])
    tell(
        holding(held.proposal.to, Act.HOLD_RESPONSIBLE),
        text=f"收到责任追究移交：{held.proposal.number}",
        url=proposal_draft.address(held.proposal),
        dedupe_key=f"responsible:{held.pk}:handed",
    )
    return held


@transaction.atomic
def conclude(record: Responsibility, by, *, result: str, words: str, on: date) -> Responsibility:
    """结果: what the organ decided, with its words. Refused before the hand-over, or where it is written down."""
    held = _held(record)
    if held.handed_on is None:
        raise Refused("还没有移交，不能登记结果")
    if not may_conclude(held, by):
        raise PermissionDenied("结果由接受移交的机关或者提出单位的负责人登记")
    if held.result:
        raise Refused("结果已经登记，不能再改")
    if not held.handed_on <= on <= today():
        raise Refused(f"结果日应在移交日（{held.handed_on:%m-%d}）至今天之间")
    if result == Responsibility.Result.NONE and not words.strip():
        raise Refused("不予追究的，请写明理由")
    held.result, held.result_words, held.result_on, held.result_by = result, words.strip(), on, by
    held.save(update_fields=["result", "result_words", "result_on", "result_by"])
    return held


def of(proposal: Proposal, user):
    """The proposal's records that the user may see, each with what the user may do next."""
    found = proposal_scope.responsibilities_seen_by(user).filter(proposal=proposal)
    return found.select_related("organ", "rule", "proposal", "recorded_by").order_by("pk")


def _held(record: Responsibility) -> Responsibility:
    return (
        Responsibility.objects.select_for_update(of=("self",))
        .select_related("proposal__to", "proposal__issuer")
        .get(pk=record.pk)
    )
