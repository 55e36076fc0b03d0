"""可编辑副本（DOCX）：打开来读，核对文字、版心、字体、页码，封存的要素不在里面。"""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.letters import editable, issuance
from documents.letters.fields import KINDS
from documents.letters.impediments import LetterRefused
from documents.letters.rendering import render
from documents.letters.values import frozen
from documents.models import Letter
from rulebook import timekeeping
from tests.documents.samples import CASE_NO, SAMPLES, sender_of, values_of
from tests.documents.test_rendering import source_of

DAY = date(2026, 2, 27)
NUMBER = "云青访告〔2026〕17号"


def opened(kind):
    rendered = render(source_of(kind), frozen(KINDS[kind], values_of(kind)), organ=sender_of(kind))
    made = editable.docx(replace(rendered, number=NUMBER, dated="2026年2月27日"), on=DAY)
    return rendered, docx.Document(io.BytesIO(made)), made


def words_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def paragraph(document, beginning):
    return next(one for one in document.paragraphs if one.text.startswith(beginning))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_letter_opens_again_with_all_its_words(kind):
    rendered, document, _ = opened(kind)
    text = words_of(document)
    for needed in (rendered.title, NUMBER, rendered.organ):
        assert needed in text
    for one in rendered.paragraphs:
        for part in (one.text, *one.cells):
            if "\x02" not in part:
                assert part in text
    assert "{{" not in text
    assert "\x02" not in text


@pytest.mark.parametrize("kind", ["F07", "F12"])
def test_the_type_area_is_that_of_the_standard(kind):
    _, document, _ = opened(kind)
    section = document.sections[0]
    sizes = (section.page_width, section.page_height)
    assert [round(size / Mm(1), 1) for size in sizes] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]


def test_the_body_is_size_three_fangsong_on_lines_of_28_points():
    _, document, _ = opened("F12")
    style = paragraph(document, "你于").style
    assert (style.font.name, style.font.size) == ("仿宋_GB2312", Pt(16))
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (style.paragraph_format.line_spacing, style.paragraph_format.first_line_indent) == (Pt(28), Pt(32))
    assert paragraph(document, "一、投诉请求").style.font.name == "黑体"
    title = paragraph(document, "信访处理意见书").runs[0]
    assert title.font.size == Pt(22)
    assert title._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"


def test_pages_are_numbered_outside_and_a_one_page_letter_is_not():
    _, opinion, _ = opened("F12")
    section = opinion.sections[0]
    assert 'w:instr="PAGE"' in section.footer.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in section.even_page_footer.paragraphs[0]._p.xml
    assert opinion.settings.odd_and_even_pages_header_footer
    assert not section.different_first_page_header_footer
    _, notice, _ = opened("F10")
    assert notice.sections[0].different_first_page_header_footer
    assert "PAGE" not in notice.sections[0].first_page_footer.paragraphs[0]._p.xml


def test_every_page_says_that_it_is_no_legal_copy():
    _, document, _ = opened("F12")
    section = document.sections[0]
    for header in (section.header, section.even_page_header, opened("F07")[1].sections[0].first_page_header):
        assert header.paragraphs[0].text == "可编辑副本，不是正式文本；以加盖公章的 PDF 打印件为准"


def test_a_form_keeps_its_table_with_blank_cells():
    _, document, _ = opened("F15")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["送达文书", "信访处理意见书", "文号", "云青访意〔2026〕17号"]
    assert rows[3] == ["送达地点", "", "", ""]


def test_the_file_names_no_one_but_the_organ():
    _, document, _ = opened("F12")
    about = document.core_properties
    assert (about.title, about.author) == ("信访处理意见书", "云河区青柳街道办事处")
    assert about.last_modified_by == "云河区青柳街道办事处"


@pytest.mark.django_db
def test_taking_a_copy_is_recorded_and_carries_no_secret(street):
    with timekeeping.at(DAY):
        letter = issuance.issue_at_once(
            "F01", organ=street, fields=SAMPLES["F01"], about=CASE_NO, addressee="刘桂兰", by=None
        )
        copy = issuance.editable_copy(letter, by=None)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert "云青访登〔2026〕1号" in everything
    assert "K7WM4RX29HTN" not in everything
    assert "482913" not in everything
    assert "查询码 （见正式文本）" in everything
    assert [row.kind for row in letter.prints.all()] == ["editable"]
    assert issuance.first_print(letter, by=None).startswith(b"%PDF")


@pytest.mark.django_db
def test_no_copy_of_a_draft_or_a_void_letter(street):
    draft = issuance.draft("F10", organ=street, fields=SAMPLES["F10"], about=CASE_NO, addressee="刘桂兰", by=None)
    with pytest.raises(LetterRefused, match="还没有签发"):
        issuance.editable_copy(draft, by=None)
    with timekeeping.at(DAY):
        void = issuance.void(issuance.issue(draft, by=None), by=None, reason="受文对象写错")
    with pytest.raises(LetterRefused, match="已作废"):
        issuance.editable_copy(void, by=None)
    assert not Letter.objects.filter(prints__isnull=False).exists()
