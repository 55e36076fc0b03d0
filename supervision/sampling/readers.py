"""谁来评：有质量评查职权、与本件无涉的两人。承办过、协办过的单位的人，本件日志上办过事的人，都不评。"""

from collections.abc import Sequence
from hashlib import sha256

from accounts.models import Appointment, Grant, User
from petitions.models import Involvement, Petition, PetitionEvent
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.models import Reading, SampledPetition, SamplePlan

SEATS = (1, 2)
TOOK_PART = ("handles", "handled", "co")
# 催办、督办不是经手：督查的人正是评查的人
ONLY_SUPERVISED = (Act.URGE, Act.ORDER, Act.RETURN_ORDER, Act.CLOSE_ORDER)


def candidates(user):
    """Who may be named as a reader of the user's plan: active, holding 质量评查, of the same area, not the user: the
    user settles what the two differ on."""
    roles = list(Grant.objects.filter(act=Act.SAMPLE).values_list("role_id", flat=True).distinct())
    own = user.organ.office.territory
    seats = Appointment.objects.current_on(today()).filter(post__role__in=roles)
    rows = seats.values_list("user_id", "post__organ__office__territory")
    near = {key for key, area in rows if area and (own.startswith(area) or area.startswith(own))}
    people = User.objects.active().filter(pk__in=near - {user.pk}).select_related("organ__office")
    return people.order_by("organ__office__path", "pk")


def assign(plan: SamplePlan, sampled: Sequence[SampledPetition]) -> int:
    """Give every petition that lacks one its readers: whoever may read it and has fewest so far; who is alike in that
    is put in order by the plan's seed. Returns how many places stay empty.

    `sampled` come with `petition` and its `organ`; five questions whatever their number.
    """
    readers = list(plan.readers.select_related("organ__office").order_by("username"))
    fit = _fit(readers, [one.petition for one in sampled])
    held: dict[int, dict[int, int]] = {one.pk: {} for one in sampled}
    for key, seat, reader in Reading.objects.filter(sampled__in=held).values_list("sampled_id", "seat", "reader_id"):
        held[key][seat] = reader
    load = {reader.pk: 0 for reader in readers}
    for taken in held.values():
        for reader in taken.values():
            load[reader] = load.get(reader, 0) + 1
    made, empty = [], 0
    for one in sampled:
        taken = held[one.pk]
        for seat in SEATS:
            if seat in taken:
                continue
            free = [reader for reader in fit[one.petition_id] if reader.pk not in taken.values()]
            if not free:
                empty += 1
                continue
            chosen = min(free, key=lambda reader: (load[reader.pk], _turn(plan.seed, one, reader)))
            taken[seat] = chosen.pk
            load[chosen.pk] += 1
            made.append(Reading(sampled=one, reader=chosen, seat=seat))
    Reading.objects.bulk_create(made)
    return empty


def _turn(seed: str, one: SampledPetition, reader: User) -> str:
    return sha256(f"{seed}\n{one.petition.number}\n{reader.username}".encode()).hexdigest()


def _fit(readers: Sequence[User], petitions: Sequence[Petition]) -> dict[int, list[User]]:
    """Of each petition, the readers who may see it to judge it and had no part in it."""
    keys = [petition.pk for petition in petitions]
    organs: dict[int, set[int]] = {petition.pk: {petition.organ.office_id} for petition in petitions}
    concerned = Involvement.objects.filter(petition__in=keys, kind__in=TOOK_PART)
    for key, office in concerned.values_list("petition_id", "organ__office_id"):
        organs[key].add(office)
    people: dict[int, set[int | None]] = {petition.pk: {petition.handler_id} for petition in petitions}
    lines = PetitionEvent.objects.filter(petition__in=keys, by__in=readers).exclude(act__in=ONLY_SUPERVISED)
    for key, person in lines.values_list("petition_id", "by_id").distinct():
        people[key].add(person)
    fit: dict[int, list[User]] = {key: [] for key in keys}
    for reader in readers:
        seen = Petition.objects.visible_to(reader, Act.SAMPLE).filter(pk__in=keys).values_list("pk", flat=True)
        for key in seen:
            if reader.organ.office_id not in organs[key] and reader.pk not in people[key]:
                fit[key].append(reader)
    return fit
