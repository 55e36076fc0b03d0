"""谁该收到：承办人、信访专员、科室负责人、分管领导、主要领导、信访部门督查；由岗位读出，岗位空缺的告知全单位。"""

from collections import defaultdict

from accounts.authority import may
from accounts.models import Appointment, Grant, Organ, User
from rulebook.acts import Act
from rulebook.timekeeping import today

LABELS = {
    "handler": "承办人",
    "officer": "信访专员",
    "chief": "科室负责人",
    "deputy": "分管领导",
    "head": "主要领导",
    "office": "信访部门督查",
}


class Seating:
    """Who sits where today, read once for a batch of deadlines (two queries)."""

    def __init__(self, organs):
        self.petition_offices = list(
            Organ.objects.petition_offices().in_force_on(today()).values_list("territory", "pk").order_by("territory")
        )
        self.over = {organ.pk: self._office_over(organ) for organ in organs}
        places = {organ.office_id for organ in organs} | {office for office in self.over.values() if office}
        self.seats: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        rows = Appointment.objects.current_on(today()).filter(post__organ__office_id__in=places, user__is_active=True)
        for office_id, role, user_id in rows.order_by("pk").values_list(
            "post__organ__office_id", "post__role__code", "user_id"
        ):
            self.seats[office_id][role].append(user_id)

    def told(self, rung, organ, petition) -> list[int]:
        """Keys of those the rung tells: the handler once allotted (until then whom the pack names in their place),
        the posts named; where all of these are empty, everyone of the organ. Only those who may see the petition."""
        allotted = petition.handler_id and petition.organ.office_id == organ.office_id
        found: set[int] = set()
        for addressee in rung.tells:
            if addressee == "handler" and allotted:
                found.add(petition.handler_id)
            else:
                found |= self._sitting(addressee, rung, organ)
        if not found:
            found = self._everyone_in_charge(organ)
        if petition.secrecy or petition.accused_organ_id:
            people = User.objects.filter(pk__in=found).select_related("organ__office")
            found = {person.pk for person in people if may(person, Act.VIEW, petition)}
        return sorted(found)

    def _sitting(self, addressee, rung, organ) -> set[int]:
        place = self.over[organ.pk] if addressee == "office" else organ.office_id
        seats = self.seats.get(place, {})
        return {person for role in rung.tells[addressee] for person in seats.get(role, ())}

    def _everyone_in_charge(self, organ) -> set[int]:
        return {person for people in self.seats.get(organ.office_id, {}).values() for person in people}

    def _office_over(self, organ) -> int | None:
        """The petition office of the smallest area that holds the organ."""
        around = [pk for territory, pk in self.petition_offices if territory and organ.territory.startswith(territory)]
        return around[-1] if around else None


def holding(office, act: Act) -> list[User]:
    """Everyone of the office whose post carries the act. Three small questions: a join of all would be planned badly
    where the tables' statistics are still empty (a new city, a fresh restore)."""
    roles = list(Grant.objects.filter(act=act).values_list("role_id", flat=True).distinct())
    seats = Appointment.objects.current_on(today()).filter(post__organ__office_id=office.office_id)
    people = list(seats.filter(post__role_id__in=roles).values_list("user_id", flat=True))
    return list(User.objects.active().filter(pk__in=people).select_related("organ__office").order_by("pk"))
