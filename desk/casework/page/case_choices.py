"""可选的单位、人员、分类：按层级和辖区分组，名单之外还能输入名称查找。"""

from collections.abc import Iterable

from accounts.models import Organ, OrganKind, User
from petitions.dispute import rules as disputing
from petitions.models import Category
from routing.models import RoutingProposal
from rulebook.timekeeping import today

GROUP_OF_LEVEL = {"city": "市级", "district": "区级", "street": "街道、乡镇"}
NO_RECEIVERS = (OrganKind.GOVERNMENT, OrganKind.DISCIPLINE)


def receivers(petition) -> list[tuple[str, list[tuple[int, str]]]]:
    """Organs a petition may be handed to, nearest first: own district, its streets, the city, then elsewhere.

    One query. The organ that has it, governments as such and discipline bodies are left out: a report goes to the
    discipline post by an act of its own (第三十条).
    """
    rows = Organ.objects.in_force_on(today()).offices().exclude(kind__in=NO_RECEIVERS).exclude(pk=petition.organ_id)
    return _grouped(_without_accused(rows, petition), petition.organ.district_code)


def proposed(petition) -> RoutingProposal | None:
    """The routing rules' proposal nobody has decided on yet, where it names an organ; one query."""
    waiting = RoutingProposal.objects.unsettled().filter(petition=petition, organ__isnull=False)
    return waiting.select_related("organ", "rule").first()


def designated(petition, dispute) -> list[tuple[str, list[tuple[int, str]]]]:
    """Organs a ruling may name: first those in dispute, then every other one under the ruling organ; one query."""
    parties = [organ for organ in disputing.parties_of(petition) if not organ.is_petition_office]
    rows = Organ.objects.in_force_on(today()).offices().exclude(kind__in=(*NO_RECEIVERS, OrganKind.PETITION_OFFICE))
    joint = dispute.basis == "joint"
    rows = rows.in_territory(dispute.organ.territory) if joint else rows.within(dispute.organ)
    others = _without_accused(rows.exclude(pk__in=[organ.pk for organ in parties]), petition)
    between = [(organ.pk, organ.short_name) for organ in parties if petition.accused_organ_id not in organ.ancestor_ids]
    return [("争议各方", between), *_grouped(others, petition.organ.district_code)]


def on_duty_lists(petition) -> RoutingProposal | None:
    """What the routing rules, drawn from the responsibility lists, last said of the petition; one query."""
    said = RoutingProposal.objects.filter(petition=petition, organ__isnull=False)
    return said.select_related("organ", "rule").order_by("-pk").first()


def disciplinary_posts() -> list[tuple[int, str]]:
    """Discipline bodies a report may be referred to."""
    bodies = Organ.objects.in_force_on(today()).filter(kind=OrganKind.DISCIPLINE).order_by("territory")
    return [(organ.pk, organ.name) for organ in bodies]


def names(groups: Iterable[tuple[str, list[tuple[int, str]]]]) -> list[str]:
    """The names the typed field suggests."""
    return [label for _, organs in groups for _, label in organs]


def colleagues(petition) -> list[tuple[str, list[tuple[int, str]]]]:
    """People of the organ in charge and its sections, by section; one query."""
    people = User.objects.active().filter(organ__office_id=petition.organ.office_id).select_related("organ")
    groups: dict[str, list[tuple[int, str]]] = {}
    for person in people.order_by("organ__path", "name"):
        groups.setdefault(person.organ.short_name, []).append((person.pk, person.name))
    return list(groups.items())


def categories() -> list[tuple[str, list[tuple[int, str]]]]:
    """Categories in force, grouped by their first level; one query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in Category.objects.filter(valid_to=None).order_by("code"):
        groups.setdefault(row.level1, []).append(
            (row.pk, " › ".join(filter(None, (row.level2, row.level3))) or row.level1)
        )
    return list(groups.items())


def _without_accused(rows, petition) -> list[Organ]:
    return [organ for organ in rows.order_by("path") if petition.accused_organ_id not in organ.ancestor_ids]


def _grouped(organs: list[Organ], district: str) -> list[tuple[str, list[tuple[int, str]]]]:
    here: dict[str, list[tuple[int, str]]] = {"本区部门": [], "本区街道、乡镇": [], "市级": []}
    elsewhere: dict[str, list[tuple[int, str]]] = {}
    for organ in organs:
        entry = (organ.pk, organ.short_name)
        if organ.level == "city":
            here["市级"].append(entry)
        elif organ.district_code == district:
            here["本区街道、乡镇" if organ.level == "street" else "本区部门"].append(entry)
        else:
            elsewhere.setdefault(f"其他区{GROUP_OF_LEVEL[organ.level]}", []).append(entry)
    return [(name, entries) for name, entries in {**here, **elsewhere}.items() if entries]
