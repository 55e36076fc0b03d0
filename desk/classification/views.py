"""规则管理员的分类与去向页：在用的版次、每版的成绩、命中和人另定的；一键退回。只有数字，没有件。"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.authority import require_holding
from petitions.act.decorator import Refused
from routing.destination import hit_figures
from routing.learning import nightly_training
from routing.models import SorterVersion
from rulebook.acts import Act

A_PAGE = 20


@require_GET
def sorters(request):
    """What is in use, how each version did, and where people decide otherwise than proposed."""
    require_holding(request.user, Act.CONFIGURE)
    context = {
        "standings": nightly_training.standings(),
        "counts": nightly_training.confirmed_counts(),
        "least": nightly_training.LEAST,
        "page": Paginator(SorterVersion.objects.newest_first(), A_PAGE).get_page(request.GET.get("page")),
        "tables": [
            ("内容分类", "一级分类", hit_figures.of_categories()),
            ("去向单位", "确定的单位", hit_figures.of_organs()),
        ],
    }
    return render(request, "desk/sorting/list.html", context)


@require_POST
def back(request):
    """Go back one version of one subject; the line says who did and why."""
    seen = request.POST.get("seen", "")
    try:
        line = nightly_training.go_back(
            request.POST.get("subject", ""),
            int(seen) if seen.isdecimal() else 0,
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已退回：{line}")
    return redirect("sorters")
