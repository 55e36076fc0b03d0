"""流转与退回：每一对单位一行，点开看每次退回的理由和最后由谁受理。只算本人看得到的。"""

from datetime import timedelta

from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Organ
from accounts.privacy import mask_text
from rulebook.timekeeping import today
from supervision.board.case_list import scope_of
from supervision.board.views import supervisors_only
from supervision.bounce import returns

PERIODS = {"90": "近 90 天", "365": "近一年"}
PAIRS = 60
SHOWN = 50


@require_GET
def listing(request):
    """The pairs, most refused first; with `from` and `to`, the refusals between the two."""
    supervisors_only(request.user)
    period = request.GET.get("period", "90")
    period = period if period in PERIODS else "90"
    since, scope = today() - timedelta(days=int(period)), scope_of(request.user)
    found = returns.pairs(scope, since, by_category=request.GET.get("by") == "category")
    sender, receiver = _key(request, "from"), _key(request, "to")
    context = {
        "pairs": found[:PAIRS],
        "count": len(found),
        "sent": sum(pair.sent for pair in found),
        "refused": sum(pair.refused for pair in found),
        "by_category": request.GET.get("by") == "category",
        "period": period,
        "tabs": [
            {"label": label, "url": f"/supervision/bounces/?period={key}", "current": key == period}
            for key, label in PERIODS.items()
        ],
        "between": _between(scope, since, sender, receiver) if sender and receiver else None,
    }
    return render(request, "supervision/bounces.html", context)


def _key(request, name: str) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _between(scope, since, sender: int, receiver: int) -> dict:
    legs = list(returns.refusals_between(scope, since, sender, receiver, SHOWN))
    names = {organ.pk: organ.short_name for organ in Organ.objects.filter(pk__in={leg.taken_by for leg in legs})}
    ends = {sender: "", receiver: ""} | {
        organ.pk: organ.short_name for organ in Organ.objects.filter(pk__in=(sender, receiver))
    }
    rows = []
    for leg in legs:
        taken = names.get(leg.taken_by, "")
        rows.append(
            {
                "leg": leg,
                "petition": leg.petition,
                "reason": mask_text(leg.objection),
                "answer": mask_text(leg.answer),
                "taken": taken,
                "right": leg.taken_by is not None and leg.taken_by != leg.receiver.office_id,
            }
        )
    return {"sender": ends[sender], "receiver": ends[receiver], "rows": rows}
