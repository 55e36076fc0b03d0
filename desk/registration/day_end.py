"""日终核对：当日登记数与纸质登记簿相符，未转未派清零，未告知的看得见（rules §8.2 第 13 步）。"""

from dataclasses import dataclass

from django.db.models import Count, Q

from petitions.act.states import Channel
from petitions.models import Deadline, LateEntry, Petition, Submission, Visit

SHOWN = 50
TOLD_TERMS = ("D02", "D03")


@dataclass(frozen=True)
class Tally:
    """One channel of the day: registered in the system, and as counted from the paper register (None: not typed)."""

    channel: str
    label: str
    counts: list[int]  # per clerk, in the order of DayEnd.clerks
    total: int
    paper: int | None

    @property
    def difference(self) -> int | None:
        return None if self.paper is None else self.total - self.paper

    @property
    def verdict(self) -> str:
        if self.difference is None:
            return ""
        if self.difference == 0:
            return "相符"
        return f"系统多 {self.difference} 件" if self.difference > 0 else f"系统少 {-self.difference} 件，请补录"


@dataclass(frozen=True)
class Visits:
    """The hall's day in numbers: drawn, met, called in vain, still in the hall, left without a record of it."""

    drawn: int = 0
    met: int = 0
    absent: int = 0
    present: int = 0
    unrecorded: int = 0


@dataclass(frozen=True)
class DayEnd:
    """Everything the page of a day shows."""

    clerks: list[str]
    tallies: list[Tally]
    unrouted: list[Petition]
    untold: list[Deadline]
    late: list[LateEntry]
    visits: "Visits"

    @property
    def total(self) -> int:
        return sum(tally.total for tally in self.tallies)

    @property
    def sums(self) -> list[int]:
        return [sum(tally.counts[at] for tally in self.tallies) for at in range(len(self.clerks))]

    @property
    def compared(self) -> bool:
        return any(tally.paper is not None for tally in self.tallies)

    @property
    def agrees(self) -> bool:
        return self.compared and all(tally.difference in (0, None) for tally in self.tallies)


def of(user, office, day, paper: dict[str, int]) -> DayEnd:
    """The desk's day. `paper`: channel → count typed from the paper register. Only what the user may see is listed."""
    rows = (
        Submission.objects.filter(organ=office, petitions__registered_on=day, petitions__ordinal=1)
        .values("channel", "registered_by_id", "registered_by__name")
        .annotate(n=Count("pk", distinct=True))
        .order_by("registered_by_id")
    )
    clerks, counted = [], {}
    for row in rows:
        name = row["registered_by__name"] or "系统"
        if name not in clerks:
            clerks.append(name)
        counted[row["channel"], name] = counted.get((row["channel"], name), 0) + row["n"]
    tallies = []
    for channel, label in Channel.choices:
        counts = [counted.get((channel, name), 0) for name in clerks]
        tallies.append(Tally(channel, label, counts, sum(counts), paper.get(channel)))
    seen = Petition.objects.visible_to(user)
    unrouted = seen.in_charge_of(office).awaiting_triage().for_lists().soonest_first()[:SHOWN]
    untold = (
        Deadline.objects.running()
        .filter(term__in=TOLD_TERMS, owed_by_organ=office, petition__in=seen, notice_exempt=False)
        .select_related("petition__submission")
        .defer("petition__submission__original")
        .order_by("due_on", "pk")[:SHOWN]
    )
    return DayEnd(clerks, tallies, list(unrouted), list(untold), _late(user, office, day), _visits(office, day))


def _late(user, office, day) -> list[LateEntry]:
    """What was entered late that day and when it happened: for the check of late entries (rules §9.4)."""
    rows = LateEntry.objects.filter(
        organ=office,
        submission__petitions__registered_on=day,
        submission__petitions__in=Petition.objects.visible_to(user),
    )
    return list(rows.select_related("submission", "entered_by").distinct().order_by("pk")[:SHOWN])


def _visits(office, day) -> Visits:
    met = Q(met_at__isnull=False)
    counted = Visit.objects.on(office, day).aggregate(
        drawn=Count("pk", filter=Q(number__isnull=False)),
        met=Count("pk", filter=met),
        absent=Count("pk", filter=Q(end=Visit.End.ABSENT)),
        present=Count("pk", filter=~Q(state=Visit.State.LEFT)),
        unrecorded=Count("pk", filter=met & Q(state=Visit.State.LEFT, mood="")),
    )
    return Visits(**counted)


def paper_counts(data) -> dict[str, int]:
    """The counts typed, by channel; what is not a number is not a count."""
    typed = {channel: (data.get(f"paper_{channel}") or "").strip() for channel in Channel.values}
    return {channel: int(value) for channel, value in typed.items() if value.isdecimal() and len(value) < 6}
