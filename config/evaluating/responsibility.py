"""责任清单：标注好承办单位的来件，照城市包的分流规则前三、首位中了多少；被检举控告单位一次也不该出现。"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

import accounts.staff.staff_pack
import petitions.intake.category_pack
import routing.destination.routing_pack
import routing.learning.cold_start
from accounts.models import Level, Organ, OrganKind
from config import city
from config.evaluating import Stopwatch, Unreadable, percent, rows_of
from petitions.models import Place
from routing.destination.acts import suggest
from rulebook.timekeeping import today

STREETS = (OrganKind.STREET, OrganKind.TOWN)
NEEDS_TABLES = True  # 把城市包放进库里量，量完退回
OUTSIDE = ("法院", "检察院", "村委会", "居委会")  # 不在机构树里的：谁也不会建议给它们
SHOWN = 20  # 列出多少件没中的


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, metavar="DIR", help="城市包；不必已经发布")
    parser.add_argument(
        "--test", type=Path, required=True, metavar="FILE", help="列：text、organ，可有 territory 或 district、accused"
    )
    parser.add_argument("--misses", action="store_true", help="另列出首位没中的各件")


def evaluate(options: dict[str, Any]) -> dict[str, Any]:
    """Figures in percent. The pack is laid into the database and taken out again: nothing stays.

    `organ` and `accused` may be a code, a full or a short name; for a street also a name the gazetteer knows.
    Raises Unreadable where the pack has faults or a name is not known.
    """
    rows = rows_of(options["test"], ("text", "organ"))
    folder = options["pack"]
    if not folder.is_dir():
        raise Unreadable(f"没有这个文件夹：{folder}")
    if complaints := city.check(folder):
        raise Unreadable(f"{folder.name} 有 {len(complaints)} 处问题，不能用：{complaints[0]}")
    with transaction.atomic():
        accounts.staff.staff_pack.load(folder)
        petitions.intake.category_pack.load(folder)
        routing.destination.routing_pack.load(folder)
        named = _named(rows)
        routing.learning.cold_start.load(folder)
        told = _measure(named, misses=options.get("misses", False))
        transaction.set_rollback(True)
    return told


class _Row(NamedTuple):
    """A labelled petition, its names looked up; `number` is the line it stands on."""

    number: int
    text: str
    area: str
    wanted: Organ
    accused: Organ | None


def _named(rows: list[dict[str, str]]) -> list[_Row]:
    names, found = _Names(Organ.objects.in_force_on(today())), []
    for number, row in enumerate(rows, start=2):
        area = names.area(row.get("territory") or row.get("district") or "", number)
        accused = names.accused(row.get("accused") or "", area, number)
        found.append(_Row(number, row["text"], area, names.organ(row["organ"], area, number), accused))
    return found


def _measure(rows: list[_Row], *, misses: bool) -> dict[str, Any]:
    desk = Organ.objects.in_force_on(today()).petition_offices().filter(level=Level.CITY).order_by("-pk").first()
    watch, first, third, accused_hits, missed = Stopwatch(), 0, 0, 0, []
    for number, text, area, wanted, accused in rows:
        with watch:
            said = [found.organ for found in suggest(text, area, registrar=desk, accused=accused)]
        first += said[:1] == [wanted]
        third += wanted in said
        accused_hits += any(organ.is_within(accused) for organ in said) if accused else 0
        if said[:1] != [wanted]:
            shown = "、".join(organ.short_name for organ in said) or "没有建议"
            missed.append(f"第{number}行应为{wanted.short_name}，建议{shown}")
    count = len(rows)
    told: dict[str, Any] = {
        "items": count,
        "top1": percent(first, count),
        "top3": percent(third, count),
        "accused_hits": accused_hits,
        "ms_per_item": watch.ms_per(count),
    }
    return told | {"misses": missed} if misses else told


class _Names:
    """What a label may call an organ or an area."""

    def __init__(self, organs):
        self._organs: dict[str, list[Organ]] = {}
        for organ in organs.offices():
            for name in {organ.code, organ.name, organ.short_name, organ.name.removeprefix("北京市")}:
                self._organs.setdefault(name, []).append(organ)
        self._streets = {organ.territory: organ for organ in organs.filter(kind__in=STREETS)}
        self._areas: dict[str, list[str]] = {}
        for name, code in Place.objects.values_list("name", "territory"):
            self._areas.setdefault(name, []).append(code)
        self._codes = {code for codes in self._areas.values() for code in codes}

    def accused(self, said: str, area: str, number: int) -> Organ | None:
        """The organ complained of; None too for a court, a procuratorate, a committee, which nobody proposes."""
        said = said.strip()
        return None if not said or said.endswith(OUTSIDE) else self.organ(said, area, number)

    def area(self, said: str, number: int) -> str:
        """The area's code; empty where none is given."""
        said = said.strip()
        if not said or said in self._codes:
            return said
        found = self._areas.get(said) or self._areas_apart(said)
        if not found:
            raise Unreadable(f"第{number}行的辖区“{said}”不认识，请写代码，或者区、街道的名称")
        return min(found, key=len)

    def organ(self, said: str, area: str, number: int) -> Organ:
        said = said.strip()
        found = self._organs.get(said, [])
        streets = self._areas.get(said) or self._areas_apart(said)
        found = found or [self._streets[code] for code in streets if code in self._streets]
        if not found:
            raise Unreadable(f"第{number}行的单位“{said}”不认识，请写机构代码、全称或者简称")
        return next((organ for organ in found if organ.territory.startswith(area)), found[0])

    def _areas_apart(self, said: str) -> list[str]:
        """朝阳区望京街道: the district first, then the street."""
        for length in range(2, len(said)):
            outer, inner = self._areas.get(said[:length], []), self._areas.get(said[length:], [])
            if found := [code for code in inner if any(code.startswith(wide) for wide in outer)]:
                return found
        return []
