"""到哪里去、什么时间去：信访接待场所的地址、时间、电话、交通，按区列出（第十八条）。"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_safe

from accounts.models import Level, Organ, OrganKind
from public.frame import draw
from rulebook.timekeeping import today

NEAREST = (OrganKind.STREET, OrganKind.TOWN)


@login_not_required
@require_safe
def where(request):
    """The petition offices of the city and of each district."""
    offices = Organ.objects.in_force_on(today()).petition_offices().order_by("path")
    city = [office for office in offices if office.level == Level.CITY]
    districts = [office for office in offices if office.level != Level.CITY and office.territory]
    return draw(request, "public/where.html", {"city": city, "districts": districts})


@login_not_required
@require_safe
def district(request, code):
    """One district, by its area code: its petition office, its streets and towns."""
    here = Organ.objects.in_force_on(today()).in_territory(code).order_by("path")
    offices = list(here.petition_offices().filter(territory=code, level=Level.DISTRICT))
    if not offices:
        raise Http404("没有这个区，或者它还没有信访接待场所；请从“到哪里去”页选")
    nearest = here.filter(kind__in=NEAREST)
    return draw(request, "public/where_district.html", {"offices": offices, "nearest": nearest})
