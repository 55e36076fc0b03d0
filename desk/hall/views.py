"""接待大厅：取号、叫号、号牌、走访结束登记。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.authority import require_holding
from accounts.models import Organ
from desk import public_address
from desk.casework.views import refuse
from desk.hall import shifts, window
from desk.hall.forms import EndForm, TicketForm
from desk.menu import settled
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.intake.late_entry import rules as backfilling
from petitions.intake.visit import rules as visiting
from petitions.models import Petition, Visit
from rulebook.acts import Act
from rulebook.timekeeping import today

LEFT_SHOWN = 30


def _office(request) -> Organ:
    """The office whose hall the clerk works in."""
    require_holding(request.user, Act.REGISTER)
    return settled(request).office


@never_cache
@require_http_methods(["GET", "POST"])
def hall(request):
    """The hall of the office today; a POST draws a number."""
    office = _office(request)
    form = TicketForm(request.POST or None, initial={"people": 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = visiting.take(office, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if request.POST.get("do") == "print":
                return redirect("hall-ticket", pk=made.pk)
            messages.success(request, f"已取号 {made.ticket}")
            return redirect("hall")
    return _show(request, office, form, status=422 if form.is_bound else 200)


def _show(request, office, form, *, status=200):
    visits = Visit.objects.on(office, today()).select_related("clerk")
    waiting = list(visits.waiting())
    left = list(visits.filter(state=Visit.State.LEFT).prefetch_related("submissions").order_by("-left_at")[:LEFT_SHOWN])
    in_hand = list(visits.in_hand().order_by("window", "pk"))
    context = {
        "form": form,
        "office": office,
        "window": window.of(request),
        "waiting": waiting,
        "in_hand": in_hand,
        "mine": next((visit for visit in in_hand if visit.clerk_id == request.user.pk), None),
        "left": left,
        "taken": shifts.taken_today(request.user),
        "screen": public_address.address(f"/hall-screen/{office.code}/"),
    }
    return render(request, "desk/hall/hall.html", context, status=status)


@require_POST
def sit(request):
    """写明几号窗口，这次登录都用它。"""
    _office(request)
    try:
        messages.success(request, f"您在 {window.sit_at(request, request.POST.get('window', '').strip())} 号窗口")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("hall")


@require_POST
def call(request):
    """叫下一号, then straight to the registration of who was called."""
    office = _office(request)
    try:
        messages.success(request, window.perform(request, office, window.CALL))
    except Refused as refused:
        return refuse(request, str(refused), "/hall/")
    return redirect("/register/?ch=visit")


@require_POST
def step(request, pk, verb):
    """再叫、开始接待、未到（自行离开） of one visit of the clerk's own hall."""
    visit = _visit(request, pk)
    try:
        if verb == "again":
            sat = window.of(request)
            if sat is None:
                raise Refused("请先写明您在几号窗口，再叫号")
            messages.success(request, window.called(visiting.call_again(visit, by=request.user, window=sat)))
        elif verb == "meet":
            messages.success(request, f"{visiting.meet(visit, by=request.user).ticket} 开始接待")
        else:
            done = visiting.miss(visit, by=request.user)
            messages.success(request, f"{done.ticket} {done.get_end_display()}")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("hall")


@require_GET
def ticket(request, pk):
    """号牌: number, day and how many are before; no name."""
    visit = _visit(request, pk)
    queue = [one.pk for one in Visit.objects.on(visit.organ, visit.day).waiting()]
    before = queue.index(visit.pk) if visit.pk in queue else 0
    return render(request, "desk/hall/ticket.html", {"visit": visit, "before": before})


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request):
    """停电、断网时用的纸质登记表: why and how on a page; a POST takes the next number and shows the sheet to print."""
    office = _office(request)
    if request.method == "GET":
        return render(request, "desk/hall/paper.html", {"office": office})
    context = {"office": office, "number": backfilling.next_paper(office), "kinds": Kind.choices}
    return render(request, "desk/hall/paper_sheet.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def end(request, pk):
    """走访结束登记 of one visit."""
    visit = _visit(request, pk)
    return _end(request, visit, lambda: visit, "/hall/")


@never_cache
@require_http_methods(["GET", "POST"])
def end_of_case(request, number):
    """走访结束登记 from the page after registering: of the visit it was taken down at, with or without a number."""
    seen = Petition.objects.visible_to(request.user).select_related("submission__organ")
    petition = get_object_or_404(seen, number=number)  # 看不到的件先答没有
    _office(request)
    visit = petition.submission.visits.order_by("-pk").first()
    return _end(request, visit, lambda: visiting.visit_of(petition, by=request.user), "/register/?ch=visit", petition)


def _end(request, visit, find, back, petition=None):
    printed = petition is not None and petition.petition_letters.filter(letter__kind="F01").exists()
    form = EndForm(request.POST or None, initial=EndForm.said(visit, printed=printed))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                done = visiting.conclude(find(), by=request.user, **form.cleaned_data)
        except (Refused, PermissionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{done.ticket} 已登记离开，接待 {done.minutes} 分钟")
            if done.end == Visit.End.STAYED:
                return redirect("supervision:new-incident")
            return redirect(back)
    context = {"form": form, "visit": visit, "petition": petition, "back": back}
    return render(request, "desk/hall/end.html", context, status=422 if form.is_bound else 200)


def _visit(request, pk) -> Visit:
    office = _office(request)
    return get_object_or_404(Visit.objects.filter(organ=office).select_related("organ"), pk=pk)
