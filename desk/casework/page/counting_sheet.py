"""为什么是这一天：一个期限逐日数给人看；全部期限的推算印成一张，随卷归档。"""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.casework.views import load
from petitions.clocks.provenance import derivation_of, explained
from rulebook.timekeeping import now


@require_GET
def why(request, number, pk):
    """Every step of the count of one period, on a page or, with ?format=json, as JSON."""
    petition = load(request, number)
    row = next((row for row in petition.deadlines.all() if row.pk == pk), None)
    if row is None:
        raise Http404("没有这个期限")
    found = derivation_of(petition, row)
    if request.GET.get("format") == "json":
        return JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False})
    context = {"petition": petition, "row": row, "term": found.term, "found": found}
    return render(request, "desk/case/why.html", context)


@require_GET
def sheet(request, number):
    """All periods of a petition on one paper for the file, or, with ?format=json, as `manage explain --json` prints."""
    petition = load(request, number)
    if request.GET.get("format") == "json":
        return JsonResponse(explained(petition), json_dumps_params={"ensure_ascii": False})
    counted = [(row, derivation_of(petition, row)) for row in petition.deadlines.all()]
    counted.sort(key=lambda pair: (pair[0].starts_on, pair[0].due_on, pair[0].pk))
    context = {"petition": petition, "counted": counted, "printed_at": now()}
    return render(request, "desk/case/reckoning.html", context)
