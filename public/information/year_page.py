"""年度数据：一年收到多少、办得怎样；小的数隐去，凭合计也推不出来。只读存下的数，不数件。"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_safe

from public.frame import draw
from supervision.models import YearFigure
from supervision.statistics import yearly


@login_not_required
@require_safe
def figures(request):
    """The latest year stored, or the one asked for by `?year=`."""
    years = [year for year, _ in YearFigure.objects.years()]
    asked = request.GET.get("year", "")
    if asked and asked not in map(str, years):
        raise Http404("没有公布这一年的数据；请从“年度数据”页选")
    shown = yearly.of(int(asked) if asked else years[0]) if years else None
    return draw(request, "public/figures.html", {"shown": shown, "years": years})
