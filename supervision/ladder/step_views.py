"""待签发：到级列出的一步，督查人员照办或者不办。"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, require_holding
from petitions.act.decorator import Refused
from rulebook.acts import Act
from supervision.ladder import step_decision
from supervision.ladder.rungs import Opens
from supervision.orders.acts import address
from supervision.orders.forms import LeaveForm

PAGE = 30


@require_GET
def listing(request):
    """The longest waiting first; what is decided makes room for the rest."""
    require_holding(request.user, Act.ORDER)
    found = list(step_decision.before(request.user)[: PAGE + 1])
    orders = step_decision.orders_on(found)
    rows = [_row(step, orders) for step in found[:PAGE]]
    context = {
        "rows": rows,
        "more": len(found) > PAGE,
        "page": PAGE,
        "may_list": holds(request.user, Act.LIST_FOR_CONFERENCE),
    }
    return render(request, "supervision/steps.html", context)


@require_http_methods(["GET", "POST"])
def leave(request, pk):
    """不办，写明理由。"""
    require_holding(request.user, Act.ORDER)
    step = step_decision.before(request.user).filter(pk=pk).first()
    if step is None:
        raise Http404("没有这一步，或者已经由他人了结")
    form, refusal = LeaveForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            step_decision.leave(step, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as said:
            refusal = str(said)
        else:
            messages.success(request, f"{step.petition.number} 的{step.get_opens_display()}不办，理由已留存")
            return redirect("supervision:steps")
    context = {"form": form, "step": step, "row": _row(step, {}), "refusal": refusal}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/step_leave.html", context, status=status)


def _row(step, orders) -> dict:
    return {"step": step, "words": step_decision.prefilled(step)["problem"], **_door(step, orders)}


def _door(step, orders) -> dict:
    """Where it is done: 催办 and 三项建议 on their own pages; the rest on the organ's open order (raise it, call the
    organ in), else on a new one filled in."""
    number, order = step.petition.number, orders.get((step.petition_id, step.to_id))
    if step.opens == Opens.URGE:
        return {"url": f"/supervision/urge/?case={number}", "door": "催办"}
    if step.opens == Opens.PROPOSAL:
        return {"url": f"/proposals/new/?case={number}", "door": "起草"}
    if order is None:
        return {"url": f"/supervision/orders/new/?case={number}&step={step.pk}", "door": "签发"}
    if step.opens == Opens.CALL_IN:
        return {"url": f"/supervision/call-ins/new/?order={order.pk}", "door": "约谈"}
    return {"url": address(order), "door": "升级"}
