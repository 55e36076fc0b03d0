"""往日的数：近十二周的超期率，某一天各单位的数。"""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import who
from rulebook.timekeeping import today
from supervision.board.views import supervisors_only
from supervision.models import DayFigures
from supervision.orders.forms import day as day_field
from supervision.statistics import daily


class DayForm(forms.Form):
    """The day asked for: a past one."""

    on = day_field("哪一天", missing="请指定日期")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on >= today():
            raise forms.ValidationError("请指定今天以前的日子；今天的数在督查督办页")
        return on


@require_GET
def listing(request):
    """The offices as of a day (yesterday unless asked otherwise); with `organ`, one office and its own trend."""
    supervisors_only(request.user)
    organs = daily.overseen(request.user)
    asked = request.GET.get("organ", "")
    one = None
    if asked.isdecimal() and len(asked) < 10:
        one = organs.filter(pk=int(asked)).first()
        if one is None:
            raise PermissionDenied("没有这个单位，或者它不在您督查的范围里；请从清单里选")
        organs = organs.filter(pk=one.pk)
    form = DayForm({"on": request.GET.get("on", str(today() - timedelta(days=1)))})
    rows = []
    if form.is_valid():
        found = DayFigures.objects.of(organs).filter(day=form.cleaned_data["on"]).select_related("office")
        rows = sorted(found, key=lambda row: (-row.red, -row.open, row.office_id))
    context = {
        "form": form,
        "on": form.cleaned_data.get("on"),
        "rows": rows,
        "sums": {
            name: sum(getattr(row, name) for row in rows)
            for name in ("open", "amber", "red", "overdue_orders", "registered", "concluded")
        },
        "one": one,
        "trend": daily.chart(daily.trend(lambda: organs, today(), whose=(who(request.user), one and one.pk))),
    }
    return render(request, "supervision/days.html", context, status=200 if form.is_valid() else 422)
