"""人民建议：清单、登记、一条建议从收到到成为政策项目都在这一页。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, may_for, require_holding
from accounts.privacy import mask_text
from desk.menu import settled
from desk.suggestions import entries, forms
from documents.letters import issuance as documents
from petitions.act.decorator import Refused
from petitions.models import Petition
from routing.models import Suggestion
from routing.suggestions import campaigns, levels, merge, suggestion_scope
from routing.suggestions import receipt as receiving
from rulebook.acts import Act
from rulebook.timekeeping import today

SHOWN = 50  # 清单里最近的多少条
NO_PART = "您的岗位不办理人民建议；有建议要转的请联系本单位信访专员"
State = Suggestion.State


@require_GET
def listing(request):
    """The suggestions the user may see: what waits for their own posts first, by campaign, state, level and organ."""
    user = _taking_part(request)
    found, chosen = _narrowed(suggestion_scope.seen_by(user), request.GET, user)
    if request.GET.get("mine") == "1":
        found = found.filter(pk__in=suggestion_scope.at_hand(user).values("pk"))
    counted = dict(found.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    rows = found.filter(state=state) if state in State.values else found
    rows = rows.select_related("organ__office", "campaign").annotate(copies=Count("merged")).order_by("-pk")
    day = today()
    context = {
        "rows": [(one, _lamp(one, day), one.days_left(day)) for one in rows[:SHOWN]],
        "shown": SHOWN,
        "more": sum(counted.values()) > SHOWN,
        "mine": request.GET.get("mine") == "1",
        "at_hand": suggestion_scope.at_hand(user).count(),
        "tabs": _tabs(request, counted, state),
        "filters": chosen,
        "may_write": holds(user, Act.STUDY_SUGGESTION),
    }
    return render(request, "desk/suggestions/listing.html", context)


def _narrowed(found, told, user):
    """(queryset, the filters as the page draws them); a choice that is not offered changes nothing."""
    offered = {
        "campaign": [(str(one.pk), one.theme) for one in campaigns.seen_by(user).order_by("-pk")],
        "level": list(levels.LEVELS.items()),
        "result": Suggestion.Result.choices,
        "organ": [
            (str(pk), name)
            for pk, name in found.order_by("organ__path").values_list("organ_id", "organ__short_name").distinct()
        ],
    }
    labels = {"campaign": "征集活动", "level": "层级", "result": "结果", "organ": "研究单位"}
    filters = []
    for name, choices in offered.items():
        value = told.get(name, "")
        if value in dict(choices):
            narrow = {"campaign": "campaign_id", "organ": "organ_id", "result": "result"}
            found = found.at_level(value) if name == "level" else found.filter(**{narrow[name]: value})
        filters.append({"name": name, "label": labels[name], "choices": choices, "value": value})
    return found, filters


def _tabs(request, counted, state) -> list[dict]:
    kept = request.GET.copy()
    tabs = []
    for value, label in (("", "全部"), *State.choices):
        kept["state"] = value
        count = counted.get(value, 0) if value else sum(counted.values())
        tabs.append({"label": label, "url": f"?{kept.urlencode()}", "count": count, "current": state == value})
    return tabs


@never_cache
@require_http_methods(["GET", "POST"])
def new(request):
    """登记来信、来访、电话里的建议；登记完给出编号和查询码。"""
    require_holding(request.user, Act.STUDY_SUGGESTION)
    form = forms.NewForm(request.POST or None, user=settled(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = receiving.receive(by=request.user, **form.cleaned_data)
        except (Refused, PermissionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记 {made.number}")
            return redirect("suggestion-receipt", serial=made.number)
    context = {"form": form, "none_open": not form.fields["campaign"].queryset.exists()}
    return render(request, "desk/suggestions/new.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def suggestion(request, serial):
    """一条建议：现在可办的、说得像的、每一步。"""
    one = _one(request, serial)
    made = entries.of(one, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        chosen = next((entry for entry in made if entry["do"] == request.POST.get("do")), None)
        if chosen is None:
            messages.warning(request, "现在不能这样办：刚被他人办理过，或者不由您的岗位办")
            return redirect("suggestion", serial=serial)
        if entries.carry(chosen, one, request) and chosen["do"] != "reveal":
            messages.success(request, f"已{chosen['label']}")
            return redirect("suggestion", serial=serial)
        one = _one(request, serial)
    revealed = request.method == "POST" and request.POST.get("do") == "reveal"
    context = _page(request, one, made) | {"revealed": revealed}
    failed = any(entry["form"].errors for entry in made)
    return render(request, "desk/suggestions/suggestion.html", context, status=422 if failed else 200)


def _page(request, one, made) -> dict:
    day, user = today(), request.user
    steps = one.steps.select_related("by", "organ", "to", "other").order_by("-seq")
    petition = one.petition and Petition.objects.visible_to(user).filter(pk=one.petition_id).first()
    return {
        "suggestion": one,
        "body": mask_text(one.body),
        "lamp": _lamp(one, day),
        "days_left": one.days_left(day),
        "level": levels.LEVELS[levels.level_of(one.organ)],
        "steps": steps,
        "outcomes": one.outcomes.order_by("on", "pk"),
        "copies": one.merged.order_by("pk"),
        "alike": merge.alike(one, suggestion_scope.seen_by(user)) if one.state in merge.IN_STUDY else [],
        "petition": petition,
        "entries": made,
        "at_hand": may_for(user, Act.STUDY_SUGGESTION, one.organ),
    }


@never_cache
@require_GET
def receipt(request, serial):
    """The receipt with the query code, to print and give to whoever made the suggestion."""
    one = _one(request, serial)
    if one.taken_by_id != request.user.pk or not one.query_code:
        raise Http404("回执只由登记的人打印；由信访件转入的凭信访件的查询码查询")
    return render(request, "desk/suggestions/receipt.html", {"suggestion": one})


@require_GET
def thanks(request, serial):
    """The letter of thanks as it was issued, as a PDF."""
    one = _one(request, serial)
    if one.thanks is None:
        raise Http404("还没有发感谢信")
    if not may_for(request.user, Act.STUDY_SUGGESTION, one.organ):
        raise PermissionDenied(f"感谢信上有姓名，只由{one.organ.short_name}打印")
    response = HttpResponse(documents.pdf_of(one.thanks), content_type="application/pdf")
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def _taking_part(request):
    if not suggestion_scope.takes_part(request.user):
        raise PermissionDenied(NO_PART)
    return settled(request)


def _one(request, serial) -> Suggestion:
    found = suggestion_scope.seen_by(_taking_part(request)).select_related(
        "organ__office", "campaign__organ", "petition", "contributor", "merged_into", "thanks", "taken_by"
    )
    return get_object_or_404(found, number=serial)


def _lamp(one: Suggestion, day) -> str:
    """r, y or g while its study is owed; empty otherwise."""
    left = one.days_left(day)
    if left is None:
        return ""
    return "r" if left < 0 else "y" if left <= Suggestion.SOON else "g"
