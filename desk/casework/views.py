"""信访件详情、办理动作、相似件。"""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import require, who
from desk.casework.act import performance, subjects
from desk.casework.act.rehearsal import rehearse
from desk.casework.forms import FORM_FOR
from desk.casework.page import available_acts, contents, deadline_effects, related_cases
from desk.casework.papers import precedent_draft
from desk.menu import settled
from insight.duplicates.clusters import cluster_of
from insight.duplicates.exact_keys import earlier as earlier_of
from insight.duplicates.similar_petitions import similar as find_similar
from insight.precedents import precedents
from petitions.acceptance import siblings
from petitions.act.decorator import Refused
from petitions.handling.opinion.examination.case_file import remarks_on
from petitions.intake.registration import history_of
from petitions.models import Petition
from petitions.petition import dossier
from petitions.petition.editing import rules as editing
from rulebook.acts import Act
from supervision.models import Order

CASE_LIST = "case_list"  # 会话里：最近一次清单的编号，供上一件、下一件


def load(request, number: str) -> Petition:
    """The whole case, or 404: what somebody may not see does not exist for them."""
    try:
        user = settled(request)
        return dossier.load(lambda: Petition.objects.visible_to(user), number, about=who(user))
    except Petition.DoesNotExist as missing:
        raise Http404("没有这件信访件，或者您无权查看") from missing


@require_GET
def case(request, number):
    """The case page."""
    petition = load(request, number)
    context = contents.context(
        petition, request.user, view=request.GET.get("tl", ""), neighbours=_neighbours(request, number)
    )
    context["tied"] = related_cases.rows(petition, request.user)
    context["orders"] = (
        list(Order.objects.open().filter(petition=petition).select_related("issuer", "to"))
        if petition.under_order
        else []
    )
    return render(request, "desk/case/page.html", context)


def _neighbours(request, number: str) -> dict:
    """Where the case stands in the list it was opened from."""
    numbers = request.session.get(CASE_LIST) or []
    if number not in numbers:
        return {}
    at = numbers.index(number)
    return {
        "position": at + 1,
        "total": len(numbers),
        "prev": numbers[at - 1] if at else "",
        "next": numbers[at + 1] if at + 1 < len(numbers) else "",
    }


@require_http_methods(["GET", "POST"])
def act(request, number, act):
    """The form of one act: facts above, law and clock beside, confirm below."""
    which, form_class = _form_of(act)
    petition = load(request, number)
    require(request.user, which, petition)
    noun = subjects.of(which, petition, request.user, _key(request))
    if noun is None:
        raise Http404("没有可以办理的对象")
    data = request.POST if request.method == "POST" else None
    make = partial(form_class, petition=petition, user=request.user, noun=noun)
    asked = _only_asking(request, form_class)
    if asked is not None:
        form = make(initial=asked)
    else:
        form = make(data)
    lent = precedent_draft.Borrowing()
    if form_class.borrows and not form.is_bound:
        form, lent = precedent_draft.asked(request, petition, form, make)
    shown, status, examined = None, 200, None
    if form.is_bound and form.examines and "examine" in data:
        examined = form.examine() if form.is_valid() else None
        status = 200 if form.is_valid() else 422
    elif form.is_bound:
        outcome = _try(request, which, petition, form)
        if isinstance(outcome, HttpResponse):
            editing.end(petition, which, request.user)
            return outcome
        shown, status = outcome, 200 if outcome else 422
    context = _act_context(request, which, petition, noun, form, shown) | {"lent": lent}
    context["examined"] = _examined(which, petition, form) if examined is None else examined
    if form.is_seen_by_others() and not context["reasons"]:
        editing.begin(petition, which, request.user)
    context["writing"] = editing.by_others(petition, request.user)
    return render(request, "desk/case/act.html", context, status=status)


@require_GET
def writing(request, number, act):
    """Who else is writing on the case, for the page that asks once a minute; by asking it says it is still open."""
    which, form_class = _form_of(act)
    petition = Petition.objects.visible_to(request.user).filter(number=number).first()
    if petition is None:
        raise Http404("没有这件信访件，或者您无权查看")
    if form_class.is_seen_by_others():
        editing.go_on(petition, which, request.user)
    context = {"petition": petition, "act": which, "writing": editing.by_others(petition, request.user)}
    return render(request, "desk/case/writing.html", context)


def _examined(which, petition, form):
    """What the examiner says of the last draft, on the pages where it is written, checked or signed; else None."""
    if (found := form.examined()) is not None:
        return found
    return remarks_on(petition) if which in EXAMINED and petition.latest_opinion else None


def _only_asking(request, form_class) -> dict | None:
    """What was typed where only the system's advice is asked for; nothing is judged or saved then."""
    if form_class.borrows and precedent_draft.is_asked(request):
        return precedent_draft.typed(request.POST)
    return form_class.typed(request.POST) if form_class.advises and "advise" in request.POST else None


def _form_of(code: str):
    """The allow-list: an act without a form has no page."""
    try:
        which = Act(code)
    except ValueError as unknown:
        raise Http404("没有这个办理动作") from unknown
    if which not in FORM_FOR:
        raise Http404("没有这个办理动作")
    return which, FORM_FOR[which]


def _key(request) -> int | None:
    """The one among several that the act is about: a service, or a task of execution."""
    given = (told.get(name, "") for told in (request.POST, request.GET) for name in ("service", "task"))
    return next((int(key) for key in given if key.isdecimal()), None)


def _try(request, which, petition, form):
    """A redirect where the act was done, a Rehearsal where one was asked for, None to show the form again."""
    if not form.is_valid():
        return None
    now = performance.fresh(petition.pk)
    seen = request.POST.get("seq", "")
    if seen.isdecimal() and (said := performance.clash(now, int(seen))):
        form.add_error(None, said)
        form.overtaken = True
        return None
    try:
        if "preview" in request.POST:
            return rehearse(now, which, by=request.user, note=form.words(), details=form.details())
        done = performance.attempt(which, now, form, by=request.user, key=_key(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, performance.words_of(which, petition, done))
    if Petition.objects.visible_to(request.user).filter(pk=petition.pk).exists():
        return redirect("case", number=petition.number)
    return redirect("/")


def _act_context(request, which, petition, noun, form, rehearsed):
    reasons = available_acts.reasons_against(which, noun, petition)
    return {
        "petition": petition,
        "act": which,
        "title": available_acts.label_of(which),
        "form": form,
        "form_body": FORM_BODIES.get(which, "desk/case/forms/plain.html"),
        "reasons": reasons if not form.is_bound else [],
        "rail": deadline_effects.of(which, petition, noun),
        "facts": contents.facts(petition),
        "words": contents.words(petition),
        "claims": contents.claims(petition),
        "tags": contents.tags(petition),
        "opinion": contents.opinion(petition) if which in SHOWS_OPINION or _is_redrafted(which, form) else None,
        "service": noun if which in subjects.SERVICE_ACTS else None,
        "task": contents.task(noun) if which in subjects.EXECUTION_ACTS else None,
        "others": [row for row in petition.services.all() if row.is_waiting and row.pk != noun.pk],
        "leg": noun if noun is not petition and which not in subjects.SERVICE_ACTS else petition.current_leg,
        "rehearsed": rehearsed,
        "approvers": bool(getattr(getattr(Petition, str(which), None), "needs_approval", False)),
    }


def _is_redrafted(which, form) -> bool:
    """Whether somebody saved another draft while this one was being written: both are shown then."""
    return which is Act.DRAFT and form.overtaken


SHOWS_OPINION = (Act.PASS, Act.RETURN, Act.SIGN, Act.SUBMIT)
EXAMINED = (Act.DRAFT, Act.SUBMIT, Act.RETURN)
FORM_BODIES = {
    Act.PASS: "desk/case/forms/pass.html",
    Act.DECIDE_REVIEW: "desk/case/forms/pass.html",
    Act.CLASSIFY: "desk/case/forms/classify.html",
    Act.DRAFT: "desk/case/forms/draft.html",
    Act.SPLIT: "desk/case/forms/split.html",
}


@require_GET
def similar(request, number):
    """相似与重复: other parts of the same letter, the same person's earlier cases, and texts alike."""
    petition = load(request, number)
    visible = Petition.objects.visible_to(request.user)
    words = petition.submission.original if petition.shows_original else petition.excerpt
    parties = petition.submission.parties.all()
    earlier = [history_of(id_number=party.id_number, phone=party.phone) for party in parties if party.id_number]
    parts = list(visible.filter(submission=petition.submission_id).for_lists().order_by("ordinal"))
    context = {
        "petition": petition,
        "siblings": [one for one in parts if one.pk != petition.pk],
        "standing": siblings.standing(parts),
        "earlier": list(
            visible.filter(pk__in=[pk for found in earlier for pk in found.values_list("pk", flat=True)])
            .exclude(submission=petition.submission_id)
            .for_lists()
            .order_by("-pk")[:5]
        ),
        "alike": find_similar(
            request.user,
            words,
            petition.place,
            title=petition.title,
            except_for=petition,
            **_brought_by(petition, request.user),
        ),
    }
    template = "desk/case/similar_list.html" if request.htmx else "desk/case/similar.html"
    return render(request, template, context)


def _brought_by(petition, user) -> dict:
    """The earlier petitions of the first petitioner, and of their address, by exact keys; and the name to listen for,
    which one who asked for secrecy has not got."""
    party = petition.submission.parties.order_by("position").first()
    if party is None:
        return {}
    name = "" if party.name_withheld else party.name
    keys = {"id_number": party.id_number, "phone": party.phone, "name": name, "address": party.address}
    return {"own": earlier_of(user, **keys, except_for=petition).seen, "name": name}


@require_GET
def like(request, number):
    """类案与同类在办: closed petitions alike with their replies, and open ones of the same place and problem."""
    petition = load(request, number)
    context = {
        "petition": petition,
        "cluster": cluster_of(request.user, petition),
        "precedents": precedents(request.user, petition),
        "may_borrow": precedent_draft.may_borrow(request.user, petition)
        and not available_acts.reasons_against(Act.DRAFT, petition, petition),
    }
    return render(request, "desk/case/like_list.html" if request.htmx else "desk/case/like.html", context)


def refuse(request, sentence: str, back: str):
    """Say why, and go back to where the clerk came from."""
    messages.error(request, sentence)
    return redirect(back)
