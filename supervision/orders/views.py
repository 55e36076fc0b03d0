"""督办单：下发、清单、一份督办单走完一生的那一页。"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, may, require_holding
from accounts.models import Organ
from accounts.privacy import mask_text
from petitions.act.decorator import Refused
from petitions.models import Petition
from petitions.record.milestones import mood
from petitions.record.timeline import sentence
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.timekeeping import today
from supervision.board import board_figures
from supervision.board.views import picked
from supervision.hollow import verdicts as hollow
from supervision.ladder import step_decision
from supervision.ladder.climb import ladders_on
from supervision.models import Ground, Order
from supervision.orders import acts as actions
from supervision.orders import execution_leads, instruction_leads, order_list
from supervision.orders.forms import AnswerForm, CloseForm, OrderForm, RaiseForm, ReportForm, ReturnForm, SignForm
from supervision.proposals.proposal_scope import may_attach
from supervision.statistics import callback_results

FORMS = {
    Act.SIGN_ORDER: SignForm,
    Act.REPORT_ORDER: ReportForm,
    Act.ANSWER_ORDER: AnswerForm,
    Act.RETURN_ORDER: ReturnForm,
    Act.RAISE_ORDER: RaiseForm,
    Act.CLOSE_ORDER: CloseForm,
}


@require_GET
def listing(request):
    """督办单清单：督查人员看辖区的，责任单位看下给自己的。"""
    scope, asked, day = order_list.seen_by(request.user), order_list.Asked.read(request.GET), today()
    page = order_list.page(scope, asked, day)
    context = {
        "asked": asked,
        "tabs": order_list.tabs(scope, asked, day),
        "offices": order_list.offices(scope),
        "rows": page.rows,
        "page": page,
        "page_text": f"本页 {len(page.rows)} 份",
        "may_export": holds(request.user, Act.EXPORT),
        "may_order": holds(request.user, Act.ORDER),
    }
    return render(request, "supervision/orders.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """下发督办单：一件，或多件同一事由。"""
    require_holding(request.user, Act.ORDER)
    petitions = picked(request, Act.ORDER)
    single = petitions[0] if len(petitions) == 1 else None
    form = _new_form(request, petitions, single) if petitions else None
    refusal = ""
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = _issue(petitions, form.cleaned_data, request.user)
        except (Refused, PermissionDenied) as said:
            refusal = str(said)
        else:
            messages.success(request, f"已下发督办单 {'、'.join(order.number for order in made)}")
            return redirect(actions.address(made[0]) if single else "/supervision/?view=mine")
    context = {
        "form": form,
        "petitions": petitions,
        "single": single,
        "refusal": refusal,
        "asked": request.GET.get("case", ""),
    }
    return render(request, "supervision/order_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def order(request, pk):
    """一份督办单：签收、报告、反馈、核查、升级、办结都在这一页。"""
    one = seen(request.user, pk)
    forms, refusal = _acts(request, one), ""
    if request.method == "POST":
        wanted = next((entry for entry in forms if entry["act"] == request.POST.get("act")), None)
        if wanted is None:
            refusal = "您的岗位现在不能对这份督办单办理此事，请刷新后查看"
        elif wanted["form"].is_valid():
            try:
                actions.DOORS[wanted["act"]](one, by=request.user, **wanted["form"].cleaned_data)
            except (Refused, PermissionDenied) as said:
                refusal = str(said)
            else:
                messages.success(request, f"已{wanted['act'].label}")
                return redirect(actions.address(one))
    day, lines, calendar = today(), order_list.lines_of(one), calendar_in_force()
    context = {
        "order": one,
        "petition": one.petition,
        "told": {name: mask_text(getattr(one, name)) for name in ("problem", "requirement", "answer")},
        "days_left": one.days_left(day),
        "lamp": "r" if one.due_on < day else "y" if one.days_left(day) <= 2 else "g",
        "sign_by": order_list.sign_by(one, calendar),
        "unsigned_late": order_list.is_unsigned_late(one, day, calendar),
        "report_late": one.next_report_on is not None and one.next_report_on < day,
        "periods": order_list.reports(lines, day, calendar),
        "cards": one.cards.select_related("given_by", "letter").order_by("given_at", "pk"),
        "call_ins": one.call_ins.select_related("organ").order_by("held_at", "pk"),
        "circulars": one.circulars.order_by("pk"),
        "may_call_in": one.is_open and may(request.user, Act.CALL_IN, one.petition),
        "may_circulate": may(request.user, Act.CIRCULATE, one.petition),
        "may_evidence": may(request.user, Act.ORDER, one.petition),
        "evidence": one.evidence.select_related("made_by").order_by("number"),
        "forms": forms,
        "refusal": refusal,
        "events": [_line(event) for event in reversed(lines)],
        "may_propose": may_attach(request.user, one.petition),
    }
    return render(request, "supervision/order.html", context, status=422 if request.method == "POST" else 200)


def seen(user, pk) -> Order:
    """The order, if the user may see its petition; otherwise a page that is not there."""
    found = Order.objects.among(Petition.objects.visible_to(user)).select_related(
        "petition__submission",
        "petition__organ__office",
        "petition__rule_set",
        "to__office",
        "issuer",
        "issued_by",
        "answered_by",
        "signed_by",
        "letter",
    )
    return get_object_or_404(found, pk=pk)


def _new_form(request, petitions, single):
    organs, nearest, level = None, petitions[0].next_term, 0
    if single is not None:
        concerned = single.involvements.filter(kind__in=("handles", "handled")).values("organ__office_id")
        organs = Organ.objects.filter(pk__in=concerned).exclude(pk=request.user.office.pk).order_by("pk")
        counted = board_figures.Figures(today=today(), ladders=ladders_on(today()))
        rung = counted.standing_of(single)
        level = rung.level if rung else 0
    initial = {"to": single.organ.office_id} if single else {}
    if single is not None and (words := hollow.in_words(single)):
        initial |= {"ground": Ground.SV05, "problem": words, "requirement": hollow.REQUIREMENT}
    elif single is not None and (words := callback_results.in_words(single, request.user)):
        initial |= {"ground": Ground.SV09, "problem": words, "requirement": callback_results.REQUIREMENT}
    elif single is not None and (words := execution_leads.in_words(single)):
        initial |= {"ground": Ground.SV06, "problem": words, "requirement": execution_leads.REQUIREMENT}
    elif single is not None and (words := instruction_leads.in_words(single)):
        initial |= {"ground": Ground.SV08, "problem": words, "requirement": instruction_leads.REQUIREMENT}
    if single is not None and (step := _step(request, single)):
        initial |= step_decision.prefilled(step)
    if request.GET.get("ground") in Ground.values:
        initial["ground"] = request.GET["ground"]
    return OrderForm(request.POST or None, organs=organs, nearest=nearest, level=level, initial=initial)


def _step(request, petition):
    """The suggested step the form was opened from, if it is one of the petition's that waits."""
    asked = request.GET.get("step", "")
    return (
        step_decision.before(request.user).filter(petition=petition, pk=int(asked)).first()
        if asked.isdecimal()
        else None
    )


@transaction.atomic
def _issue(petitions, told, user):
    """All of them or none: a refusal names the petition."""
    made = []
    for petition in petitions:
        facts = {"to": petition.organ} | told
        try:
            made.append(actions.open_order(petition, by=user, **facts))
        except Refused as refused:
            raise Refused(f"{petition.number}：{refused}") from refused
    return made


def _acts(request, one):
    wanted = request.POST.get("act") if request.method == "POST" else None
    found = []
    for entry in one.open_acts(request.user):
        if not entry["reasons"]:
            told = request.POST if entry["act"] == wanted else None
            form = FORMS[entry["act"]](told, order=one, auto_id=f"id_{entry['act']}_%s")
            found.append({"act": entry["act"], "form": form})
    return found


def _line(event):
    who = f"{event.by_organ.short_name} {event.by.name}" if event.by and event.by_organ else "系统"
    return {
        "at": event.at,
        "title": sentence(event),
        "state": mood(event),
        "text": f"{who}　{order_list.said(event)}".strip(),
    }
