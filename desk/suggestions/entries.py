"""一条建议现在可办的几步：哪张表、哪个做法；办不成的，错误写在表上，填的都留着。"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.authority import may_for
from desk.suggestions import forms
from petitions.act.decorator import Refused
from routing.models import Suggestion
from routing.suggestions import follow_up, merge, study, suggestion_scope
from rulebook.acts import Act

State = Suggestion.State


@dataclass(frozen=True)
class Way:
    """One thing that can be done: its word, its form, what does it, and when it is open."""

    label: str
    form: type
    act: Any
    states: tuple[str, ...]
    adopted: bool = False
    knows_seen: bool = True


WAYS = {
    "take_up": Way("开始研究", forms.TakeUpForm, study.take_up, (State.RECEIVED,)),
    "decide": Way("作出研究结果", forms.DecideForm, study.decide, (State.STUDYING,)),
    "reply": Way("回复建议人", forms.ReplyForm, study.reply, (State.DECIDED,)),
    "became": Way("登记形成的政策、项目", forms.BecameForm, follow_up.became, follow_up.SETTLED, adopted=True),
    "progress": Way("登记进展", forms.ProgressForm, follow_up.progress, follow_up.SETTLED, adopted=True),
    "publish": Way("公布", forms.PublishForm, follow_up.publish, (State.REPLIED,), adopted=True),
    "thank": Way("发感谢信", forms.Bare, follow_up.thank, (State.REPLIED, State.MERGED), adopted=True),
    "withdraw": Way("撤下公布", forms.ReasonForm, follow_up.withdraw, (State.REPLIED,), adopted=True),
    "pass": Way("转给别的单位", forms.PassForm, study.pass_on, study.IN_STUDY),
    "merge": Way("合并", forms.MergeForm, merge.merge, merge.IN_STUDY),
    "part": Way("拆出合并", forms.ReasonForm, merge.part, (State.MERGED,)),
    "reveal": Way("查看姓名、电话", forms.Bare, follow_up.reveal, tuple(State.values), knows_seen=False),
}


def of(suggestion: Suggestion, user, posted=None) -> list[dict[str, Any]]:
    """The open entries, each with its form; the one that was posted is bound."""
    if not may_for(user, Act.STUDY_SUGGESTION, suggestion.organ):
        return []
    wanted = posted.get("do") if posted is not None else None
    return [
        {
            "do": do,
            "label": way.label,
            "form": way.form(posted if do == wanted else None, prefix=do, suggestion=suggestion, user=user),
        }
        for do, way in WAYS.items()
        if _is_open(do, way, suggestion)
    ]


def _is_open(do: str, way: Way, suggestion: Suggestion) -> bool:
    main = suggestion.merged_into or suggestion
    if suggestion.state not in way.states or (way.adopted and not main.is_adopted):
        return False
    match do:
        case "thank":
            named = suggestion.is_named or suggestion.petition_id
            return bool(named) and suggestion.thanks_id is None and main.state == State.REPLIED
        case "withdraw":
            return suggestion.published_on is not None
        case "reveal":
            return bool(suggestion.name or suggestion.phone)
    return True


def carry(entry: dict[str, Any], suggestion: Suggestion, request) -> bool:
    """Do what the valid form says. False where it was refused: the sentence stands on the form."""
    form, way = entry["form"], WAYS[entry["do"]]
    if not form.is_valid():
        return False
    details = dict(form.cleaned_data)
    if way.knows_seen:
        seen = request.POST.get("seq", "")
        details["seen"] = int(seen) if seen.isdecimal() else None
    try:
        if entry["do"] == "merge":
            details["into"] = _other(details["into"], request.user)
        way.act(suggestion, request.user, **details)
    except (Refused, PermissionDenied) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _other(number: str, user) -> Suggestion:
    found = suggestion_scope.seen_by(user).filter(number=number.strip().upper()).first()
    if found is None:
        raise Refused("没有这条建议，或者您无权查看")
    return found
