"""谁该收到：承办人、信访专员、科室负责人、分管领导、主要领导、信访部门督查、联席会议召集人。

Read from posts: where a post is empty, the whole organ is told.
"""

from collections import defaultdict

from accounts.authority import may
from accounts.models import Appointment, Grant, Organ, OrganKind, User
from rulebook.acts import Act
from rulebook.timekeeping import today

# 由下往上
LABELS = {
    "handler": "承办人",
    "officer": "信访专员",
    "chief": "科室负责人",
    "deputy": "分管领导",
    "head": "主要领导",
    "office": "信访部门督查",
    "convenor": "联席会议召集人",
}
# 不坐在承办单位里的，坐在管这片辖区的哪一种机构里
ELSEWHERE = {"office": OrganKind.PETITION_OFFICE, "convenor": OrganKind.GOVERNMENT}
LAST_RAISED = "office"  # 没有人知悉的，最高报到信访部门；召集人只由阶梯本身告知


def above(tells, addressees) -> dict[str, list[str]]:
    """Of the pack's addressees those above all whom a rung tells, up to the petition office, the nearest first."""
    order = list(LABELS)
    highest = max(order.index(name) for name in tells)
    last = order.index(LAST_RAISED)
    return {name: addressees[name] for name in order[highest + 1 : last + 1] if name in addressees}


class Seating:
    """Who sits where today, read once for a batch of deadlines (two queries)."""

    def __init__(self, organs):
        organs = list(organs)
        around = Organ.objects.filter(kind__in=ELSEWHERE.values()).in_force_on(today()).order_by("territory")
        self.areas = list(around.values_list("kind", "territory", "pk"))
        self.over = {(organ.pk, name): self._over(organ, kind) for organ in organs for name, kind in ELSEWHERE.items()}
        places = {organ.office_id for organ in organs} | set(filter(None, self.over.values()))
        self.seats: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        rows = Appointment.objects.current_on(today()).filter(post__organ__office_id__in=places, user__is_active=True)
        for office_id, role, user_id in rows.order_by("pk").values_list(
            "post__organ__office_id", "post__role__code", "user_id"
        ):
            self.seats[office_id][role].append(user_id)

    def told(self, rung, organ, petition) -> dict[int, str]:
        """Whom the rung tells, each with the lowest addressee they are told as: the handler once allotted (until then
        whom the pack names in their place), the posts named; where all of these are empty, everyone of the organ (as
        nobody in particular). Only those who may see the petition."""
        allotted = petition.handler_id and petition.organ.office_id == organ.office_id
        found: dict[int, str] = {}
        for addressee, roles in rung.tells.items():
            if addressee == "handler" and allotted:
                found.setdefault(petition.handler_id, addressee)
            else:
                for person in self.sitting(addressee, roles, organ):
                    found.setdefault(person, addressee)
        if not found:
            found = dict.fromkeys(self._everyone_in_charge(organ), "")
        return self.cleared(found, petition)

    def raised(self, rung, organ, petition, known) -> tuple[str, list[int]]:
        """The nearest addressee above those told with somebody there who does not know yet, and who they are;
        ("", []) where there is nobody."""
        for addressee, roles in rung.above.items():
            people = dict.fromkeys(self.sitting(addressee, roles, organ) - set(known), addressee)
            if people := self.cleared(people, petition):
                return addressee, sorted(people)
        return "", []

    def sitting(self, addressee, roles, organ) -> set[int]:
        place = self.over[organ.pk, addressee] if addressee in ELSEWHERE else organ.office_id
        seats = self.seats.get(place, {})
        return {person for role in roles for person in seats.get(role, ())}

    def cleared(self, people: dict[int, str], petition) -> dict[int, str]:
        """Of a report, and of what accuses an organ, only those who may see it."""
        if not (petition.secrecy or petition.accused_organ_id):
            return people
        users = User.objects.filter(pk__in=people).select_related("organ__office")
        return {user.pk: people[user.pk] for user in users if may(user, Act.VIEW, petition)}

    def _everyone_in_charge(self, organ) -> set[int]:
        return {person for people in self.seats.get(organ.office_id, {}).values() for person in people}

    def _over(self, organ, wanted) -> int | None:
        """The organ of that kind whose area is the smallest that holds the organ."""
        around = [
            pk
            for kind, territory, pk in self.areas
            if kind == wanted and territory and organ.territory.startswith(territory)
        ]
        return around[-1] if around else None


def holding(office, act: Act) -> list[User]:
    """Everyone of the office whose post carries the act."""
    return holding_in([office], act)


def holding_in(offices, act: Act) -> list[User]:
    """Everyone of the offices whose post carries the act. Three small questions: a join of all would be planned badly
    where the tables' statistics are still empty (a new city, a fresh restore)."""
    roles = list(Grant.objects.filter(act=act).values_list("role_id", flat=True).distinct())
    within = [office.office_id for office in offices]
    seats = Appointment.objects.current_on(today()).filter(post__organ__office_id__in=within)
    people = list(seats.filter(post__role_id__in=roles).values_list("user_id", flat=True))
    return list(User.objects.active().filter(pk__in=people).select_related("organ__office").order_by("pk"))
