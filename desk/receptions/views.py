"""领导接访公告：起草、公布、取消。只有本单位发布公告的岗位进得来。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import require_holding
from accounts.models import Organ
from desk import public_address
from desk.menu import settled
from desk.receptions.forms import CancelForm, ReceptionForm
from petitions.act.decorator import Refused
from petitions.intake.reception import rules as receptions
from petitions.models import Reception
from rulebook.acts import Act
from rulebook.timekeeping import today

SHOWN = 100  # 份：清单上最近的


def _office(request) -> Organ:
    require_holding(request.user, Act.ANNOUNCE)
    return settled(request).organ.office


@never_cache
@require_GET
def listing(request):
    """The announcements of the office, newest day first."""
    office, day = _office(request), today()
    found = Reception.objects.of(office).order_by("-day", "-opens", "-pk")[:SHOWN]
    context = {"rows": [(one, one.stands_on(day)) for one in found], "most": SHOWN}
    return render(request, "desk/receptions/listing.html", context | {"outside": public_address.address("/leaders/")})


@never_cache
@require_http_methods(["GET", "POST"])
def new(request):
    """A new draft."""
    office = _office(request)
    form = ReceptionForm.of(request.POST or None, None, office)
    if request.method == "POST" and form.is_valid():
        try:
            made = receptions.draft(request.user, organ=office, **form.cleaned_data)
        except (Refused, PermissionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已存为草稿；核对无误后公布")
            return redirect("reception", pk=made.pk)
    return render(request, "desk/receptions/form.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def reception(request, pk):
    """One announcement: a draft is changed, published or thrown away here, a published one is called off."""
    office = _office(request)
    one = get_object_or_404(
        Reception.objects.of(office).select_related("organ", "drafted_by", "published_by", "cancelled_by"), pk=pk
    )
    if one.state != Reception.State.DRAFT:
        return _published(request, one)
    # 公布、删除按看到的那一稿办，不改字
    do = request.POST.get("do", "")
    form = ReceptionForm.of(request.POST if do == "save" else None, one, office)
    fault = ""
    if request.method == "POST" and (do != "save" or form.is_valid()):
        try:
            done = _step(one, request, do, form)
        except (Refused, PermissionDenied) as refused:
            fault = str(refused)
        else:
            messages.success(request, done)
            return redirect("receptions") if do == "discard" else redirect("reception", pk=pk)
    version = request.POST.get("version") or one.version
    context = {"form": form, "one": one, "version": version, "fault": fault}
    return render(request, "desk/receptions/form.html", context, status=422 if form.errors or fault else 200)


def _step(one: Reception, request, do: str, form: ReceptionForm) -> str:
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else 0
    match do:
        case "save":
            receptions.redraft(one, request.user, version=version, **form.cleaned_data)
            return "已存草稿"
        case "publish":
            receptions.publish(one, request.user, version=version)
            return "已公布，群众可以在“领导接访”页看到"
        case "discard":
            receptions.discard(one, request.user, version=version)
            return "草稿已删除"
    raise Refused("请从页面上的“存草稿”“公布”“删除草稿”中选一个")


def _published(request, one: Reception):
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receptions.cancel(one, request.user, **form.cleaned_data)
        except (Refused, PermissionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已取消，原因已向社会公布")
            return redirect("reception", pk=one.pk)
    context = {"one": one, "stands": one.stands_on(today()), "form": form}
    context["may_cancel"] = one.state == Reception.State.PUBLISHED and one.day >= today()
    return render(request, "desk/receptions/published.html", context, status=422 if form.is_bound else 200)
