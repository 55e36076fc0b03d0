"""本单位应办期限：欠着什么、哪天到期、谁在办。"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import holds
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.board import owed


@require_GET
def listing(request):
    """What the office owes, by how near the day is; `mine`: only what is allotted to the user."""
    user, day = request.user, today()
    if not holds(user, Act.VIEW) or user.organ_id is None:
        raise PermissionDenied("您的岗位不办理信访件，没有应办期限；要查办理情况请联系本单位信访专员")
    found = owed.by_office(user)
    mine = request.GET.get("mine") == "1"
    if mine:
        found = found.filter(petition__handler=user)
    numbers = owed.counts(found, day)
    band = request.GET.get("band", "")
    band = band if band in owed.BANDS else ""
    rows = owed.shown(found.filter(owed.in_band(band, day)) if band else found, day)
    kept = "mine=1&" if mine else ""
    context = {
        "office": user.organ.office,
        "day": day,
        "rows": rows,
        "total": numbers[band] if band else sum(numbers.values()),
        "mine": mine,
        "band": band,
        "stats": [
            {
                "label": label,
                "value": numbers[key],
                "url": f"/owed/?{kept}band={key}",
                "lamp": "r" if key == "late" and numbers[key] else "y" if key in ("today", "three") else "",
            }
            for key, (label, *_) in owed.BANDS.items()
        ],
        "tabs": [
            {"label": "全单位", "url": f"/owed/?band={band}" if band else "/owed/", "current": not mine},
            {"label": "分派给我的", "url": f"/owed/?mine=1&band={band}" if band else "/owed/?mine=1", "current": mine},
        ],
    }
    return render(request, "supervision/owed.html", context)
