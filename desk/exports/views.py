"""导出个人信息的页面：报请、清单、批准、取件。"""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import export_sheet
from accounts.authority import holds, require_holding
from desk.exports import personal_sheet
from desk.exports import rules as asking
from desk.exports.forms import AskForm, DecisionForm
from desk.lists.filters import Filters
from desk.lists.tabs import Tabs
from desk.menu import settled
from petitions.act.decorator import Refused
from petitions.models import PersonalExport
from rulebook.acts import Act
from rulebook.timekeeping import now, today

State = PersonalExport.State
SHOWN = 50
DOORS = {"allow": asking.allow, "refuse": asking.refuse, "withdraw": asking.withdraw}
SAID = {"allow": "已批准，报请人会收到消息", "refuse": "已记为不批准", "withdraw": "已撤回"}


@require_GET
def listing(request):
    """What waits for my decision, and what I asked for."""
    user = request.user
    if not (holds(user, Act.EXPORT) or holds(user, Act.ALLOW_EXPORT)):
        raise PermissionDenied("您的岗位不导出清单，也不批准导出")
    seen = asking.seen_by(user).select_related("organ", "asked_by", "decided_by").defer("petitions")
    context = {
        "waiting": seen.filter(state=State.WAITING).exclude(asked_by=user).order_by("asked_at", "pk")[:SHOWN],
        "mine": seen.filter(asked_by=user).order_by("-asked_at", "-pk")[:SHOWN],
        "decided": seen.exclude(state=State.WAITING).exclude(asked_by=user).order_by("-asked_at", "-pk")[:SHOWN],
    }
    return render(request, "desk/exports/listing.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """报请：the list as the address has it, which particulars, why."""
    user = settled(request)
    require_holding(user, Act.EXPORT)
    filters, tabs = Filters.read(request.GET), Tabs(user, today())
    filters = replace(filters, view=tabs.key_of(filters))
    chosen, refusal = tabs.searched(filters, Act.EXPORT)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not refusal:
        try:
            made = asking.ask(chosen, by=user, view=tabs.name_of(filters), **form.cleaned_data)
        except Refused as said:
            refusal = str(said)
        else:
            messages.success(request, f"已报请 {made.number}，批准后会有消息；限时取一次")
            return redirect("export", pk=made.pk)
    context = {
        "form": form,
        "filters": filters,
        "view_name": tabs.name_of(filters),
        "count": asking.within(user, chosen)[: asking.MOST + 1].count(),
        "most": asking.MOST,
        "refusal": refusal,
    }
    return render(request, "desk/exports/form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def export(request, pk):
    """One request: its reason, the decision, and where the asker takes the file."""
    one = get_object_or_404(_seen(request.user), pk=pk)
    form, refusal = DecisionForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("do", "")
        if wanted not in DOORS:
            refusal = "没有这一项操作，请刷新后重试"
        else:
            try:
                DOORS[wanted](one, by=request.user, words=form.cleaned_data["words"])
            except (Refused, PermissionDenied) as said:
                refusal = str(said)
            else:
                messages.success(request, SAID[wanted])
                return redirect("export", pk=one.pk)
    return _page(request, one, form, refusal)


@require_POST
def file(request, pk):
    """取件：once; who is late, second or somebody else is told so on the page."""
    one = get_object_or_404(_seen(request.user), pk=pk)
    try:
        with transaction.atomic():
            taken = asking.take(one, by=request.user)
            made = personal_sheet.of(taken, user=request.user)
            told = {"number": taken.number, "parts": taken.parts}
            return export_sheet.sent(made, f"persons-{taken.pk}", today(), user=request.user, view=taken.view, **told)
    except (Refused, PermissionDenied) as said:
        one.refresh_from_db()
        return _page(request, one, DecisionForm(), str(said))


def _seen(user):
    return asking.seen_by(user).select_related("organ", "asked_by", "decided_by").defer("petitions")


def _page(request, one: PersonalExport, form, refusal: str):
    late = one.state == State.ALLOWED and now() > one.take_by
    mine = one.asked_by_id == request.user.pk
    context = {
        "one": one,
        "form": form,
        "refusal": refusal,
        "late": late,
        "may_decide": one.state == State.WAITING and asking.may_decide(request.user, one),
        "may_withdraw": one.state == State.WAITING and mine,
        "may_take": one.state == State.ALLOWED and mine and not late,
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "desk/exports/export.html", context, status=status)
