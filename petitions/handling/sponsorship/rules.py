"""领导包案的规矩：谁可以包、由谁包着、什么时候不能包（第十八条第二款，rules §1.17）。"""

from datetime import date

from accounts.models import Appointment, Relation, User
from petitions.act.guards import guard
from petitions.act.states import Kind
from rulebook.acts import Act
from rulebook.labelled import Labelled
from rulebook.timekeeping import today


class Conclusion(Labelled):
    """What the sponsorship came to: 包案卡“化解/稳控结论”."""

    SETTLED = "settled", "已化解"
    STEADY = "steady", "已稳控，转常规办理"
    OTHER = "other", "不再由领导包案"


def current(petition):
    """The involvement of the leader now in charge, or None; as the petition was read."""
    return next((row for row in petition.current_involvements() if row.kind == Relation.SPONSOR), None)


def latest(petition):
    """The log line by which the leader now in charge was named, or None where the log has none (历史导入)."""
    return next((line for line in reversed(petition.events.all()) if line.act == Act.SPONSOR), None)


def due_on(line):
    """By which day that line says it is to be settled; None where no day was set."""
    told = line.details.get("due_on") if line is not None else None
    return date.fromisoformat(told) if told else None


def leaders(petition):
    """Who may be named: people in a post whose role the grants let see what they sponsor, of the organ in charge or of
    one over its area; never of the organ complained of. Which roles these are is the city's grants.csv ([设]: the
    Regulation says 领导干部 and names no rank)."""
    held = Appointment.objects.current_on(today()).filter(
        post__role__grants__act=Act.VIEW, post__role__grants__relation=Relation.SPONSOR
    )
    people = User.objects.active().filter(pk__in=held.values("user")).select_related("organ__office")
    area = petition.organ.territory
    return [
        person
        for person in people.order_by("organ__path", "name", "pk")
        if person.organ.office.territory
        and area.startswith(person.organ.office.territory)
        and petition.accused_organ_id not in person.organ.ancestor_ids
    ]


def named(person) -> str:
    """A leader as the page writes them: 云河区政府 宋远帆."""
    return f"{person.organ.short_name} {person.name}"


@guard("检举控告、保密的件只限指定岗位知悉，不作领导包案", article="第三十条")
def is_not_confidential(petition) -> bool:
    return petition.secrecy == 0 and petition.kind != Kind.REPORT


@guard("本件没有包案的领导", article="第十八条")
def is_sponsored(petition) -> bool:
    return current(petition) is not None


def unlawful(petition, *, to, reason, due_on=None, **_):
    """A leader who may see what they are to settle, another than the one in charge, by a day to come, with a reason."""
    if not reason.strip():
        return "请写明包案的理由和化解方案"
    if due_on is not None and due_on <= today():
        return "化解时限应当晚于今天"
    row = current(petition)
    if row is not None and row.user_id == to.pk:
        return f"本件已由{named(to)}包案，请选择另一位领导，或者先结束包案"
    if to not in leaders(petition):
        return f"{named(to)}不是承办单位或者上级的领导，不能包本件，请在名单里另选"
    return None


def without_reason(petition, *, reason, **_):
    """The end of it says why."""
    return None if reason.strip() else "请写明化解、稳控的情况，或者不再包案的理由"
