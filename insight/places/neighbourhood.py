"""同一社区（村）、街道近来反映了多少：只数本人看得到的。"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from petitions.models import Petition
from rulebook.timekeeping import today

WINDOW = 90  # 自然日


@dataclass(frozen=True)
class Around:
    """Petitions of one area received in the last 90 natural days, and how many of them are of the same category."""

    count: int = 0
    alike: int = 0


def received_lately(user, territory: str, category: int | None = None) -> Around:
    """Counts of the area and of everything within it, among what the user may see; one query. `category` is its id."""
    if not territory:
        return Around()
    day = today()
    seen = Petition.objects.visible_to(user).filter(
        territory__startswith=territory, received_on__gt=day - timedelta(days=WINDOW), received_on__lte=day
    )
    alike = Q(category=category) if category else Q(pk=None)
    return Around(**seen.aggregate(count=Count("pk"), alike=Count("pk", filter=alike)))
