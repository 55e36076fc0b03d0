"""演员表：哪个单位的哪个角色由谁来办。"""

from collections import defaultdict

from accounts.models import Appointment, Organ, User
from rulebook.timekeeping import today

CLERK = ("ST_CLERK", "DS_CLERK", "CT_CLERK", "DEPT_OFFICER")
OFFICER = ("ST_OFFICER", "DEPT_OFFICER", "DS_CLERK", "CT_CLERK")
HANDLER = ("ST_HANDLER", "DEPT_HANDLER")
SIGNER = ("ST_DEPUTY", "DEPT_DEPUTY", "ST_HEAD", "DEPT_HEAD")
JUDGE = ("DS_CHIEF", "CT_CHIEF")  # 核实异议的转办科
SUPERVISOR = ("DS_SUPERVISOR", "CT_SUPERVISOR")


class NobodyThere(LookupError):
    """The organ has nobody in any of the roles; the message names both."""


class Cast:
    """Everyone of the demo city by office and role, read once."""

    def __init__(self):
        self.organs = Organ.objects.select_related("office", "parent", "review_organ", "successor").in_bulk(
            field_name="code"
        )
        self.by_key = {organ.pk: organ for organ in self.organs.values()}
        self.users = User.objects.active().select_related("organ__office").in_bulk()
        self.seats: dict[int, dict[str, list[User]]] = defaultdict(lambda: defaultdict(list))
        rows = Appointment.objects.current_on(today()).select_related("post__role", "post__organ")
        for row in rows.order_by("pk"):
            people = self.seats[row.post.organ.office_id][row.post.role.code]
            people.append(self.users[row.user_id])

    def organ(self, code: str) -> Organ:
        return self.organs[code]

    def of(self, organ, roles, turn: int = 0) -> User:
        """Someone of the organ in the first of the roles that is filled; `turn` shares work among several."""
        seats = self.seats[organ.office_id]
        for role in roles:
            if people := seats.get(role):
                return people[turn % len(people)]
        raise NobodyThere(f"{organ.name}没有人任{'、'.join(roles)}")

    def over(self, organ, roles) -> User:
        """Someone in the role whose office has the smallest area that holds the organ (法制审核、督查、包案领导)."""
        found = [
            (len(person.office.territory), person)
            for seats in self.seats.values()
            for role in roles
            for person in seats.get(role, ())
            if organ.territory.startswith(person.office.territory)
        ]
        if not found:
            raise NobodyThere(f"{organ.name}所在辖区没有人任{'、'.join(roles)}")
        return max(found, key=lambda pair: pair[0])[1]
