"""分流规则试算：同一批件，照现行的规则和换了一条的规则各判一遍，旁边是当时的建议和人的决定。什么也不改。"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from petitions.models import Claim, Petition
from routing.destination.acts import weighed
from routing.destination.rule_books import Book
from routing.destination.rules import Rule
from routing.models import RoutingProposal
from rulebook.timekeeping import today

BATCH = 200  # 件


@dataclass(frozen=True)
class Routed:
    """One petition at the desk that registered it: the organ each set of rules proposes, what was proposed then and
    what the person decided (keys; None: nobody, 待甄别 or not decided)."""

    petition: int
    live: int | None
    draft: int | None
    then: int | None
    chosen: int | None


def replay(petitions: QuerySet[Petition], instead: Mapping[str, Rule | None]) -> Iterator[Routed]:
    """Each petition that was ever proposed for, with the rules in force today and with `instead` in the place of those
    of their codes (None: the rule is gone). Nothing is written. What was learnt is asked once for both.

    A petition is read as it stands now: where its category, place or text were corrected since, the proposal may be
    another than that of the day.
    """
    live, draft = Book(today()), Book(today(), instead)
    proposed = RoutingProposal.objects.order_by("pk")
    proposed = proposed.only("petition_id", "organ_id", "chosen_organ_id", "chosen_at")
    found = petitions.filter(pk__in=RoutingProposal.objects.values("petition_id"))
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = Petition.objects.filter(pk__in=keys[start : start + BATCH])
        batch = batch.select_related("submission", "organ", "first_receiver", "category").order_by("pk")
        claims: dict[int, list[str]] = {}
        for pk, text in Claim.objects.filter(petition__in=batch).values_list("petition_id", "text"):
            claims.setdefault(pk, []).append(text)
        for petition in batch.prefetch_related(Prefetch("routing_proposals", proposed)):
            said, desk = claims.get(petition.pk, []), petition.first_receiver
            first = weighed(petition, said, live, at=desk)
            other = weighed(petition, said, draft, at=desk, judged=first.learnt)
            then = petition.routing_proposals.all()[0]
            yield Routed(
                petition.pk,
                first.proposal.desk.id if first.proposal.desk else None,
                other.proposal.desk.id if other.proposal.desk else None,
                then.organ_id,
                then.chosen_organ_id,
            )
