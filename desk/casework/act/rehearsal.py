"""预演：在一个随即撤销的事务里真办一次，看会出哪些文书、期限到哪天。库里什么也不留下。"""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from documents.letters.preview import page
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor
from petitions.act.states import ActorKind
from rulebook.acts import Act
from rulebook.terms import BY_CODE


@dataclass
class Rehearsal:
    """What the act would leave behind. `letters` are contexts of documents/letter.html without number and date."""

    letters: list[dict[str, Any]] = field(default_factory=list)
    days: list[tuple[str, Any]] = field(default_factory=list)


class _Undo(Exception):
    """Leaves the savepoint without keeping anything."""


def rehearse(petition, act: Act, *, by, note: str, details: dict[str, Any]) -> Rehearsal:
    """Do the act as if approved, read the outcome, undo it. Raises Refused and PermissionDenied as the act would.

    Numbers taken for the letters are given back with the rollback, so they are not shown.
    """
    seen = Rehearsal()
    move = getattr(type(petition), str(act))
    actor = Actor(ActorKind.USER, user=by, approved=True) if move.needs_approval else by
    before = petition.seq
    try:
        with transaction.atomic():
            carry_out(petition, act, by=actor, note=note, **details)
            links = petition.petition_letters.filter(seq__gt=before).select_related("letter__organ", "letter__template")
            seen.letters = [page(link.letter) for link in links.order_by("pk")]
            seen.days = [
                (BY_CODE[row.term].label, row.due_on)
                for row in petition.deadlines.filter(ended_how="").order_by("due_on", "pk")
            ]
            raise _Undo
    except _Undo:
        return seen
