"""Who may do what, where: one rule over the organ tree, asked of one thing or of many.

A *thing* is whatever carries `involvements` (rows with kind, organ, post, user, until), `secrecy` and
`accused_organ_id`. A grant reaches the thing when one of its current involvements has the grant's relation and lies
within the grant's reach of the post that holds the grant. This module decides *who may*; whether an act *can happen
now* (state, guards) is not its business.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import Appointment, Delegation, Grant, Organ, Post, Reach, Relation
from accounts.query_text import KEY, asked_again
from accounts.querysets import IsAnyOf
from rulebook.acts import Act
from rulebook.timekeeping import today

NOTHING = Q(pk__in=[])
# 检举控告：只有纪检专岗，以及移交前的登记人本人（rules §8.1 数据范围规则）
CONFIDENTIAL = (Relation.DISCIPLINE,)


@dataclass(frozen=True)
class Seat:
    """A post someone may act from today: their own, or one delegated to them."""

    post_id: int
    role_id: int
    role_code: str
    title: str
    organ: Organ
    on_behalf_of_id: int | None = None


@dataclass(frozen=True)
class HeldGrant:
    """One grant as held from one seat."""

    act: str
    relation: str
    reach: str
    seat: Seat

    @property
    def is_registrars_own(self) -> bool:
        return self.relation == Relation.REGISTERED and self.reach == Reach.SELF


class Standing:
    """Everything a user brings to a decision, read once per user instance (two queries)."""

    def __init__(self, user):
        self.user = user
        self.seats = _seats_of(user) if user.is_active and user.organ_id else []
        self.claims: dict[str, list[HeldGrant]] = {}
        by_role: dict[int, list[Seat]] = {}
        for seat in self.seats:
            by_role.setdefault(seat.role_id, []).append(seat)
        if by_role:
            rows = Grant.objects.filter(role_id__in=by_role).values_list("role_id", "act", "relation", "reach")
            for role_id, act, relation, reach in rows:
                for seat in by_role[role_id]:
                    self.claims.setdefault(act, []).append(HeldGrant(act, relation, reach, seat))

    @property
    def role_codes(self) -> set[str]:
        return {seat.role_code for seat in self.seats}

    def of(self, act: Act, *, confidential: bool = False) -> list[HeldGrant]:
        claims = self.claims.get(act, [])
        if not confidential:
            return claims
        return [claim for claim in claims if claim.relation in CONFIDENTIAL or claim.is_registrars_own]

    def as_registrar(self, act: Act) -> list[HeldGrant]:
        """What someone may do to what they took down themselves, even where it accuses their own organ: received is
        registered (第二十三条), and the one who wrote it down must be able to hand it over (第三十条)."""
        return [claim for claim in self.claims.get(act, []) if claim.is_registrars_own]


def standing(user) -> Standing:
    """The user's standing, kept on the instance: a fresh login or request reads it afresh."""
    found = getattr(user, "_standing", None)
    if found is None or found.user is not user:
        found = user._standing = Standing(user)
    return found


def _seats_of(user) -> list[Seat]:
    """Own posts first, then delegated ones; one query."""
    day = today()
    seats = []
    for post in asked_again(("seats", day), lambda: _posts_on(day, KEY.stand_in), {KEY: user.pk}):
        behalf = None if post.is_own else post.lender
        seats.append(Seat(post.pk, post.role_id, post.role.code, post.title, post.organ, behalf))
    return sorted(seats, key=lambda seat: seat.on_behalf_of_id is not None)


def _posts_on(day, user_id: int):
    held = Appointment.objects.current_on(day).filter(user=user_id)
    lent = Delegation.objects.in_force_on(day).filter(to=user_id)
    return (
        Post.objects.filter(Q(pk__in=held.values("post")) | Q(pk__in=lent.values("post")))
        .annotate(
            is_own=Exists(held.filter(post=OuterRef("pk"))),
            lender=Subquery(lent.filter(post=OuterRef("pk")).order_by("pk").values("by_id")[:1]),
        )
        .select_related("role", "organ__office")
        .order_by("pk")
    )


def who(user) -> Hashable:
    """Everything of the user that a question of authority is worded from."""
    known = standing(user)
    seats = tuple(
        (
            seat.post_id,
            seat.role_code,
            seat.organ.path,
            seat.organ.office_id,
            seat.organ.office.territory,
            seat.organ.office.kind,
        )
        for seat in known.seats
    )
    grants = frozenset(
        (claim.act, claim.relation, claim.reach, claim.seat.post_id)
        for claims in known.claims.values()
        for claim in claims
    )
    organ = (user.organ_id, user.organ.office_id, user.organ.path) if user.organ_id else ()
    return user.pk, organ, seats, grants


# asked of one


def may(user, act: Act, thing) -> bool:
    """Whether some grant of the user reaches the thing."""
    return seat_for(user, act, thing) is not None


def seat_for(user, act: Act, thing) -> Seat | None:
    """The post from which the user may do the act to the thing; own posts before delegated ones. None: may not."""
    if user.organ_id is None:
        return None
    known = standing(user)
    if thing.accused_organ_id in user.organ.ancestor_ids:
        claims = known.as_registrar(act)
    else:
        claims = known.of(act, confidential=thing.secrecy > 0)
    if not claims:
        return None
    rows = thing.current_involvements()
    for claim in sorted(claims, key=lambda claim: claim.seat.on_behalf_of_id is not None):
        if _reaches_all(claim) or any(_reaches(claim, row, user) for row in rows):
            return claim.seat
    return None


def reaches_as(user, act: Act, thing, *relations) -> bool:
    """Whether the user may do the act to the thing through one of these relations, not through another."""
    if not may(user, act, thing):
        return False
    rows = thing.current_involvements()
    claims = [claim for claim in standing(user).claims.get(act, []) if claim.relation in relations]
    return any(_reaches(claim, row, user) for claim in claims for row in rows)


def require(user, act: Act, thing) -> Seat:
    """The seat from which the user acts. Raises PermissionDenied with a sentence for the screen."""
    seat = seat_for(user, act, thing)
    if seat is None:
        raise PermissionDenied(f"您的岗位不能对本件“{act.label}”，请联系承办单位或本单位信访专员")
    return seat


def _reaches_all(claim: HeldGrant) -> bool:
    """Any relation, whole city: reaches even what nobody is involved in."""
    return claim.relation == Relation.ANY and claim.reach == Reach.CITY


def _reaches(claim: HeldGrant, row, user) -> bool:
    if claim.relation not in (Relation.ANY, row.kind):
        return False
    organ = claim.seat.organ
    match claim.reach:
        case Reach.CITY:
            return True
        case Reach.TERRITORY:
            return bool(organ.office.territory) and row.organ.territory.startswith(organ.office.territory)
        case Reach.SUBTREE:
            return row.organ.path.startswith(organ.path)
        case Reach.OWN:
            return row.organ.office_id == organ.office_id
        case Reach.POST:
            return row.post_id == claim.seat.post_id or (row.post_id is None and row.organ_id == organ.pk)
        case Reach.SELF:
            return row.user_id == user.pk
    raise ValueError(f"unknown reach {claim.reach}")


# asked of many


def reachable(user, act: Act, involvements) -> Q:
    """The same rule as a filter over things.

    `involvements` is the queryset of involvement rows (a lower room may not import it). The thing's model must have
    `secrecy` and `accused_organ`.
    """
    if user.organ_id is None:
        return NOTHING
    known = standing(user)
    allowed = _side(known.of(act), user, involvements, Q(secrecy=0))
    allowed |= _side(known.of(act, confidential=True), user, involvements, Q(secrecy__gt=0))
    accused = Q(accused_organ_id__in=user.organ.ancestor_ids)
    return allowed & ~accused | _side(known.as_registrar(act), user, involvements, accused)


def _side(claims, user, involvements, scope: Q) -> Q:
    if not claims:
        return NOTHING
    if any(_reaches_all(claim) for claim in claims):
        return scope
    kinds: dict[tuple, set[str]] = {}
    for claim in claims:
        kinds.setdefault(_extent(claim, user), set()).add(claim.relation)
    rows = Q(pk__in=[])
    for extent, relations in kinds.items():
        there = _within(*extent)
        rows |= there if Relation.ANY in relations else there & Q(kind__in=sorted(relations))
    return scope & Q(Probe(involvements.filter(rows, petition_id=OuterRef("pk"), until=None)))


class Probe(Exists):
    """EXISTS that is asked of one thing after another, by index.

    Without the OFFSET PostgreSQL may read every involvement there ever was into a hash table first, to answer for the
    twenty things of a page (ADR 0026).
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def nearby(user, act: Act, involvements):
    """Keys of the things some involvement of which lies within an organ of the user's, or is the user's own; None where
    a grant reaches further. A superset of what is reachable, never a permission: `reachable` decides beside it."""
    claims = standing(user).claims.get(act, [])
    if any(claim.reach in (Reach.CITY, Reach.TERRITORY, Reach.POST) for claim in claims):
        return None
    organs, own = Q(pk__in=[]), involvements.filter(user_id=user.pk, until=None)
    for claim in claims:
        if claim.reach == Reach.OWN:
            organs |= Q(organ__office_id=claim.seat.organ.office_id)
        elif claim.reach == Reach.SUBTREE:
            organs |= Q(organ__path__startswith=claim.seat.organ.path)
    within = involvements.filter(organs, until=None)
    return within.values("petition_id").union(own.values("petition_id"))


def _extent(claim: HeldGrant, user) -> tuple:
    """What the grant reaches, alike for all grants that reach the same."""
    organ = claim.seat.organ
    match claim.reach:
        case Reach.CITY:
            return (claim.reach,)
        case Reach.TERRITORY:
            return claim.reach, organ.office.territory
        case Reach.SUBTREE:
            return claim.reach, organ.path
        case Reach.OWN:
            return claim.reach, organ.office_id
        case Reach.POST:
            return claim.reach, claim.seat.post_id, organ.pk
        case Reach.SELF:
            return claim.reach, user.pk
    raise ValueError(f"unknown reach {claim.reach}")


def _within(reach: str, *of) -> Q:
    """The involvements that lie there. Organs are an array worked out once, so that each involvement is looked at in
    the index alone."""
    match reach:
        case Reach.CITY:
            return Q(pk__isnull=False)
        case Reach.TERRITORY:
            return _in_organs(territory__startswith=of[0]) if of[0] else NOTHING
        case Reach.SUBTREE:
            return _in_organs(path__startswith=of[0])
        case Reach.OWN:
            return _in_organs(office_id=of[0])
        case Reach.POST:
            return Q(post_id=of[0]) | Q(post_id=None, organ_id=of[1])
        case Reach.SELF:
            return Q(user_id=of[0])
    raise ValueError(f"unknown reach {reach}")


def _in_organs(**where) -> Q:
    return Q(IsAnyOf(F("organ_id"), ArraySubquery(Organ.objects.filter(**where).values("pk"))))


# asked of no petition: privileges over organs and the system


def holds(user, act: Act) -> bool:
    """Whether any seat of the user carries the act at all (menus, and acts that concern no petition)."""
    return bool(standing(user).claims.get(act))


def organs_reached(user, act: Act):
    """The organs over which the user holds the act (user administration, board scope)."""
    allowed = NOTHING
    for claim in standing(user).claims.get(act, []):
        organ = claim.seat.organ
        match claim.reach:
            case Reach.CITY:
                return Organ.objects.all()
            case Reach.TERRITORY:
                allowed |= Q(territory__startswith=organ.office.territory) if organ.office.territory else NOTHING
            case Reach.SUBTREE:
                allowed |= Q(path__startswith=organ.path)
            case _:
                allowed |= Q(office_id=organ.office_id)
    return Organ.objects.filter(allowed)


def may_for(user, act: Act, organ) -> bool:
    """Whether the organ is among `organs_reached`, asked of one organ without a query."""
    for claim in standing(user).claims.get(act, []):
        own = claim.seat.organ
        match claim.reach:
            case Reach.CITY:
                return True
            case Reach.TERRITORY:
                reached = bool(own.office.territory) and organ.territory.startswith(own.office.territory)
            case Reach.SUBTREE:
                reached = organ.path.startswith(own.path)
            case _:
                reached = organ.office_id == own.office_id
        if reached:
            return True
    return False


def require_holding(user, act: Act) -> None:
    """Raises PermissionDenied where no seat of the user carries the act."""
    if not holds(user, act):
        raise PermissionDenied(f"您的岗位没有“{act.label}”职权，请联系本单位系统管理员")


def organs_of(user) -> set[int]:
    """Keys of the organs the user sits in, by their own posts and by those lent to them, and of all above these."""
    organs = [seat.organ for seat in standing(user).seats] + ([user.organ] if user.organ_id else [])
    return {pk for organ in organs for pk in organ.ancestor_ids}
