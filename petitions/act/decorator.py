"""@act: what every act owes — one lock, authority, reasons, the move, one log line, fresh deadlines."""

from dataclasses import dataclass
from functools import wraps

from django.db import transaction
from django_fsm import TransitionNotAllowed

from accounts.authority import require
from accounts.models import User
from petitions.act.states import OPEN, ActorKind
from rulebook.acts import Act


class Refused(Exception):
    """The act is not open now; str() is a sentence fit for the screen, the same on button, page and API."""


class Stale(Refused):
    """Somebody acted since this copy was loaded; asked again on a fresh copy, the act may be open."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, a petitioner, or the system itself; `approved` once an approval was given for it."""

    kind: str
    user: User | None = None
    party_id: int | None = None
    approved: bool = False

    @classmethod
    def of(cls, by) -> "Actor":
        return by if isinstance(by, Actor) else cls(ActorKind.USER, user=by)


SYSTEM = Actor(ActorKind.SYSTEM)


def act(which: Act, *, refuses=(), approval=False):
    """Make a django-fsm transition an act of the house.

    The wrapped method is called as `noun.method(by=…, note="", **details)`; `by` is a User or an Actor. `refuses` is
    a list of functions `(noun, by=, **details) -> str | None` for what depends on the arguments. With `approval`,
    only an approved actor may do it (see approvals.py). Raises Refused with the reasons, PermissionDenied where no
    grant reaches the noun's petition.
    """

    def decorate(move):
        @wraps(move)
        @transaction.atomic
        def perform(noun, *, by, note="", backfilled=False, **details):
            actor = Actor.of(by)
            petition = noun.the_petition()
            petition.lock()
            seat = None
            if actor.kind == ActorKind.USER and not actor.approved:
                seat = require(actor.user, which, petition)
            if approval and not actor.approved:
                raise Refused(f"“{which.label}”须先报请审批，批准后由系统办成")
            reasons = why_not(noun, move, which) or [
                said for ask in refuses if (said := ask(noun, by=actor, **details))
            ]
            if reasons:
                raise Refused("；".join(reasons))
            came_from = petition.state
            try:
                extra = move(noun, by=actor, **details) or {}
            except TransitionNotAllowed as error:
                raise Refused(f"“{petition.get_state_display()}”时不能{which.label}") from error
            if noun is not petition:
                noun.save()
            petition.settle_holder()
            petition.log(
                which,
                by=actor,
                seat=seat,
                note=note,
                came_from=came_from,
                scope=noun.log_scope | extra.get("scope", {}),
                details=noun.log_facts() | _plain(details) | extra.get("details", {}),
                happened_on=extra.get("happened_on"),
                backfilled=backfilled,
            )
            petition.rewrite_deadlines()
            petition.keep()
            if (came_from in OPEN) != (petition.state in OPEN):
                petition.involvements.update(open=petition.state in OPEN)
            return noun

        perform.act = which
        perform.refuses = refuses
        perform.needs_approval = approval
        return perform

    return decorate


def why_not(noun, move, which: Act | None = None) -> list[str]:
    """The reasons the move is closed now, as sentences; empty where it is open."""
    road = move._django_fsm.get_transition(noun.state)
    if road is None:
        return [f"“{noun.get_state_display()}”时不能{(which or move.act).label}"]
    return [test.because for test in road.conditions or [] if not test(noun)]


def acts_of(model) -> list:
    """The model's acts, as its methods, in the order they are written: its own, then its parents'."""
    return [value for part in model.__mro__ for value in vars(part).values() if hasattr(value, "act")]


# What the log may keep of an act's arguments: keys, codes, days and numbers. Words go to the side table or the noun.
KEPT = frozenset(
    "bars category days due_on earlier form ground into key kind matter means mode on outcome paper path receiver "
    "report_required section service siblings suggested to new_facts".split()
)


def _plain(details: dict) -> dict:
    """The arguments as the log keeps them: keys of rows, ISO dates, codes; never free text."""
    plain = {}
    for key, value in details.items():
        if key not in KEPT or value is None:
            continue
        if hasattr(value, "isoformat"):
            plain[key] = value.isoformat()
        else:
            plain[key] = getattr(value, "pk", value)
    return plain
