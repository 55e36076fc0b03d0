"""信访件清单、已存视图、导出。"""

from dataclasses import replace
from functools import cache, partial
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts import export_sheet
from accounts.authority import holds, require_holding
from accounts.models import Organ
from desk.lists import keyset, list_rows, petition_sheet, search_page
from desk.lists.filters import STAGES, STATES, Filters, is_personal
from desk.lists.lamps import COLOURS
from desk.lists.tabs import Tabs
from desk.many_counts import CAPPED, label
from desk.menu import settled
from petitions.act.states import Channel
from petitions.models import Category
from rulebook.acts import Act
from rulebook.timekeeping import today


@require_http_methods(["GET", "POST"])
def case_list(request):
    """The list. GET draws it; POST takes the filter form and answers with the address, personal numbers kept out."""
    user = settled(request)
    require_holding(user, Act.VIEW)
    if request.method == "POST":
        words = request.POST.get("q", "").strip()
        if is_personal(words):
            return search_page.answer(request, words)
        return redirect(f"/cases/?{Filters.read(request.POST).query}")
    filters, day = Filters.read(request.GET), today()
    tabs = Tabs(user, day)
    filters = replace(filters, view=tabs.key_of(filters))
    found, refusal = tabs.searched(filters) if filters.q else (None, "")
    chosen = (lambda: found) if filters.q else cache(partial(tabs.rows_of, filters))
    counts = tabs.counts(filters, chosen)
    page = keyset.page(
        chosen,
        list_rows.shown,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        about=None if filters.q else tabs.about(filters),
    )
    _remember(request, [petition.number for petition in page.rows])
    context = {
        "filters": filters,
        "view_name": tabs.name_of(filters),
        "tabs": tabs.shown({key: label(count) for key, count in counts.items()}, filters),
        "rows": [list_rows.row(petition, day) for petition in page.rows],
        "refusal": refusal,
        "pager_text": _pager_text(counts["here"], len(page.rows)),
        "prev_url": _page_url(filters, before=page.prev) if page.prev else "",
        "next_url": _page_url(filters, after=page.next) if page.next else "",
        "may_register": holds(user, Act.REGISTER),
        "may_export": holds(user, Act.EXPORT),
        "may_urge": holds(user, Act.URGE),
        **_choices(user, day),
    }
    return render(request, "desk/list.html", context)


def _choices(user, day) -> dict:
    """What the filters offer. Organs: those whose cases the user may see at all, by the reach of 查看."""
    offices = Organ.objects.offices().in_force_on(day)
    office = user.organ.office
    offices = offices.in_territory(office.territory) if office.territory else offices.filter(pk=office.pk)
    level1 = Category.objects.order_by("level1").values_list("level1", flat=True).distinct()
    return {
        "channels": Channel.choices,
        "stages": STAGES,
        "states": STATES,
        "colours": COLOURS,
        "categories": list(level1),
        "organs": list(offices.order_by("path").values_list("pk", "short_name")),
    }


def _remember(request, numbers: list[str]) -> None:
    """The page's numbers, for 上一件 and 下一件 on the case page; written only when they change."""
    if request.session.get("case_list") != numbers:
        request.session["case_list"] = numbers


def _page_url(filters: Filters, **place) -> str:
    return f"/cases/?{filters.query}&{urlencode(place)}"


def _pager_text(total: int, shown: int) -> str:
    if total >= CAPPED:
        return f"共 {CAPPED - 1} 件以上，本页 {shown} 件"
    return f"共 {total} 件，本页 {shown} 件"


@require_GET
def export(request):
    """导出 the chosen view as xlsx, without personal data (desk.exports has those): only what 导出 reaches, with who
    and when on it, and a line in the account log."""
    user = settled(request)
    require_holding(user, Act.EXPORT)
    filters, day = Filters.read(request.GET), today()
    tabs = Tabs(user, day)
    chosen, refusal = tabs.searched(filters, Act.EXPORT)
    if refusal:
        raise PermissionDenied(refusal)
    petitions = list_rows.shown(chosen).soonest_first()[: export_sheet.MOST]
    view = tabs.name_of(filters)
    made = petition_sheet.of(petitions, user=user, day=day, view=view)
    return export_sheet.sent(made, "cases", day, user=user, view=view, narrowed=bool(filters.narrows))
