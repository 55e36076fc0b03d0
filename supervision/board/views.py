"""督查督办页、催办。"""

from functools import partial
from operator import itemgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.authority import holds, require_holding, who
from accounts.models import SavedView
from accounts.query_text import asked_again
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.board import board_counts as counts
from supervision.board import board_figures
from supervision.board import case_list as listing
from supervision.custody.intervals import days_down
from supervision.ladder.addressees import LABELS
from supervision.ladder.climb import ladders_on, version_on
from supervision.models import OrderState, Urging
from supervision.orders import acts as actions
from supervision.orders.forms import UrgeForm
from supervision.sandbox import ladder_drafts
from supervision.statistics import callback_results, daily
from supervision.urging import rules as urging
from supervision.watch import downtime

BOARD = SavedView.Place.BOARD
MOST = 50  # 一次最多催办、督办的件数
TONES = {1: "am", 2: "am", 3: "am", 4: "rd", 5: "rd", 6: "rd"}


@require_GET
def board(request):
    """督查督办：灯、阶梯、清单。"""
    supervisors_only(request.user)
    day, user = today(), request.user
    scope, whose = partial(listing.scope_of, user), who(user)
    counted, views = counts.of_board(user, ladders_on(day), day)
    counts.offices(user, counted)
    orders = board_figures.orders(scope, whose, user.organ.office_id, day)
    views |= board_figures.ended(scope, whose, user, day)
    asked = listing.Asked.read(request.GET)
    page = listing.page(
        lambda: listing.chosen(scope(), asked, counted, user),
        asked,
        request.GET,
        about=(whose, counted.ground),
    )
    late = any(petition.next_due_on and petition.next_due_on < day for petition in page.rows)
    down = downtime.days() if late else frozenset()
    context = {
        "now": now(),
        "asked": asked,
        "figures": counted,
        "stats": _stats(counted, views, asked),
        "steps": _steps(counted, asked),
        "tabs": _tabs(counted, views, orders, asked, holds(user, Act.ORDER), SavedView.objects.of(user, BOARD)),
        "ladder": version_on(day),
        "offices": sorted(((one.pk, one.name) for one in counted.offices.values()), key=itemgetter(1)),
        "worst": counted.worst_offices(),
        "trend": daily.chart(daily.trend(partial(_charted, user, asked), day, whose=(whose, asked.organ))),
        "ratings": board_figures.ratings(scope, whose, day),
        "called": views["called"],
        "solved": callback_results.share(views["solved"], views["answered_calls"]),
        "categories": views["categories"],
        "orders": orders,
        "rows": [_row(petition, counted, day, down) for petition in page.rows],
        "page": page,
        "page_text": f"本页 {len(page.rows)} 件",
        "may_order": holds(user, Act.ORDER),
        "may_urge": holds(user, Act.URGE),
        "may_export": holds(user, Act.EXPORT),
        "may_draft": ladder_drafts.may_draft(user),
        "urgings": _waiting_urgings(user.organ.office_id),
    }
    return render(request, "supervision/board.html", context)


@require_http_methods(["GET", "POST"])
def urge(request):
    """催办：先看发给谁、发什么；确认后等几分钟再发，其间可以撤回。"""
    require_holding(request.user, Act.URGE)
    petitions = picked(request, Act.URGE)
    form = UrgeForm(request.POST or None)
    if petitions and request.method == "POST" and form.is_valid():
        try:
            laid = urging.lay(petitions, form.cleaned_data["text"], by=request.user)
        except Refused as said:
            form.add_error("text", str(said))
        else:
            messages.success(request, f"催办 {len(petitions)} 件，{urging.clock(laid.send_at)} 发出；发出以前可以撤回")
            return redirect(back_to(request))
    context = {
        "form": form,
        "petitions": [(petition, actions.to_be_urged(petition)) for petition in petitions],
        "minutes": urging.minutes(),
        "back": back_to(request),
    }
    return render(request, "supervision/urge.html", context, status=422 if request.method == "POST" else 200)


# 哪些人、哪些件


def supervisors_only(user):
    """Raises PermissionDenied where the post neither urges nor orders."""
    if not (holds(user, Act.ORDER) or holds(user, Act.URGE)):
        raise PermissionDenied("您的岗位没有督查督办职权；要催办请联系本单位信访专员")


def picked(request, act):
    """The petitions named, those the user may do the act to; a number out of reach is a page that is not there."""
    told = request.POST if request.method == "POST" else request.GET
    numbers = list(dict.fromkeys(number.strip() for number in told.getlist("case") if number.strip()))[:MOST]
    if not numbers:
        return []
    found = list(
        Petition.objects.visible_to(request.user, act)
        .filter(number__in=numbers)
        .select_related("submission", "organ__office", "rule_set", "holder_organ", "holder_user", "accused_organ")
        .order_by("pk")
    )
    if len(found) != len(numbers):
        raise Http404("没有这件信访事项，或您的岗位不能对它办理此事")
    return found


def _charted(user, asked):
    """The organs whose trend stands beside the list: the one it is narrowed to, else all the user oversees."""
    organs = daily.overseen(user)
    return organs.filter(pk=int(asked.organ)) if asked.organ else organs


def _waiting_urgings(office_id):
    def asked():
        return Urging.objects.waiting().of_office(office_id).order_by("pk").for_lists()

    return asked_again(("board urgings", office_id), asked)


def back_to(request):
    """Where the list was: its own address only, never another site's."""
    told = request.POST.get("back") or request.GET.get("back") or ""
    return told if told.startswith("/supervision/?") else "/supervision/"


# 督查督办页的各块


def _stats(counted, views, asked):
    lamps = counted.lamps
    week = f"本周到期 {counted.due_this_week}"
    told = "须补告知" if views["untold"] else ""
    return [
        {"label": "在办", "value": counted.open, "url": asked.address(view="all", lamp="", level="")},
        {
            "label": "红灯 超期",
            "value": lamps["r"],
            "lamp": "r",
            "note": f"{counted.overdue_share:.1f}%",
            "url": asked.address(view="all", lamp="r", level=""),
        },
        {
            "label": "黄灯 临近届满",
            "value": lamps["y"],
            "lamp": "y",
            "note": week,
            "url": asked.address(view="all", lamp="y", level=""),
        },
        {"label": "绿灯 正常", "value": lamps["g"], "lamp": "g", "url": asked.address(view="all", lamp="g", level="")},
        {
            "label": "未按 15 日告知",
            "value": views["untold"],
            "note": told,
            "url": asked.address(view="untold", lamp="", level=""),
        },
    ]


def _steps(counted, asked):
    return [
        step
        | {
            "url": asked.address(view="all", lamp="", level=str(step["level"])),
            "tells": "、".join(label for name, label in LABELS.items() if name in step["tells"]),
            "current": asked.level == str(step["level"]),
        }
        for step in counted.steps()
    ]


def _tabs(counted, views, orders, asked, issues, saved):
    counts = {
        "lit": counted.lit,
        "mine": orders["mine"],
        "answered": orders["checking"],
        "all": counted.open,
    } | {view: views[view] for view in ("group", "repeat", "untold", "unexecuted", "dissatisfied")}
    names = listing.VIEWS if issues else listing.VIEWS | {"mine": "督办我单位的"}
    kept = [
        {"label": view.name, "url": f"/supervision/?{view.query}", "current": view.query == asked.query}
        for view in saved
    ]
    on_kept = any(view["current"] for view in kept)
    return [
        {"label": label, "count": counts[view], "current": asked.view == view and not on_kept}
        | {"url": asked.address(view=view, lamp="", level="")}
        for view, label in names.items()
    ] + kept


def _row(petition, counted, day, down):
    rung = listing.rung_of(petition, counted)
    due = petition.next_due_on
    return {
        "petition": petition,
        "lamp": board_figures.lamp(petition.rule_set_id, petition.next_term, due, day),
        "days_left": (due - day).days if due else None,
        "down": days_down(due, day, down) if due else 0,
        "rung": rung,
        "tone": TONES[rung.level] if rung else "",
        "order": petition.open_order,
        "order_words": _order_words(petition.open_order),
        "next": listing.next_step(petition, counted, day),
    }


def _order_words(told):
    if not told:
        return ""
    return f"督办单 {told['number']} {OrderState(told['state']).label}"
