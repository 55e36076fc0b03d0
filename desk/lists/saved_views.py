"""存为视图：给信访件清单、督查督办页的当前筛选起个名字，或者删去已存的。"""

from dataclasses import dataclass

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.authority import require_holding
from accounts.models import SavedView
from desk.lists.filters import Filters, is_personal
from desk.menu import settled
from rulebook.acts import Act
from supervision.board.case_list import Asked
from supervision.board.views import supervisors_only

Place = SavedView.Place
LONGEST_NAME = 12


@dataclass(frozen=True)
class Kept:
    """What is to be kept: of which list, which filters, and the list's own address."""

    place: Place
    home: str
    query: str
    fault: str = ""

    @property
    def address(self) -> str:
        """The list under these filters."""
        return f"{self.home}?{self.query}" if self.query else self.home


@require_http_methods(["GET", "POST"])
def save_view(request):
    """存为视图: a name for the filters of the case list; also the place to take a saved view away."""
    require_holding(settled(request), Act.VIEW)
    return _page(request, Kept(Place.CASES, "/cases/", Filters.read(_sent(request)).query))


@require_http_methods(["GET", "POST"])
def save_board(request):
    """The same for the board: tab, organ, rung, category, keyword."""
    supervisors_only(settled(request))
    asked = Asked.read(_sent(request))
    fault = "关键词里有证件号、电话，不能存进视图，请去掉关键词再存" if is_personal(asked.words) else ""
    return _page(request, Kept(Place.BOARD, "/supervision/", asked.query, fault))


@require_POST
def drop_view(request, pk):
    """Take one of my own saved views away; back to the list it was of."""
    view = get_object_or_404(SavedView, pk=pk, user_id=request.user.pk)
    view.delete()
    messages.success(request, f"已删去视图“{view.name}”")
    return redirect("/supervision/" if view.place == Place.BOARD else "/cases/")


def _sent(request) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _page(request, kept: Kept):
    name, fault = _sent(request).get("name", "").strip(), ""
    if request.method == "POST":
        fault = _save(request.user, name, kept)
        if not fault:
            return redirect(kept.address)
    context = {
        "kept": kept,
        "sent": QueryDict(kept.query),
        "views": SavedView.objects.of(request.user, kept.place),
        "name": name,
        "fault": fault,
        "most": SavedView.MOST,
    }
    return render(request, "desk/save_view.html", context, status=422 if fault else 200)


def _save(user, name: str, kept: Kept) -> str:
    """Keep it, or say why not."""
    views = SavedView.objects.of(user, kept.place)
    if kept.fault:
        return kept.fault
    if not name or len(name) > LONGEST_NAME:
        return f"请给视图起一个不超过 {LONGEST_NAME} 字的名称"
    if is_personal(name):
        return "名称里不要写证件号、电话"
    if views.count() >= SavedView.MOST:
        return f"最多存 {SavedView.MOST} 个视图，请先删去用不到的"
    try:
        with transaction.atomic():
            views.create(user_id=user.pk, place=kept.place, name=name, query=kept.query)
    except IntegrityError:
        return f"已有名为“{name}”的视图，请换一个名称"
    return ""
