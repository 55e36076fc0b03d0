"""同案各件：并入本件的、主件、同一事项组的，各是谁的、走到哪里、文书送到没有。"""

from collections import Counter
from typing import Any

from django.db.models import Q

from petitions.models import Party, Petition, Service

MOST = 50  # 再多的到清单里看


def rows(petition: Petition, user) -> list[dict[str, Any]]:
    """What hangs together with a petition loaded by dossier.load and may be seen by the user; no query where nothing
    does, three otherwise. `waiting` counts the letters not yet served on that petition's own people."""
    if not (petition.is_main or petition.matter_id or petition.merged_into_id):
        return []
    wanted = Q(merged_into=petition.pk)
    if petition.matter_id:
        wanted |= Q(matter=petition.matter_id)
    if petition.merged_into_id:
        wanted |= Q(pk=petition.merged_into_id)
    seen = Petition.objects.visible_to(user).filter(wanted).exclude(pk=petition.pk).for_lists().order_by("pk")
    found = list(seen[:MOST])
    leads: dict[int, Party] = {}
    for party in Party.objects.filter(submission__in={one.submission_id for one in found}).order_by("position"):
        leads.setdefault(party.submission_id, party)
    # 主件的文书也逐件送达并入各件的信访人，所以按人归件，不按文书归件
    keys = [petition.pk, *(one.pk for one in found)]
    unserved = Service.objects.waiting().filter(petition__in=keys).values_list("party__submission", flat=True)
    waiting = Counter(unserved)
    return [
        {
            "petition": one,
            "relation": _relation(petition, one),
            "who": leads[one.submission_id].shown_name if one.submission_id in leads else "匿名",
            "waiting": waiting[one.submission_id],
        }
        for one in found
    ]


def _relation(petition: Petition, other: Petition) -> str:
    if other.merged_into_id == petition.pk:
        return "并入本件"
    return "主件" if petition.merged_into_id == other.pk else "同一事项组"
