"""已存查询：把一次综合查询留下来；要的话，每天早上看一次，有新查到的就告诉本人。"""

from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.authority import holds, require_holding
from accounts.messages.notices import tell
from desk.lists.facets import Facets, in_force
from desk.lists.filters import LONGEST, is_personal
from desk.menu import settled
from insight.models import SavedSearch
from insight.search.petition_search import keys_of
from rulebook.acts import Act
from rulebook.timekeeping import now, today

HERE = "/search/saved/"
LONGEST_NAME = 12


@require_http_methods(["GET", "POST"])
def saved_searches(request):
    """My saved searches; with a search in the address, or in the form, the place to give it a name."""
    user = settled(request)
    require_holding(user, Act.VIEW)
    sent = request.POST if request.method == "POST" else request.GET
    words, facets = _asked(sent)
    name, fault = sent.get("name", "").strip(), ""
    if request.method == "POST":
        fault = _save(user, name, words, facets, digest=sent.get("digest") == "1")
        if not fault:
            messages.success(request, f"已存下查询“{name}”")
            return redirect(HERE)
    searches = SavedSearch.objects.of(user)
    context = {
        "query": facets.query(words) if words else "",
        "told": _told(words, facets),
        "sent": {"q": words, **facets.told},
        "name": name,
        "digest": sent.get("digest") == "1",
        "fault": fault,
        "most": SavedSearch.MOST,
        "searches": [{"saved": saved, "told": _told(*_asked(QueryDict(saved.query)))} for saved in searches],
    }
    response = render(request, "desk/saved_searches.html", context, status=422 if fault else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def change_search(request, pk):
    """Hear of what is new from now on, or no more."""
    saved = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    saved.digest = request.POST.get("digest") == "1"
    if saved.digest:
        saved.seen = _keys(settled(request), saved)  # 从现在起才算新
        messages.success(request, f"“{saved.name}”有新查到的，每天早上告诉您")
    else:
        messages.success(request, f"“{saved.name}”不再每天告知")
    saved.save()
    return redirect(HERE)


@require_POST
def drop_search(request, pk):
    """Take one of my own saved searches away."""
    saved = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    saved.delete()
    messages.success(request, f"已删去查询“{saved.name}”")
    return redirect(HERE)


def digest() -> int:
    """Look once through every saved search whose owner wants to hear of it; one message a day to each with something
    new. Returns how many people were told. Run twice, or twice at once, it tells nobody twice."""
    told = 0
    wanted = SavedSearch.objects.to_be_told().order_by("user_id", "pk").select_related("user__organ__office")
    for user, searches in groupby(wanted, key=lambda saved: saved.user):
        with transaction.atomic():
            told += _tell(user, [saved.pk for saved in searches])
    return told


def _tell(user, keys: list[int]) -> bool:
    if not holds(user, Act.VIEW):
        return False
    with_news, found = 0, set()
    for saved in SavedSearch.objects.filter(pk__in=keys).select_for_update(skip_locked=True):
        fresh = saved.meet(_keys(user, saved), now())
        with_news += bool(fresh)
        found.update(fresh)
    if found:
        # 名称和要查的词里可能有姓名，不写进消息
        tell([user], f"您存下的 {with_news} 个查询有 {len(found)} 件新查到的", HERE, f"search-digest:{today()}")
    return bool(found)


def fresh_ones(user, key: str) -> set[int]:
    """What the user's saved search of that key found anew when it was last looked through."""
    if not key.isdecimal() or len(key) > 18:
        return set()
    saved = SavedSearch.objects.of(user).filter(pk=int(key)).first()
    return set(saved.fresh) if saved else set()


def _asked(sent) -> tuple[str, Facets]:
    words = sent.get("q", "").strip()[:LONGEST]
    return "" if is_personal(words) else words, Facets.read(sent)


def _keys(user, saved: SavedSearch) -> list[int]:
    words, facets = _asked(QueryDict(saved.query))
    year = int(facets.year) if facets.year else None
    return keys_of(user, words, year=year, among=facets.among(today()))


def _told(words: str, facets: Facets) -> str:
    return "，".join([words, *(f"{name}：{value}" for _, name, value in in_force(facets))])


def _save(user, name: str, words: str, facets: Facets, *, digest: bool) -> str:
    """Keep it, or say why not."""
    mine = list(SavedSearch.objects.of(user))
    if not words:
        return "请先查一次，再存下来；证件号、电话的查询不能存"
    if not name or len(name) > LONGEST_NAME:
        return f"请给查询起一个不超过 {LONGEST_NAME} 字的名称"
    if is_personal(name):
        return "名称里不要写证件号、电话"
    if len(mine) >= SavedSearch.MOST:
        return f"最多存 {SavedSearch.MOST} 个查询，请先删去用不到的"
    if any(saved.name == name for saved in mine):
        return f"已有名为“{name}”的查询，请换一个名称"
    saved = SavedSearch(user=user, name=name, query=facets.query(words), digest=digest)
    saved.seen, saved.looked_at = _keys(user, saved), now()
    saved.save()
    return ""
