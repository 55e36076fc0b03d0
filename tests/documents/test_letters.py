"""起草、签发、编号、冻结、打印、补打。"""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string

from accounts.models import Organ
from documents import tasks
from documents.letters import issuance, preview
from documents.letters.impediments import LetterRefused
from documents.models import Letter, LetterCounter
from rulebook import timekeeping
from tests.documents.samples import CASE_NO, SAMPLES
from tests.pdf_pages import words_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day_in_2026():
    with timekeeping.at(date(2026, 2, 27)):
        yield


def write(kind, organ, **changes):
    return issuance.issue_at_once(
        kind, organ=organ, fields={**SAMPLES[kind], **changes}, about=CASE_NO, addressee="刘桂兰", by=None
    )


def test_numbers_run_by_organ_series_and_year(street):
    numbers = [write(kind, street).number for kind in ("F01", "F02", "F10", "F12")]
    assert numbers == ["云青访登〔2026〕1号", "云青访告〔2026〕1号", "云青访告〔2026〕2号", "云青访意〔2026〕1号"]
    with timekeeping.at(date(2027, 1, 4)):
        assert write("F02", street).number == "云青访告〔2027〕1号"


def test_the_proof_of_service_has_no_number(street):
    assert write("F15", street).number is None
    assert write("F15", street).number is None


def test_a_rollback_gives_the_number_back(street):
    write("F02", street)
    with pytest.raises(RuntimeError), transaction.atomic():
        write("F02", street)
        raise RuntimeError("之后的事没有办成")
    assert write("F02", street).number == "云青访告〔2026〕2号"


def test_a_refused_letter_takes_no_number(street):
    with pytest.raises(LetterRefused):
        write("F10", street, days=31)
    assert not LetterCounter.objects.exists()
    assert not Letter.objects.exists()


def test_a_draft_may_be_unfinished_but_not_issued(street):
    draft = issuance.draft("F10", organ=street, fields={"days": 30}, about=CASE_NO, addressee="刘桂兰", by=None)
    assert "请填写“理由”" in issuance.why_not(draft)
    with pytest.raises(LetterRefused):
        issuance.issue(draft, by=None)
    draft = issuance.revise(draft, fields=SAMPLES["F10"], by=None)
    assert issuance.why_not(draft) == []
    assert issuance.issue(draft, by=None).number == "云青访告〔2026〕1号"


def test_issuing_twice_is_refused(street):
    letter = write("F10", street)
    with pytest.raises(LetterRefused, match="《信访事项延期办理告知书》已发出，不能再改"):
        issuance.issue(letter, by=None)
    with pytest.raises(LetterRefused, match="已发出，不能再改"):
        issuance.revise(letter, fields={}, by=None)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "云青访告〔2026〕9号"},
        {"fields": {}},
        {"text": {}},
        {"text_hash": "0" * 64},
        {"addressee": "他人"},
        {"status": "draft"},
        {"serial": 9},
    ],
)
def test_the_database_refuses_to_change_an_issued_letter(street, change):
    letter = write("F10", street)
    with pytest.raises(IntegrityError, match="已签发的文书不能修改或删除"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)
    letter.refresh_from_db()
    assert issuance.text_is_intact(letter)


def test_the_database_refuses_to_delete_an_issued_letter_but_not_a_draft(street):
    letter = write("F10", street)
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.delete()
    issuance.draft("F10", organ=street, fields={}, about=CASE_NO, addressee="刘桂兰", by=None).delete()
    assert Letter.objects.get() == letter


def test_a_void_letter_keeps_its_number_and_is_not_printed(street):
    letter = issuance.void(write("F10", street), by=None, reason="受文对象写错")
    assert letter.number == "云青访告〔2026〕1号"
    with pytest.raises(LetterRefused, match="已作废，不能打印"):
        issuance.pdf_of(letter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(status="issued")
    assert write("F10", street).number == "云青访告〔2026〕2号"


def test_a_correction_is_a_letter_of_its_own(street):
    letter = write("F10", street)
    contact = {"contact": "陈立", "contact_phone": "0199-5550115"}
    with pytest.raises(LetterRefused, match="里没有“五月”，请照原文填写"):
        issuance.correct(letter, mistake="五月", corrected="六月", by=None, contact=contact)
    told = issuance.correct(
        letter, mistake="5月上旬出具", corrected="5月中旬出具", by=None, reason="笔误", contact=contact
    )
    assert (told.kind, told.number, told.addressee) == ("F36", "云青访更〔2026〕1号", "刘桂兰")
    assert "云青访告〔2026〕1号" in told.rendered.words
    letter.refresh_from_db()
    assert issuance.text_is_intact(letter)
    void = issuance.void(letter, by=None, reason="重复")
    with pytest.raises(LetterRefused, match="没有作废"):
        issuance.correct(void, mistake="5月上旬", corrected="5月中旬", by=None, contact=contact)


def test_an_opinion_made_anew_may_not_repeat_the_old_one(street):
    first = write("F12", street)
    again = {**SAMPLES["F12"], "original_no": first.number, "difference": "依据有补充"}
    with pytest.raises(LetterRefused, match="与原意见相同或者基本相同"):
        issuance.issue_at_once(
            "F12", organ=street, fields=again, about=CASE_NO, addressee="刘桂兰", by=None, earlier=first
        )
    again["facts"] = "经重新核实，电表箱受潮已危及用电安全，小区没有业主委员会。" * 6
    letter = issuance.issue_at_once(
        "F12", organ=street, fields=again, about=CASE_NO, addressee="刘桂兰", by=None, earlier=first
    )
    assert "与原意见的差异：依据有补充" in letter.rendered.words


def test_a_report_forwarded_without_secrecy_is_refused(street):
    with pytest.raises(LetterRefused, match="应当定密级"):
        write("F33", street)


def test_secrets_are_sealed_in_the_database_and_printed(street):
    letter = write("F01", street)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM documents_letter l")
        raw = cursor.fetchone()[0]
    assert "K7WM4RX29HTN" not in raw
    assert "482913" not in raw
    text = words_in(issuance.pdf_of(letter))
    assert "K7WM4RX29HTN" in text
    assert "482913" in text


def test_the_pdf_is_made_once_and_kept(street, kept_files):
    letter = write("F12", street)
    first = issuance.pdf_of(letter)
    letter.refresh_from_db()
    assert letter.pdf_hash
    assert issuance.pdf_of(letter) == first
    assert len([path for path in kept_files.rglob("*") if path.is_file()]) == 1
    text = words_in(first)
    assert "云青访意〔2026〕1号" in text
    assert "30日内，以书面形式请求云河区人民政府复查" in text


def test_an_altered_pdf_is_not_printed_and_a_lost_one_is_made_again(street, kept_files):
    letter = write("F10", street)
    first = issuance.pdf_of(letter)
    letter.refresh_from_db()
    path = kept_files / letter.pdf.name
    path.write_bytes(b"%PDF-1.7 other")
    with pytest.raises(LetterRefused, match="与签发时不一致"):
        issuance.pdf_of(letter)
    path.unlink()
    assert issuance.pdf_of(letter) == first


def test_the_sweep_makes_the_missing_copies_once(street):
    write("F10", street)
    issuance.draft("F10", organ=street, fields={}, about=CASE_NO, addressee="刘桂兰", by=None)
    assert tasks.render_issued() == 1
    assert tasks.render_issued() == 0


def test_a_letter_that_cannot_be_made_does_not_hold_up_the_others(street, caplog):
    write("F10", street, reason="信访人\U0010fffd某")
    write("F10", street)
    assert tasks.render_issued() == 1
    assert "PDF 做不出来" in caplog.text
    assert "信访人" not in caplog.text


def test_the_original_is_printed_once_and_a_reprint_says_why(street):
    letter = write("F10", street)
    assert "补打" not in words_in(issuance.first_print(letter, by=None))
    with pytest.raises(LetterRefused, match="原件已经打印过"):
        issuance.first_print(letter, by=None)
    with pytest.raises(LetterRefused, match="补打要写明理由"):
        issuance.reprint(letter, by=None, reason=" ")
    with timekeeping.at(date(2026, 3, 1)):
        text = words_in(issuance.reprint(letter, by=None, reason="信访人遗失"))
    assert "补打2026年3月1日" in text
    assert "云青访告〔2026〕1号" in text
    assert [row.kind for row in letter.prints.order_by("pk")] == ["original", "reprint"]
    with pytest.raises(IntegrityError, match="打印记录不能修改或删除"), transaction.atomic():
        letter.prints.all().delete()


def test_a_draft_is_proofed_but_not_printed(street):
    draft = issuance.draft("F10", organ=street, fields=SAMPLES["F10"], about=CASE_NO, addressee="刘桂兰", by=None)
    assert "草稿，未签发" in words_in(issuance.proof_of(draft))
    with pytest.raises(LetterRefused, match="还没有签发"):
        issuance.reprint(draft, by=None, reason="看看")


def test_a_section_does_not_write_in_its_own_name(street):
    section = Organ.objects.create(
        code="YHQL1", name="物业管理科", short_name="物业科", kind="section", level="section", parent=street
    )
    with pytest.raises(LetterRefused, match="是内设机构，不对外行文"):
        write("F10", section)


def test_an_organ_without_letter_code_cannot_number(street):
    Organ.objects.filter(pk=street.pk).update(letter_code="")
    street.refresh_from_db()
    with pytest.raises(LetterRefused, match="没有登记机关代字"):
        write("F10", street)


def test_two_organs_with_the_same_letter_code_are_told(street):
    other = Organ.objects.create(
        code="YHXX",
        name="云河区西溪街道办事处",
        short_name="西溪街道",
        letter_code="云青访",
        kind="street",
        level="street",
    )
    write("F10", street)
    with pytest.raises(LetterRefused, match="两个机关的机关代字“云青访”相同"):
        write("F10", other)


def test_the_preview_shows_the_words_and_escapes_them(street):
    letter = write("F05", street, reason="<script>alert(1)</script>")
    html = render_to_string("documents/letter.html", preview.page(letter, pdf_url="/letters/1.pdf"))
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "云青访告〔2026〕1号" in html
    assert 'class="paper xh"' in html
    assert " style=" not in html


def test_the_preview_of_a_receipt_holds_table_and_code(street):
    html = render_to_string("documents/letter.html", preview.page(write("F01", street)))
    assert "<table" in html
    assert "K7WM4RX29HTN" in html
    assert "进度查询二维码" in html
