"""Read a city pack's rules and say, in sentences, what is wrong with them. Pure but for reading the folder.

A pack is a folder of plain files: `pack.toml` (who, from when, on what grounds, which calendars), `terms.toml`
(lengths the city shortened), `settings.toml` (its choices), `calendar/YYYY.csv` (日期,休/班,名称). A pack with
`base` takes the calendars it does not bring itself from the pack of that name beside it.
"""

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rulebook.city.options import OPTIONS
from rulebook.terms import BY_CODE, Kind

HEADER = ["日期", "休/班", "名称"]
REST, WORK = "休", "班"
LONGEST_NAME, LONGEST_SOURCE = 40, 200
FIRST_YEAR, LAST_YEAR = 2022, 2100  # 《条例》自 2022 年 5 月 1 日起施行


@dataclass(frozen=True)
class CalendarTable:
    """One year's published table: day → (is_workday, name)."""

    year: int
    source: str
    days: dict[date, tuple[bool, str]]
    provisional: bool = False


@dataclass
class Pack:
    """What a folder says, and the complaints about it. A pack with complaints is never published."""

    code: str = ""
    city: str = ""
    effective_from: date | None = None
    sources: list[str] = field(default_factory=list)
    terms: dict[str, tuple[int, str]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    calendars: list[CalendarTable] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def content_hash(self) -> str:
        """SHA-256 over what a rule set holds; the calendars have versions of their own and are not part of it."""
        held: dict[str, Any] = {"code": self.code, "city": self.city, "sources": self.sources}
        held |= {"terms": self.terms, "settings": self.settings}
        return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read(folder: Path) -> Pack:
    """The pack in a folder, with every complaint found; FileNotFoundError only if the folder has no pack.toml."""
    pack = Pack()
    head = _toml(folder / "pack.toml", pack, needed=True)
    about = head.get("pack", {})
    _read_about(about, pack)
    _read_terms(_toml(folder / "terms.toml", pack).get("term", []), pack)
    _read_settings(_toml(folder / "settings.toml", pack).get("settings", {}), pack)
    tables = _read_calendars(folder, head.get("calendar", []), pack)
    if base := about.get("base"):
        tables = _base_calendars(folder.parent / base, pack) | tables
    pack.calendars = [tables[year] for year in sorted(tables)]
    return pack


def check_coverage(pack: Pack, today: date) -> list[str]:
    """Complaints about years the calendars should cover and do not: this year, always."""
    if today.year in {table.year for table in pack.calendars}:
        return []
    return [f"缺少{today.year}年的放假安排：calendar/{today.year}.csv"]


def read_calendar(
    data: bytes, year: int, source: str, *, provisional: bool, named: str
) -> tuple[CalendarTable, list[str]]:
    """One year's table from the bytes of a CSV file (UTF-8 or GB18030), and the complaints about it, by line.

    A table without complaints may be published; an empty one is complained of.
    """
    complaints = [] if source.strip() else [f"{year}年的放假安排须注明文件依据"]
    if len(source) > LONGEST_SOURCE:
        complaints.append(f"文件依据不超过{LONGEST_SOURCE}字")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return CalendarTable(year, source, {}), [*complaints, f"年份应在{FIRST_YEAR}至{LAST_YEAR}之间，现为{year}"]
    text = decoded(data)
    if text is None:
        return CalendarTable(year, source, {}), [*complaints, f"{named}不是 CSV 文本文件，请另存为 CSV 再试"]
    days, wrong = parse_calendar(text, year, named)
    if not days and not wrong:
        wrong = [f"{named}里没有一天"]
    return CalendarTable(year, source.strip(), days, provisional), complaints + wrong


def written(table: CalendarTable) -> str:
    """The table as the CSV text that `read_calendar` reads back."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADER)
    rows.writerows((day, WORK if is_workday else REST, name) for day, (is_workday, name) in sorted(table.days.items()))
    return out.getvalue()


def decoded(data: bytes) -> str | None:
    """The text of a CSV file, UTF-8 or GB18030; None where it is not text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def parse_calendar(text: str, year: int, named: str) -> tuple[dict[date, tuple[bool, str]], list[str]]:
    """The days of one table and the complaints about its lines; `named` is how complaints call the file."""
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    except csv.Error as error:
        return {}, [f"{named}不是可以读的 CSV：{error}"]
    if not rows or [cell.strip() for cell in rows[0]] != HEADER:
        return {}, [f"{named}第1行应为表头“{','.join(HEADER)}”"]
    days: dict[date, tuple[bool, str]] = {}
    complaints = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        line = _calendar_line(row, year)
        if isinstance(line, str):
            complaints.append(f"{named}第{number}行{line}")
        elif line[0] in days:
            complaints.append(f"{named}第{number}行与前面重复：{line[0]}")
        else:
            days[line[0]] = line[1:]
    return days, complaints


def _calendar_line(row: list[str], year: int) -> tuple[date, bool, str] | str:
    if len(row) != len(HEADER):
        return f"应有{len(HEADER)}列，现有{len(row)}列"
    written, kind, name = (cell.strip() for cell in row)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return f"日期“{written}”应写成 {year}-01-01 的样子"
    if kind not in (REST, WORK):
        return f"“{kind}”应为“休”或“班”"
    if abs((day - date(year, 7, 1)).days) > 200:
        return f"{day}不属于{year}年的放假安排"
    if len(name) > LONGEST_NAME:
        return f"名称超过{LONGEST_NAME}字"
    if kind == WORK and day.weekday() < 5:
        return f"{day}本来就是工作日，不必标“班”"
    return day, kind == WORK, name


def _toml(path: Path, pack: Pack, *, needed: bool = False) -> dict[str, Any]:
    if not path.exists() and not needed:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        pack.complaints.append(f"{path.name}写法不对：{error}")
        return {}


def _read_about(about: dict[str, Any], pack: Pack) -> None:
    for key, label in (("code", "代号"), ("city", "城市"), ("effective_from", "施行日期"), ("sources", "依据")):
        if not about.get(key):
            pack.complaints.append(f"pack.toml 的 [pack] 缺少 {key}（{label}）")
    pack.code, pack.city = str(about.get("code", "")), str(about.get("city", ""))
    pack.sources = [str(source) for source in about.get("sources", [])]
    starts = about.get("effective_from")
    if type(starts) is date:
        pack.effective_from = starts
    elif starts:
        pack.complaints.append("pack.toml 的 effective_from 应写成 2026-01-01 的样子，不加引号")


def _read_terms(rows: Iterable[dict[str, Any]], pack: Pack) -> None:
    for row in rows:
        code, length, source = str(row.get("code", "")), row.get("length"), str(row.get("source", "")).strip()
        if complaint := _term_complaint(code, length, source):
            pack.complaints.append(complaint)
        elif unknown := sorted(set(row) - {"code", "length", "source"}):
            pack.complaints.append(f"期限“{code}”多出一列：{'、'.join(unknown)}")
        elif code in pack.terms:
            pack.complaints.append(f"期限“{code}”写了两次")
        else:
            pack.terms[code] = (row["length"], source)


def _term_complaint(code: str, length: Any, source: str) -> str | None:
    national = BY_CODE.get(code)
    if national is None:
        return f"期限“{code}”不在规则簿之列"
    named = f"{national.article}“{national.label}”"
    if national.length is None:
        return f"{named}由交办时指定，不能统一规定天数"
    if isinstance(length, bool) or not isinstance(length, int) or length < 1:
        return f"{named}的天数应为1以上的整数"
    now = f"现为{length}{national.unit.label}"
    if length > national.length:
        return f"{named}为{national.period}，地方规定不得长于此（{now}）"
    if length < national.length and national.kind is Kind.RIGHT:
        return f"{named}为{national.period}，是留给信访人或者承办机关的权利，地方规定不得缩短（{now}）"
    if length < national.length and not source:
        return f"{named}缩短为{length}{national.unit.label}，须注明文件依据（source）"
    return None


def _read_settings(values: dict[str, Any], pack: Pack) -> None:
    for key, value in values.items():
        option = OPTIONS.get(key)
        if option is None:
            pack.complaints.append(f"设置“{key}”不存在；可以写的有：{'、'.join(OPTIONS)}")
        elif complaint := option.check(value):
            pack.complaints.append(f"设置“{option.label}”（{key}）{complaint}")
        else:
            pack.settings[key] = value


def _read_calendars(folder: Path, rows: list[dict[str, Any]], pack: Pack) -> dict[int, CalendarTable]:
    tables: dict[int, CalendarTable] = {}
    for row in rows:
        year, source = row.get("year"), str(row.get("source", "")).strip()
        named = f"calendar/{year}.csv"
        path = folder / named
        if not isinstance(year, int):
            pack.complaints.append("pack.toml 的 [[calendar]] 缺少 year（年份）")
        elif not source:
            pack.complaints.append(f"{year}年的放假安排须注明文件依据（source）")
        elif not path.exists():
            pack.complaints.append(f"缺少{year}年的放假安排：{named}")
        else:
            days, complaints = parse_calendar(path.read_text(encoding="utf-8"), year, named)
            pack.complaints += complaints
            tables[year] = CalendarTable(year, source, days, row.get("provisional", False) is True)
    listed = {f"{row.get('year')}.csv" for row in rows}
    for stray in sorted(path.name for path in (folder / "calendar").glob("*.csv")):
        if stray not in listed:
            pack.complaints.append(f"calendar/{stray} 没有在 pack.toml 的 [[calendar]] 中注明依据")
    return tables


def _base_calendars(folder: Path, pack: Pack) -> dict[int, CalendarTable]:
    if not (folder / "pack.toml").exists():
        pack.complaints.append(f"pack.toml 的 base 所指的规则包“{folder.name}”不存在")
        return {}
    return _read_calendars(folder, _toml(folder / "pack.toml", pack).get("calendar", []), pack)
