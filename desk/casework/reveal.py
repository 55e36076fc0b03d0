"""查看完整个人信息：先写事由，记入查看记录，只显示这一次。"""

from django import forms
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import reaches_as, require
from accounts.models import Relation
from desk.casework.views import load
from petitions.intake.correction import label_of
from petitions.models import Reveal
from rulebook.acts import Act
from rulebook.timekeeping import now, today

USUAL = ("联系信访人", "送达文书", "核对身份", "上级机关依法调取")
EVERYTHING = "姓名证件电话住址"


class ReasonForm(forms.Form):
    """Why the full values are needed."""

    reason = forms.CharField(
        label="查看事由",
        max_length=100,
        min_length=4,
        help_text="例如：联系信访人核实停梯日期。事由、时间和查看人都会留下记录",
        error_messages={"required": "请写明查看事由", "min_length": "事由太短，请写清楚为什么要看"},
        widget=forms.TextInput(attrs={"list": "usual-reasons", "autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
def reveal(request, number):
    """The reason on a page of its own; the full values once, on the answer to the POST, never by a link."""
    petition = load(request, number)
    require(request.user, Act.REVEAL, petition)
    form = ReasonForm(request.POST or None)
    parties, kept, corrections, listed, status = [], [], [], [], 200
    if request.method == "POST":
        if form.is_valid():
            parties, kept = open_to(request.user, petition)
            corrections = _corrections(petition, parties)
            listed = [] if kept else list(petition.submission.roll.order_by("position"))
            moment = now()
            Reveal.objects.bulk_create(
                Reveal(
                    party=party,
                    petition=petition,
                    by=request.user,
                    field=EVERYTHING,
                    reason=form.cleaned_data["reason"],
                    at=moment,
                )
                for party in parties
            )
        else:
            status = 422
    earlier = (
        Reveal.objects.filter(petition=petition)
        .open_to(request.user, today())
        .select_related("by")
        .order_by("-at")[:10]
    )
    context = {
        "petition": petition,
        "form": form,
        "parties": parties,
        "kept": kept,
        "corrections": corrections,
        "listed": listed,
        "usual": USUAL,
        "earlier": earlier,
    }
    response = render(request, "desk/case/reveal.html", context, status=status)
    add_never_cache_headers(response)
    return response


def open_to(user, petition) -> tuple[list, list]:
    """Whose full values the user may have, and whose not: a withheld name is for those who took it down and for the
    discipline post alone (rules §1.16); whoever handles the matter writes through the registering office."""
    parties = list(petition.submission.parties.all())
    if reaches_as(user, Act.REVEAL, petition, Relation.REGISTERED, Relation.DISCIPLINE):
        return parties, []
    return [one for one in parties if not one.name_withheld], [one for one in parties if one.name_withheld]


@require_GET
def roll(request, number):
    """名单: who came along or signed too, numbers hidden. Where somebody asked for secrecy, names are hidden as well
    from whoever did not take it down."""
    petition = load(request, number)
    rows = list(petition.submission.roll.order_by("position"))
    context = {"petition": petition, "rows": rows, "withheld": bool(open_to(request.user, petition)[1])}
    return render(request, "desk/case/roll.html", context)


def _corrections(petition, parties) -> list[dict]:
    """What was corrected in the registration, before and after; of a person only where the person is shown too."""
    shown = {party.pk for party in parties}
    days = dict(petition.events.filter(act=Act.CORRECT).values_list("seq", "recorded_at"))
    rows = petition.corrections.order_by("seq", "field")
    return [
        {"at": days[row.seq], "label": label_of(row.field), "before": row.before, "after": row.after}
        for row in rows
        if row.party_id is None or row.party_id in shown
    ]
