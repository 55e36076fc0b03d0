"""秩序事件：登记、清单、补记处置、取音像。只有维护接待秩序的岗位看得见。"""

from datetime import datetime
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import require_holding
from documents.files import attachment_store
from documents.letters.impediments import FileRefused
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, now
from supervision.incidents import rules as incidents
from supervision.models import IncidentStep, OrderIncident
from supervision.orders.forms import words

SHOWN = 100  # 清单里最近的多少件


class IncidentForm(forms.Form):
    """What happened, when, where; whom it concerned is not asked."""

    on = forms.DateField(
        label="发生日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写发生日", "invalid": "日期应写成 2026-01-31 的样子"},
    )
    at = forms.TimeField(
        label="时刻",
        widget=forms.TimeInput(format="%H:%M"),  # a typed line: the browser's own time box holds the Tab key
        error_messages={"required": "请填写时刻", "invalid": "时刻应写成 09:30 的样子"},
    )
    place = forms.CharField(label="地点", max_length=120, error_messages={"required": "请填写地点"})
    people = forms.IntegerField(
        label="人数", min_value=1, max_value=99999, initial=1, error_messages={"required": "请填写人数"}
    )
    case = forms.CharField(
        label="相关信访件", required=False, max_length=44, help_text="编号；只作指引，不影响该件的受理办理"
    )
    conduct = forms.MultipleChoiceField(
        label="行为",
        choices=OrderIncident.Conduct.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一种行为"},
    )
    account = words("经过", missing="请写明经过", rows=4, help_text="只写事实，不评价人；加密保存")
    file = forms.FileField(label="音像、照片", required=False)

    def told(self) -> dict:
        """What incidents.record takes; the moment is 北京时间."""
        told = dict(self.cleaned_data)
        return {"happened_at": datetime.combine(told.pop("on"), told.pop("at"), BEIJING), **told}


class StepForm(forms.Form):
    """What was done about it, one step at a time."""

    measure = forms.ChoiceField(label="处置", choices=IncidentStep.Measure.choices)
    authority = forms.CharField(
        label="公安机关", required=False, max_length=80, help_text="现场处置、治安处罚、刑事立案的必填"
    )
    words = words("情况", missing="", required=False)
    file = forms.FileField(label="音像、照片", required=False)


@require_GET
def listing(request):
    """The latest incidents, or those that went with one case."""
    require_holding(request.user, Act.KEEP_ORDER)
    found = incidents.seen_by(request.user).select_related("organ", "petition").order_by("-happened_at", "-pk")
    case = request.GET.get("case", "").strip()[:44]
    if case:
        found = found.filter(petition__number=case)
    return render(request, "supervision/incidents.html", {"incidents": found[:SHOWN], "asked": case})


@require_http_methods(["GET", "POST"])
def new(request):
    """登记一件秩序事件."""
    require_holding(request.user, Act.KEEP_ORDER)
    moment = now().astimezone(BEIJING)
    initial = {"on": moment.date(), "at": moment.time(), "case": request.GET.get("case", "")[:44]}
    form = IncidentForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = incidents.record(by=request.user, **form.told())
        except (Refused, FileRefused) as refused:
            form.add_error("file" if isinstance(refused, FileRefused) else None, str(refused))
        else:
            messages.success(request, f"已登记秩序事件单 {made.number}")
            return redirect("supervision:incident", pk=made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/incident_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def incident(request, pk):
    """One incident with its steps; more can be added, none changed."""
    require_holding(request.user, Act.KEEP_ORDER)
    one = get_object_or_404(incidents.seen_by(request.user).select_related("organ", "petition", "recorded_by"), pk=pk)
    form = StepForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            incidents.add_step(one, by=request.user, **form.cleaned_data)
        except (Refused, FileRefused) as refused:
            form.add_error("file" if isinstance(refused, FileRefused) else None, str(refused))
        else:
            messages.success(request, "已补记处置")
            return redirect("supervision:incident", pk=one.pk)
    steps = one.steps.select_related("recorded_by", "attachment").order_by("recorded_at", "pk")
    status = 422 if request.method == "POST" else 200
    context = {"incident": one, "steps": steps, "form": form}
    return render(request, "supervision/incident.html", context, status=status)


@require_GET
def evidence(request, pk, step):
    """The kept recording, as a download."""
    require_holding(request.user, Act.KEEP_ORDER)
    one = get_object_or_404(incidents.seen_by(request.user), pk=pk)
    kept = get_object_or_404(one.steps.exclude(attachment=None).select_related("attachment"), pk=step).attachment
    response = HttpResponse(attachment_store.content_of(kept), content_type=kept.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
