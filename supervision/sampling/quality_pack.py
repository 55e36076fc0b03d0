"""城市包的 `quality.toml` ↔ 评查表。项目、分值、依据都是城市数据；改了另成一张表，旧方案照旧表。"""

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from rulebook.city.base_pack import file_of
from rulebook.city.publication import PackRefused
from rulebook.terms.shape import Certainty
from rulebook.timekeeping import today
from supervision.models import QualitySheet

NAME = "quality.toml"
NEEDED = {"code", "points", "article", "mark", "words"}
MOST_ITEMS = 40
LONGEST_CODE = 12


@dataclass
class SheetPack:
    """What the file says, and the complaints about it. With complaints it is not loaded."""

    pass_mark: int = 0
    parts: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def read(folder: Path) -> SheetPack:
    """The sheet of a city pack with every complaint found; a pack without one takes its base's."""
    pack = SheetPack()
    path = file_of(Path(folder), NAME)
    if not path.exists():
        path = Path(folder).parent / "reference" / NAME
    if not path.exists():
        pack.complaints.append(f"缺少 {NAME}（质量评查表）")
        return pack
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        pack.complaints.append(f"{NAME} 写法不对：{error}")
        return pack
    pack.pass_mark = told.get("pass_mark", 0)
    if type(pack.pass_mark) is not int or not 1 <= pack.pass_mark <= 100:
        pack.complaints.append(f"{NAME} 的 pass_mark（合格分）应为 1 至 100 的整数")
    pack.parts = [_part(part, pack) for part in told.get("part", [])]
    _whole(pack)
    return pack


def check(folder: Path) -> list[str]:
    """Complaints about a pack's sheet, in sentences."""
    return read(folder).complaints


@transaction.atomic
def load(folder: Path, *, rule_set) -> QualitySheet:
    """Put the sheet in force; one that says the same already is left alone. PackRefused where there are complaints.

    A first sheet holds from the rule set's own day; a changed one from today, and what it replaces ends yesterday.
    """
    pack = read(folder)
    if pack.complaints:
        raise PackRefused(pack.complaints)
    current = QualitySheet.objects.filter(valid_to=None).order_by("-pk").first()
    if current is not None and (current.pass_mark, current.parts) == (pack.pass_mark, pack.parts):
        return current
    starts = today() if current else rule_set.effective_from
    if current is not None:
        current.valid_to = starts - timedelta(days=1)
        current.save(update_fields=["valid_to"])
    return QualitySheet.objects.create(rule_set=rule_set, valid_from=starts, pass_mark=pack.pass_mark, parts=pack.parts)


def _part(row: dict[str, Any], pack: SheetPack) -> dict[str, Any]:
    label = row.get("label", "")
    if not row.get("code") or not label or not row.get("item"):
        pack.complaints.append(f"{NAME} 的部分“{label or row.get('code', '')}”要写 code、label 和至少一个 item")
    items = []
    for item in row.get("item", []):
        if complaint := _complaint(item):
            pack.complaints.append(f"{NAME} 的项目“{item.get('code', '')}”{complaint}")
        else:
            items.append({"na": False} | item)
    return {"code": row.get("code", ""), "label": label, "items": items}


def _complaint(item: dict[str, Any]) -> str | None:
    if unknown := sorted(set(item) - NEEDED - {"na"}):
        return f"多出一项：{'、'.join(unknown)}"
    if lacking := sorted(NEEDED - set(item)):
        return f"缺少：{'、'.join(lacking)}"
    for name in ("code", "article", "words"):
        if not isinstance(item[name], str) or not item[name].strip():
            return f"的 {name} 不能为空"
    if not item["code"].isalnum() or len(item["code"]) > LONGEST_CODE:
        return f"的代号应为 {LONGEST_CODE} 个以内的字母、数字"
    if type(item["points"]) is not int or not 1 <= item["points"] <= 100:
        return "的分值应为 1 至 100 的整数"
    if type(item.get("na", False)) is not bool:
        return "的 na 应为 true 或 false"
    if item["mark"] not in [one.value for one in Certainty]:
        return f"的可信度应为：{'、'.join(one.value for one in Certainty)}"
    return None


def _whole(pack: SheetPack) -> None:
    items = [item for part in pack.parts for item in part["items"]]
    codes = [item["code"] for item in items]
    if len(codes) != len(set(codes)):
        pack.complaints.append(f"{NAME} 有重复的项目代号")
    if len(codes) > MOST_ITEMS:
        pack.complaints.append(f"{NAME} 有 {len(codes)} 项，最多 {MOST_ITEMS} 项，再多就评不完")
    if not pack.complaints and all(item["na"] for item in items):
        pack.complaints.append(f"{NAME} 至少要有一项不能答“不适用”，否则一件可能无从计分")
