"""待审批：等我批的、我报请的；批准、不批准、撤回。"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.authority import standing
from accounts.privacy import mask_text
from desk.casework.page.clock_lamps import lamp_of
from documents.letters.fields import DECLINE_GROUNDS, TERMINATIONS
from petitions.act.decorator import Refused
from petitions.act.objections import NOT_AGAIN_GROUNDS
from petitions.approval import rules as approvals
from petitions.models import PendingAct, Petition
from rulebook.timekeeping import today

RECENT = 20
# how an argument of a pending act is called on the screen
NAMES = {
    "days": "延长天数",
    "reason": "理由",
    "ground": "情形",
    "way": "应走的途径",
    "authority": "受理机关",
    "recheck_organ": "复核机关",
    "recheck_no": "复核意见书文号",
    "final_organ": "依法终结的机关",
    "final_no": "终结文书文号",
}

GROUNDS = {**DECLINE_GROUNDS, **NOT_AGAIN_GROUNDS, **TERMINATIONS}
RELATED = ("petition__submission", "petition__organ", "petition__rule_set", "asked_by__organ", "step_organ")


class DecisionForm(forms.Form):
    """批准 may be silent, 不批准 must say why."""

    note = forms.CharField(max_length=500, required=False)
    step = forms.IntegerField()


@require_GET
def tray(request):
    """Waiting for me, asked by me, lately decided."""
    waiting = PendingAct.objects.for_seats(standing(request.user).seats).select_related(*RELATED)
    waiting = waiting.exclude(asked_by=request.user).order_by("asked_at")
    asked = PendingAct.objects.filter(asked_by=request.user).select_related(*RELATED).order_by("-asked_at")[:RECENT]
    asked, waiting = list(asked), list(waiting)
    seen = _visible(request.user, [*waiting, *asked])
    context = {
        "waiting": [_row(pending, request.user, seen) for pending in waiting if _may_know(pending, request.user, seen)],
        "asked": [
            _row(pending, request.user, seen)
            for pending in asked
            if pending.petition_id in seen or not pending.petition.secrecy
        ],
    }
    return render(request, "desk/case/approvals.html", context)


def _visible(user, pendings) -> set[int]:
    keys = {pending.petition_id for pending in pendings}
    return set(Petition.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def _may_know(pending, user, seen) -> bool:
    """Whoever sees the case; else whoever asked or decides this step, but never of a confidential report and never
    of a case that accuses their own organ."""
    petition = pending.petition
    if petition.pk in seen:
        return True
    if petition.secrecy or user.organ_id is None or petition.accused_organ_id in user.organ.ancestor_ids:
        return False
    return pending.asked_by_id == user.pk or approvals.seat_to_decide(pending, user) is not None


def _row(pending, user, seen) -> dict:
    petition = pending.petition
    facts = [(NAMES[key], _plain(key, value)) for key, value in pending.arguments.items() if key in NAMES and value]
    if pending.note and not any(value == pending.note for _, value in facts):
        facts.append(("说明", pending.note))
    return {
        "pending": pending,
        "petition": petition,
        "url": f"/cases/{petition.number}/" if petition.pk in seen else "",
        "title": petition.title if _may_know(pending, user, seen) else "",
        "facts": [(name, mask_text(str(value))) for name, value in facts],
        "lamp": lamp_of(petition.next_term, petition.next_due_on, petition) if petition.next_due_on else "",
        "days_left": (petition.next_due_on - today()).days if petition.next_due_on else None,
    }


def _plain(key, value) -> str:
    if key == "days":
        return f"{value} 日"
    return GROUNDS.get(value, value) if key == "ground" else value


@require_POST
def decide(request, pk, verb):
    """One decision on the step that was on the screen; the second of two people is told what the first did."""
    pending = PendingAct.objects.filter(pk=pk).select_related(*RELATED).first()
    if pending is None or not _may_know(pending, request.user, _visible(request.user, [pending])):
        raise Http404("没有这项报请")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有收到审批的级次，请刷新后再批")
        return redirect("approvals")
    pending.step = form.cleaned_data["step"]
    note = form.cleaned_data["note"]
    number = pending.petition.number
    try:
        if verb == "withdraw":
            approvals.withdraw(pending, by=request.user)
            messages.success(request, f"{number} 已撤回报请：{pending.label}")
        elif verb == "reject":
            approvals.reject(pending, by=request.user, note=note)
            messages.success(request, f"{number} 未予批准：{pending.label}")
        else:
            after = approvals.approve(pending, by=request.user, note=note)
            done = after.state == PendingAct.State.DONE
            outcome = "已批准并办成" if done else f"本级已批准，等待{after.step_label}"
            messages.success(request, f"{number} {pending.label}：{outcome}")
    except (Refused, PermissionDenied) as refused:
        messages.error(request, f"{number} {pending.label}：{refused}{_what_happened(pk)}")
    return redirect("approvals")


def _what_happened(pk: int) -> str:
    """What the pending act has come to, for whoever came second."""
    now = PendingAct.objects.get(pk=pk)
    last = now.approvals.select_related("by").order_by("-step").first()
    if last is None:
        return "" if now.state == PendingAct.State.WAITING else f"（{now.get_state_display()}）"
    return f"（{last.by.name}已{'批准' if last.approved else '不批准'}，现为{now.get_state_display()}）"
