"""责任清单：把城市包的分流规则写成不懂系统的人也看得懂的一张表（Markdown）。只读文件，不碰数据库。"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import rulebook.city.rules_pack
from accounts.models import Level, OrganKind
from petitions.intake.category_pack import TERRITORY_COLUMNS, table, words_of
from routing.destination.routing_pack import RULE_COLUMNS
from routing.destination.rules import FALLBACK, OVERRULING
from rulebook.triage.paths import PATHS

ORGAN_COLUMNS = ("code", "name", "short_name", "kind", "level", "parent_code", "territory_code", "function", "valid_to")
MATTER = "（责任清单："  # 理由的末段：事项的名称
SOMEWHERE = "××"

HOW = """
这张表由城市包生成，改包即改表。读法：

1. 先看第一部分。只要是那几类事，就归那里写的单位，不再往下看。
2. 不是的，看信访人**要求解决什么**（不是顺带提到什么），在第二部分找最贴近的一项。一信几事的，看主要的那一件。
3. 第二部分都对不上的，看第三部分。
4. “××”写成问题发生地的区：`××区住建委`在朝阳区就是`朝阳区住建委`。“街道（乡镇）”写成问题发生地的街道、乡镇或者地区，
   如`望京街道`。市级单位照写。
5. 被检举控告的单位及其下级，不得承办（《信访工作条例》第三十条）：写它的上一级同职能单位。
"""


class Duty(NamedTuple):
    """One row: the matter's name, what belongs to it, who takes it, the lawful paths, first choice first."""

    matter: str
    said: str
    who: str
    paths: str


def markdown(folder: Path) -> str:
    """The responsibility list of a pack that passes its check, as Markdown; the same files give the same text."""
    city = rulebook.city.rules_pack.read(folder).city
    organs = [row for row in table(folder / "organs.csv", ORGAN_COLUMNS) if not row["valid_to"]]
    areas = table(folder / "territories.csv", TERRITORY_COLUMNS)
    rules = table(folder / "routing.csv", RULE_COLUMNS)
    ways = {row["code"]: words_of(row.get("paths", "")) for row in table(folder / "categories.csv", ("code",))}
    first, usual, last = [], [], []
    listed: set[str] = set()
    for row in sorted(rules, key=lambda row: (row["category_code"] or "~", row["code"])):
        said, _, matter = row["reason"].removesuffix("）").partition(MATTER)
        if matter in listed:
            continue  # 同一事项的日常用语，不再列一遍
        listed.add(matter)
        priority = int(row["priority"])
        part = first if priority < OVERRULING else last if priority >= FALLBACK else usual
        paths = "、".join(PATHS[code].label for code in ways.get(row["category_code"], []))
        part.append(Duty(matter, said, _who(row["target"], organs, areas), paths))
    return "\n".join(
        [
            f"# {city}信访事项责任清单",
            HOW,
            *_part("一、先看这几类", first),
            *_part("二、事项归谁办", usual),
            *_part("三、都对不上时", last),
            *_names(organs, areas),
            *_areas(areas),
        ]
    )


def _part(title: str, duties: Iterable[Duty]) -> list[str]:
    rows = [f"| {duty.matter} | {duty.said} | {duty.who} | {duty.paths} |" for duty in duties]
    return [f"## {title}", "", "| 事项 | 包括 | 归谁办 | 法定途径 |", "|---|---|---|---|", *rows, ""]


def _who(target: str, organs: list[dict[str, str]], areas: list[dict[str, str]]) -> str:
    what, _, function = target.partition(":")
    if what == "street":
        return "街道（乡镇）"
    city = [row["short_name"] for row in organs if row["level"] == Level.CITY and _fits(row, what, function)]
    if what == "city":
        return "、".join(city)
    here = [row for row in organs if row["level"] == Level.DISTRICT and _fits(row, what, function)]
    if not here:
        return "、".join(city)
    names = {row["code"]: row["name"] for row in areas if row["level"] == "district"}
    lacking = [name for code, name in names.items() if code not in {row["territory_code"] for row in here}]
    own = _anywhere(here[0]["short_name"], names[here[0]["territory_code"]])
    return f"{own}（{'、'.join(lacking)}没有，写{'、'.join(city)}）" if lacking else own


def _fits(row: dict[str, str], what: str, function: str) -> bool:
    if row["kind"] in (OrganKind.SECTION, OrganKind.COMMUNITY):
        return False
    return row["function"] == function if function else row["kind"] == what


def _anywhere(short_name: str, district: str) -> str:
    """The name as in any district: 朝阳区住建委 → ××区住建委, 公安局朝阳分局 → 公安局××分局."""
    return short_name.replace(district[:-1], SOMEWHERE)


def _names(organs: list[dict[str, str]], areas: list[dict[str, str]]) -> list[str]:
    names = {row["code"]: row["name"] for row in areas if row["level"] == "district"}
    said: dict[str, tuple[list[str], Counter[str]]] = {}
    for row in organs:
        if not row["function"]:
            continue
        city, district = said.setdefault(row["function"], ([], Counter()))
        if row["level"] == Level.CITY:
            city.append(f"{row['name']}（{row['short_name']}）")
        elif row["territory_code"] in names:
            district[_anywhere(f"{row['name']}（{row['short_name']}）", names[row["territory_code"]])] += 1
    rows = [
        f"| {what} | {'、'.join(city)} | {''.join(named for named, _ in district.most_common(1))} |"
        for what, (city, district) in said.items()
    ]
    return ["## 四、单位的全称和简称", "", "| 职能 | 市级 | 区级 |", "|---|---|---|", *rows, ""]


def _areas(areas: list[dict[str, str]]) -> list[str]:
    lines = ["## 五、各区的街道、乡镇、地区", ""]
    for row in areas:
        if row["level"] == "district":
            inside = "、".join(area["name"] for area in areas if area["parent_code"] == row["code"])
            lines.append(f"- **{row['name']}**：{inside}")
    return [*lines, ""]
