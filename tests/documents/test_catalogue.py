"""文书目录 F01–F35（rules §8.3）：每种都套得出 PDF 和 DOCX，不留空括号；尺寸照 GB/T 9704。"""

import io
import json
import re
from functools import cache
from itertools import pairwise

import docx
import pytest
from django.core.management import CommandError, call_command

from documents.letters import editable, letter_pack, printing
from documents.letters.fields import KINDS
from documents.letters.rendering import render
from documents.letters.values import frozen
from tests.documents.samples import LETTERS, READ
from tests.documents.test_editable import words_of as words_of_docx
from tests.documents.test_printing import FONTS
from tests.documents.test_rendering import source_of, words
from tests.pdf_pages import lines_in, words_in

MM = 72 / 25.4
PACK = letter_pack.read(LETTERS)
LEFT_OVER = re.compile(r"\{\{|\}\}|（\s*）|〔\s*〕|“\s*”|《\s*》|：[，；。]|，[，。；]|。。|None")


@cache
def pdf_of(kind):
    sample = READ[kind]
    return printing.pdf(sample.letter(PACK).with_secrets(sample.secrets), on=sample.dated, fonts=FONTS)


def bare(text):
    return re.sub(r"\s", "", text)


def test_the_catalogue_is_complete():
    assert set(KINDS) == {f"F{n:02}" for n in range(1, 39)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_made_as_pdf_and_docx(kind):
    sample = READ[kind]
    letter = sample.letter(PACK)
    copy = words_of_docx(docx.Document(io.BytesIO(editable.docx(letter, on=sample.dated))))
    for text in (words_in(pdf_of(kind)), bare(copy)):
        assert bare(letter.title) in text
        assert sample.organ in text
        assert letter.number in text
        assert not LEFT_OVER.search(text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_with_nothing_but_what_it_needs_leaves_no_gap(kind):
    needed = KINDS[kind].required | {"case_no", "addressee"}
    given = {code: value for code, value in READ[kind].values.items() if code in needed}
    text = words(render(source_of(kind), frozen(KINDS[kind], given), organ=READ[kind].organ))
    assert not LEFT_OVER.search(text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_a_kind_may_carry_is_printed_by_its_template(kind):
    assert KINDS[kind].required <= source_of(kind).fields
    idle = KINDS[kind].optional - source_of(kind).fields
    assert idle <= {"channel", "claims"}  # 留给城市自己的样式


def line(page, beginning):
    return next(row for row in page if row.text.startswith(beginning))


@pytest.mark.parametrize("kind", ["F07", "F12", "F18"])
def test_the_measures_are_those_of_the_standard(kind):
    letter = READ[kind].letter(PACK)
    first = lines_in(pdf_of(kind))[0]
    address = line(first, READ[kind].values["addressee"])
    assert address.left == pytest.approx(28 * MM, abs=1)  # 订口 28 毫米，称谓顶格
    title = line(first, letter.title)
    assert title.bottom - title.top == pytest.approx(22, abs=1)  # 二号
    assert (title.left + title.right) / 2 == pytest.approx((28 + 156 / 2) * MM, abs=2)  # 居中
    body = [row for row in first if row.top > address.top and row.bottom < 262 * MM]
    assert len(body) > 6
    for row in body:
        assert row.bottom - row.top == pytest.approx(16, abs=0.5)  # 三号
        hanging = 8 if row.text[-1] in "，。、；：）》”" else 0  # 行末标点只占半字
        assert row.right <= (28 + 156) * MM + hanging + 1  # 版心宽 156 毫米
    starts = sorted({round(row.left) for row in body})
    assert starts[0] == pytest.approx(28 * MM, abs=1.5)
    assert any(start == pytest.approx(28 * MM + 32, abs=1.5) for start in starts)  # 首行空二字
    mark = line(first, letter.organ)
    assert mark.top == pytest.approx((30 if kind == "F07" else 72) * MM, abs=4 * MM)  # 发文机关标志的上边缘


@pytest.mark.parametrize("kind", ["F12", "F18"])
def test_lines_are_22_to_a_page_and_pages_are_numbered_below(kind):
    pages = lines_in(pdf_of(kind))
    number = line(pages[0], "—1—")
    assert number.bottom - number.top == pytest.approx(14, abs=1)  # 四号
    assert number.top == pytest.approx((262 + 7) * MM, abs=2 * MM)  # 版心下边缘之下 7 毫米
    assert number.right == pytest.approx((28 + 156) * MM - 14, abs=3)  # 单页居右空一字
    assert line(pages[1], "—2—").left == pytest.approx(28 * MM + 14, abs=3)  # 双页居左空一字
    body = [row for row in pages[1] if row.bottom < 262 * MM]
    assert body[0].top == pytest.approx(37 * MM, abs=4)  # 天头 37 毫米
    steps = [round(below.top - above.top, 1) for above, below in pairwise(body)]
    assert steps[:10] == pytest.approx([225 * MM / 22] * 10, abs=0.6)


def test_samples_go_to_a_folder(tmp_path, capsys):
    call_command("sample_letters", out=tmp_path / "new", json=True)
    made = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in made] == sorted(KINDS)
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        one[form] for one in made for form in ("pdf", "docx")
    }
    assert next(one for one in made if one["kind"] == "F12")["number"] == "云样意〔2026〕17号"
    assert "样张，内容虚构" in words_in((tmp_path / "new" / made[0]["pdf"]).read_bytes())


def test_samples_of_a_broken_pack_are_refused(tmp_path):
    with pytest.raises(CommandError, match="没有写明文号格式"):
        call_command("sample_letters", out=tmp_path / "out", pack=tmp_path)
    assert not (tmp_path / "out").exists()
