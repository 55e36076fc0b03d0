"""GB/T 9704—2012 的尺寸，用 PDFium 从印出的 PDF 上量：转送函（信函格式）、处理意见书、复查意见书（公文格式）。

Lengths in millimetres from the top left corner of the sheet; red lines are measured on a raster of 200 dpi.
"""

from functools import cache
from typing import NamedTuple

import pytest

from documents.letters import printing
from tests.documents.test_printing import A4, DAY, FONTS, letter
from tests.pdf_pages import Box, boxes_in, raster_of, sizes_in

SHEET = 297.0  # A4 的高
TOP, BOTTOM, LEFT, RIGHT = 37.0, SHEET - 35.0, 28.0, 210.0 - 26.0  # 版心 156 × 225 mm
DPI = 200
NEAR = 1.5  # mm：字面比字身小一圈
POINT = 25.4 / 72  # mm


class RedLine(NamedTuple):
    top: float
    bottom: float
    left: float
    right: float

    @property
    def length(self) -> float:
        return self.right - self.left


@cache
def printed(kind: str) -> bytes:
    return printing.pdf(letter(kind), on=DAY, fonts=FONTS)


@cache
def words_of(kind: str) -> list[Box]:
    """Every word with its box in millimetres."""
    return [Box(page, *(side * POINT for side in sides), text) for page, *sides, text in boxes_in(printed(kind))]


def word(kind: str, text: str) -> Box:
    return next(one for one in words_of(kind) if one.text.startswith(text))


@cache
def red_lines(kind: str) -> list[RedLine]:
    """The red lines of the first page, from the top: consecutive rows of the raster that are red far across."""
    width, height, pixels = raster_of(printed(kind), dpi=DPI)
    unit, found, last = 25.4 / DPI, [], -9
    for y in range(height):
        row = pixels[y * width * 3 : (y + 1) * width * 3]
        if row[width // 2 * 3 + 1] > 100:  # 红线都过纸的正中
            continue
        red = [x for x in range(width) if row[3 * x] > 150 and row[3 * x + 1] < 100]
        if len(red) > width / 2:
            top = found.pop().top if y - last == 1 else y * unit
            found.append(RedLine(top, (y + 1) * unit, red[0] * unit, (red[-1] + 1) * unit))
            last = y
    return found


def near(found: float, wanted: float, by: float = NEAR) -> bool:
    return abs(found - wanted) <= by


@pytest.mark.parametrize("kind", ["F07", "F12", "F18"])
def test_the_sheet_is_a4_and_the_text_stands_in_the_type_area(kind):
    """版心：天头 37 mm，订口 28 mm，宽 156 mm；信函只到第二条红色双线以上。"""
    assert set(sizes_in(printed(kind))) == {A4}
    body = [one for one in words_of(kind) if "—" not in one.text and one.bottom < BOTTOM + 4]
    assert min(one.left for one in body) >= LEFT - NEAR
    hanging = 8 * POINT  # 行末标点占半个字，字框仍是一个字宽
    assert max(one.right - hanging * (one.text[-1] in "，。；：、）》”") for one in body) <= RIGHT + NEAR
    later = [one for one in body if one.page > 1]
    assert all(one.top >= TOP - NEAR for one in later)
    if kind != "F07":
        assert max(one.bottom for one in body) <= BOTTOM + NEAR


@pytest.mark.parametrize("kind", ["F07", "F12", "F18"])
def test_the_body_is_size_three_and_the_paragraph_begins_two_characters_in(kind):
    """正文三号（16 磅）：一行 28 字占满 156 mm；首行左空二字，称谓顶格。"""
    address = word(kind, letter(kind).paragraphs[0].text[:4])
    assert near(address.left, LEFT)
    first = next(one for one in letter(kind).paragraphs if one.kind == "text").text
    begun = next(one for one in words_of(kind) if first.startswith(one.text) and one.top > address.bottom - NEAR)
    assert near(begun.left, LEFT + 2 * 16 * POINT)


def test_a_letter_has_its_organ_thirty_millimetres_down_and_double_lines_of_170():
    """信函格式：发文机关标志上边缘至上页边 30 mm；红色双线 170 mm 居中，第二条距下页边 20 mm。"""
    organ, lines = word("F07", "云河区信访办公室"), red_lines("F07")
    assert near((organ.top + organ.bottom) / 2, 30 + 30 * POINT / 2, 2.5)
    assert len(lines) == 4  # 上粗下细，上细下粗
    assert all(near(line.length, 170, 0.5) and near(line.left, 20, 0.5) for line in lines)
    assert lines[0].top > organ.bottom - NEAR
    assert near(lines[-1].top, SHEET - 20, 1.5)
    thick, thin, thin_too, thick_too = (line.bottom - line.top for line in lines)
    assert thick > 2 * thin and thick_too > 2 * thin_too


@pytest.mark.parametrize(("kind", "organ"), [("F12", "云河区青柳街道办事处"), ("F18", "云河区人民政府")])
def test_an_opinion_has_its_organ_35_below_the_edge_and_one_line_under_the_number(kind, organ):
    """公文格式：发文机关标志上边缘至版心上边缘 35 mm；发文字号下约 4 mm 一条与版心等宽的红线。"""
    mark, number, [line] = word(kind, organ), word(kind, "云青访告"), red_lines(kind)
    assert near((mark.top + mark.bottom) / 2, TOP + 35 + 36 * POINT / 2, 3)
    assert near(line.length, 156, 0.5) and near(line.left, LEFT, 0.5)
    assert 2 <= line.top - number.bottom <= 6
    assert near((number.left + number.right) / 2, (LEFT + RIGHT) / 2, 2)


@pytest.mark.parametrize("kind", ["F07", "F12", "F18"])
def test_the_day_stands_four_characters_from_the_right_and_the_organ_is_centred_on_it(kind):
    """成文日期右空四字，署名以日期为准居中（加盖印章的公文）；署名长于日期的一起左移，不出版心。"""
    day = [one for one in words_of(kind) if one.text.startswith("2026年2月27日")][-1]
    signed = [one for one in words_of(kind) if one.text == letter(kind).organ][-1]
    assert near(RIGHT - day.right, 4 * 16 * POINT, 2.5)
    assert near((day.left + day.right) / 2, (signed.left + signed.right) / 2)
    assert day.top > signed.top and day.page == signed.page


@pytest.mark.parametrize("kind", ["F12", "F18"])
def test_page_numbers_stand_outside_seven_millimetres_below(kind):
    """页码在版心下边缘之下 7 mm，单页居右空一字，双页居左空一字；四号半角数字两边一字线。"""
    below = [one for one in words_of(kind) if one.top > BOTTOM]
    assert {one.page for one in below} == set(range(1, printing.page_count(printed(kind)) + 1))
    assert near(RIGHT - max(one.right for one in below if one.page == 1), 14 * POINT, 1)
    assert near(min(one.left for one in below if one.page == 2) - LEFT, 14 * POINT, 1)
    assert all(near((one.top + one.bottom) / 2, BOTTOM + 7 + 14 * POINT / 2, 3) for one in below)
