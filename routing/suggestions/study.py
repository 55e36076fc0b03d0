"""研究：接下、逐级上报或者下转、作出结果、回复建议人（第二十九条）。"""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import Organ
from petitions.act.decorator import Refused
from routing.models import Step, Suggestion
from routing.suggestions import levels, receipt, suggestion_log
from rulebook.timekeeping import today

State = Suggestion.State
IN_STUDY = (State.RECEIVED, State.STUDYING)
MOST_DAYS = 365
MOVES = {1: Step.PASSED_UP, 0: Step.HANDED, -1: Step.PASSED_DOWN}


@transaction.atomic
def take_up(suggestion: Suggestion, by, *, due_on: date, seen: int | None = None) -> Suggestion:
    """开始研究，定下哪天前研究出结果。PermissionDenied; Refused with a sentence."""
    held = suggestion_log.locked(suggestion, State.RECEIVED, seen=seen)
    suggestion_log.require(held, by)
    _require_day(due_on)
    held.state, held.due_on = State.STUDYING, due_on
    suggestion_log.add(held, Step.TAKEN_UP, by, due_on=due_on)
    return held


@transaction.atomic
def pass_on(suggestion: Suggestion, by, *, to: Organ, reason: str, due_on: date, seen: int | None = None) -> Suggestion:
    """报上一级、转下一级或者同级的另一个单位研究，写明理由和研究期限；不越级。

    PermissionDenied for who does not have it in hand; Refused with a sentence.
    """
    held = suggestion_log.locked(suggestion, *IN_STUDY, seen=seen)
    suggestion_log.require(held, by)
    reason = suggestion_log.said(reason, "请写明为什么转给它研究")
    _require_day(due_on)
    if not levels.within_reach(held.organ).filter(pk=to.pk).exists():
        raise Refused(f"不能越级转给{to.short_name}：一次上一级、下一级，或者转给同级单位")
    here, step = held.organ, MOVES[levels.step_between(held.organ, to)]
    held.organ, held.state, held.due_on = to, State.RECEIVED, due_on
    suggestion_log.add(held, step, by, organ=here, to=to, due_on=due_on, words=reason)
    receipt.announce(held, to)
    return held


@transaction.atomic
def decide(
    suggestion: Suggestion, by, *, result: str, reason: str, arrangement: str = "", seen: int | None = None
) -> Suggestion:
    """研究结果：采纳、部分采纳、留作参考、不采纳，都写理由；采纳的写落实安排。PermissionDenied; Refused."""
    held = suggestion_log.locked(suggestion, State.STUDYING, seen=seen)
    suggestion_log.require(held, by)
    if result not in Suggestion.Result.values:
        raise Refused("请选择研究结果")
    reason = suggestion_log.said(reason, "请写明理由")
    held.result, held.reason, held.arrangement = result, reason, arrangement.strip()
    if held.is_adopted and not held.arrangement:
        raise Refused("采纳、部分采纳的，请写明落实安排")
    held.state, held.decided_on = State.DECIDED, today()
    suggestion_log.add(held, Step.DECIDED, by, words=f"{held.get_result_display()}：{reason}")
    return held


@transaction.atomic
def reply(suggestion: Suggestion, by, *, words: str, seen: int | None = None) -> Suggestion:
    """回复建议人：凭查询码看得到；并入的各条看到同一份回复。PermissionDenied; Refused with a sentence."""
    held = suggestion_log.locked(suggestion, State.DECIDED, seen=seen)
    suggestion_log.require(held, by)
    held.reply = suggestion_log.said(words, "请写下给建议人的回复")
    held.state, held.replied_on = State.REPLIED, today()
    suggestion_log.add(held, Step.REPLIED, by)
    return held


def default_day() -> date:
    """The day by which a study is due unless another is stated: an internal requirement."""
    return today() + timedelta(days=receipt.STUDY_DAYS)


def _require_day(due_on: date) -> None:
    if due_on <= today():
        raise Refused("研究期限应晚于今天")
    if due_on > today() + timedelta(days=MOST_DAYS):
        raise Refused(f"研究期限应在 {MOST_DAYS} 日以内")
