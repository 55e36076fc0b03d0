"""本单位欠着什么、哪天到期：在走的法定期限和内控期限，一条一行，最急的在前。"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from petitions.models import Deadline, Petition
from rulebook.terms import BY_CODE, Kind, Scope

# 段：名称、从今天起的第一天和最后一天（自然日，空为不限）
BANDS = {
    "late": ("已逾期", None, -1),
    "today": ("今天", 0, 0),
    "three": ("三日内", 1, 3),
    "week": ("七日内", 4, 7),
    "later": ("以后", 8, None),
}
SHOWN = 100


@dataclass(frozen=True)
class Owed:
    """One running deadline of the office, as the page says it."""

    deadline: Deadline
    today: date

    @property
    def petition(self) -> Petition:
        return self.deadline.petition

    @property
    def label(self) -> str:
        return BY_CODE[self.deadline.term].label

    @property
    def kind(self) -> str:
        return "法定" if self.deadline.kind == Kind.DUTY else "内控"

    @property
    def days_left(self) -> int:
        return self.deadline.days_left(self.today)

    @property
    def lamp(self) -> str:
        """Red once the day has passed, amber on the day and the three days before it."""
        return "r" if self.days_left < 0 else "y" if self.days_left <= 3 else "g"

    @property
    def url(self) -> str:
        """Where it is done: the order's own page, else the petition's."""
        if self.deadline.scope == Scope.ORDER:
            return f"/supervision/orders/{self.deadline.scope_id}/"
        return f"/cases/{self.petition.number}/"


def by_office(user) -> QuerySet[Deadline]:
    """What the user's office owes on petitions the user may see: duties and internal terms that run."""
    kinds = Deadline.objects.running().filter(kind__in=(Kind.DUTY, Kind.INTERNAL))
    mine = kinds.filter(owed_by_organ__office_id=user.organ.office_id)
    return mine.filter(petition__in=Petition.objects.visible_to(user).values("pk"))


def in_band(band: str, today: date) -> Q:
    """The deadlines whose day falls into the band."""
    _, first, last = BANDS[band]
    found = Q()
    if first is not None:
        found &= Q(due_on__gte=today + timedelta(days=first))
    if last is not None:
        found &= Q(due_on__lte=today + timedelta(days=last))
    return found


def counts(owed: QuerySet[Deadline], today: date) -> dict[str, int]:
    """How many fall into each band: one query."""
    return owed.aggregate(**{band: Count("pk", filter=in_band(band, today)) for band in BANDS})


def shown(owed: QuerySet[Deadline], today: date) -> list[Owed]:
    """The first of them, the nearest day first."""
    rows = owed.select_related("petition__organ", "petition__handler", "petition__section", "owed_by_organ")
    rows = rows.defer("petition__excerpt", "petition__accused_text").order_by("due_on", "pk")[:SHOWN]
    return [Owed(row, today) for row in rows]
