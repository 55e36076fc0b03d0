"""件页上领导说的、领导包的：没有报告的批示，谁在包案。"""

from typing import Any

from accounts.authority import may
from accounts.models import User
from accounts.privacy import mask_text
from petitions.handling.instruction import rules as instructing
from petitions.handling.sponsorship import rules as sponsoring
from rulebook.acts import Act
from rulebook.timekeeping import today


def instruction(petition, user) -> dict[str, Any] | None:
    """The instruction not yet reported on: whose, what, who reports by when; offered as an order where it is late."""
    clock = instructing.waiting(petition)
    if clock is None:
        return None
    line, late = instructing.words(petition), clock.due_on < today()
    said = getattr(line, "text", None)
    return {
        "by": f"{line.by_organ.short_name} {line.by.name}" if line.by_organ else line.by.name,
        "text": mask_text(said.body) if said else "",
        "to": clock.owed_by_organ.short_name,
        "due_on": clock.due_on,
        "late": late,
        "may_order": late and not petition.under_order and may(user, Act.ORDER, petition),
    }


def sponsorship(petition) -> dict[str, Any] | None:
    """Which leader has taken the petition upon themselves, why and by when; and who had before. One query, and only
    where there is one."""
    row = sponsoring.current(petition)
    if row is None:
        return None
    had = [one for one in petition.involvements.all() if one.kind == row.kind and one.pk != row.pk]
    people = User.objects.select_related("organ").in_bulk([one.user_id for one in (row, *had)])
    line = sponsoring.latest(petition)
    said = getattr(line, "text", None)
    return {
        "leader": sponsoring.named(people[row.user_id]),
        "since": row.since,
        "due_on": sponsoring.due_on(line),
        "text": mask_text(said.body) if said else "",
        "before": [sponsoring.named(people[one.user_id]) for one in had],
    }
