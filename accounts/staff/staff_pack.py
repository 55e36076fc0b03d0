"""A city pack's organs, roles and grants: read with complaints in sentences, loaded as rows, safe to load again.

organs.csv: code,name,short_name,letter_code,kind,level,parent_code,territory_code,phone,address,review_code,
recheck_code,valid_from,valid_to,successor_code[,function,hours,transport]; roles.csv: code,name,level; grants.csv:
role,act,relation,reach. Roles and grants a city does not bring are its base's. people.csv
(username,name,roles,organ_code,title,phone[,demo]) is for the demo city alone.
"""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from accounts.models import Appointment, Grant, Level, Organ, OrganKind, Post, Reach, Relation, Role, User
from rulebook.acts import Act
from rulebook.city.base_pack import file_of
from rulebook.city.publication import PackRefused

ORGAN_COLUMNS = (
    *("code", "name", "short_name", "letter_code", "kind", "level", "parent_code", "territory_code", "phone"),
    *("address", "review_code", "recheck_code", "valid_from", "valid_to", "successor_code"),
)
ROLE_COLUMNS = ("code", "name", "level")
GRANT_COLUMNS = ("role", "act", "relation", "reach")
PEOPLE_COLUMNS = ("username", "name", "roles", "organ_code", "title", "phone")
LINKS = {"parent_code": "上级", "review_code": "复查机关", "recheck_code": "复核机关", "successor_code": "承继单位"}
# 看得到下级的范围：一种关系下办的事，总要有上级看得到
FROM_ABOVE = (Reach.TERRITORY, Reach.CITY)
SYSTEM_ACTS = (Act.MANAGE_USERS, Act.CONFIGURE, Act.AUDIT)


@dataclass
class StaffPack:
    """What the folder says about organs and roles, and what is wrong with it. With complaints it is not loaded."""

    organs: list[dict[str, str]] = field(default_factory=list)
    roles: list[dict[str, str]] = field(default_factory=list)
    grants: list[dict[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def read(folder: Path) -> StaffPack:
    """The three tables of the folder with every complaint found; a missing table is a complaint."""
    pack = StaffPack()
    pack.organs = _table(folder / "organs.csv", ORGAN_COLUMNS, pack.complaints)
    pack.roles = _table(file_of(folder, "roles.csv"), ROLE_COLUMNS, pack.complaints)
    pack.grants = _table(file_of(folder, "grants.csv"), GRANT_COLUMNS, pack.complaints)
    if not pack.complaints:
        _check_organs(pack)
        _check_roles(pack)
        _check_grants(pack)
    return pack


@transaction.atomic
def load(folder: Path) -> dict[str, int]:
    """Organs and roles by code, grants as a whole; returns how many of each. PackRefused where there are complaints.

    An organ that left the file stays (old cases point at it): the city ends it with valid_to.
    """
    pack = read(folder)
    if pack.complaints:
        raise PackRefused(pack.complaints)
    _load_organs(pack.organs)
    roles = {row["code"]: Role.objects.update_or_create(code=row["code"], defaults=row)[0] for row in pack.roles}
    wanted = {(roles[row["role"]].pk, row["act"], row["relation"], row["reach"]) for row in pack.grants}
    held = {row[1:]: row[0] for row in Grant.objects.values_list("pk", "role_id", "act", "relation", "reach")}
    Grant.objects.filter(pk__in=[pk for sentence, pk in held.items() if sentence not in wanted]).delete()
    Grant.objects.bulk_create(
        Grant(role_id=role, act=act, relation=relation, reach=reach)
        for role, act, relation, reach in sorted(wanted - held.keys())
    )
    return {"organs": len(pack.organs), "roles": len(roles), "grants": len(wanted)}


@transaction.atomic
def load_people(path: Path, password: str) -> list[User]:
    """The demo city's staff, all with one password; returns those marked demo. PackRefused with complaints.

    Never for a real city: real people are imported by an administrator and get a password of their own.
    """
    complaints: list[str] = []
    rows = _table(path, PEOPLE_COLUMNS, complaints)
    organs, roles = Organ.objects.in_bulk(field_name="code"), Role.objects.in_bulk(field_name="code")
    for row in rows:
        if row["organ_code"] not in organs:
            complaints.append(f"用户“{row['username']}”的单位“{row['organ_code']}”不在 organs.csv 中")
        complaints += [
            f"用户“{row['username']}”的角色“{code}”不在 roles.csv 中"
            for code in row["roles"].split(";")
            if code not in roles
        ]
    if complaints:
        raise PackRefused(complaints)
    sealed, shown = make_password(password), []
    for row in rows:
        organ = organs[row["organ_code"]]
        facts = {"name": row["name"], "organ": organ, "phone": row["phone"]}
        user, _ = User.objects.update_or_create(
            username=row["username"], defaults=facts, create_defaults=facts | {"password": sealed}
        )
        for code in row["roles"].split(";"):
            post, _ = Post.objects.get_or_create(organ=organ, role=roles[code], title=row["title"])
            Appointment.objects.get_or_create(user=user, post=post, defaults={"since": organ.valid_from})
        if row.get("demo") == "1":
            shown.append(user)
    return shown


def _table(path: Path, columns: tuple[str, ...], complaints: list[str]) -> list[dict[str, str]]:
    if not path.exists():
        complaints.append(f"缺少 {path.name}")
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        lacking = [column for column in columns if column not in (reader.fieldnames or ())]
        if lacking:
            complaints.append(f"{path.name} 缺少列：{'、'.join(lacking)}")
            return []
        rows = []
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                complaints.append(f"{path.name} 第{number}行的列数与表头不符")
                continue
            rows.append({column: value.strip() for column, value in row.items()})
    return rows


def _check_organs(pack: StaffPack) -> None:
    by_code: dict[str, dict[str, str]] = {}
    for row in pack.organs:
        named = f"机构“{row['code']}”"
        if not row["code"] or row["code"] in by_code:
            pack.complaints.append(f"{named}的代码为空或重复")
        by_code[row["code"]] = row
        if not row["name"] or not row["short_name"]:
            pack.complaints.append(f"{named}缺少全称或简称")
        if row["kind"] not in OrganKind.values:
            pack.complaints.append(f"{named}的性质“{row['kind']}”不认识，可写：{'、'.join(OrganKind.values)}")
        if row["level"] not in Level.values:
            pack.complaints.append(f"{named}的层级“{row['level']}”不认识，可写：{'、'.join(Level.values)}")
        pack.complaints += _date_complaints(row, named)
    for row in pack.organs:
        for column, label in LINKS.items():
            if row[column] and row[column] not in by_code:
                pack.complaints.append(f"机构“{row['code']}”的{label}“{row[column]}”不在表中")
        if not row["parent_code"] and row["kind"] in (OrganKind.SECTION, OrganKind.COMMUNITY):
            pack.complaints.append(f"科室、社区“{row['code']}”没有写明上级单位")
        if row["successor_code"] and not row["valid_to"]:
            pack.complaints.append(f"机构“{row['code']}”写了承继单位，却没有停用日")
    for column in ("parent_code", "successor_code"):
        for code in by_code:
            if circle := _circle(code, column, by_code):
                pack.complaints.append(f"机构的{LINKS[column]}关系绕成了圈：{' → '.join(circle)}")
                break


def _date_complaints(row: dict[str, str], named: str) -> list[str]:
    found, days = [], {}
    for column, label in (("valid_from", "起用日"), ("valid_to", "停用日")):
        if not row[column] and column == "valid_to":
            continue
        try:
            days[column] = date.fromisoformat(row[column])
        except ValueError:
            found.append(f"{named}的{label}“{row[column]}”应写成 2022-05-01 的样子")
    if len(days) == 2 and days["valid_to"] < days["valid_from"]:
        found.append(f"{named}的停用日早于起用日")
    return found


def _circle(code: str, column: str, by_code: dict[str, dict[str, str]]) -> list[str]:
    walked = [code]
    while (row := by_code.get(walked[-1])) and row[column]:
        walked.append(row[column])
        if walked[-1] in walked[:-1]:
            return walked
    return []


def _check_roles(pack: StaffPack) -> None:
    codes = [row["code"] for row in pack.roles]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        pack.complaints.append(f"角色“{code}”写了两次")


def _check_grants(pack: StaffPack) -> None:
    roles, acts = {row["code"] for row in pack.roles}, {act.value for act in Act}
    vocabulary = (("role", roles, "角色"), ("act", acts, "行为"), ("relation", set(Relation.values), "关系"))
    sound = []
    for number, row in enumerate(pack.grants, start=2):
        unknown = [
            f"grants.csv 第{number}行的{label}“{row[column]}”不认识"
            for column, known, label in (*vocabulary, ("reach", set(Reach.values), "范围"))
            if row[column] not in known
        ]
        pack.complaints += unknown
        if not unknown:
            sound.append(row)
    if not pack.complaints:
        pack.complaints += _out_of_sight(sound)


def _out_of_sight(grants: list[dict[str, str]]) -> list[str]:
    """An act granted where nobody's superior can look: the house does not let a city decide that."""
    seen = {row["relation"] for row in grants if row["act"] == Act.VIEW and row["reach"] in FROM_ABOVE}
    if Relation.ANY in seen:
        return []
    dark = {
        (row["act"], row["relation"])
        for row in grants
        # 检举控告专岗本来就只许专岗看
        if row["act"] not in SYSTEM_ACTS and row["relation"] not in seen | {Relation.DISCIPLINE}
    }
    return [
        f"“{Act(act).label}”授予了“{Relation(relation).label}”单位，却没有任何上级能查看这种关系的件"
        for act, relation in sorted(dark)
    ]


def _load_organs(rows: list[dict[str, str]]) -> None:
    """New organs in one statement, whatever their number; those already there are changed where they differ."""
    organs = Organ.objects.in_bulk(field_name="code")
    fresh = [row for row in _parents_first(rows) if row["code"] not in organs]
    for row, pk in zip(fresh, _keys(len(fresh)), strict=True):
        organ = Organ(pk=pk, code=row["code"], **_facts(row, organs))
        organ.path, organ.office_id = organ.whereabouts()
        organs[row["code"]] = organ
    # 复查机关、承继单位可能写在后面，等全部机构都有了再连
    for row in fresh:
        for name, other in _links(row, organs).items():
            setattr(organs[row["code"]], name, other)
    Organ.objects.bulk_create(organs[row["code"]] for row in fresh)
    added = {row["code"] for row in fresh}
    for row in rows:
        if row["code"] not in added:
            _save_if_changed(organs[row["code"]], _facts(row, organs) | _links(row, organs))


def _keys(count: int) -> list[int]:
    """Keys kept for new organs: an organ's path holds its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Organ._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _facts(row: dict[str, str], organs: dict[str, Organ]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: row[name] for name in ("name", "short_name", "letter_code", "kind", "level", "phone", "address")
    }
    return told | {
        "territory": row["territory_code"],
        "function": row.get("function", ""),
        "hours": row.get("hours", ""),
        "transport": row.get("transport", ""),
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "parent": organs[row["parent_code"]] if row["parent_code"] else None,
    }


def _links(row: dict[str, str], organs: dict[str, Organ]) -> dict[str, Organ | None]:
    links = {"review_organ": "review_code", "recheck_organ": "recheck_code", "successor": "successor_code"}
    return {name: organs.get(row[column]) for name, column in links.items()}


def _save_if_changed(organ: Organ, facts: dict[str, Any]) -> None:
    changed = [name for name, value in facts.items() if _held(organ, name) != _key(value)]
    if changed:
        for name in changed:
            setattr(organ, name, facts[name])
        organ.save()


def _held(organ: Organ, name: str) -> Any:
    """The value, for a link its key: no query for the organ behind it."""
    return getattr(organ, Organ._meta.get_field(name).attname)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Organ) else value


def _parents_first(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    by_code = {row["code"]: row for row in rows}
    placed: dict[str, dict[str, str]] = {}

    def place(row: dict[str, str]) -> None:
        if row["code"] in placed:
            return
        if row["parent_code"]:
            place(by_code[row["parent_code"]])
        placed[row["code"]] = row

    for row in rows:
        place(row)
    return list(placed.values())
