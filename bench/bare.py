"""The fixed bare view every page is compared with: the middleware and login of the house, 20 rows of 4 columns."""

from django.shortcuts import render

from petitions.models import Petition

ROWS = 20


def bare(request):
    """One query for 20 petitions, a plain table, no base template."""
    rows = (
        Petition.objects.visible_to(request.user).order_by("-pk").values_list("number", "title", "state", "received_on")
    )
    return render(request, "bench/bare.html", {"rows": rows[:ROWS]})
