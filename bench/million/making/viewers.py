"""谁在看：市级看全市，区级看本区，街道看本单位。"""

from dataclasses import dataclass
from itertools import cycle, islice

from accounts.models import Organ, User
from bench.million.making.patterns import District

CITY, DISTRICT, UNIT = "全市", "本区", "本单位"
MIX = (CITY, DISTRICT, UNIT, DISTRICT, UNIT)  # 两成、四成、四成


@dataclass(frozen=True)
class Viewer:
    """Someone at a desk; `organ` is what the raw SQL narrows to, None for the whole city."""

    reach: str
    username: str
    organ: Organ | None

    def fresh(self) -> User:
        """As a request would load them."""
        return User.objects.select_related("organ__office").get(username=self.username)


def viewers(districts: list[District]) -> list[Viewer]:
    """In the mix of MIX, over all districts."""
    found = []
    for number, district in enumerate(districts):
        prefix = f"b{number:02d}" if number else ""
        found.append(_viewer(CITY, "cchief1"))
        found.append(_viewer(DISTRICT, f"{prefix}dchief1", district.area))
        found.append(_viewer(UNIT, f"{prefix}officer1"))
    by_reach = {reach: cycle([one for one in found if one.reach == reach]) for reach in (CITY, DISTRICT, UNIT)}
    return list(islice((next(by_reach[reach]) for reach in cycle(MIX)), len(districts) * len(MIX)))


def _viewer(reach: str, username: str, area: str = "") -> Viewer:
    if reach == CITY:
        return Viewer(reach, username, None)
    if reach == DISTRICT:
        government = Organ.objects.get(territory=area, kind="government", level="district")
        return Viewer(reach, username, government)
    return Viewer(reach, username, User.objects.select_related("organ__office").get(username=username).organ.office)
