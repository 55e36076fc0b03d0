"""提出以后少了没有：同一分类、同样单位，提出前后同样长的两段各登记多少件。只数件，不下结论。"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from petitions.act.states import Kind
from petitions.models import Petition
from supervision.models import Proposal

WINDOW = 90  # 自然日
FEW = 20  # 两段合起来不足这么多件，增减多半是偶然


@dataclass(frozen=True)
class Inflow:
    """Petitions registered in equal stretches of days before and from the day the proposal was sent out."""

    days: int
    before: int
    after: int
    categories: tuple[str, ...]
    organs: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return self.days == WINDOW

    @property
    def is_few(self) -> bool:
        return self.before + self.after < FEW


def of(proposal: Proposal, user, today: date) -> Inflow | None:
    """What the user may see of it; None before a day has passed or where no attached petition has a category.

    The day it was sent out belongs to the time after. Confidential petitions are in neither number. Two queries.
    """
    if proposal.issued_on is None:
        return None
    days = min(WINDOW, (today - proposal.issued_on).days)
    rows = list(
        proposal.petitions.exclude(category=None).values_list(
            "category__level1", "category__level2", "organ__office_id", "organ__office__short_name"
        )
    )
    if days < 1 or not rows:
        return None
    same = Q(pk__in=[])
    for level1, level2 in sorted({row[:2] for row in rows}):
        same |= Q(category__level1=level1, category__level2=level2)
    start = proposal.issued_on
    counted = (
        Petition.objects.visible_to(user)
        .filter(same, secrecy=0, accused_organ=None, organ__office_id__in={row[2] for row in rows})
        .exclude(kind=Kind.REPORT)
        .filter(registered_on__gte=start - timedelta(days=days), registered_on__lt=start + timedelta(days=days))
        .aggregate(
            before=Count("pk", filter=Q(registered_on__lt=start)),
            after=Count("pk", filter=Q(registered_on__gte=start)),
        )
    )
    return Inflow(
        days=days,
        categories=tuple(sorted({" › ".join(filter(None, row[:2])) for row in rows})),
        organs=tuple(sorted({row[3] for row in rows})),
        **counted,
    )
