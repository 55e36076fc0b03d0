"""What stands on the pages of a PDF and where: read back with PDFium, whose wheel comes with the packages for tests.

Lengths are in points (1/72 inch) from the top left corner of the sheet.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from ctypes import byref, c_double, c_float
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

WORD_GAP, LINE_GAP = 0.2, 2.5  # 字高的几倍：比这再宽的空隙，两边是两个词、两行


class Box(NamedTuple):
    """Characters that stand beside each other; a box is as high as the font's line, not as the glyph."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_in(pdf: bytes) -> str:
    """All text of the PDF in the order in which it was drawn, without any white space."""
    return "".join(texts_in(pdf))


def texts_in(pdf: bytes) -> list[str]:
    """As words_in, for each page."""
    return ["".join(box.text for box in page if box.text.strip()) for page in _of_each_page(pdf, _characters)]


def sizes_in(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, to a hundredth of a point."""
    return _of_each_page(pdf, lambda number, page: tuple(round(side, 2) for side in page.get_size()))


def boxes_in(pdf: bytes) -> list[Box]:
    """Every word of every page: characters of one line with no white space between them."""
    return [box for page in _of_each_page(pdf, _characters) for box in _joined(page, WORD_GAP) if box.text.strip()]


def lines_in(pdf: bytes) -> list[list[Box]]:
    """Every line of each page without white space, from the top; what a wide gap parts counts as two lines."""
    pages = [_joined((box for box in page if box.text.strip()), LINE_GAP) for page in _of_each_page(pdf, _characters)]
    return [sorted(lines, key=lambda line: line.top) for lines in pages]


def raster_of(pdf: bytes, *, dpi: int) -> tuple[int, int, bytes]:
    """The first page as a picture: width, height, and three bytes (red, green, blue) for each pixel."""

    def drawn(number: int, page: Any) -> tuple[int, int, bytes]:
        with closing(page.render(scale=dpi / 72, rev_byteorder=True)) as picture:
            width, height, step, shown = picture.width, picture.height, picture.stride, bytes(picture.buffer)
        return width, height, b"".join(shown[row * step : row * step + width * 3] for row in range(height))

    return _of_each_page(pdf, drawn, last=1)[0]


def _of_each_page(pdf: bytes, read: Callable[[int, Any], Any], *, last: int | None = None) -> list[Any]:
    found = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(len(document))[:last]:
            with closing(document[number]) as page:
                found.append(read(number + 1, page))
    return found


def _characters(number: int, page: Any) -> list[Box]:
    """Every character in the order in which it was drawn, white space too."""
    height, found = page.get_height(), []
    with closing(page.get_textpage()) as text:
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place, loose=True)
            if written := raw.FPDFText_GetTextObject(text, place):
                top, bottom = _reach(written, text, place)  # 框住的是字面，有的字出头
            shown = chr(raw.FPDFText_GetUnicode(text, place))
            found.append(Box(number, left, height - top, right, height - bottom, shown))
    return found


def _reach(written: Any, text: Any, place: int) -> tuple[float, float]:
    """How far up and down the font's line goes at a character, from the foot of the page."""
    font, size = raw.FPDFTextObj_GetFont(written), raw.FPDFText_GetFontSize(text, place)
    x, y, up, down = c_double(), c_double(), c_float(), c_float()
    raw.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
    raw.FPDFFont_GetAscent(font, size, byref(up))
    raw.FPDFFont_GetDescent(font, size, byref(down))
    return y.value + up.value, y.value + down.value


def _joined(characters: Iterable[Box], widest: float) -> list[Box]:
    """Neighbours of one line made into one; white space, a gap wider than `widest` heights or a step aside parts."""
    found: list[Box] = []
    for one in characters:
        last = found[-1] if found else None
        high = one.bottom - one.top
        beside = last is not None and abs(one.bottom - last.bottom) < high / 3 and one.left - last.right < widest * high
        if last is not None and beside and one.text.strip() and last.text.strip() and one.left > last.left:
            sides = min(last.left, one.left), min(last.top, one.top), max(last.right, one.right)
            found[-1] = Box(last.page, *sides, max(last.bottom, one.bottom), last.text + one.text)
        else:
            found.append(one)
    return found
