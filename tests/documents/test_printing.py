"""PDF：版式、文字、补打标记、字节稳定。用 PDFium 读回来核对。"""

import re
from dataclasses import replace
from datetime import date

import pytest

from documents.letters import printing
from documents.letters.fields import FIELDS, KINDS
from documents.letters.impediments import LetterRefused
from documents.letters.rendering import render
from documents.letters.values import frozen
from tests.documents.samples import sender_of, values_of
from tests.documents.test_rendering import source_of
from tests.pdf_pages import boxes_in, lines_in, sizes_in, texts_in, words_in

DAY = date(2026, 2, 27)
FONTS = printing.Fonts()
A4 = (595.28, 841.89)  # 点


def letter(kind, **changes):
    given = frozen(KINDS[kind], {**values_of(kind), **changes})
    rendered = render(source_of(kind), given, organ=sender_of(kind))
    secrets = {code: value for code, value in given.items() if FIELDS[code].secret}
    return replace(rendered, number="云青访告〔2026〕17号", dated="2026年2月27日").with_secrets(secrets)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_letter_prints_on_a4_with_title_and_number(kind):
    pdf = printing.pdf(letter(kind), on=DAY, fonts=FONTS)
    assert set(sizes_in(pdf)) == {A4}
    text = words_in(pdf)
    assert letter(kind).title in text
    assert "云青访告〔2026〕17号" in text
    assert "补打" not in text
    if letter(kind).layout != "gw" and kind != "F21":
        assert printing.page_count(pdf) == 1


def test_a_reprint_says_so_outside_the_type_area():
    pdf = printing.pdf(letter("F02"), on=DAY, fonts=FONTS, reprint="补打 2026年3月1日")
    [mark] = [box for box in boxes_in(pdf) if box.text.startswith("补打")]
    assert mark.bottom < 37 / 25.4 * 72  # 版心上边缘：37 mm


def test_the_same_letter_gives_the_same_bytes():
    one = printing.pdf(letter("F12"), on=DAY, fonts=FONTS)
    printing.pdf(letter("F02"), on=DAY, fonts=FONTS)
    assert printing.pdf(letter("F12"), on=DAY, fonts=FONTS) == one


def test_a_full_page_has_22_lines_of_28_characters():
    facts = "字" * 26 + "文" * 28 * 70
    pdf = printing.pdf(letter("F12", facts=facts), on=DAY, fonts=FONTS)
    lines = [line.text for line in lines_in(pdf)[2] if "文" * 20 in line.text]
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_page_numbers_begin_on_an_opinion_but_not_on_a_one_page_notice():
    assert "—1—" in words_in(printing.pdf(letter("F12"), on=DAY, fonts=FONTS))
    assert "—1—" not in words_in(printing.pdf(letter("F10"), on=DAY, fonts=FONTS))


def test_words_are_never_code():
    text = '#panic("x") $ x $ [*粗*] #include "/etc/passwd" \\ <a> @b'
    assert re.sub(r"\s", "", text) in words_in(printing.pdf(letter("F05", reason=text), on=DAY, fonts=FONTS))


def test_a_character_without_a_shape_is_refused_not_left_blank():
    with pytest.raises(LetterRefused, match="这个字，请管理员装入含该字的字体"):
        printing.pdf(letter("F10", reason="信访人\U0010fffd某"), on=DAY, fonts=FONTS)


def test_the_pdf_can_be_archived():
    assert b"<pdfaid:part>2</pdfaid:part>" in printing.pdf(letter("F10"), on=DAY, fonts=FONTS)


def test_the_signature_never_stands_alone_on_a_page():
    for extra in range(0, 400, 40):
        pdf = printing.pdf(letter("F12", facts="查" * (600 + extra)), on=DAY, fonts=FONTS)
        assert len(texts_in(pdf)[-1]) > len("云河区青柳街道办事处2026年2月27日—3—")
