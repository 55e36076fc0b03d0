"""推来转去：谁转给谁、退回几次、为什么退、最后是谁对（第二十三条第三款、第二十四条）。数由流转行读出。"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery

from petitions.models import Leg

REFUSED = Q(objected_at__isnull=False)
# 最后由谁受理：收下的那一次流转；指定管辖的也是流转
ELSEWHERE = Q(taken_by__isnull=False) & ~Q(taken_by=F("receiver__office"))
ITSELF = Q(taken_by=F("receiver__office"))


@dataclass(frozen=True)
class Pair:
    """One organ's hand-overs to another, of one category: 自然数 of legs."""

    sender: str
    receiver: str
    sender_id: int
    receiver_id: int
    category: str
    sent: int
    refused: int
    returned: int
    right: int
    wrong: int

    @property
    def undecided(self) -> int:
        """Refused, and nobody has taken it up yet."""
        return self.refused - self.right - self.wrong

    @property
    def share(self) -> float:
        """Percent of what was sent that was refused."""
        return 100 * self.refused / self.sent if self.sent else 0.0


def hand_overs(petitions, since: date):
    """The lead legs of the petitions (a queryset limited to what the user may see) sent since a day, each with the
    office that took the petition up in the end, if one did."""
    taken = Leg.objects.lead().filter(petition=OuterRef("petition"), ended_how=Leg.End.ACCEPTED).order_by("-number")
    legs = Leg.objects.lead().filter(petition__in=petitions.values("pk"), sent_at__date__gte=since)
    return legs.annotate(taken_by=Subquery(taken.values("receiver__office")[:1]))


def pairs(petitions, since: date, *, by_category: bool = False) -> list[Pair]:
    """Who sends to whom and what comes back, most refused first. One query.

    `right`: another organ took it up in the end; `wrong`: the one that refused took it up itself.
    """
    names = ("sender__office", "sender__office__short_name", "receiver__office", "receiver__office__short_name")
    groups = (*names, "petition__category__level1") if by_category else names
    rows = (
        hand_overs(petitions, since)
        .values(*groups)
        .annotate(
            sent=Count("pk"),
            refused=Count("pk", filter=REFUSED),
            returned=Count("pk", filter=Q(ended_how=Leg.End.RETURNED)),
            right=Count("pk", filter=REFUSED & ELSEWHERE),
            wrong=Count("pk", filter=REFUSED & ITSELF),
        )
        .order_by("-refused", "-sent", *groups)
    )
    return [
        Pair(
            sender=row["sender__office__short_name"],
            receiver=row["receiver__office__short_name"],
            sender_id=row["sender__office"],
            receiver_id=row["receiver__office"],
            category=row.get("petition__category__level1") or "",
            **{name: row[name] for name in ("sent", "refused", "returned", "right", "wrong")},
        )
        for row in rows
    ]


def refusals_between(petitions, since: date, sender: int, receiver: int, most: int):
    """The refused hand-overs of one pair of offices, newest first."""
    legs = hand_overs(petitions, since).filter(REFUSED, sender__office=sender, receiver__office=receiver)
    legs = legs.select_related("petition__category", "suggested_organ", "receiver")
    return legs.defer("petition__excerpt", "petition__accused_text").order_by("-objected_at", "-pk")[:most]
