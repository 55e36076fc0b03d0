"""一批待发的催办：发给谁、几时发、撤回。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.authority import require_holding
from petitions.act.decorator import Refused
from rulebook.acts import Act
from supervision.board.views import back_to
from supervision.models import Urging
from supervision.orders import acts as actions
from supervision.urging import rules as rounds


@require_http_methods(["GET", "POST"])
def urging(request, pk):
    """One round of 催办; a POST takes it back and leads back to where it was pressed."""
    require_holding(request.user, Act.URGE)
    found = get_object_or_404(Urging.objects.select_related("made_by__organ__office", "taken_back_by"), pk=pk)
    if not rounds.may_see(request.user, found):
        raise Http404("没有这一批催办，或它不是您单位确认的")
    if request.method == "POST":
        try:
            rounds.take_back(pk, by=request.user)
        except (Refused, PermissionDenied) as said:
            messages.warning(request, str(said))
        else:
            messages.success(request, "已撤回，一件也没有发出")
        return redirect(back_to(request) if "back" in request.POST else request.path)
    petitions = found.petitions.visible_to(request.user, Act.URGE).select_related(
        "submission", "organ__office", "holder_organ", "holder_user"
    )
    refused = dict(found.refused)
    context = {
        "urging": found,
        "rows": [(one, actions.to_be_urged(one), refused.get(one.number, "")) for one in petitions.order_by("pk")],
    }
    return render(request, "supervision/urging.html", context)
