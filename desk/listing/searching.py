"""综合查询：一个框，加环节、形式、年份三面。证件号、电话只用 POST 提交，不留在网址和访问日志里。"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.authority import require_holding
from accounts.privacy import mask_text
from desk.listing import rows
from desk.listing.filters import LONGEST, STAGES, is_personal
from desk.menu import settled
from insight.normal import snippet
from insight.search import search
from petitions.models import Petition, Submission
from petitions.states import STAGE, Channel, State
from rulebook.acts import Act
from rulebook.timekeeping import today

YEARS = 6  # 年份一面给出最近几年
PERSONAL = "证件号、电话请在搜索框里填写后提交，不要写在网址里"


@dataclass(frozen=True)
class Facets:
    """The three sides; what is not offered is dropped."""

    stage: str = ""
    channel: str = ""
    year: str = ""

    @classmethod
    def read(cls, sent) -> "Facets":
        year = sent.get("year", "")
        return cls(
            stage=sent.get("stage", "") if sent.get("stage", "") in dict(STAGES) else "",
            channel=sent.get("channel", "") if sent.get("channel", "") in Channel.values else "",
            year=year if year.isdecimal() and len(year) == 4 else "",
        )

    @property
    def among(self):
        found = Petition.objects.all()
        if self.stage:
            found = found.filter(state__in=[state for state in State if STAGE[state] == self.stage[1:]])
        if self.channel:
            found = found.filter(submission__channel=self.channel)
        return found

    def query(self, words: str, **place) -> str:
        told = {"q": words, "stage": self.stage, "channel": self.channel, "year": self.year} | place
        return urlencode({name: value for name, value in told.items() if value})


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
    user = settled(request)
    sent = request.POST if request.method == "POST" else request.GET
    facets = Facets.read(sent)
    if not words:
        return _draw(request, words, facets, {})
    after = sent.get("after", "")
    page = search(
        user,
        words,
        year=int(facets.year) if facets.year else None,
        among=facets.among,
        after=int(after) if after.isdecimal() and len(after) < 19 else None,
    )
    if page.refusal:
        return _draw(request, words, facets, {"refusal": page.refusal})
    hits = _hits(page)
    found = {"page": page, "hits": hits, "after": page.next_key or ""}
    if page.next_key and not is_personal(words):
        found["next_url"] = f"/search/?{facets.query(words, after=page.next_key)}"
    return _draw(request, words, facets, found)


def _hits(page) -> list[dict]:
    """Rows with the found words marked in the title and in a stretch of what was said; numbers inside it masked."""
    keys = [petition.pk for petition in page.rows]
    annotated = rows.shown(Petition.objects.filter(pk__in=keys)).in_bulk()
    open_ones = [p.submission_id for p in page.rows if p.shows_original and not p.secrecy]
    said = dict(Submission.objects.filter(pk__in=open_ones).values_list("pk", "original"))
    day, hits = today(), []
    for petition in page.rows:
        text = said.get(petition.submission_id, "") if petition.shows_original and not petition.secrecy else ""
        hits.append(
            rows.row(annotated[petition.pk], day)
            | {
                "title_marked": snippet(petition.title, page.words, around=60),
                "said_marked": snippet(mask_text(text), page.words, around=30) if text and page.words else [],
            }
        )
    return hits


def _draw(request, words: str, facets: Facets, found: dict):
    year = today().year
    context = {
        "q": words,
        "personal": is_personal(words),
        "facets": facets,
        "facet_rows": _facet_rows(words, facets, year),
        "stages": STAGES,
        "channels": Channel.choices,
        "years": [str(year - back) for back in range(YEARS)],
        **found,
    }
    response = render(request, "desk/search.html", context)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _facet_rows(words: str, facets: Facets, year: int) -> list[dict]:
    """Which side is in force, each with the address that takes it off (plain words only: no address for numbers)."""
    if is_personal(words):
        return []
    told = [
        ("环节", dict(STAGES).get(facets.stage), replace(facets, stage="")),
        ("形式", dict(Channel.choices).get(facets.channel), replace(facets, channel="")),
        ("年份", facets.year, replace(facets, year="")),
    ]
    return [
        {"name": name, "value": value, "url": f"/search/?{rest.query(words)}"} for name, value, rest in told if value
    ]
