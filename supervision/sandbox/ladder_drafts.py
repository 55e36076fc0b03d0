"""草拟、试算、启用、退回阶梯。启用的人不是拟稿的人；退回恢复启用前的那一张。"""

from collections.abc import Callable
from datetime import datetime, time
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.authority import holds, require_holding
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import calendar_held, rule_set_on
from rulebook.clock import months_after
from rulebook.timekeeping import BEIJING, now, today
from supervision.ladder import ladder_pack
from supervision.ladder.climb import ladders_on
from supervision.ladder.rungs import Rung
from supervision.models import LadderDraft, LadderRow
from supervision.sandbox import deadline_spans
from supervision.sandbox.ladder_comparison import Comparison, Ladder
from supervision.sandbox.models import Draft

AnyDraft = TypeVar("AnyDraft", bound=Draft)
MONTHS = 12
SHOWN = 50  # 件：变化最大的列这么多


def may_draft(user) -> bool:
    """督查岗位和规则管理员都可以草拟、试算。"""
    return holds(user, Act.ORDER) or holds(user, Act.CONFIGURE)


def propose(*, name: str, text: str, reason: str, by) -> LadderDraft:
    """A new draft. Raises Refused with every complaint about the text, PermissionDenied."""
    if not may_draft(by):
        raise PermissionDenied("您的岗位不能草拟提醒阶梯；请联系督查人员或者系统管理员")
    if complaints := ladder_pack.understood(text).complaints:
        raise Refused("；".join(complaints))
    return LadderDraft.objects.create(name=name.strip(), text=text, reason=reason.strip(), made_by=by, made_at=now())


def replay(draft: LadderDraft, *, months: int = MONTHS) -> LadderDraft:
    """Walk the logs of the last months with the ladder in force and with the draft; the result is kept on the draft."""
    proposed: Ladder = []
    for facts in ladder_pack.understood(draft.text).rungs:
        row = LadderRow(**facts)
        proposed += [(term, row.rung()) for term in row.terms]
    draft.result = compare(in_force(), proposed, months=months).as_json(SHOWN)
    draft.replayed_at = now()
    draft.save(update_fields=["result", "replayed_at"])
    return draft


def replay_waiting() -> int:
    """Replay every draft of a ladder that was not replayed yet; returns how many."""
    return replay_each(LadderDraft, replay)


def replay_each(drafts: type[AnyDraft], replaying: Callable[[AnyDraft], object]) -> int:
    """Replay every draft of that kind that was not yet; returns how many. One at a time: another run takes another."""
    done = 0
    while True:
        with transaction.atomic():
            waiting = drafts.objects.filter(state=Draft.State.DRAFT, replayed_at=None)
            draft = waiting.select_for_update(skip_locked=True).order_by("pk").first()
            if draft is None:
                return done
            replaying(draft)
        done += 1


def in_force() -> Ladder:
    """The ladder of today, as the replay takes it."""
    return [(term, rung) for term, rungs in ladders_on(today()).items() for rung in rungs]


def compare(live: list[tuple[str, Rung]], draft: list[tuple[str, Rung]], *, months: int = MONTHS) -> Comparison:
    """Both ladders over every petition that was open on a day of the last months."""
    first, found = months_after(today(), -months), Comparison()
    begun = datetime.combine(first, time.min, BEIJING)
    touched = Petition.objects.filter(events__recorded_at__gte=begun) | Petition.objects.open()
    with calendar_held() as calendar:
        found.add(deadline_spans.lives(touched.distinct()), live, draft, calendar, first, now())
    return found


@transaction.atomic
def enable(draft: LadderDraft, *, by) -> LadderDraft:
    """Put the draft in force from today. Raises Refused where it was not replayed, is no draft any more, or `by` made
    it; PermissionDenied without 系统配置."""
    require_holding(by, Act.CONFIGURE)
    draft = to_enable(draft, by)
    found = ladder_pack.understood(draft.text)
    if found.complaints:
        raise Refused("；".join(found.complaints))
    draft.before = ladder_pack.rungs_in_force()
    ladder_pack.put_in_force(found.rungs, rule_set=rule_set_on(today()), starts=today())
    return enabled(draft, by)


@transaction.atomic
def undo(draft: LadderDraft, *, by) -> LadderDraft:
    """Put back the ladder that stood before. Raises Refused where another ladder came into force since."""
    require_holding(by, Act.CONFIGURE)
    draft = locked(draft, draft.State.ENABLED)
    if not ladder_pack.is_in_force(ladder_pack.understood(draft.text).rungs):
        raise Refused("这张阶梯以后又换过，不能一键退回；请另拟一张")
    ladder_pack.put_in_force(draft.before, rule_set=rule_set_on(today()), starts=today())
    return undone(draft, by)


@transaction.atomic
def drop(draft: AnyDraft, *, by) -> AnyDraft:
    """Set a draft aside. Raises Refused where it is no draft any more, PermissionDenied."""
    if not may_draft(by):
        raise PermissionDenied("您的岗位不能作废草案；请联系督查人员或者系统管理员")
    draft = locked(draft, draft.State.DRAFT)
    draft.state, draft.decided_by, draft.decided_at = draft.State.DROPPED, by, now()
    draft.save()
    return draft


def to_enable(draft: AnyDraft, by) -> AnyDraft:
    """The draft, locked, if `by` may enable it. Raises Refused where it is no draft any more, was not replayed, or `by`
    made it."""
    draft = locked(draft, draft.State.DRAFT)
    if draft.made_by_id == by.pk:
        raise Refused("启用的人不能是拟稿的人，请由另一名规则管理员启用")
    if draft.replayed_at is None:
        raise Refused("还没有试算，请先照近一年的日志试算，看过结果再启用")
    return draft


def enabled(draft: AnyDraft, by) -> AnyDraft:
    """Who put it in force, and when."""
    draft.state, draft.decided_by, draft.decided_at = draft.State.ENABLED, by, now()
    draft.save()
    return draft


def undone(draft: AnyDraft, by) -> AnyDraft:
    """Who put back what stood before, and when."""
    draft.state, draft.undone_by, draft.undone_at = draft.State.UNDONE, by, now()
    draft.save()
    return draft


def locked(draft: AnyDraft, wanted: str) -> AnyDraft:
    """The draft as it stands now, or the sentence that somebody was quicker."""
    draft = type(draft).objects.select_for_update().get(pk=draft.pk)
    if draft.state != wanted:
        who, at = draft.undone_by or draft.decided_by, draft.undone_at or draft.decided_at
        said = f"（{who.name}，{at.astimezone(BEIJING):%m-%d %H:%M}）" if who and at else ""
        raise Refused(f"这份草案{draft.get_state_display()}{said}，请刷新后查看")
    return draft
