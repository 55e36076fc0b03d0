"""同类在办：同一地点、同一问题的在办件，一簇一行，供督查人员一并研究。只列本人看得到的。"""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import holds
from insight.duplicates.clusters import LEAST, WINDOW, clusters
from rulebook.acts import Act
from supervision.board.views import supervisors_only

SHOWN = 50  # 簇


@require_GET
def listing(request):
    """The clusters, the largest first."""
    supervisors_only(request.user)
    found = clusters(request.user)
    context = {"clusters": found[:SHOWN], "count": len(found), "least": LEAST, "days": WINDOW}
    context["may_propose"] = holds(request.user, Act.ORDER)
    return render(request, "supervision/clusters.html", context)
