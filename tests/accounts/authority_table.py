"""The authority table: role × act × relation, checked in, and a second opinion on what a reach means.

The table is read by people in review; `python3 run.py manage shell -c "from tests.accounts import authority_table;
authority_table.write()"` rewrites it from the demo city's grants, and the diff shows who gains or loses what.
"""

import csv
from collections import defaultdict
from pathlib import Path

from django.conf import settings

from accounts.models import Reach, Relation
from rulebook.acts import Act
from rulebook.city.base_pack import file_of

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
TABLE = Path(__file__).with_name("authority_table.csv")
SYSTEM_ACTS = (Act.MANAGE_USERS, Act.CONFIGURE, Act.AUDIT)
ACTS = [act for act in Act if act not in SYSTEM_ACTS]
REACHES = list(Reach.values)
# 每种角色坐在哪里：一个街道、它的科室和社区、同区的信访办与委办局、市信访办
SEATS = {"street": "YHQL", "district": "YHXF", "bureau": "YHZJ", "city": "YZXF", "section": "YHQL01"}
SEAT_OF_ROLE = {
    "ST_HANDLER": "YHQLCJ",
    "DS_LEADER": "YH",
    "DS_REVIEW": "YHFC",
    "DS_REVIEW_CHAIR": "YH",
    "CT_REVIEW": "YZFC",
    "CT_REVIEW_CHAIR": "YZ",
    "LEGAL": "YHSF",
    "DISCIPLINE": "YHJJ",
    "ADMIN": "YZXF",
    "AUDIT": "YZXF",
}


def rows_of(name: str) -> list[dict[str, str]]:
    with file_of(PACK, name).open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def from_grants() -> list[list[str]]:
    """The table as the demo city's grants make it: `not`, or `may` with every reach."""
    held = defaultdict(set)
    for row in rows_of("grants.csv"):
        held[row["role"], row["act"], row["relation"]].add(row["reach"])
    table = [["role", "act", *Relation.values]]
    for role in rows_of("roles.csv"):
        for act in ACTS:
            cells = [_cell(held.get((role["code"], act.value, relation))) for relation in Relation.values]
            table.append([role["code"], act.value, *cells])
    return table


def _cell(reaches) -> str:
    return "may " + "/".join(sorted(reaches, key=REACHES.index)) if reaches else "not"


def read() -> list[list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))


def write() -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(from_grants())


def seat_of(role: dict[str, str]) -> str:
    """The organ (code) where the tests seat somebody of the role."""
    return SEAT_OF_ROLE.get(role["code"]) or SEATS[role["level"]]


class Geography:
    """What organs.csv says about above, below and around: the oracle, independent of paths in the database."""

    def __init__(self):
        rows = rows_of("organs.csv")
        self.parent = {row["code"]: row["parent_code"] for row in rows}
        self.kind = {row["code"]: row["kind"] for row in rows}
        self.territory = {row["code"]: row["territory_code"] for row in rows}

    def line(self, code: str) -> list[str]:
        """The organ and all above it."""
        found = []
        while code:
            found.append(code)
            code = self.parent[code]
        return found

    def office(self, code: str) -> str:
        return next(above for above in self.line(code) if self.kind[above] not in ("section", "community"))

    def reaches(self, reach: str, seat: str, organ: str) -> bool:
        """Whether the organ lies within the reach of the seat; SELF is not a matter of organs."""
        match reach:
            case Reach.CITY:
                return True
            case Reach.TERRITORY:
                return self.territory[organ].startswith(self.territory[self.office(seat)])
            case Reach.SUBTREE:
                return seat in self.line(organ)
            case Reach.OWN:
                return self.office(organ) == self.office(seat)
            case Reach.POST:
                return organ == seat
        return False
