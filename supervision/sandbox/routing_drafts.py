"""草拟、试算、启用、退回一条分流规则：新设、改、停用。启用的人不是拟稿的人；退回恢复启用前的那一条。"""

from datetime import datetime, time
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import require_holding
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.models import Petition
from routing.destination import routing_pack
from routing.destination.rule_books import rule_of
from routing.destination.rule_trial import Routed, replay
from routing.models import RoutingRule
from rulebook.acts import Act
from rulebook.books import rule_set_on
from rulebook.clock import months_after
from rulebook.timekeeping import BEIJING, now, today
from supervision.models import ReplayedCase, RoutingDraft
from supervision.sandbox.ladder_drafts import MONTHS, enabled, locked, may_draft, replay_each, to_enable, undone

BATCH = 1000  # 行一次写入


@transaction.atomic
def propose(*, code: str, rule: dict[str, Any] | None, reason: str, by) -> RoutingDraft:
    """A new draft: the rule of that code is to say this, or (None) to end. Raises Refused where nothing would change,
    PermissionDenied. The columns are checked by the form as the pack checks a row."""
    if not may_draft(by):
        raise PermissionDenied("您的岗位不能草拟分流规则；请联系督查人员或者系统管理员")
    live = routing_pack.facts_of(code)
    if rule == live:
        said = f"没有代码为“{code}”的现行规则，不用停用" if live is None else "与现行的规则相同，没有改动"
        raise Refused(said)
    how = "停用" if rule is None else "新设" if live is None else "改"
    made = {"name": f"{how} {code}", "code": code, "rule": rule, "reason": reason.strip()}
    return RoutingDraft.objects.create(made_by=by, made_at=now(), **made)


def own_cases(months: int = MONTHS):
    """The petitions registered in the last months that rules speak of: not 检举控告, which goes by law alone."""
    begun = datetime.combine(months_after(today(), -months), time.min, BEIJING)
    return Petition.objects.filter(registered_at__gte=begun, secrecy=0).exclude(kind=Kind.REPORT)


@transaction.atomic
def replay_one(draft: RoutingDraft, *, months: int = MONTHS) -> RoutingDraft:
    """Judge every own case of the last months by the rules in force and with the draft; kept case by case."""
    ReplayedCase.objects.filter(of=draft).delete()
    draft.before, draft.replayed_at = routing_pack.facts_of(draft.code), now()
    new = rule_of(RoutingRule(code=draft.code, **draft.rule)) if draft.rule else None
    found = replay(own_cases(months), {draft.code: new})
    while some := [_case(draft, one) for one in islice(found, BATCH)]:
        ReplayedCase.objects.bulk_create(some)
    draft.save(update_fields=["before", "replayed_at"])
    return draft


def _case(draft: RoutingDraft, one: Routed) -> ReplayedCase:
    return ReplayedCase(
        of=draft,
        petition_id=one.petition,
        then_organ_id=one.then,
        live_organ_id=one.live,
        draft_organ_id=one.draft,
        chosen_organ_id=one.chosen,
    )


def replay_waiting() -> int:
    """Replay every draft of a routing rule that was not replayed yet; returns how many."""
    return replay_each(RoutingDraft, replay_one)


@transaction.atomic
def enable(draft: RoutingDraft, *, by) -> RoutingDraft:
    """Put the draft in force from today. Raises Refused where it was not replayed, is no draft any more, `by` made it,
    or the rule was changed since the replay; PermissionDenied without 系统配置."""
    require_holding(by, Act.CONFIGURE)
    draft = to_enable(draft, by)
    if routing_pack.facts_of(draft.code) != draft.before:
        raise Refused("试算以后这条规则又换过，试算的结果已经不准；请作废这份，另拟一份再试算")
    routing_pack.put_in_force(draft.code, draft.rule, rule_set=rule_set_on(today()))
    return enabled(draft, by)


@transaction.atomic
def undo(draft: RoutingDraft, *, by) -> RoutingDraft:
    """Put back the rule that stood before. Raises Refused where it was changed since, PermissionDenied."""
    require_holding(by, Act.CONFIGURE)
    draft = locked(draft, draft.State.ENABLED)
    if routing_pack.facts_of(draft.code) != draft.rule:
        raise Refused("这条规则以后又换过，不能一键退回；请另拟一份")
    routing_pack.put_in_force(draft.code, draft.before, rule_set=rule_set_on(today()))
    return undone(draft, by)
