"""法定途径 P01–P27：办什么、向谁提出、期限、依据，可以查；与工作人员看的是同一张表。"""

from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from public.frame import draw
from routing.guide import pathways

LONGEST = 60  # 字：查询词


@login_not_required
@require_safe
def paths(request):
    """All paths, or with `?q=` those in whose row every word of it stands."""
    query = request.GET.get("q", "").strip()
    if len(query) > LONGEST:
        context = {
            "fault": _("查询词不超过 %(n)d 字，请只写一两个词，例如“工资”“征收”") % {"n": LONGEST},
            "query": query,
        }
        return draw(request, "public/paths.html", context, status=422)
    rows = [(path, pathways.purposes(path)) for path in pathways.find_paths(query)]
    return draw(request, "public/paths.html", {"query": query, "rows": rows})
