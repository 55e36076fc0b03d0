"""信访人：这个人的各件（看得见的），可能是同一人的别的记录，认定与撤销。没有评分，没有评语。"""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from desk.casework.views import refuse
from petitions.act.decorator import Refused
from petitions.models import Party, Person, PersonRuling, Petition
from petitions.parties.identification import rules as sameness
from rulebook.acts import Act

SHOWN = 50


@dataclass
class Candidate:
    """Another record that may be the same person, why, and the cases it is known from."""

    person: Person
    name: str
    reasons: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


class RulingForm(forms.Form):
    """The ground of a ruling."""

    reason = forms.CharField(
        label="依据",
        max_length=300,
        help_text="例如：两件证件、照片一致，本人当面确认；加密保存",
        error_messages={"required": "请写明依据"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@never_cache
@require_GET
def person(request, pk):
    """One petitioner as far as the user may see them; 404 for anybody else's."""
    found = get_object_or_404(Person.objects.select_related("joined_into"), pk=pk)
    if found.joined_into_id:
        return redirect("person", pk=found.joined_into_id)
    return _show(request, found)


def _show(request, found, form=None):
    parties = _seen(request.user, found)
    if not parties:
        raise Http404("没有这位信访人，或者您无权查看")
    mine = set(sameness.open_to(request.user, found).values_list("pk", flat=True))
    rulings = list(sameness.rulings_on(found).order_by("-pk")[:SHOWN]) if mine else []
    context = {
        "person": found,
        "name": parties[0].shown_name,
        "rows": [{"party": party, "petition": party.petition, "mine": party.pk in mine} for party in parties],
        "candidates": _candidates(request.user, found, parties) if mine else [],
        "may_rule": bool(mine),
        "rulings": rulings,
        "form": form or RulingForm(),
    }
    return render(request, "desk/case/person.html", context, status=422 if form is not None else 200)


def _seen(user, found) -> list[Party]:
    """The person's parties on what the user may see, the newest first, each with its first such petition."""
    petitions = {}
    visible = Petition.objects.visible_to(user).filter(submission__in=_submissions(sameness.within(found)))
    for petition in visible.for_lists().order_by("ordinal"):
        petitions.setdefault(petition.submission_id, petition)
    rows = Party.objects.filter(sameness.within(found), submission__in=petitions).order_by("-submission_id", "pk")
    parties = list(rows[:SHOWN])
    for party in parties:
        party.petition = petitions[party.submission_id]
    return parties


def _submissions(parties: Q):
    return Party.objects.filter(parties).values("submission")


def _candidates(user, found, parties) -> list[Candidate]:
    """Others the user may rule on with the same identity, phone, or name and address; a name alone is not enough."""
    names, homes = {party.name for party in parties}, {party.address_hash for party in parties} - {""}
    keys = {
        "证件号相同": Q(id_hash__in={party.id_hash for party in parties} - {""}),
        "手机号相同": Q(phone_hash__in={party.phone_hash for party in parties} - {""}),
        "姓名、住址相同": Q(name__in=names, address_hash__in=homes),
    }
    alike = _submissions(keys["证件号相同"] | keys["手机号相同"] | keys["姓名、住址相同"])
    mine = Petition.objects.visible_to(user, Act.IDENTIFY).filter(submission__in=alike)
    seen = dict(mine.order_by("-ordinal").values_list("submission", "number"))
    candidates: dict[int, Candidate] = {}
    for reason, key in keys.items():
        rows = Party.objects.filter(key, submission__in=seen).exclude(sameness.within(found))
        for party in rows.select_related("person__joined_into").order_by("-pk")[:SHOWN]:
            known = party.person.as_known
            if known.pk == found.pk or known.kind != found.kind:
                continue
            one = candidates.setdefault(known.pk, Candidate(known, party.shown_name))
            if reason not in one.reasons:
                one.reasons.append(reason)
            if seen[party.submission_id] not in one.numbers:
                one.numbers.append(seen[party.submission_id])
    return list(candidates.values())


@require_POST
def rule(request, pk, verb):
    """合为一人、分为两人: back to the person, with the reason where it is refused."""
    found = get_object_or_404(Person, pk=pk, joined_into=None)
    form = RulingForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    try:
        if verb == "join":
            key = request.POST.get("other", "")
            other = Person.objects.filter(pk=int(key)).first() if key.isdecimal() else None
            if other is None:
                raise Refused("请选择与本人是同一个人的记录")
            sameness.join(found, other, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "已认定为同一人；以后按两个证件登记的，都是这一人")
        else:
            keys = [int(key) for key in request.POST.getlist("party") if key.isdecimal()]
            sameness.part(found, Party.objects.filter(pk__in=keys), by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已分为两人，分出 {len(keys)} 件")
    except (Refused, PermissionDenied) as refused:
        form.add_error(None, str(refused))
        return _show(request, found, form)
    return redirect("person", pk=pk)


@require_POST
def undo(request, pk, ruling):
    """撤销一次认定."""
    found = get_object_or_404(Person, pk=pk)
    one = get_object_or_404(PersonRuling.objects.filter(Q(kept=found) | Q(other=found)), pk=ruling)
    if not _seen(request.user, found):
        raise Http404("没有这位信访人，或者您无权查看")
    try:
        sameness.undo(one, by=request.user, reason=request.POST.get("reason", "")[:300])
    except (Refused, PermissionDenied) as refused:
        return refuse(request, str(refused), f"/people/{pk}/")
    messages.success(request, "已撤销认定，恢复到认定以前")
    return redirect("person", pk=pk)
