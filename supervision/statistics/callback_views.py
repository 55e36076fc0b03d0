"""回访的结果：各单位回访了多少、解决率多少，点开看是哪些件。只算本人看得到的；本单位的，评价期满才算。"""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from rulebook.timekeeping import today
from supervision.board.case_list import scope_of
from supervision.board.views import supervisors_only
from supervision.statistics import callback_results

SHOWN = 50


@require_GET
def results(request):
    """The rated organs, most call-backs first; with `organ`, the petitions behind the numbers of that one."""
    supervisors_only(request.user)
    found = callback_results.of_scope(scope_of(request.user), request.user, today())
    records = callback_results.by_organ(found)
    asked = request.GET.get("organ", "")
    chosen = next((one for one in records if str(one.organ) == asked), None)
    rows = found.filter(rating__organ=chosen.organ) if chosen else found.none()
    context = {
        "records": records,
        "total": callback_results.total(records),
        "chosen": chosen,
        "rows": rows.select_related("rating__petition").defer("words").order_by("-concluded_at", "-pk")[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "supervision/call_backs.html", context)
