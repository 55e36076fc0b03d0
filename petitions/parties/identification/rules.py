"""认定是否同一信访人：合为一人、分为两人，都有依据、有记录、可以撤销（rules §1.11：是否同一人由人确认）。

A ruling moves the parties that the user may rule on; petitions they may not see keep the record they had, which points
at the one kept, so that nothing is said of them and nothing is lost. No petition, clock or letter changes.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from petitions.act.decorator import Refused
from petitions.parties.identification.models import PersonRuling
from petitions.parties.models import Party, Person
from petitions.petition.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now

NOT_YOURS = "您的岗位不能认定这位信访人，请由登记的单位或者上级信访部门办理"


def within(person: Person) -> Q:
    """The parties of the person, with those of every record joined into it."""
    return Q(person=person) | Q(person__joined_into=person)


def open_to(user, person: Person, act: Act = Act.IDENTIFY):
    """The parties of the person on petitions to which the user may do the act."""
    seen = Petition.objects.visible_to(user, act)
    return Party.objects.filter(within(person), submission__in=seen.values("submission"))


@transaction.atomic
def join(kept: Person, other: Person, *, by, reason: str) -> PersonRuling:
    """合为一人: `other` is `kept`. From now on who comes with the identity of either is `kept`."""
    kept, other = _locked(kept, other)
    if kept.pk == other.pk:
        raise Refused("这已经是同一条记录")
    if kept.joined_into_id or other.joined_into_id:
        raise Refused("其中一条记录已经合并，请刷新后再认定")
    if kept.kind != other.kind:
        raise Refused("一条是自然人，一条是法人、其他组织，不能合为一人")
    if other.joined.exists():
        raise Refused("要并入的记录已经并有别的记录，请反过来：把本记录并入那一条")
    _require(by, kept, other)
    moved = list(open_to(by, other).values_list("pk", flat=True))
    Party.objects.filter(pk__in=moved).update(person=kept)
    Person.objects.filter(pk=other.pk).update(joined_into=kept)
    return _ruled(PersonRuling.Kind.JOIN, kept, other, moved, by, reason)


@transaction.atomic
def part(person: Person, parties: Iterable[Party], *, by, reason: str) -> PersonRuling:
    """分为两人: these parties are somebody else, who gets a record of their own without the identity of the first."""
    (person,) = _locked(person)
    wanted = {party.pk for party in parties}
    mine = {party.pk: party for party in open_to(by, person)}
    if not wanted:
        raise Refused("请勾选不是本人的那几件")
    if not wanted <= mine.keys():
        raise PermissionDenied(NOT_YOURS)
    if not Party.objects.filter(within(person)).exclude(pk__in=wanted).exists():
        raise Refused("勾选的是全部各件，没有可以分开的；登记错了人的，请更正登记信息")
    first = mine[min(wanted)]
    other = Person.objects.create(kind=person.kind, name=first.name)
    Party.objects.filter(pk__in=wanted).update(person=other)
    return _ruled(PersonRuling.Kind.PART, person, other, sorted(wanted), by, reason)


@transaction.atomic
def undo(ruling: PersonRuling, *, by, reason: str) -> PersonRuling:
    """撤销认定: what moved and was not moved again goes back; the ruling stays, with who undid it and why."""
    ruling = PersonRuling.objects.select_for_update().get(pk=ruling.pk)
    if ruling.undone_at is not None:
        raise Refused("这次认定已经撤销")
    kept, other = _locked(ruling.kept, ruling.other)
    moved = Party.objects.filter(pk__in=ruling.parties)
    seen = Petition.objects.visible_to(by, Act.IDENTIFY).values("submission")
    if moved.exclude(submission__in=seen).exists() or not ruling.parties:
        _require_author(ruling, by)
    if not reason.strip():
        raise Refused("撤销认定须写明理由")
    if ruling.kind == PersonRuling.Kind.JOIN:
        Person.objects.filter(pk=other.pk).update(joined_into=None)
        moved.filter(person=kept).update(person=other)
    else:
        moved.filter(person=other).update(person=kept)
        Person.objects.filter(pk=other.pk).update(joined_into=kept)
    ruling.undone_by, ruling.undone_at, ruling.undone_reason = by, now(), reason.strip()
    ruling.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    return ruling


def rulings_on(person: Person):
    """What was ruled on the person, the last first."""
    return PersonRuling.objects.filter(Q(kept=person) | Q(other=person)).select_related("by", "organ", "undone_by")


def _require(by, *persons) -> None:
    """The user may rule on at least one petition of each."""
    if not all(open_to(by, person).exists() for person in persons):
        raise PermissionDenied(NOT_YOURS)


def _require_author(ruling, by) -> None:
    if ruling.by_id != by.pk:
        raise PermissionDenied(NOT_YOURS)


def _ruled(kind, kept, other, parties, by, reason) -> PersonRuling:
    if not reason.strip():
        raise Refused("认定须写明依据，例如：两件证件、照片一致，本人当面确认")
    return PersonRuling.objects.create(
        kind=kind, kept=kept, other=other, parties=parties, reason=reason.strip(), organ=by.office, by=by, at=now()
    )


def _locked(*persons) -> list[Person]:
    """The records as they stand now, locked in one order."""
    keys = [person.pk for person in persons]
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]
