"""各单位责任持有：谁拿了多久、在办还是在等、逾期出在哪里；每个数点得开它的件。只算本人看得到的。"""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Organ
from rulebook.timekeeping import now, today
from supervision.board.case_list import scope_of
from supervision.board.views import supervisors_only
from supervision.custody.holding import in_words
from supervision.custody.intervals import Kind
from supervision.models import Custody

PERIODS = {"open": "在办", "90": "近 90 天收到", "365": "近一年收到"}
SHOWN = 100  # 件：一个单位的清单最多列这么多，逾期多的、拿得久的在前


@dataclass
class Held:
    """One organ's custody over a scope: lengths by kind, and the late days that arose with it."""

    organ: Organ
    petitions: int = 0
    late_days: int = 0
    down_days: int = 0
    late_petitions: int = 0
    lengths: dict[str, timedelta] = field(default_factory=dict)

    @property
    def total(self) -> timedelta:
        return sum(self.lengths.values(), timedelta())

    @property
    def average_words(self) -> str:
        return in_words(self.total / self.petitions) if self.petitions else ""

    def add(self, row) -> None:
        length = timedelta(seconds=row["total_seconds"]) + (row["running"] or timedelta())
        self.lengths[row["kind"]] = self.lengths.get(row["kind"], timedelta()) + length
        self.late_days += row["late"]
        self.down_days += row["down"]
        self.late_petitions += row["late_petitions"]

    @property
    def words(self) -> dict[str, str]:
        return {kind.value: in_words(self.lengths[kind]) if kind in self.lengths else "" for kind in Kind}


@require_GET
def by_organ(request):
    """每个单位一行。"""
    supervisors_only(request.user)
    period = _period(request)
    held: dict[int, Held] = {}
    rows = list(Custody.objects.of(_scope(request.user, period)).summed(now()))
    organs = Organ.objects.in_bulk({row["organ"] for row in rows})
    for row in rows:
        held.setdefault(row["organ"], Held(organs[row["organ"]])).add(row)
    for organ, count in _petitions_of(request.user, period).items():
        held[organ].petitions = count
    context = {
        "rows": sorted(held.values(), key=lambda one: (-one.late_days, -one.total, one.organ.pk)),
        "tabs": _tabs(period, "/supervision/custody/"),
        "period": period,
        "kinds": Kind,
        "down": any(one.down_days for one in held.values()),
    }
    return render(request, "supervision/custody.html", context)


@require_GET
def of_organ(request, pk):
    """一个单位名下的件：数的来历。"""
    supervisors_only(request.user)
    period, organ = _period(request), get_object_or_404(Organ, pk=pk)
    scope = _scope(request.user, period)
    found = (
        Custody.objects.of(scope).filter(organ=organ).exclude(seconds=0, running_since=None, late_days=0, down_days=0)
    ).select_related("petition__organ")
    petitions: dict[int, dict] = {}
    for row in found.defer("petition__excerpt", "petition__accused_text"):
        one = petitions.setdefault(row.petition_id, {"petition": row.petition, "lengths": {}, "late": 0, "down": 0})
        length = timedelta(seconds=row.seconds) + (now() - row.running_since if row.running_since else timedelta())
        one["lengths"][row.kind] = length
        one["late"] += row.late_days
        one["down"] += row.down_days
    rows = sorted(
        petitions.values(),
        key=lambda one: (-one["late"], -sum(one["lengths"].values(), timedelta()), one["petition"].pk),
    )
    context = {
        "organ": organ,
        "rows": [
            {
                "petition": one["petition"],
                "late": one["late"],
                "down": one["down"],
                "total": in_words(sum(one["lengths"].values(), timedelta())),
            }
            | {"parts": [(Kind(kind).label, in_words(length)) for kind, length in one["lengths"].items() if length]}
            for one in rows[:SHOWN]
        ],
        "count": len(rows),
        "shown": min(len(rows), SHOWN),
        "tabs": _tabs(period, f"/supervision/custody/{organ.pk}/"),
        "period": period,
    }
    return render(request, "supervision/custody_organ.html", context)


def _scope(user, period: str):
    scope = scope_of(user)
    if period == "open":
        return scope.open()
    return scope.filter(received_on__gte=today() - timedelta(days=int(period)))


def _petitions_of(user, period: str) -> dict[int, int]:
    """How many petitions each organ has had anything of: a petition with two kinds of time is one petition."""
    rows = Custody.objects.of(_scope(user, period)).values("organ").annotate(found=Count("petition", distinct=True))
    return {row["organ"]: row["found"] for row in rows}


def _period(request) -> str:
    asked = request.GET.get("period", "open")
    return asked if asked in PERIODS else "open"


def _tabs(period: str, address: str) -> list[dict]:
    return [
        {
            "label": label,
            "url": address if key == "open" else f"{address}?{urlencode({'period': key})}",
            "current": key == period,
        }
        for key, label in PERIODS.items()
    ]
