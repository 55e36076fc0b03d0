"""文书的可编辑副本（DOCX）：与 PDF 同一份文字、同一套 GB/T 9704 尺寸，供改写参考；正式文本只有 PDF。

The copy carries no sealed value (query code, PIN) and no QR code: they belong to the paper that is handed over.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.letters.fields import FIELDS
from documents.letters.rendering import Paragraph, Rendered

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARK = "可编辑副本，不是正式文本；以加盖公章的 PDF 打印件为准"
ELSEWHERE = "（见正式文本）"  # 印在封存要素的位置

FANG, SONG, HEI, DIGITS = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
RED = RGBColor(0xCC, 0, 0)
BODY, PITCH = Pt(16), Pt(28)  # 三号；版心高 225 毫米，每页 22 行
SQUEEZE = "-5"  # 二十分之一磅；版心宽 156 毫米，每行 28 字
LEFT, RIGHT = Mm(28), Mm(26)
COLUMNS = (Mm(32.5), Mm(48), Mm(29), Mm(46.5))
CENTER, FLUSH_RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True)
class _Look:
    """How the paragraphs of one kind look: font, size and line pitch in points, first-line indent in characters."""

    font: str = FANG
    size: float = 16
    pitch: float = 28
    indent: int = 2


_LETTER = {
    "text": _Look(),
    "item": _Look(),
    "address": _Look(indent=0),
    "heading": _Look(font=HEI),
    "note": _Look(size=14, indent=0),
    "query": _Look(size=12, pitch=18, indent=0),
}
_FORM = {
    "text": _Look(size=12, pitch=19),
    "item": _Look(size=12, pitch=19),
    "address": _Look(size=12, pitch=19, indent=0),
    "heading": _Look(font=HEI, size=12, pitch=22),
    "note": _Look(size=10.5, pitch=17, indent=0),
    "query": _Look(size=10.5, pitch=17, indent=0),
}
_NAMES = {"text": "正文段", "item": "分条", "address": "称谓", "heading": "一级标题", "note": "附注", "query": "查询"}


def docx(letter: Rendered, *, on: date, mark: str = MARK) -> bytes:
    """The letter as DOCX bytes.

    `letter` as it was rendered, its sealed values still holes; `on` its date, `mark` the words in the page header
    that tell it from the legal copy.
    """
    document = Document()
    _describe(document, letter, on)
    _set_base(document)
    looks = _FORM if letter.layout == "form" else _LETTER
    for kind, look in looks.items():
        _add_style(document, _NAMES[kind], look)
    _lay_page(document.sections[0], letter, mark)
    document.settings.odd_and_even_pages_header_footer = True
    _put_head(document, letter)
    hidden = {code: ELSEWHERE for code, field in FIELDS.items() if field.secret}
    held: list[tuple[str, ...]] = []
    queries = []
    for one in letter.with_secrets(hidden).paragraphs:
        if one.kind == "row":
            held.append(one.cells)
            continue
        if one.kind == "mark":
            continue  # 已在版头
        _put_table(document, held)
        held = []
        queries.append(one) if one.kind == "query" else _put(document, one)
    _put_table(document, held)
    if letter.signed:
        _sign(document, letter)
    for one in queries:
        _put(document, one)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _describe(document: Any, letter: Rendered, on: date) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = letter.title, letter.organ, letter.organ
    about.comments, about.keywords, about.language = MARK, "", "zh-CN"
    about.created = about.modified = datetime.combine(on, time())


def _set_base(document: Any) -> None:
    normal = document.styles["Normal"]
    _set_font(normal, FANG, 16)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "zh-CN")
    lang.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(lang)
    format_ = normal.paragraph_format
    format_.space_before = format_.space_after = Pt(0)
    format_.line_spacing_rule, format_.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    format_.widow_control = False


def _add_style(document: Any, name: str, look: _Look) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _set_font(style, look.font, look.size, squeeze=look.size == 16)
    style.paragraph_format.line_spacing = Pt(look.pitch)
    style.paragraph_format.first_line_indent = Pt(look.size * look.indent)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    style.paragraph_format.keep_with_next = name == _NAMES["heading"]


def _set_font(styled: Any, font: str, size: float, *, colour: RGBColor | None = None, squeeze: bool = False) -> None:
    """One font for Chinese and Latin alike: a style or run of Word names them apart."""
    styled.font.name, styled.font.size = font, Pt(size)
    properties = styled.element.get_or_add_rPr()
    for script in ("w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(script), font)
    if colour is not None:
        styled.font.color.rgb = colour
    if squeeze:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), SQUEEZE)
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")


def _lay_page(section: Any, letter: Rendered, mark: str) -> None:
    form = letter.layout == "form"
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = (Mm(25), Mm(24)) if form else (Mm(37), Mm(35))
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance, section.footer_distance = Mm(12), Mm(14 if form else 23)
    section.different_first_page_header_footer = letter.layout != "gw"  # 信函首页不编页码
    for header in (section.header, section.even_page_header, section.first_page_header):
        header.is_linked_to_previous = False
        line = _line(header.paragraphs[0], FLUSH_RIGHT, 14)
        _run(line, mark, HEI, 10.5)
    _number(section.footer.paragraphs[0], FLUSH_RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    if letter.layout == "xh":
        foot = _line(section.first_page_footer.paragraphs[0], CENTER, 14)
        _rule(foot, "top", "thinThickSmallGap", 24, wide=True)


def _number(paragraph: Any, side: Any) -> None:
    """一字线、四号宋体页码；单页居右空一字，双页居左空一字。"""
    line = _line(paragraph, side, 18)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
    _run(line, "— ", DIGITS, 14)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    run = _run(line, "1", DIGITS, 14)
    number.append(run.element)
    line._p.append(number)
    _run(line, " —", DIGITS, 14)


def _put_head(document: Any, letter: Rendered) -> None:
    """版头、文号、标题。信函：红色双线；公文：红色分隔线；表格：单位名称。"""
    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    if letter.layout == "form":
        _run(_line(first, CENTER, 26), letter.organ, SONG, 18)
    else:
        size = min(30.0 if letter.layout == "xh" else 36.0, 425 / max(len(letter.organ), 1) * 0.86)
        if letter.layout == "gw":
            first.paragraph_format.space_before = Mm(35)
        _run(_line(first, CENTER, size * 1.3), letter.organ, SONG, size, colour=RED)
        if letter.layout == "xh":
            _rule(first, "bottom", "thickThinSmallGap", 24, wide=True)
    if letter.number and letter.layout == "gw":
        number = _line(document.add_paragraph(), CENTER, 28, before=28)
        _run(number, letter.number, FANG, 16)
        _rule(number, "bottom", "single", 13)
    elif letter.number and letter.layout == "xh":
        _put_number(document, letter)
    gap = 8 if letter.layout == "form" else 28
    _run(_line(document.add_paragraph(), CENTER, 34, before=gap, after=gap), letter.title, SONG, 22)
    if letter.number and letter.layout == "form":
        _run(_line(document.add_paragraph(), FLUSH_RIGHT, 19), letter.number, FANG, 12)


def _put_number(document: Any, letter: Rendered) -> None:
    """发文字号居右；有份号、密级的，在同一行起居左，自上而下。"""
    marks = [one.text for one in letter.paragraphs if one.kind == "mark"]
    line = _line(document.add_paragraph(), WD_ALIGN_PARAGRAPH.LEFT if marks else FLUSH_RIGHT, 28, before=6)
    if marks:
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
        _run(line, f"{marks[0]}\t", HEI, 16)
    _run(line, letter.number, FANG, 16)
    for mark in marks[1:]:
        _run(_line(document.add_paragraph(), WD_ALIGN_PARAGRAPH.LEFT, 28), mark, HEI, 16)


def _put(document: Any, one: Paragraph) -> None:
    document.add_paragraph(one.text, style=_NAMES[one.kind])


def _put_table(document: Any, rows: Iterable[tuple[str, ...]]) -> None:
    rows = list(rows)
    if not rows:
        return
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = width
    for cells in rows:
        row = table.add_row()
        for cell, width in zip(row.cells, COLUMNS, strict=True):
            cell.width = width
        if len(cells) == 2:
            row.cells[1].merge(row.cells[3])
        shown = (row.cells[0], row.cells[1], row.cells[2], row.cells[3])[: len(cells)]
        for n, (cell, words) in enumerate(zip(shown, cells, strict=True)):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            label = n % 2 == 0
            first, *rest = words.split("\n")
            _cell_line(cell.paragraphs[0], first, label)
            for line in rest:
                _cell_line(cell.add_paragraph(), line, label)


def _cell_line(paragraph: Any, words: str, label: bool) -> None:
    line = _line(paragraph, CENTER if label else WD_ALIGN_PARAGRAPH.LEFT, 18, before=4, after=4)
    _run(line, words, HEI if label else FANG, 12)


def _sign(document: Any, letter: Rendered) -> None:
    """成文日期右空四字，单位名称以日期为准居中；其上留出用印位置。"""
    organ, day = len(letter.organ) * 16.0, sum(16 if ord(char) > 255 else 8 for char in letter.dated) * 1.0
    block = max(organ, day)
    right = max(0.0, 64 - max(organ - day, 0) / 2)
    for words, width, before in ((letter.organ, organ, 56 if letter.layout != "form" else 22), (letter.dated, day, 0)):
        line = _line(document.add_paragraph(), FLUSH_RIGHT, 28, before=before)
        line.paragraph_format.right_indent = Pt(right + (block - width) / 2)
        line.paragraph_format.keep_with_next = words is letter.organ
        _run(line, words, FANG, 16)


def _line(paragraph: Any, side: Any, pitch: float, *, before: float = 0, after: float = 0) -> Any:
    shape = paragraph.paragraph_format
    shape.alignment, shape.line_spacing = side, Pt(pitch)
    shape.space_before = shape.space_before or Pt(before)
    shape.space_after = Pt(after)
    return paragraph


def _run(paragraph: Any, words: str, font: str, size: float, *, colour: RGBColor | None = None) -> Any:
    run = paragraph.add_run(words)
    _set_font(run, font, size, colour=colour)
    return run


def _rule(paragraph: Any, side: str, kind: str, eighths: int, *, wide: bool = False) -> None:
    """A red line above or below a paragraph; `wide` makes it 170 mm, centred on the page."""
    if wide:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(-8), Mm(-6)
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(eighths)), ("space", "4"), ("color", str(RED))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )
