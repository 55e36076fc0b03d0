"""A city pack's categories, place names and approval steps: read with complaints in sentences, safe to load again.

categories.csv: code,level1,level2,level3,keywords[,…]; gazetteer.csv: name,kind,territory_code; territories.csv:
code,name,level,parent_code (their names are places too); approvals.csv: act,organ_level,step,role,label,article
[,anywhere,own_counts] with several roles apart by ";", the base's where the city has none. A category that left the
file is ended, never deleted: old cases point at it.
"""

import csv
from pathlib import Path

from django.db import transaction

from accounts.models import Level, Role
from accounts.staff.areas import DISTRICT_LENGTHS, STEP
from petitions.models import ApprovalStep, Category, Place
from rulebook.acts import Act
from rulebook.city.base_pack import file_of
from rulebook.city.publication import PackRefused
from rulebook.timekeeping import today

CATEGORY_COLUMNS = ("code", "level1", "level2", "level3", "keywords")
PLACE_COLUMNS = ("name", "kind", "territory_code")
TERRITORY_COLUMNS = ("code", "name", "level", "parent_code")
APPROVAL_COLUMNS = ("act", "organ_level", "step", "role", "label", "article")
TERRITORY_KINDS = {"city": "市", "district": "区", "street": "街道乡镇", "community": "社区（村）"}


def check(folder: Path) -> list[str]:
    """Every complaint about the four tables, in sentences; empty where they may be loaded."""
    complaints: list[str] = []
    categories = table(folder / "categories.csv", CATEGORY_COLUMNS, complaints)
    places = table(folder / "gazetteer.csv", PLACE_COLUMNS, complaints)
    territories = table(folder / "territories.csv", TERRITORY_COLUMNS, complaints)
    approvals = table(file_of(folder, "approvals.csv"), APPROVAL_COLUMNS, complaints)
    if complaints:
        return complaints
    return [
        *_category_complaints(categories),
        *_territory_complaints(territories),
        *_place_complaints(places, {row["code"] for row in territories}),
        *_approval_complaints(approvals, _role_codes(folder)),
    ]


@transaction.atomic
def load(folder: Path) -> dict[str, int]:
    """Write the tables as rows; returns how many of each. PackRefused where there are complaints."""
    if complaints := check(folder):
        raise PackRefused(complaints)
    return {
        "categories": _load_categories(table(folder / "categories.csv", CATEGORY_COLUMNS)),
        "places": _load_places(folder),
        "approvals": _load_approvals(table(file_of(folder, "approvals.csv"), APPROVAL_COLUMNS)),
    }


def table(path: Path, columns: tuple[str, ...], complaints: list[str] | None = None) -> list[dict[str, str]]:
    """The rows of a CSV file, cells stripped; what is wrong with its shape goes into `complaints`."""
    found = complaints if complaints is not None else []
    if not path.exists():
        found.append(f"缺少 {path.name}")
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if lacking := [column for column in columns if column not in (reader.fieldnames or ())]:
            found.append(f"{path.name} 缺少列：{'、'.join(lacking)}")
            return []
        rows = []
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                found.append(f"{path.name} 第{number}行的列数与表头不符")
            else:
                rows.append({column: value.strip() for column, value in row.items()})
    return rows


def words_of(cell: str) -> list[str]:
    """The words of one cell, apart by ; or ；, in order and without doubles."""
    return list(dict.fromkeys(word.strip() for word in cell.replace("；", ";").split(";") if word.strip()))


def _twice(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _category_complaints(rows: list[dict[str, str]]) -> list[str]:
    found = [f"分类“{code or '（空）'}”写了两次" for code in _twice([row["code"] for row in rows])]
    for row in rows:
        if not row["code"] or not row["level1"]:
            found.append(f"分类“{row['code']}”缺少代码或一级名称")
        if row["level3"] and not row["level2"]:
            found.append(f"分类“{row['code']}”有三级而没有二级")
    return found


def _territory_complaints(rows: list[dict[str, str]]) -> list[str]:
    codes = {row["code"] for row in rows}
    found = [f"辖区“{code or '（空）'}”写了两次" for code in _twice([row["code"] for row in rows])]
    for row in rows:
        if row["level"] not in TERRITORY_KINDS:
            found.append(f"辖区“{row['code']}”的层级“{row['level']}”不认识，可写：{'、'.join(TERRITORY_KINDS)}")
        if row["parent_code"] and (row["parent_code"] not in codes or not row["code"].startswith(row["parent_code"])):
            found.append(f"辖区“{row['code']}”的代码应以其上级“{row['parent_code']}”开头，上级须在表中")
        elif row["level"] == "district" and len(row["code"]) not in DISTRICT_LENGTHS:
            found.append(f"区“{row['code']}”的代码应为{'或'.join(map(str, DISTRICT_LENGTHS))}位")
        elif row["level"] in ("street", "community") and len(row["code"]) != len(row["parent_code"]) + STEP:
            found.append(f"辖区“{row['code']}”的代码应在其上级“{row['parent_code']}”之后加{STEP}位")
    return found


def _place_complaints(rows: list[dict[str, str]], territories: set[str]) -> list[str]:
    found = [
        f"地名“{name}”在同一辖区写了两次" for name in _twice([f"{row['name']} {row['territory_code']}" for row in rows])
    ]
    for row in rows:
        if len(row["name"]) < 2:
            found.append(f"地名“{row['name']}”太短，至少两个字")
        if row["territory_code"] not in territories:
            found.append(f"地名“{row['name']}”的辖区“{row['territory_code']}”不在 territories.csv 中")
    return found


def _role_codes(folder: Path) -> set[str]:
    """Roles of this pack or its base, or those already in the books where neither brings any."""
    if (path := file_of(folder, "roles.csv")).exists():
        return {row["code"] for row in table(path, ("code",))}
    return set(Role.objects.values_list("code", flat=True))


def _approval_complaints(rows: list[dict[str, str]], roles: set[str]) -> list[str]:
    found, steps = [], {}
    acts = {act.value for act in Act}
    for number, row in enumerate(rows, start=2):
        named = f"approvals.csv 第{number}行"
        if row["act"] not in acts:
            found.append(f"{named}的行为“{row['act']}”不认识")
        if row["organ_level"] not in Level.values:
            found.append(f"{named}的层级“{row['organ_level']}”不认识")
        if not row["step"].isdigit():
            found.append(f"{named}的级次“{row['step']}”应为数字")
            continue
        if not row["label"] or not row["article"]:
            found.append(f"{named}缺少名称或依据")
        unknown = [code for code in words_of(row["role"]) if code not in roles]
        if unknown or not row["role"]:
            found.append(f"{named}的角色“{'、'.join(unknown)}”不在 roles.csv 中")
        steps.setdefault((row["act"], row["organ_level"]), []).append(int(row["step"]))
    for (act, level), numbers in steps.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            found.append(f"“{act}”在“{level}”的审批级次应从 1 起连续编号")
    return found


def _load_categories(rows: list[dict[str, str]]) -> int:
    Category.objects.bulk_create(
        (
            Category(
                code=row["code"],
                level1=row["level1"],
                level2=row["level2"],
                level3=row["level3"],
                keywords=";".join(words_of(row["keywords"])),
            )
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["level1", "level2", "level3", "keywords", "valid_to"],
    )
    left = Category.objects.exclude(code__in=[row["code"] for row in rows]).filter(valid_to=None)
    left.update(valid_to=today())
    return len(rows)


def _load_places(folder: Path) -> int:
    named = [
        (row["name"], row["kind"], row["territory_code"]) for row in table(folder / "gazetteer.csv", PLACE_COLUMNS)
    ]
    areas = table(folder / "territories.csv", TERRITORY_COLUMNS)
    named += [(row["name"], TERRITORY_KINDS[row["level"]], row["code"]) for row in areas]
    places = {(name, territory): Place(name=name, kind=kind, territory=territory) for name, kind, territory in named}
    Place.objects.bulk_create(
        places.values(), update_conflicts=True, unique_fields=["name", "territory"], update_fields=["kind"]
    )
    gone = [pk for pk, name, area in Place.objects.values_list("pk", "name", "territory") if (name, area) not in places]
    Place.objects.filter(pk__in=gone).delete()
    return len(places)


def _load_approvals(rows: list[dict[str, str]]) -> int:
    """The matrix as a whole: acts already asked for carry their own step and are not touched."""
    ApprovalStep.objects.all().delete()
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            act=row["act"],
            organ_level=row["organ_level"],
            step=int(row["step"]),
            roles=words_of(row["role"]),
            anywhere=row.get("anywhere") == "1",
            own_counts=row.get("own_counts") == "1",
            label=row["label"],
            article=row["article"],
        )
        for row in rows
    )
    return len(rows)
