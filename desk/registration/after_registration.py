"""登记之后、下一位之前：编号与查询码、甄别、当场受理、移交专岗、日终核对。"""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.authority import require_holding
from accounts.models import Organ, OrganKind
from desk.casework.act import performance
from desk.casework.forms.acceptance.classification_form import Classify
from desk.menu import settled
from desk.registration import day_end as dayend
from desk.registration import next_steps
from petitions.act.decorator import Refused
from petitions.act.states import LegalPath, State
from petitions.approval.rules import request as ask_for
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today


@never_cache
def done(request, number):
    """What the clerk hands over, and what may be done on the spot."""
    petition = _petition(request.user, number)
    return _page(request, petition, _guide(request.user, petition))


def _page(request, petition, form, *, status=200):
    proposal = petition.routing_proposals.select_related("organ", "chosen_organ").order_by("-pk").first()
    letters = petition.petition_letters.select_related("letter__template", "party").order_by("pk")
    context = {
        "petition": petition,
        "submission": petition.submission,
        "parties": list(petition.submission.parties.order_by("position")),
        "letters": [(row, next_steps.letter_url(petition, row.letter)) for row in letters],
        "receipt": next_steps.receipt_of(petition),
        "proposal": proposal,
        "form": form if next_steps.may_classify(request.user, petition) else None,
        "advice": form.advice if petition.state == State.REGISTERED else None,
        "on_the_spot": next_steps.on_the_spot(request.user, petition, proposal),
        "refer_to": next_steps.discipline_posts() if next_steps.may_refer(request.user, petition) else [],
    }
    return render(request, "desk/register_done.html", context, status=status)


def _guide(user, petition, data=None, **told) -> Classify:
    return Classify(data, petition=petition, user=user, **told)


@require_POST
def triage(request, number):
    """甄别：看建议、保存定类，或者定为信访程序并当场受理（第二十三条第一款）；不成的，已填的都还在。"""
    petition = _petition(request.user, number)
    if "advise" in request.POST:
        return _page(request, petition, _guide(request.user, petition, initial=Classify.typed(request.POST)))
    form = _guide(request.user, petition, request.POST)
    if not form.is_valid():
        return _page(request, petition, form, status=422)
    on_the_spot = request.POST.get("do") == "accept"
    try:
        _decide(petition, form, request.user, on_the_spot=on_the_spot)
    except (Refused, PermissionDenied) as reason:
        form.add_error(None, str(reason))
        return _page(request, _petition(request.user, number), form, status=422)
    return _accepted(petition) if on_the_spot else _classified(request, petition)


@transaction.atomic
def _decide(petition, form, user, *, on_the_spot) -> None:
    details = form.details()
    if on_the_spot and details["path"] != LegalPath.PETITION:
        raise Refused("按逐项判定本件不走信访程序，不能当场受理；请先保存定类，再到信访件页按该途径办理")
    performance.carry(Act.CLASSIFY, petition, by=user, note=form.words(), details=details)
    if on_the_spot:
        ask_for(_petition(user, petition.number), Act.ACCEPT, by=user)


def _classified(request, petition):
    messages.success(request, f"{petition.number} 已定类")
    return redirect("register-done", number=petition.number)


def _accepted(petition):
    done_page = reverse("register-done", args=[petition.number])
    row = petition.petition_letters.filter(letter__kind="F02").select_related("letter").order_by("-pk").first()
    if row is None:  # 姓名、住址不清，豁免书面告知（第二十三条第二款）
        return redirect(done_page)
    return redirect(f"{next_steps.letter_url(petition, row.letter)}?print=1&next={done_page}")


@require_POST
def refer(request, number):
    """移交检举控告专岗；the registrar sees it no more from here on (第三十条)."""
    petition = _petition(request.user, number)
    organ = get_object_or_404(Organ, pk=request.POST.get("to") or 0, kind=OrganKind.DISCIPLINE)
    try:
        ask_for(petition, Act.REFER, by=request.user, to=organ)
    except (Refused, PermissionDenied) as reason:
        messages.error(request, str(reason))
        return redirect("register-done", number=number)
    messages.success(request, f"已移交{organ.name}，登记人不再查看本件（第三十条）")
    return redirect("register")


@never_cache
def day_end(request):
    """日终核对. `?day=`, and `paper_visit` … the counts of the paper register."""
    require_holding(request.user, Act.REGISTER)
    day = _day(request.GET.get("day", ""))
    found = dayend.of(request.user, settled(request).office, day, dayend.paper_counts(request.GET))
    context = {"found": found, "day": day, "today": today(), "office": settled(request).office}
    return render(request, "desk/register_dayend.html", context)


def _day(asked: str) -> date:
    try:
        return min(date.fromisoformat(asked), today())
    except ValueError:
        return today()


def _petition(user, number) -> Petition:
    """The petition as it stands now, if the user may see it."""
    seen = Petition.objects.visible_to(user).select_related(
        "submission__registered_by", "organ__office", "rule_set", "category", "repeat_of__organ", "merged_into"
    )
    return get_object_or_404(seen, number=number)
