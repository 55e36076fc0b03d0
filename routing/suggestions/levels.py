"""四级：社区（村）—街道（乡镇）—区—市；一次只上一级、下一级，或者在同级单位之间转。"""

from django.db.models import Q

from accounts.models import Organ, OrganKind
from rulebook.timekeeping import today

# 由下往上
LEVELS = {"community": "社区（村）", "street": "街道（乡镇）", "district": "区", "city": "市"}
_ORDER = list(LEVELS)
# 不研究群众建议的：纪检监察另有途径；科室以所属单位名义
NEVER = (OrganKind.SECTION, OrganKind.DISCIPLINE)


def level_of(organ: Organ) -> str:
    """One of LEVELS; a section answers with its office's level."""
    if organ.kind == OrganKind.COMMUNITY:
        return "community"
    return str(organ.office.level if organ.is_section else organ.level)


def step_between(here: Organ, there: Organ) -> int:
    """How many levels up `there` lies from `here`; negative is down, 0 the same level."""
    return _ORDER.index(level_of(there)) - _ORDER.index(level_of(here))


def holders():
    """The organs that may have a suggestion in hand today."""
    return Organ.objects.in_force_on(today()).exclude(kind__in=NEVER).select_related("office").order_by("path")


def at_level(organs, level: str):
    """Those of the organs at the level."""
    communities = Q(kind=OrganKind.COMMUNITY)
    return organs.filter(communities if level == "community" else ~communities & Q(level=level))


def within_reach(organ: Organ):
    """Where a suggestion may go from the organ: the level above whose area holds it, the level below within its own,
    and the other organs of its level and area."""
    place = _ORDER.index(level_of(organ))
    found = at_level(holders(), _ORDER[place]).filter(territory=organ.territory)
    if place + 1 < len(_ORDER):
        above = at_level(holders(), _ORDER[place + 1])
        found = found | above.filter(territory__in=_prefixes(organ.territory))
    if place:
        found = found | at_level(holders(), _ORDER[place - 1]).filter(territory__startswith=organ.territory)
    return found.exclude(pk=organ.pk)


def receiving(organ: Organ):
    """The organs within the organ's area that take suggestions from the public: those people know by their place."""
    kinds = (OrganKind.COMMUNITY, OrganKind.STREET, OrganKind.TOWN, OrganKind.PETITION_OFFICE)
    return holders().filter(kind__in=kinds, territory__startswith=organ.territory)


def _prefixes(territory: str) -> list[str]:
    return [territory[:length] for length in range(1, len(territory) + 1)]
