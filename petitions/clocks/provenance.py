"""为什么是这一天: a stored deadline led back to the rule, the calendar and the acts it was counted from."""

from typing import Any

from petitions.models import Deadline, Petition
from rulebook.books import calendar_in_force, calendar_of, terms_of
from rulebook.derivation import Derivation, derive


def derivation_of(petition: Petition, deadline: Deadline) -> Derivation:
    """One of the petition's periods counted again under the rules it pins and the calendar it was counted with."""
    term = next(term for term in terms_of(petition.rule_set) if term.code == deadline.term)
    calendar = calendar_of(deadline.calendar_version) if deadline.calendar_version else calendar_in_force()
    return derive(
        term,
        deadline.starts_on,
        calendar=calendar,
        extend=deadline.extended_days,
        hearings=deadline.held,
        due_on=deadline.due_on if term.appointed else None,
        as_recorded=True,
    )


def explained(petition: Petition) -> dict[str, Any]:
    """All clocks of a petition as plain values: each derivation, whose clock it is, and how it ended.

    `agrees` is whether counting again gives the stored day; nothing personal is in it.
    """
    clocks = []
    for deadline in petition.deadlines.select_related("owed_by_organ").order_by("started_by", "term", "scope_id"):
        found = derivation_of(petition, deadline)
        clocks.append(
            {
                **found.as_json(),
                "scope": deadline.scope,
                "scope_id": deadline.scope_id,
                "started_by": deadline.started_by,
                "owed_by": deadline.owed_by_organ.name if deadline.owed_by_organ else None,
                "extended_days": deadline.extended_days,
                "met_on": deadline.met_on.isoformat() if deadline.met_on else None,
                "ended_how": deadline.ended_how or None,
                "agrees": found.due_on == deadline.due_on,
            }
        )
    return {"petition": petition.number, "state": petition.get_state_display(), "clocks": clocks}
