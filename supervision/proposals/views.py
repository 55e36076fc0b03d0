"""三项建议：清单、起草、批准、送达、反馈，责任追究记录。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, require_holding
from accounts.privacy import mask_text
from documents.letters import issuance as documents
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.models import Order, Proposal
from supervision.proposals import accountability, forms, inflow, proposal_draft, proposal_scope, reply

SHOWN = 50  # 清单里最近的多少份
Kind, State = Proposal.Kind, Proposal.State
SAID = ("problem", "circumstances", "consequences", "suggestions", "answer_reason", "arrangement")


@require_GET
def listing(request):
    """The proposals the user may see, with the year's counts for the annual report."""
    if not proposal_scope.holds_any(request.user):
        raise PermissionDenied("您的岗位不办理三项建议；有建议的请联系信访部门督查岗位")
    day = today()
    found = proposal_scope.seen_by(request.user)
    kind = request.GET.get("kind", "")
    shown = found.filter(kind=kind) if kind in Kind.values else found
    rows = shown.select_related("issuer", "to").order_by("-pk")[:SHOWN]
    context = {
        "rows": [(one, _lamp(one, day), one.days_left(day)) for one in rows],
        "tabs": [
            {"label": label, "url": f"/proposals/?kind={value}" if value else "/proposals/", "current": kind == value}
            for value, label in (("", "全部"), *Kind.choices)
        ],
        "year": reply.adopted_in(found, day.year, day),
        "may_draft": holds(request.user, Act.ORDER),
    }
    return render(request, "supervision/proposals/listing.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """起草：从一簇同类件、一份督办单，或者直接写编号。"""
    require_holding(request.user, Act.ORDER)
    told = request.POST if request.method == "POST" else request.GET
    kind = Kind(told["kind"]) if told.get("kind") in Kind.values else Kind.IMPROVE
    order = _order(request, told.get("order", ""))
    petitions = _petitions(request.user, told.getlist("case"), order)
    initial = _initial(petitions, order, kind, request.user)
    form = forms.DraftForm(request.POST or None, kind=kind, user=request.user, initial=initial) if petitions else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = proposal_draft.draft(
                request.user, kind=str(kind), petitions=petitions, order=order, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{made.get_kind_display()}已报负责人批准")
            return redirect("supervision:proposal", pk=made.pk)
    context = {"form": form, "kind": kind, "kinds": _kinds(told, kind), "petitions": petitions, "order": order}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/proposals/draft.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """退回以后由起草人修改，再报批准。"""
    one = _proposal(request, pk)
    if one.state != State.RETURNED or one.drafted_by_id != request.user.pk:
        raise PermissionDenied("只有被退回的建议由起草人修改")
    kept = {field.name: getattr(one, field.name) for field in Proposal._meta.concrete_fields}
    form = forms.DraftForm(
        request.POST or None, kind=Kind(one.kind), user=request.user, initial=kept | {"to": one.to_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            proposal_draft.revise(one, request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已修改，重新报批")
            return redirect("supervision:proposal", pk=one.pk)
    petitions = proposal_scope.attached(one, request.user)
    context = {"form": form, "kind": Kind(one.kind), "petitions": petitions, "proposal": one}
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/proposals/draft.html", context, status=status)


@require_http_methods(["GET", "POST"])
def proposal(request, pk):
    """一份建议：从批准到反馈都在这一页；追究责任的另有记录，只有指定岗位看得见。"""
    one = _proposal(request, pk)
    records = list(accountability.of(one, request.user)) if one.kind == Kind.BLAME else []
    offered = _offered(one, records, request.user)
    wanted = request.POST.get("do") if request.method == "POST" else None
    entries = [entry | {"form": entry["make"](request.POST if entry["do"] == wanted else None)} for entry in offered]
    if request.method == "POST":
        chosen = next((entry for entry in entries if entry["do"] == wanted), None)
        if chosen is None:
            messages.warning(request, "现在不能这样办：刚被他人办理过，或者不由您的岗位办")
            return redirect("supervision:proposal", pk=one.pk)
        if chosen["form"].is_valid():
            try:
                chosen["act"](**chosen["form"].cleaned_data)
            except Refused as refused:
                chosen["form"].add_error(None, str(refused))
            else:
                messages.success(request, f"已{chosen['label']}")
                return redirect("supervision:proposal", pk=one.pk)
    day = today()
    context = {
        "proposal": one,
        "told": {name: mask_text(getattr(one, name)) for name in SAID},
        "lamp": _lamp(one, day),
        "days_left": one.days_left(day),
        "petitions": proposal_scope.attached(one, request.user),
        "records": [(record, [entry for entry in entries if entry.get("record") == record.pk]) for record in records],
        "entries": [entry for entry in entries if "record" not in entry],
        "waits_for_another": one.state == State.SUBMITTED and not any(entry["do"] == "issue" for entry in entries),
        "shows_records": one.kind == Kind.BLAME and holds(request.user, Act.HOLD_RESPONSIBLE),
        "inflow": inflow.of(one, request.user, day) if one.kind != Kind.BLAME else None,
        "may_edit": one.state == State.RETURNED and one.drafted_by_id == request.user.pk,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/proposals/proposal.html", context, status=status)


@require_GET
def letter(request, pk):
    """The letter as it was sent out, as a PDF."""
    one = _proposal(request, pk)
    if one.letter is None:
        raise Http404("这份建议还没有发出")
    response = HttpResponse(documents.pdf_of(one.letter), content_type="application/pdf")
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def _proposal(request, pk) -> Proposal:
    if not proposal_scope.holds_any(request.user):
        raise PermissionDenied("您的岗位不办理三项建议；有建议的请联系信访部门督查岗位")
    found = proposal_scope.seen_by(request.user).select_related("issuer", "to", "order", "letter")
    return get_object_or_404(found.select_related("drafted_by", "decided_by", "answered_by"), pk=pk)


def _lamp(one: Proposal, day) -> str:
    """r, y or g while an answer is owed; empty otherwise."""
    if one.state != State.ISSUED:
        return ""
    left = one.days_left(day)
    return "r" if left < 0 else "y" if left <= 5 else "g"


def _order(request, key: str):
    if not key.isdecimal():
        return None
    found = Order.objects.among(proposal_scope.attachable(request.user)).select_related("to__office", "petition")
    return get_object_or_404(found, pk=key)


def _petitions(user, numbers, order) -> list[Petition]:
    """The petitions named, those fit to be attached; one that is not is a page that is not there."""
    wanted = {part for number in numbers for part in number.replace("，", " ").replace(",", " ").split()}
    if order is not None:
        wanted.add(order.petition.number)
    if not wanted:
        return []
    found = list(proposal_scope.attachable(user).filter(number__in=wanted))
    if len(found) != len(wanted):
        raise Http404("有的编号不对，或者您不能督办，或者是检举控告、保密件，不能附在建议里")
    return found


def _initial(petitions, order, kind, user) -> dict:
    if not petitions:
        return {}
    offices = {petition.organ.office_id for petition in petitions}
    told = {"subject": petitions[0].title}
    if len(petitions) > 1:
        sorts = [str(petition.category) for petition in petitions if petition.category_id]
        told["subject"] = max(sorts, key=sorts.count) if sorts else petitions[0].title
    if kind == Kind.IMPROVE and len(offices) == 1:
        told["to"] = offices.pop()
    if kind == Kind.POLICY:
        told["to"] = user.organ.office.parent_id  # 本级党委、政府
    if order is not None:
        told |= {"ground": order.ground, "problem": order.problem}
        told |= {"to": order.to.office_id} if kind == Kind.IMPROVE else {}
    return told


def _kinds(told, kind) -> list[dict]:
    """Links to the other kinds with the same petitions."""
    links = []
    for value, label in Kind.choices:
        query = told.copy()
        for name in set(query) - {"case", "order"}:
            del query[name]
        query["kind"] = value
        links.append({"label": label, "url": f"?{query.urlencode()}", "current": value == kind})
    return links


def _offered(one: Proposal, records, user) -> list[dict]:
    """What the user may do to the proposal now, each with its form and its act."""
    found: list[dict] = []

    def offer(do, label, make, act, **more):
        found.append({"do": do, "label": label, "make": make, "act": act, **more})

    if one.state == State.SUBMITTED and proposal_draft.may_issue(one, user) and one.drafted_by_id != user.pk:
        offer("issue", "批准并发出", Form, lambda **_: proposal_draft.issue(one, user))
        offer("send_back", "退回修改", forms.SendBackForm, lambda **told: proposal_draft.send_back(one, user, **told))
    if one.state == State.ISSUED and reply.may_answer(one, user):
        if one.served_on is None:
            offer("serve", "登记送达", forms.ServeForm, lambda **told: reply.serve(one, user, **told))
        else:
            offer("answer", "登记反馈", forms.AnswerForm, lambda **told: reply.answer(one, user, **told))
    if accountability.may_record(one, user):
        offer(
            "record",
            "登记责任追究",
            lambda data: forms.RecordForm(data, proposal=one),
            lambda **told: accountability.record(one, user, **told),
        )
    for record in records:
        _offer_for(record, one, user, offer)
    return found


def _offer_for(record, one, user, offer) -> None:
    if record.handed_on is None and accountability.may_record(one, user):
        offer(
            f"hand_{record.pk}",
            "移交",
            lambda data: forms.HandOverForm(data, prefix=f"h{record.pk}"),
            lambda **told: accountability.hand_over(record, user, **told),
            record=record.pk,
        )
    elif not record.result and accountability.may_conclude(record, user):
        offer(
            f"result_{record.pk}",
            "登记结果",
            lambda data: forms.ResultForm(data, prefix=f"r{record.pk}"),
            lambda **told: accountability.conclude(record, user, **told),
            record=record.pk,
        )
