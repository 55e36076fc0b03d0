"""文书的 PDF（PDF/A-2b，可长期保存）：Typst 按 GB/T 9704 排版。同样的文字永远得到同样的字节。

Fonts: a licensed folder (`LETTER_FONT_DIR`, 仿宋、小标宋) comes first where one is mounted; otherwise the open fonts
that come with the packages. System fonts are left alone unless `LETTER_SYSTEM_FONTS` is set, so that two machines
print the same letter; only a character that the open fonts lack (a rare one in a name) is looked for among them.
A character without any shape is never left blank: the letter is refused.
"""

import json
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from documents.letters.impediments import LetterRefused
from documents.letters.qr import square
from documents.letters.rendering import Paragraph, Rendered

_LAYOUTS = Path(__file__).parent / "layouts"
_OPEN_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_NO_SHAPE = re.compile(r"the text `(.+?)` could not be displayed")
_compiling = threading.Lock()
_SCREEN = 144  # 像素每英寸：390 点宽的回执正好 780 像素


@dataclass(frozen=True)
class Fonts:
    """Where fonts are taken from. folder "" → only the open fonts of the packages."""

    folder: str = ""
    system: bool = False


def pdf(letter: Rendered, *, on: date, fonts: Fonts, reprint: str = "", check: str = "") -> bytes:
    """The letter as PDF bytes.

    `letter` with its secrets filled in, `on` its date (also the document's date, so the bytes do not depend on the
    clock), `reprint` the words of the mark outside the type area, "" on an original, `check` the line by which anybody
    may check it, "" where it has none. Raises LetterRefused where no font has one of its characters, typst.TypstError
    where the layout file is broken.
    """
    query = next((one for one in letter.paragraphs if one.kind == "query"), None)
    data = {
        "title": letter.title,
        "layout": letter.layout,
        "organ": letter.organ,
        "number": letter.number,
        "signed": letter.signed,
        "date": on.isoformat(),
        "dated": letter.dated,
        "reprint": reprint,
        "check": check,
        "thicken": not fonts.folder,
        "row-inset": _row_inset(letter.paragraphs),
        "paragraphs": [
            {"kind": one.kind, "text": one.text, "cells": list(one.cells)}
            for one in letter.paragraphs
            if one.kind != "query"
        ],
        "query": query.text if query else "",
        "qr": square(query.link).svg if query and query.link else "",
    }
    roomy = _compile(data | {"tight": False}, fonts)
    if letter.layout == "gw" or (pages := page_count(roomy)) == 1:
        return roomy
    tight = _compile(data | {"tight": True}, fonts)
    return tight if page_count(tight) < pages else roomy


def envelopes(people: Iterable[dict[str, str]], *, sender: dict[str, str], shape: str, on: date, fonts: Fonts) -> bytes:
    """Envelopes (`shape` "c5", one a page) or address labels ("a4", sixteen a sheet) as PDF bytes.

    Each of `people` and `sender` have `name` and `address`, the sender `phone` too. Nothing is kept. Raises
    LetterRefused where no font has one of the characters.
    """
    return _compile(
        {"people": list(people), "sender": sender, "shape": shape, "date": on.isoformat()}, fonts, "envelope"
    )


def compilation(
    parts: Iterable[dict[str, Any]], *, title: str, organ: str, about: str, mark: str, on: date, fonts: Fonts
) -> bytes:
    """Tables and bars under headings with an index of pages, as PDF bytes: 证据材料 and the like.

    Each part has `title`, `rows` (words, one a column), `widths`, `head` ([] where the first column names the second)
    and `empty` (what stands there without rows); a bar above the table is `bar` [length, shade] with `legend` [shade,
    words], shades as the layout knows them. `about` stands under the title, `mark` at the foot of every page, `on` is
    the document's date. Nothing is kept. Raises LetterRefused where no font has a character.
    """
    data = {"title": title, "organ": organ, "about": about, "mark": mark, "date": on.isoformat(), "parts": list(parts)}
    return _compile(data, fonts, "compilation")


def poster(data: Mapping[str, Any], *, on: date, fonts: Fonts) -> bytes:
    """A poster of one A3 sheet as PDF bytes. `data`: `title`, `organ`, `about`, `steps` (no, title, days, you, we,
    receive), `ways` (rows of three words, the first their head), `foot` (lines), `link` of the QR code and what is
    said beside it (`scan`). `on` is the document's date. Raises LetterRefused where no font has a character.
    """
    return _compile({**data, "qr": square(data["link"]).svg, "date": on.isoformat()}, fonts, "poster")


def receipt(
    rows: Iterable[tuple[str, str, bool]], *, title: str, notes: Iterable[str], link: str, fonts: Fonts
) -> bytes:
    """A receipt for the screen of a phone, as PNG bytes. Nothing is kept.

    Each row is (what it is, the words, whether they are set large); `link` becomes a QR code, "" for none.
    """
    qr = square(link).svg if link else ""
    data = {"title": title, "rows": [list(row) for row in rows], "notes": list(notes), "qr": qr}
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    with _compiling:
        made = _compiler(fonts, "receipt").compile(format="png", sys_inputs=inputs, ppi=_SCREEN)
    if not isinstance(made, bytes):
        raise TypeError("Typst 没有返回一张图片")
    return made


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made here has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _compile(data: dict[str, Any], fonts: Fonts, layout: str = "letter") -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    try:
        with _compiling:
            made = _compiler(fonts, layout).compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2b"])
    except typst.TypstError as error:
        missing = _NO_SHAPE.search(error.message)
        if missing is None:
            raise
        if not fonts.system:
            return _compile(data, replace(fonts, system=True), layout)
        raise LetterRefused(f"现有字体里没有{missing[1]}这个字，请管理员装入含该字的字体后再打印") from error
    if not isinstance(made, bytes):
        raise TypeError("Typst 没有返回一份 PDF")
    return made


def _row_inset(paragraphs: Iterable[Paragraph]) -> float:
    """Millimetres above and below the words of a table row: a form of nothing but rows is written on by hand."""
    return 2 if any(one.kind in ("text", "item") for one in paragraphs) else 4.4


_compilers: dict[tuple[Fonts, str], typst.Compiler] = {}


def _compiler(fonts: Fonts, layout: str) -> typst.Compiler:
    if (fonts, layout) not in _compilers:
        folders = [str(_OPEN_FONTS)] if not fonts.folder else [fonts.folder, str(_OPEN_FONTS)]
        _compilers[fonts, layout] = typst.Compiler(
            str(_LAYOUTS / f"{layout}.typ"),
            root=str(_LAYOUTS),
            font_paths=folders,
            ignore_system_fonts=not fonts.system,
        )
    return _compilers[fonts, layout]
