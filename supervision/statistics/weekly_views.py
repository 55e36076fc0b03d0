"""督查周报：一页看完、打印一份；点一个数，下面列出它的件。"""

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rulebook.timekeeping import today
from supervision.board.case_list import scope_of
from supervision.board.views import supervisors_only
from supervision.statistics import weekly
from supervision.statistics.weekly import SHOWN, Week


class WeekForm(forms.Form):
    """The week asked for, as ISO 8601 numbers it."""

    week = forms.CharField(
        label="哪一周",
        max_length=8,
        widget=forms.TextInput(attrs={"placeholder": "2026-W10", "autocomplete": "off"}),
        error_messages={"required": "请指定哪一周，例如 2026-W10", "max_length": "周应写成 2026-W10 的样子"},
    )

    def clean_week(self):
        try:
            week = Week.read(self.cleaned_data["week"])
        except ValueError:
            raise forms.ValidationError("没有这一周；周应写成 2026-W10 的样子") from None
        if week.first > today():
            raise forms.ValidationError("这一周还没有到")
        return week


@require_GET
def report(request):
    """The report of a week (this one unless asked otherwise); `show` lists what one number counts."""
    supervisors_only(request.user)
    day = today()
    form = WeekForm({"week": request.GET.get("week", str(Week.of(day)))})
    context = {"form": form}
    if form.is_valid():
        week = form.cleaned_data["week"]
        context |= {"week": week, "running": week.last >= day}
        context |= weekly.report(request.user, week, day)
        if found := weekly.line_of(request.GET.get("show", "")):
            table, line = found
            span = week.before if request.GET.get("of") == "last" else week
            rows = list(table.petitions(scope_of(request.user), span, line)[: SHOWN + 1])
            context["list"] = {"label": line.label, "week": span, "rows": rows[:SHOWN], "more": len(rows) > SHOWN}
    return render(request, "supervision/weekly.html", context, status=200 if form.is_valid() else 422)
