"""综合查询：一个框，六面缩小，逐字相符的在前，相近的另列。证件号、电话只用 POST 提交，不留在网址和访问日志里。"""

from collections.abc import Set

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.authority import require_holding
from desk.lists import facets as narrowing
from desk.lists import list_rows
from desk.lists.facets import Facets
from desk.lists.filters import LONGEST, is_personal
from desk.lists.saved_searches import fresh_ones
from desk.menu import settled
from insight.search.indexed_text import Gathering
from insight.search.normal_form import holds_any, snippet
from insight.search.petition_search import NEWEST, RELEVANCE, Page, search
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today

PERSONAL = "证件号、电话请在搜索框里填写后提交，不要写在网址里"
ORDERS = ((NEWEST, "新的在前"), (RELEVANCE, "相关的在前"))


@require_http_methods(["GET", "POST"])
def search_page(request):
    """GET draws the page for plain words; POST takes anything and keeps personal numbers out of the address."""
    require_holding(settled(request), Act.VIEW)
    sent = request.POST if request.method == "POST" else request.GET
    words = sent.get("q", "").strip()[:LONGEST]
    if request.method == "POST" and not is_personal(words):
        return redirect(f"/search/?{Facets.read(request.POST).query(words)}")
    if request.method == "GET" and is_personal(words):
        return _draw(request, "", Facets.read(sent), {"refusal": PERSONAL})
    return answer(request, words)


def answer(request, words: str):
    """The page with what was found for the words."""
    user, day = settled(request), today()
    sent = request.POST if request.method == "POST" else request.GET
    facets = Facets.read(sent)
    if not words:
        return _draw(request, words, facets, {})
    after = sent.get("after", "")
    page = find(user, words, facets, day, after=int(after) if after.isdecimal() and len(after) < 19 else None)
    if page.refusal:
        return _draw(request, words, facets, {"refusal": page.refusal})
    found = {
        "page": page,
        "hits": _hits(page, [(petition, "") for petition in page.rows], day, fresh_ones(user, sent.get("saved", ""))),
        "near": _hits(page, [(near.petition, near.why) for near in page.near], day),
        "after": page.next_key or "",
        "sides": _sides(page, words, facets, day),
    }
    if page.next_key and not is_personal(words):
        found["next_url"] = f"/search/?{facets.query(words, after=page.next_key)}"
    return _draw(request, words, facets, found)


def find(user, words: str, facets: Facets, day, *, after: int | None = None) -> Page:
    """What the user finds for the words within the sides in force."""
    return search(
        user,
        words,
        year=int(facets.year) if facets.year else None,
        among=facets.among(day),
        after=after,
        order=facets.order,
        near=True,
    )


def _hits(page: Page, found: list[tuple[Petition, str]], day, fresh: Set[int] = frozenset()) -> list[dict]:
    """Rows with the found words marked in the title and in a stretch of the text they stand in; numbers masked."""
    annotated = list_rows.shown(Petition.objects.filter(pk__in=[petition.pk for petition, _ in found])).in_bulk()
    said = _said(page.words, [petition for petition, _ in found])
    return [
        list_rows.row(annotated[petition.pk], day)
        | {
            "title_marked": snippet(petition.title, page.words, around=60),
            "said": said.get(petition.pk),
            "why": why,
            "fresh": petition.pk in fresh,
        }
        for petition, why in found
    ]


def _said(words: list[str], petitions: list[Petition]) -> dict[int, dict]:
    """Where else than in the title the words stand: what that text is called, and a stretch of it. Never of what is
    confidential: the list of hits is not the place to read it."""
    open_ones = Petition.objects.filter(pk__in=[p.pk for p in petitions if not p.secrecy]).select_related("submission")
    if not words or not open_ones:
        return {}
    gathering, said = Gathering(open_ones), {}
    for petition in open_ones:
        pieces = [piece for piece in gathering.texts_of(petition) if piece.label != "概况"]
        piece = next((piece for piece in pieces if holds_any(piece.text, words)), pieces[0] if pieces else None)
        if piece:
            said[petition.pk] = {"label": piece.label, "marked": snippet(piece.text, words, around=30)}
    return said


def _sides(page: Page, words: str, facets: Facets, day) -> list[dict]:
    """The sides to narrow by, each option with the address that narrows (plain words only: none for numbers)."""
    personal = is_personal(words)
    return [
        {
            "side": side,
            "name": name,
            "options": [
                {
                    "option": option,
                    "url": "" if personal else f"/search/?{facets.having(side, option.value).query(words)}",
                }
                for option in options
            ],
        }
        for side, name, options in narrowing.sides(page.keys, facets, day)
        if not getattr(facets, side)
    ]


def _draw(request, words: str, facets: Facets, found: dict):
    personal = is_personal(words)
    context = {
        "q": words,
        "personal": personal,
        "facets": facets,
        "in_force": [
            {
                "side": side,
                "name": name,
                "value": value,
                "url": "" if personal else f"/search/?{facets.having(side, '').query(words)}",
            }
            for side, name, value in narrowing.in_force(facets)
        ],
        "orders": [
            {
                "value": order,
                "label": label,
                "current": facets.order == order,
                "url": "" if personal else f"/search/?{facets.having('order', order).query(words)}",
            }
            for order, label in ORDERS
        ],
        "query": "" if personal else facets.query(words),
        **found,
    }
    response = render(request, "desk/search.html", context)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response
