"""锁住一条建议、添上一步：两个人同时办的，先到的办成，后到的看到是谁刚办了什么。"""

from django.core.exceptions import PermissionDenied

from accounts.authority import may_for
from accounts.models import Organ
from petitions.act.decorator import Refused
from routing.models import Step, Suggestion, SuggestionStep
from rulebook.acts import Act
from rulebook.timekeeping import now

# 办理中会变的；收到时写下的（原话、姓名、查询码、二字组）再不改写
MOVING = (
    *("state", "organ", "due_on", "merged_into", "result", "reason", "arrangement", "decided_on", "reply"),
    *("replied_on", "thanks", "public_title", "public_words", "published_on", "seq"),
)


def locked(suggestion: Suggestion, *states: str, seen: int | None = None) -> Suggestion:
    """The suggestion locked, in one of the states (any where none is named). `seen` is how many steps the page showed.

    Refused where somebody took a step since, or where it has gone on to another state.
    """
    held = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("organ__office", "campaign__organ", "merged_into")
        .get(pk=suggestion.pk)
    )
    if seen is not None and held.seq != seen:
        last = held.steps.select_related("by").latest("seq")
        who = last.by.name if last.by else "建议人"
        raise Refused(f"{who}刚“{last.get_step_display()}”，您填写的内容还在，请核对后再提交")
    if states and held.state not in states:
        raise Refused(f"这条建议现在是“{held.get_state_display()}”，不能这样办；请刷新后查看")
    return held


def require(suggestion: Suggestion, by) -> None:
    """PermissionDenied unless the user's post studies suggestions for the organ that has this one in hand."""
    if not may_for(by, Act.STUDY_SUGGESTION, suggestion.organ):
        raise PermissionDenied(f"这条建议现在由{suggestion.organ.short_name}研究，您的岗位不能办理")


def add(
    suggestion: Suggestion,
    step: Step,
    by,
    *,
    organ: Organ | None = None,
    to: Organ | None = None,
    other: Suggestion | None = None,
    due_on=None,
    words: str = "",
) -> SuggestionStep:
    """One more step, and the suggestion saved with it; the caller holds the lock. `by` None is the person who suggests.

    `organ` is where it was done: the organ that had it in hand before the step.
    """
    suggestion.seq += 1
    suggestion.save(update_fields=MOVING)
    return SuggestionStep.objects.create(
        suggestion=suggestion,
        seq=suggestion.seq,
        step=step,
        at=now(),
        by=by,
        organ=organ or suggestion.organ,
        to=to,
        other=other,
        due_on=due_on,
        words=words,
    )


def said(words: str, missing: str) -> str:
    """The words without blanks around them; Refused with `missing` where nothing is left."""
    told = words.strip()
    if not told:
        raise Refused(missing)
    return told
