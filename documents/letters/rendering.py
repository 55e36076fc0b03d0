"""文书的样式源文与套打：一份文字源文 + 字段 → 段落。纯函数。

A source is a short front matter between two `---` lines and then one paragraph a line:

    # 一级标题        > 称谓（顶格）       | 栏目 | {{field}} |  表格的一行
    @ 二维码旁的文字   ~ 附注（顶格小字）    ^ 份号、密级       + 附件：{{list}}    其余各行是正文

`{{field}}` prints a field; alone on a line, a list becomes numbered items, and after `+` and its label an annex note
(GB/T 9704 7.3.4). A paragraph whose optional field is empty is left out; `{{?field}}` prints nothing and ties a
paragraph to a field, `{{!field}}` to its absence. Table rows always stay: an empty cell is filled in by hand.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from documents.letters.fields import FIELDS, KINDS, Shape
from documents.letters.impediments import LetterRefused
from documents.letters.values import in_print

LAYOUTS = {"xh": "信函格式", "gw": "公文格式", "form": "表格格式"}
MARKS = {"源": "有公开来源", "知": "依知识，待业主确认", "设": "设计取舍", "参照": "类比其他法律", "疑": "待核"}
META = {"kind", "title", "layout", "series", "basis", "mark", "version", "signed"}

_HOLE = re.compile(r"\{\{\s*([?!]?)([a-z_]+)\s*\}\}")
# A sealed value's place: control characters, which no typed value may contain (see documents.letters.values).
_SEALED = re.compile("\x02([a-z_]+)\x03")
_SIGNS = {"# ": "heading", "> ": "address", "@ ": "query", "~ ": "note", "^ ": "mark", "+ ": "annex"}
_STOPS = "。；，、：！？"
_SENTENCE_ENDS = "。！？；：…”）》"


@dataclass(frozen=True)
class Block:
    """One line of a source: what it is and its words with their holes."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()

    @property
    def holes(self) -> list[tuple[str, str]]:
        """(sign, field) in order; sign is "", "?" or "!"."""
        return [(m[1], m[2]) for m in _HOLE.finditer("\n".join((self.text, *self.cells)))]

    @property
    def alone(self) -> str | None:
        """The field that is the whole line (after the label, in a list of annexes), if it is nothing but one field."""
        match = _HOLE.fullmatch(self.text.partition("：")[2] if self.kind == "annex" else self.text)
        return match[2] if match and not match[1] else None


@dataclass(frozen=True)
class Source:
    """A parsed template."""

    meta: Mapping[str, str]
    blocks: tuple[Block, ...]

    @property
    def fields(self) -> set[str]:
        return {name for block in self.blocks for _, name in block.holes}

    @property
    def words(self) -> str:
        return "\n".join(part for block in self.blocks for part in (block.text, *block.cells))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as it is printed. kind: address, text, heading, item, mark, note, query, row."""

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Rendered:
    """A letter in words: what is frozen, hashed and given to every layout."""

    title: str
    layout: str
    organ: str
    paragraphs: tuple[Paragraph, ...]
    signed: bool = True
    number: str = ""
    dated: str = ""

    @property
    def words(self) -> str:
        """All paragraphs and cells, one a line."""
        return "\n".join(part for one in self.paragraphs for part in (one.text, *one.cells))

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"paragraphs": [asdict(one) | {"cells": list(one.cells)} for one in self.paragraphs]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Rendered":
        paragraphs = tuple(Paragraph(**(one | {"cells": tuple(one["cells"])})) for one in stored["paragraphs"])
        return cls(**(dict(stored) | {"paragraphs": paragraphs}))

    def with_secrets(self, secrets: Mapping[str, str]) -> "Rendered":
        """The same letter with the sealed values put in, for a layout only; never stored."""

        def fill(words: str) -> str:
            return _SEALED.sub(lambda m: secrets.get(m[1], ""), words)

        return replace(
            self,
            paragraphs=tuple(
                replace(one, text=fill(one.text), link=fill(one.link), cells=tuple(fill(cell) for cell in one.cells))
                for one in self.paragraphs
            ),
        )


def parse(text: str) -> Source:
    """Read a source. Raises LetterRefused where the front matter is missing or a line of it is not `key: value`."""
    head, body = _split(text)
    meta = {}
    for line in head:
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in META:
            raise LetterRefused(f"文书样式的抬头不认识这一行：{line.strip()}")
        meta[key.strip()] = value.strip()
    return Source(meta, tuple(_block(line.strip()) for line in body if line.strip()))


def complaints(source: Source) -> list[str]:
    """What is wrong with a template, in sentences; an empty list where nothing is."""
    meta, kind = source.meta, KINDS.get(source.meta.get("kind", ""))
    if kind is None:
        return [f"没有这种文书：{meta.get('kind') or '（未写 kind）'}"]
    name = f"{kind.code}《{meta.get('title') or kind.label}》"
    found = []
    if not meta.get("title"):
        found.append(f"{name}没有标题")
    if meta.get("layout") not in LAYOUTS:
        found.append(f"{name}的版式应当是 {'、'.join(LAYOUTS)} 之一")
    if not meta.get("basis"):
        found.append(f"{name}没有写明依据的条文")
    if meta.get("mark") not in MARKS:
        found.append(f"{name}没有标明可信度（{'、'.join(MARKS)}）")
    if meta.get("mark") == "疑" and kind.to_petitioner:
        found.append(f"{name}的内容标为待核，不得用于对外文书")
    if not meta.get("version", "").isdigit():
        found.append(f"{name}的版本应当是整数")
    if meta.get("signed", "yes") not in ("yes", "no"):
        found.append(f"{name}的 signed 只能写 yes 或 no")
    for field_name in sorted(source.fields):
        if field_name not in FIELDS:
            found.append(f"{name}用了不存在的要素：{field_name}")
        elif field_name not in kind.allowed:
            found.append(f"{name}不使用“{FIELDS[field_name].meaning}”（{field_name}）")
    printed = {hole for block in source.blocks for sign, hole in block.holes if not sign}
    found += [f"{name}必须印出“{FIELDS[code].meaning}”（{code}）" for code in sorted(kind.required - printed)]
    found += [f"{name}不得写“{word}”" for word in kind.forbidden if word in source.words]
    for block in source.blocks:
        for sign, hole in block.holes:
            if not sign and hole in FIELDS and _is_many(hole) and block.alone != hole:
                found.append(f"{name}的“{FIELDS[hole].meaning}”要单独成行，才能逐条列出")
    return found


def render(source: Source, values: Mapping[str, Any], *, organ: str) -> Rendered:
    """Put frozen values into a checked template.

    `values` as documents.letters.values.frozen returns them, `organ` the signing organ's full name. Secret values
    stay holes (see `Rendered.with_secrets`). Raises LetterRefused where a required field is missing or unknown.
    """
    kind = KINDS[source.meta["kind"]]
    known = {**values, "organ": organ}
    faults = [f"《{kind.label}》没有“{code}”这个要素，请去掉" for code in values if code not in kind.allowed]
    faults += [f"请填写“{FIELDS[code].meaning}”" for code in sorted(kind.required) if code not in values]
    if faults:
        raise LetterRefused(*faults)
    paragraphs: list[Paragraph] = []
    for block in source.blocks:
        if _stands(block, known):
            paragraphs += _paragraphs(block, known)
    return Rendered(
        title=source.meta["title"],
        layout=source.meta["layout"],
        organ=organ,
        paragraphs=tuple(paragraphs),
        signed=source.meta.get("signed", "yes") == "yes",
    )


def query_link(values: Mapping[str, Any]) -> str:
    """What the QR code holds: the query code travels in the fragment, which a browser never sends to a server."""
    return f"{values['query_url']}#{_sealed('query_code')}" if {"query_url", "query_code"} <= set(values) else ""


def _sealed(name: str) -> str:
    return f"\x02{name}\x03"


def _split(text: str) -> tuple[list[str], list[str]]:
    lines = text.lstrip("\ufeff").splitlines()
    fences = [n for n, line in enumerate(lines) if line.strip() == "---"]
    if len(fences) < 2 or any(line.strip() for line in lines[: fences[0]]):
        raise LetterRefused("文书样式应当以两行 --- 之间的抬头开始")
    head = [line for line in lines[fences[0] + 1 : fences[1]] if line.strip()]
    return head, lines[fences[1] + 1 :]


def _block(line: str) -> Block:
    if line.startswith("|"):
        return Block("row", "", tuple(cell.strip(" ") for cell in line.strip("|").split("|")))
    for sign, kind in _SIGNS.items():
        if line.startswith(sign):
            return Block(kind, line[len(sign) :].strip())
    return Block("text", line)


def _is_many(name: str) -> bool:
    return FIELDS[name].shape in (Shape.LIST, Shape.OPINIONS)


def _stands(block: Block, values: Mapping[str, Any]) -> bool:
    if any(sign == "!" and name in values for sign, name in block.holes):
        return False
    needed = [name for sign, name in block.holes if sign == "?" or (sign == "" and block.kind != "row")]
    return all(name in values for name in needed)


def _paragraphs(block: Block, values: Mapping[str, Any]) -> list[Paragraph]:
    if block.kind == "row":
        return [Paragraph("row", cells=tuple(_filled(cell, values) for cell in block.cells))]
    if block.alone and _is_many(block.alone):
        printed = in_print(FIELDS[block.alone], values[block.alone])
        return _annexes(block.text.partition("：")[0], printed) if block.kind == "annex" else _items(printed)
    if block.kind == "query":
        return [Paragraph("query", _filled(block.text, values), link=query_link(values))]
    lines = [line for line in _filled(block.text, values).split("\n") if line]
    if block.kind == "text":
        lines = [line if line[-1] in _SENTENCE_ENDS else line + "。" for line in lines]
    return [Paragraph(block.kind, line) for line in lines]


def _items(printed: str | list[str]) -> list[Paragraph]:
    found = []
    for n, words in enumerate(printed, 1):
        first, *rest = words.split("\n")
        found.append(Paragraph("item", f"{n}. {first}"))
        found += [Paragraph("text", line) for line in rest]
    return found


def _annexes(label: str, printed: str | list[str]) -> list[Paragraph]:
    """附件说明：名称后不加标点，只有一件的不编号，几件的对齐。"""
    if len(printed) == 1:
        return [Paragraph("item", f"{label}：{printed[0]}")]
    before = [f"{label}：", *["\u3000" * (len(label) + 1)] * (len(printed) - 1)]
    named = zip(before, range(1, len(printed) + 1), printed, strict=True)
    return [Paragraph("item", f"{lead}{n}. {one}") for lead, n, one in named]


def _filled(words: str, values: Mapping[str, Any]) -> str:
    """The words with their holes filled; a value does not repeat the stop that the template already sets."""

    def fill(match: re.Match[str]) -> str:
        sign, name = match[1], match[2]
        if sign or name not in values:
            return ""
        if FIELDS[name].secret:
            return _sealed(name)
        printed = in_print(FIELDS[name], values[name])
        text = printed if isinstance(printed, str) else "；".join(printed)
        follows = match.string[match.end() : match.end() + 1]
        return text.rstrip(_STOPS) if follows and follows in _STOPS else text

    return _HOLE.sub(fill, words)
