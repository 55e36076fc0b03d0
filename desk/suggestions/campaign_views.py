"""征集活动和特邀建议人。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, may_for, organs_reached, require_holding
from desk.menu import settled
from desk.suggestions import forms
from desk.suggestions.views import NO_PART
from petitions.act.decorator import Refused
from routing.models import Contributor, Suggestion
from routing.suggestions import campaigns, suggestion_scope
from rulebook.acts import Act
from rulebook.timekeeping import today


@require_GET
def listing(request):
    """The campaigns the user's organs run or take part in, with how many came in and what came of them."""
    user = _taking_part(request)
    adopted = Q(suggestions__result__in=(Suggestion.Result.ADOPTED, Suggestion.Result.PARTLY))
    found = (
        campaigns.seen_by(user)
        .select_related("organ__office")
        .annotate(came=Count("suggestions"), adopted=Count("suggestions", filter=adopted))
    )
    day = today()
    context = {
        "rows": [(one, one.state_on(day)) for one in found.order_by("-pk")],
        "may_start": holds(user, Act.COLLECT),
    }
    return render(request, "desk/suggestions/campaigns.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """发布征集活动。"""
    require_holding(request.user, Act.COLLECT)
    form = forms.CampaignForm(request.POST or None, user=settled(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = campaigns.start(request.user, **form.cleaned_data)
        except (Refused, PermissionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已发布“{made.theme}”")
            return redirect("campaign", pk=made.pk)
    return render(request, "desk/suggestions/campaign_form.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def campaign(request, pk):
    """一次征集：内容、数目、邀请了谁；结束和邀请都在这里。"""
    user = _taking_part(request)
    one = get_object_or_404(campaigns.seen_by(user).select_related("organ__office", "made_by", "ended_by"), pk=pk)
    runs = may_for(user, Act.COLLECT, one.organ)
    do = request.POST.get("do", "")
    end = forms.EndForm(request.POST if do == "end" else None, prefix="end")
    invite = forms.InviteForm(request.POST if do == "invite" else None, prefix="invite", user=user)
    if request.method == "POST":
        form, act = (end, campaigns.end) if do == "end" else (invite, campaigns.invite)
        if form.is_valid():
            try:
                if do == "end":
                    act(one, user, **form.cleaned_data)
                else:
                    act(one, form.cleaned_data["contributor"], user)
            except (Refused, PermissionDenied) as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "已结束征集" if do == "end" else "已邀请")
                return redirect("campaign", pk=pk)
    counted = dict(one.suggestions.order_by().values_list("result").annotate(Count("pk")))
    context = {
        "campaign": one,
        "state": one.state_on(today()),
        "came": sum(counted.values()),
        "results": [(label, counted.get(value, 0)) for value, label in Suggestion.Result.choices],
        "invitations": one.invitations.select_related("contributor__organ", "invited_by").order_by("pk")
        if runs
        else [],
        "runs": runs,
        "may_end": runs and one.ended_at is None and (one.closes_on is None or one.closes_on >= today()),
        "end": end,
        "invite": invite,
    }
    status = 422 if end.errors or invite.errors else 200
    return render(request, "desk/suggestions/campaign.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def contributors(request):
    """特邀建议人：登记、解聘。电话只露头尾。"""
    require_holding(request.user, Act.COLLECT)
    user = settled(request)
    found = Contributor.objects.filter(organ__in=organs_reached(user, Act.COLLECT).values("pk"))
    dismissing = request.POST.get("do") == "dismiss"
    form = forms.EngageForm(request.POST if request.method == "POST" and not dismissing else None, user=user)
    if dismissing:
        key = request.POST.get("contributor", "")
        one = get_object_or_404(found, pk=int(key) if key.isdecimal() else 0)
        try:
            campaigns.dismiss(one, user, on=today())
        except (Refused, PermissionDenied) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已解聘，登记留着")
        return redirect("contributors")
    if form.is_bound and form.is_valid():
        try:
            campaigns.engage(user, **form.cleaned_data)
        except (Refused, PermissionDenied) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记特邀建议人")
            return redirect("contributors")
    day = today()
    listed = found.select_related("organ").annotate(came=Count("suggestions", distinct=True)).order_by("-pk")
    context = {"rows": [(one, one.until is None or one.until > day) for one in listed], "form": form}
    return render(request, "desk/suggestions/contributors.html", context, status=422 if form.errors else 200)


def _taking_part(request):
    if not suggestion_scope.takes_part(request.user):
        raise PermissionDenied(NO_PART)
    return settled(request)
