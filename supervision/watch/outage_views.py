"""停机记录：记一次停机，由第二个人核实；期限不因它变动，逾期日里另列。"""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from petitions.act.decorator import Refused
from rulebook.timekeeping import BEIJING
from supervision.models import Outage
from supervision.orders.forms import day, words
from supervision.watch import downtime, outages

SHOWN = 50


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(format="%H:%M"),  # a typed line: the browser's own time box holds the Tab key
        error_messages={"required": f"请填写{label}", "invalid": "时刻应写成 09:30 的样子"},
    )


class OutageForm(forms.Form):
    """From when to when nobody could work, and why."""

    from_on = day("停机日", missing="请填写停机日")
    from_at = _clock("停机时刻")
    to_on = day("恢复日", missing="请填写恢复日")
    to_at = _clock("恢复时刻")
    reason = words("原因", missing="请写明停机的原因", rows=2, longest=200)

    def told(self) -> dict:
        """What outages.record takes; the moments are 北京时间."""
        told = self.cleaned_data
        return {
            "since": datetime.combine(told["from_on"], told["from_at"], BEIJING),
            "until": datetime.combine(told["to_on"], told["to_at"], BEIJING),
            "reason": told["reason"],
        }


@require_http_methods(["GET", "POST"])
def listing(request):
    """The outages, the latest first, and a form for one more."""
    outages.require_keeper(request.user)
    form = OutageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outages.record(by=request.user, **form.told())
        except Refused as said:
            form.add_error(None, str(said))
        else:
            messages.success(request, "已记下，待第二个人核实；核实以前不起作用")
            return redirect("supervision:outages")
    return _page(request, form, 422 if request.method == "POST" else 200)


@require_POST
def decide(request, pk):
    """核实属实，或者不属实。"""
    outages.require_keeper(request.user)
    one, refusal = get_object_or_404(Outage, pk=pk), ""
    wanted = request.POST.get("do", "")
    if wanted not in ("confirm", "refuse"):
        refusal = "没有这一项操作，请刷新后重试"
    else:
        try:
            outages.decide(one, by=request.user, true=wanted == "confirm")
        except Refused as said:
            refusal = str(said)
        else:
            messages.success(request, "已核实，逾期日五分钟内重算" if wanted == "confirm" else "已记为不属实")
            return redirect("supervision:outages")
    return _page(request, OutageForm(), 422, refusal)


def _page(request, form, status: int, refusal: str = ""):
    found = Outage.objects.select_related("recorded_by", "decided_by").order_by("-since", "-pk")[:SHOWN]
    hours = downtime.office_hours()
    rows = [{"one": one, "days": len(downtime.covered(one.since, one.until, hours))} for one in found]
    context = {"rows": rows, "form": form, "refusal": refusal}
    return render(request, "supervision/outages.html", context, status=status)
