"""盖章件：打印、盖章、扫描收回；照的是哪一份正式文本、纸上是哪个文号，都核对过才收。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from documents.letters import issuance
from documents.models import Attachment, SealedCopy
from petitions.models import PetitionLetter
from tests.cast import issued, someone
from tests.desk.case.hands import at, signed_in, text

pytestmark = pytest.mark.usefixtures("city")
SCAN = b"\x89PNG\r\n\x1a\n" + b"stamped" * 20


@pytest.fixture
def opinion():
    """An opinion that was signed and printed."""
    petition = issued()
    letter = PetitionLetter.objects.get(petition=petition, letter__kind="F12").letter
    issuance.first_print(letter, by=someone("officer1"))
    letter.refresh_from_db()
    return petition, letter


def bring_back(petition, letter, number=None, content=SCAN, who="officer1", name="盖章件.png"):
    told = {"number": letter.number if number is None else number, "file": SimpleUploadedFile(name, content)}
    return signed_in(who).post(at(petition, f"letters/{letter.pk}/sealed/"), told)


def test_a_stamped_copy_lies_beside_the_text_it_was_printed_from(opinion):
    petition, letter = opinion
    assert bring_back(petition, letter).status_code == 302
    copy = SealedCopy.objects.get(letter=letter)
    assert copy.pdf_hash == letter.pdf_hash
    page = text(signed_in("officer1").get(at(petition, f"letters/{letter.pk}/")))
    assert f"与正式文本 {letter.pdf_hash[:8]} 对应" in page
    assert "盖章件" in text(signed_in("officer1").get(f"/letters/?series={letter.series}&year={letter.year}"))
    kept = signed_in("officer1").get(at(petition, f"letters/{letter.pk}/sealed/{copy.pk}/"))
    assert kept.content == SCAN
    assert kept["Content-Disposition"].startswith("attachment")


def test_brackets_and_spaces_of_the_number_do_not_matter_but_the_number_does(opinion):
    petition, letter = opinion
    answer = bring_back(petition, letter, number=letter.number.replace("〔", " [").replace("〕", "] ") + "9")
    assert answer.status_code == 422
    assert "不符，请核对是不是扫错了一份" in text(answer)
    assert not SealedCopy.objects.exists()
    assert bring_back(petition, letter, number=letter.number.replace("〔", " [").replace("〕", "] ")).status_code == 302


def test_what_is_no_scan_of_a_stamped_paper_is_not_kept(opinion):
    petition, letter = opinion
    for content, name, said in (
        (issuance.pdf_of(letter), "a.pdf", "没有盖章"),
        ("一段文字".encode(), "a.txt", "扫描的 PDF 或者图片"),
        (b"", "a.png", "文件是空的"),
    ):
        answer = bring_back(petition, letter, content=content, name=name)
        assert answer.status_code == 422
        assert said in text(answer)
    assert not SealedCopy.objects.exists()
    assert not Attachment.objects.exists()


def test_one_scan_is_not_kept_for_two_letters(opinion):
    petition, letter = opinion
    bring_back(petition, letter)
    other = PetitionLetter.objects.get(petition=petition, letter__kind="F02").letter
    issuance.first_print(other, by=someone("officer1"))
    assert f"已经收存在{letter.number}" in text(bring_back(petition, other))


def test_a_letter_never_printed_was_never_stamped():
    petition = issued()
    letter = PetitionLetter.objects.get(petition=petition, letter__kind="F12").letter
    assert "先登记并打印" in text(bring_back(petition, letter))


def test_only_who_has_the_case_in_hand_brings_it_back(opinion):
    petition, letter = opinion
    assert bring_back(petition, letter, who="super1").status_code in (403, 404)
    assert bring_back(petition, letter, who="officer.yhzj").status_code == 404
    assert not SealedCopy.objects.exists()


def test_what_was_kept_stays_as_it_is(opinion):
    bring_back(*opinion)
    with pytest.raises(DatabaseError, match="不能修改或删除"), transaction.atomic():
        SealedCopy.objects.update(number="改了")
