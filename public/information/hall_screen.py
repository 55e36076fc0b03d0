"""大厅屏：接待单位当天的叫号、窗口、等候人数，旁边是路线图。只有号，没有人；不登录，凭单位代码打开。"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from accounts.models import Organ
from petitions.models import Visit
from public.information import route_poster
from rulebook.timekeeping import today

EVERY = "5"  # 秒：屏幕自己刷新
KEPT = 3  # 秒：几块屏一起刷新，也只数一次
CALLED_SHOWN, NEXT_SHOWN = 6, 8


@login_not_required
@require_safe
def screen(request, code):
    """The screen of one office, for a television nobody signs in on. It refreshes itself."""
    key = f"hall-screen:{code}"
    shown = cache.get(key)
    if shown is None:
        shown = _shown(code)
        cache.set(key, shown, KEPT)
    response = render(request, "public/screen.html", shown | {"steps": route_poster.steps_in_force()})
    response["Refresh"] = EVERY
    add_never_cache_headers(response)
    return response


def _shown(code: str) -> dict[str, Any]:
    day = today()
    office = Organ.objects.in_force_on(day).offices().filter(code=code).first()
    if office is None:
        raise Http404("没有这块大厅屏；地址从“接待大厅”页打开")
    visits = Visit.objects.on(office, day)
    waiting = [visit.ticket for visit in visits.waiting().only("number")]
    in_hand = visits.in_hand().order_by("-called_at").only("number", "window", "state")[:CALLED_SHOWN]
    called = [(visit.window, visit.ticket, visit.state == Visit.State.CALLED) for visit in in_hand]
    return {"office": office.name, "called": called, "next": waiting[:NEXT_SHOWN], "count": len(waiting)}
