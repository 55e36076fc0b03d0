"""哪里的事：街道、乡镇按区排好供选；选了就知道由哪个机关登记。"""

from django.utils.translation import gettext_lazy as _

from accounts.models import Level, Organ, OrganKind
from accounts.session.languages import as_written
from accounts.staff.areas import district_of, street_of
from petitions.act.states import Kind
from petitions.intake.category_pack import TERRITORY_KINDS
from petitions.models import Place
from rulebook.timekeeping import today

NOWHERE = "elsewhere"
STREETS = (OrganKind.STREET, OrganKind.TOWN)


def choices() -> list:
    """Streets and towns under their districts, then 说不清. One query."""
    kinds = (TERRITORY_KINDS["district"], TERRITORY_KINDS["street"])
    rows = list(Place.objects.filter(kind__in=kinds).order_by("territory", "pk").values_list("territory", "name"))
    names = dict(rows)
    groups: dict[str, list] = {}
    for territory, name in names.items():
        if street_of(territory):
            groups.setdefault(names.get(district_of(territory), ""), []).append((territory, name))
    return [("", _("请选择")), *groups.items(), (NOWHERE, _("说不清，或者不在这些地方"))]


def area_of(chosen: str) -> str:
    """The area code of a choice; empty where the petitioner could not say."""
    return "" if chosen == NOWHERE else chosen


def words_of(chosen: str) -> str:
    """The choice as it is read back."""
    if chosen == NOWHERE:
        return str(_("说不清，或者不在这些地方"))
    streets = Place.objects.filter(territory=chosen, kind=TERRITORY_KINDS["street"]).order_by("pk")
    return as_written(streets.values_list("name", flat=True).first() or "")


def registrar_of(area: str, kind: str, receiver: str) -> Organ | None:
    """The organ that registers what came in online; None where the city has no petition office to fall back on.

    `receiver` is the city's choice of level. A report never goes to the street it may be about (rules §1.16); what
    lies nowhere goes to the city's petition office.
    """
    organs = Organ.objects.in_force_on(today())
    if area and receiver == "street" and kind != Kind.REPORT:
        street = organs.filter(kind__in=STREETS, territory=street_of(area)).order_by("path").first()
        if street is not None:
            return street
    offices = organs.filter(kind=OrganKind.PETITION_OFFICE)
    if area and receiver != "city":
        office = offices.filter(territory=district_of(area)).order_by("path").first()
        if office is not None:
            return office
    return offices.filter(level=Level.CITY).order_by("path").first()
