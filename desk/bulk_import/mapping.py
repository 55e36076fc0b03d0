"""映射文件（MAP.toml）：文件的哪一列是哪一栏，哪些栏取常数，哪些写法换成本系统的写法。"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.bulk_import.columns import FIELDS

SECTIONS = {"source", "columns", "constants", "values"}
SOURCE_LENGTH = 40


class MapRefused(ValueError):
    """The map does not fit; `complaints` are sentences."""

    def __init__(self, complaints: list[str]):
        super().__init__("；".join(complaints))
        self.complaints = complaints


@dataclass(frozen=True)
class FieldMap:
    """`columns`: field → column of the file. `constants`: field → value where the column is absent or empty.
    `values`: field → what the file writes → what this system writes."""

    source: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def read(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The fields of one row, every one present, stripped, translated; "" where nothing is told."""
        told = {}
        for name in FIELDS:
            value = cells[self.columns[name]].strip() if name in self.columns else ""
            value = self.values.get(name, {}).get(value, value)
            told[name] = value or self.constants.get(name, "")
        return told

    def column_of(self, name: str) -> str:
        """Where a reader of the file finds the field."""
        return self.columns.get(name, FIELDS.get(name, ""))


def by_header(path: Path, header: list[str]) -> FieldMap:
    """The map of a file whose columns bear the fields' own names, Chinese or English. Raises MapRefused."""
    names = {label: name for name, label in FIELDS.items()} | {name: name for name in FIELDS}
    columns: dict[str, str] = {}
    for column in header:
        if column in names:
            if names[column] in columns:
                raise MapRefused([f"列“{column}”和“{columns[names[column]]}”是同一栏"])
            columns[names[column]] = column
    if "text" not in columns:
        raise MapRefused([f"表头里没有“{FIELDS['text']}”这一列；列名与本系统不同的，请用 --map 给出映射文件"])
    return FieldMap(source=path.stem[:SOURCE_LENGTH], columns=columns)


def from_file(path: Path, header: list[str]) -> FieldMap:
    """The map as written in TOML. Raises MapRefused with every complaint at once."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MapRefused([f"映射文件 {path.name} 读不出来：{error}"]) from error
    complaints = _shape(told)
    if complaints:
        raise MapRefused(complaints)
    columns, constants, values = (told.get(name, {}) for name in ("columns", "constants", "values"))
    source = str(told.get("source") or constants.pop("source", "")).strip()
    complaints += [
        f"不认识的栏目“{name}”，可写：{'、'.join(FIELDS)}"
        for name in dict.fromkeys([*columns, *constants, *values])
        if name not in FIELDS
    ]
    complaints += [f"文件里没有列“{column}”" for column in columns.values() if column not in header]
    if not source or len(source) > SOURCE_LENGTH:
        complaints.append(f"请写明 source（外部来源的名字，不超过 {SOURCE_LENGTH} 字）：同一来源、同一编号只登记一次")
    if "text" not in columns:
        complaints.append("[columns] 里没有写 text（原话）是哪一列")
    if complaints:
        raise MapRefused(complaints)
    return FieldMap(
        source=source,
        columns=columns,
        constants={name: written(value) for name, value in constants.items()},
        values={name: {old: written(new) for old, new in pairs.items()} for name, pairs in values.items()},
    )


def _shape(told: dict[str, Any]) -> list[str]:
    found = [
        f"映射文件里有不认识的“{name}”，可写：source、[columns]、[constants]、[values.栏目]"
        for name in set(told) - SECTIONS
    ]
    for name in ("columns", "constants", "values"):
        if not isinstance(told.get(name, {}), dict):
            found.append(f"[{name}] 应当是一段“名字 = 值”")
    if not found and not all(isinstance(name, str) for name in told.get("columns", {}).values()):
        found.append('[columns] 每行写作：栏目 = "文件的列名"')
    if not found and not all(isinstance(pairs, dict) for pairs in told.get("values", {}).values()):
        found.append("[values] 按栏目分段，例如 [values.kind]")
    return found


def written(value: Any) -> str:
    """A TOML value as a clerk would have typed it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
