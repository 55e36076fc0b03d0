"""发文登记簿：本单位一年里一个类别字的全部文号，从一号起，缺号、作废一看便知。"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import require_holding
from desk.menu import settled
from documents.models import Letter, LetterCounter, SealedCopy
from petitions.models import Petition, PetitionLetter, Service
from rulebook.acts import Act
from rulebook.timekeeping import today

PAGE = 50
YEARS = 6
HIDDEN = "（您无权查看）"


@dataclass(frozen=True)
class Row:
    """One number of the register; what belongs to a petition the reader may not see stays hidden."""

    letter: Letter
    petition_no: str
    served: str
    sealed: bool

    @property
    def seen(self) -> bool:
        return bool(self.petition_no)


@require_GET
def register(request):
    """The register of the reader's own organ; ?year=2026&series=告&page=2. Reads only."""
    require_holding(request.user, Act.VIEW)
    organ, year = settled(request).office, _year(request.GET.get("year", ""))
    counters = list(LetterCounter.objects.filter(organ=organ, year=year).order_by("series"))
    series = request.GET.get("series", "")
    if series not in {counter.series for counter in counters}:
        series = counters[0].series if counters else ""
    letters = Letter.objects.register(organ, year, series)
    page = Paginator(letters.select_related("template", "issued_by").order_by("-serial"), PAGE).get_page(
        request.GET.get("page")
    )
    used = next((counter.n for counter in counters if counter.series == series), 0)
    context = {
        "organ": organ,
        "year": year,
        "years": [today().year - n for n in range(YEARS)],
        "series": series,
        "all_series": [counter.series for counter in counters],
        "rows": _rows(request.user, page.object_list),
        "hidden": HIDDEN,
        "used": used,
        "missing": letters.missing(used),
        "void": letters.filter(status=Letter.Status.VOID).count(),
        "prev_url": _at(year, series, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _at(year, series, page.next_page_number()) if page.has_next() else "",
    }
    return render(request, "desk/letter_register.html", context)


def _rows(user, letters) -> list[Row]:
    held = list(letters)
    seen = dict(
        PetitionLetter.objects.filter(letter__in=held, petition__in=Petition.objects.visible_to(user)).values_list(
            "letter_id", "petition__number"
        )
    )
    services = Service.objects.filter(letter__in=held, recalled=False).values("letter_id").order_by("letter_id")
    counted = services.annotate(all=Count("pk"), done=Count("pk", filter=Q(served_on__isnull=False)))
    served = {row["letter_id"]: f"{row['done']}/{row['all']}" for row in counted}
    sealed = set(SealedCopy.objects.filter(letter__in=held).values_list("letter_id", flat=True))
    return [Row(letter, seen.get(letter.pk, ""), served.get(letter.pk, ""), letter.pk in sealed) for letter in held]


def _year(asked: str) -> int:
    return int(asked) if asked.isdecimal() and len(asked) == 4 else today().year


def _at(year: int, series: str, page: int) -> str:
    return f"/letters/?year={year}&series={series}&page={page}"
