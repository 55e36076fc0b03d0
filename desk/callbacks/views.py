"""回访（`/callbacks/`）：本单位要回访的、打电话的那一页；信访人打电话来评价的，在这里代录。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import require_holding
from accounts.privacy import mask_text
from desk.callbacks.forms import ConcludeForm, NumberForm, PhoneRatingForm, TryForm
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.models import CallBack, Petition, Service
from petitions.service.callback import rules as calling_back
from petitions.service.callback.models import DROPPED
from petitions.service.rating import rules as rating
from petitions.service.rating import veil
from rulebook.acts import Act
from rulebook.timekeeping import today

SHOWN = 50
VIEWS = (("open", "待回访"), ("done", "已回访"))
SOON = 2  # 剩几天转黄灯


@require_GET
def listing(request):
    """The call-backs of the user's office: those that wait, the soonest first; those concluded, the newest first."""
    require_holding(request.user, Act.CALL_BACK)
    mine, day = CallBack.objects.of_caller(request.user), today()
    view = request.GET.get("view", "")
    view = view if view in dict(VIEWS) else "open"
    counts = mine.aggregate(open=Count("pk", filter=Q(state="open")), done=Count("pk", filter=Q(state="done")))
    order = ("due_on", "pk") if view == "open" else ("-concluded_at", "-pk")
    rows = (
        mine.filter(state=view)
        .select_related("rating__organ", "rating__petition", "rating__service__party", "concluded_by")
        .annotate(called=Count("tries"), again_on=Max("tries__again_on"))
        .order_by(*order)
    )
    context = {
        "tabs": [
            {"label": label, "url": f"?view={key}", "count": counts[key], "current": key == view}
            for key, label in VIEWS
        ],
        "view": view,
        "rows": [(one, _lamp(one, day), (one.due_on - day).days) for one in rows[:SHOWN]],
        "shown": SHOWN,
        "more": counts[view] > SHOWN,
    }
    return render(request, "desk/callbacks/listing.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def call_back(request, pk):
    """One call-back: what was complained of, the script, the calls so far, what came of it."""
    require_holding(request.user, Act.CALL_BACK)
    one = _one(request.user, pk)
    did = request.POST.get("do", "")
    seen = {"seen": one.tries.count()}
    forms = {
        "try": TryForm(request.POST if did == "try" else None, initial=seen, prefix="t"),
        "conclude": ConcludeForm(request.POST if did == "conclude" else None, initial=seen, prefix="c"),
    }
    phone = refusal = ""
    if request.method == "POST":
        try:
            if did == "reveal":
                phone = calling_back.reveal_phone(one, by=request.user)
            elif did in forms and forms[did].is_valid():
                _note(request, one, did, forms[did].cleaned_data)
                return redirect("callback" if did == "try" else "callbacks", **({"pk": pk} if did == "try" else {}))
        except (Refused, PermissionDenied) as said:
            refusal = str(said)
            one = _one(request.user, pk)
    context = _page(request.user, one, today()) | {"forms": forms, "phone": phone, "refusal": refusal}
    failed = refusal or any(form.errors for form in forms.values())
    return render(request, "desk/callbacks/call_back.html", context, status=422 if failed else 200)


def _one(user, pk) -> CallBack:
    found = CallBack.objects.of_caller(user).exclude(state=DROPPED)
    return get_object_or_404(
        found.select_related("rating__organ", "rating__petition", "rating__service__party", "concluded_by"), pk=pk
    )


def _note(request, one, did, told) -> None:
    if did == "try":
        calling_back.attempt(one, by=request.user, **told)
        messages.success(request, "已记一次联系")
    else:
        calling_back.conclude(one, by=request.user, **told)
        messages.success(request, f"{one.petition.number} 已记下回访的结果")


def _page(user, one, day) -> dict:
    petition = one.petition
    lines = petition.events.filter(act=Act.RATE, scope__service=one.rating.service_id).select_related("text")
    told = [line for line in veil.readable(lines.order_by("seq"), user) if hasattr(line, "text")]
    return {
        "call": one,
        "petition": petition,
        "party": one.rating.service.party,
        "said": mask_text(told[-1].text.body) if told else "",
        "claims": [
            {"number": claim.number, "text": mask_text(claim.text), "answer": mask_text(claim.answer)}
            for claim in petition.claims.order_by("number")
        ],
        "tries": [(row, mask_text(row.words)) for row in one.tries.select_related("by").order_by("-pk")],
        "concluded": mask_text(one.words),
        "least": calling_back.most_tries(petition),
        "lamp": _lamp(one, day),
        "days_left": (one.due_on - day).days,
        "orderable": one.finding == CallBack.Finding.CONFIRMED and one.rating.until < day,
    }


def _lamp(one, day) -> str:
    left = (one.due_on - day).days
    return "r" if left < 0 else "y" if left <= SOON else "g"


# 电话代录


@never_cache
@require_http_methods(["GET", "POST"])
def by_phone(request):
    """A rating given over the telephone: the number of the case, whose opinion it was, the scores. Who has nothing to
    rate is not offered."""
    require_holding(request.user, Act.RATE)
    told = request.POST if request.method == "POST" else request.GET
    asked = NumberForm(told if "number" in told else None)
    services = _rateable(request.user, asked) if asked.is_bound and asked.is_valid() else []
    service = next((one for one in services if str(one.pk) == told.get("service", "")), None)
    form = None
    if service is not None:
        given = service.ratings.seen_by(request.user, today())
        form = PhoneRatingForm(request.POST if request.method == "POST" else None, service=service, given=given)
        if form.is_valid() and _entered(request, service, form):
            return redirect("rate-by-phone")
    context = {"asked": asked, "services": services, "service": service, "form": form}
    failed = asked.errors or (form is not None and form.errors)
    return render(request, "desk/callbacks/by_phone.html", context, status=422 if failed else 200)


def _rateable(user, asked) -> list[Service]:
    """The opinions of the petition that may be rated today; a sentence at the number where there is none."""
    number = asked.cleaned_data["number"].strip()
    petition = Petition.objects.visible_to(user, Act.RATE).filter(number=number).first()
    if petition is None:
        asked.add_error("number", "没有这件信访事项，或者您的岗位看不到，请核对编号")
        return []
    found = (
        Service.objects.rateable()
        .filter(petition=petition)
        .select_related(
            "letter",
            "party",
            "petition__submission",
            "petition__organ__office",
            "petition__first_receiver",
            "petition__rule_set",
        )
    )
    services = [one for one in found.order_by("pk") if rating.is_open(one)]
    if not services:
        asked.add_error("number", f"{number} 没有可以评价的意见书：没有送达、不评价，或者评价期已经结束")
    elif rating.is_rated_side(user, services[0]):
        asked.add_error("number", rating.NOT_BY_THE_RATED)
        return []
    return services


def _entered(request, service, form) -> bool:
    words = form.cleaned_data["words"]
    try:
        carry_out(service, Act.RATE, by=request.user, note=words, scores=form.scores(), words=words, checked=True)
    except (Refused, PermissionDenied) as said:
        form.add_error(None, str(said))
        return False
    messages.success(request, f"{service.petition.number} 的评价已经代录")
    return True
