"""人员交接（`/handover/`）：谁手里有件、各在等什么；选接手人，逐件分派，每件一行日志。"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import require_holding
from accounts.models import User
from desk.handover import inhand
from desk.handover.forms import HandoverForm
from desk.menu import settled
from petitions.models import Petition
from rulebook.acts import Act

SHOWN = 30  # 件：一页列得下
MOST = 200  # 件：一次交得完


@require_GET
def people(request):
    """Who has petitions in hand that the user may allot."""
    require_holding(request.user, Act.ALLOT)
    user = settled(request)
    return render(request, "desk/handover/people.html", {"people": inhand.people(user), "office": user.office})


@require_http_methods(["GET", "POST"])
def of_person(request, pk):
    """Everything in the person's hands; POST hands it on and names what stayed with the reason."""
    require_holding(request.user, Act.ALLOT)
    user = settled(request)
    person = next((one for one in inhand.people(user) if one.pk == pk), None)
    if person is None:
        return _nobody(request, pk)
    form = _form(request, user, person)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if form.cleaned_data.get("rest"):
            to = form.cleaned_data["to"]
            told += [(petition, None, to) for petition in inhand.held(user, person)[SHOWN:MOST]]
        done, refused = inhand.hand_on(told, by=user, note=form.cleaned_data["note"])
        refused += [(petition, inhand.OVERTAKEN) for petition in _gone(request, user, form)]
        if done:
            messages.success(request, f"已移交 {len(done)} 件，每件记入办理过程")
        if not refused:
            return redirect("handover")
        form = _form(request, user, person, fresh=True)
        return _show(request, user, person, form, refused=refused)
    return _show(request, user, person, form)


def _nobody(request, pk):
    """Handed on by somebody else in the meantime, or never anybody of ours."""
    if request.method == "POST" and User.objects.filter(pk=pk).exists():
        messages.error(request, "此人手里的件刚被他人移交，您这次没有移交任何件")
        return redirect("handover")
    raise Http404("此人手里没有您可以分派的件")


def _form(request, user, person, *, fresh=False):
    found = inhand.held(user, person)
    colleagues = User.objects.active().filter(organ__office_id=user.office.pk).exclude(pk=person.pk)
    told = request.POST if request.method == "POST" and not fresh else None
    left_over = max(min(found.count(), MOST) - SHOWN, 0)
    rows = inhand.described(found[:SHOWN])
    return HandoverForm(told, rows=rows, colleagues=colleagues.order_by("organ__path", "name"), left_over=left_over)


def _gone(request, user, form) -> list[Petition]:
    """Petitions the page was drawn with that are no longer in the person's hands; only those the user may see."""
    drawn = {int(name[4:]) for name in request.POST if name.startswith("seq_") and name[4:].isdecimal()}
    missing = drawn - {one.petition.pk for one in form.held}
    return list(Petition.objects.visible_to(user).filter(pk__in=missing).order_by("pk")) if missing else []


def _show(request, user, person, form, *, refused=()):
    context = {
        "person": person,
        "form": form,
        "total": inhand.held(user, person).count(),
        "staying": inhand.staying(user, person),
        "refused": refused,
    }
    bad = bool(refused) or (form.is_bound and not form.is_valid())
    return render(request, "desk/handover/person.html", context, status=422 if bad else 200)
