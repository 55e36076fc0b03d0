"""城市包中的文书样式（`letters/F02.txt` …、`letters/numbers.toml`）↔ 行。

A pack with `base` in its `pack.toml` takes the letters it does not bring itself from the pack of that name beside it.
"""

import string
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from documents.letters.fields import KINDS
from documents.letters.impediments import LetterRefused
from documents.letters.rendering import Source, complaints, parse
from documents.models import LetterTemplate
from rulebook.city.base_pack import folders

_NUMBER_PARTS = {"letter_code", "series", "year", "serial"}


@dataclass
class LetterPack:
    """What a folder says, and the complaints about it. A pack with complaints is never loaded."""

    number_format: str = ""
    series: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def read(folder: Path) -> LetterPack:
    """The letters of a city pack with every complaint found. Reads files only."""
    pack = LetterPack()
    for place in folders(folder):
        numbers = place / "letters" / "numbers.toml"
        if numbers.exists():
            said = tomllib.loads(numbers.read_text(encoding="utf-8"))
            pack.number_format, pack.series = str(said.get("format", "")), pack.series | said.get("series", {})
        for path in sorted((place / "letters").glob("*.txt")):
            _read_letter(path, pack)
    pack.complaints += _number_complaints(pack.number_format)
    pack.complaints += [
        f"letters/{kind}.txt：类别字“{used}”不在 letters/numbers.toml 的 [series] 里"
        for kind, source in pack.sources.items()
        if (used := source.meta.get("series", "")) and used not in pack.series
    ]
    pack.complaints += [f"缺少{code}《{kind.label}》的样式" for code, kind in KINDS.items() if code not in pack.bodies]
    return pack


def check(folder: Path) -> list[str]:
    """Complaints about a pack's letters, in sentences."""
    return read(folder).complaints


@transaction.atomic
def load(folder: Path, *, valid_from: date, rule_set=None) -> list[LetterTemplate]:
    """Put the pack's letters in force from a day on; a letter that says the same already is left alone.

    Returns the templates that were added. Raises LetterRefused with the pack's complaints, or where words changed
    but the version did not.
    """
    pack = read(folder)
    if pack.complaints:
        raise LetterRefused(*pack.complaints)
    added = []
    for kind, source in pack.sources.items():
        meta = source.meta
        current = LetterTemplate.objects.for_kind(kind, valid_from)
        if current and (current.body, current.number_format) == (pack.bodies[kind], pack.number_format):
            continue
        if current and int(meta["version"]) <= current.version:
            raise LetterRefused(f"{kind}《{meta['title']}》的文字改了，版本号应当大于{current.version}")
        before = valid_from - timedelta(days=1)
        earlier = LetterTemplate.objects.filter(kind=kind, valid_from__lt=valid_from)
        earlier.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).update(valid_to=before)
        added.append(
            LetterTemplate.objects.create(
                kind=kind,
                title=meta["title"],
                layout=meta["layout"],
                series=meta.get("series", ""),
                number_format=pack.number_format,
                basis=meta["basis"],
                mark=meta["mark"],
                body=pack.bodies[kind],
                version=int(meta["version"]),
                rule_set=rule_set,
                valid_from=valid_from,
            )
        )
    return added


def _read_letter(path: Path, pack: LetterPack) -> None:
    body = path.read_text(encoding="utf-8")
    try:
        source = parse(body)
    except LetterRefused as refused:
        pack.complaints += [f"letters/{path.name}：{sentence}" for sentence in refused.sentences]
        return
    found = complaints(source)
    if source.meta.get("kind") != path.stem:
        found.append(f"文件名应当与 kind 一致：{source.meta.get('kind')}.txt")
    pack.complaints += [f"letters/{path.name}：{sentence}" for sentence in found]
    if not found:
        pack.bodies[path.stem], pack.sources[path.stem] = body, source


def _number_complaints(number_format: str) -> list[str]:
    if not number_format:
        return ["letters/numbers.toml 没有写明文号格式（format）"]
    parts = {name for _, name, _, _ in string.Formatter().parse(number_format) if name is not None}
    found = []
    if parts != _NUMBER_PARTS:
        found.append(f"文号格式应当恰好用到 {'、'.join(sorted(_NUMBER_PARTS))}")
    if "〔{year}〕" not in number_format:
        found.append("文号的年份应当用六角括号〔〕括入")
    if "第" in number_format or ":0" in number_format:
        found.append("文号不加“第”，序号不编虚位")
    return found
