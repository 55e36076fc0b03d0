"""核对文书真伪：凭文号和校验码，任何人都可以查；只答种类、文号、落款单位、日期。"""

import pytest

from documents.letters import authenticity, issuance
from documents.models import Letter
from tests.cast import issued, someone
from tests.pdf_pages import words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def opinion(city):
    return Letter.objects.get(about=issued().number, kind="F12")


def check(door, number, code, **origin):
    return door.post("/q/check/", {"number": number, "check": code}, **origin)


def test_a_genuine_letter_is_known_by_its_number_and_code_and_nothing_personal_is_said(door, opinion):
    answer = check(door, opinion.number, authenticity.code_of(opinion))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "这份文书是真的" in page and "信访处理意见书" in page and opinion.number in page
    assert opinion.organ.name in page and f"{opinion.issued_at:%Y} 年" in page
    for hidden in (opinion.about, opinion.addressee, "电梯"):
        assert hidden not in page


def test_brackets_spaces_hyphens_and_small_letters_do_not_matter(door, opinion):
    typed = opinion.number.replace("〔", " [").replace("〕", "] ")
    assert check(door, typed, authenticity.code_of(opinion).replace("-", "").lower()).status_code == 200


def test_an_unknown_number_and_a_wrong_code_get_the_same_words(door, opinion):
    unknown = check(door, f"{opinion.number}9", authenticity.code_of(opinion))
    wrong = check(door, opinion.number, "2222-2222")
    assert unknown.status_code == wrong.status_code == 422
    assert all("没有这份文书，或者校验码不对" in answer.content.decode() for answer in (unknown, wrong))
    assert check(door, opinion.number, "").status_code == 422


def test_five_guesses_and_no_more(door, opinion):
    for n in range(5):
        assert check(door, opinion.number, f"2222-222{n + 2}", REMOTE_ADDR=f"10.1.0.{n}").status_code == 422
    assert check(door, opinion.number, authenticity.code_of(opinion), REMOTE_ADDR="10.1.0.9").status_code == 429


def test_altered_words_have_another_code(opinion):
    before = authenticity.code_of(opinion)
    opinion.text_hash = "0" * 64
    assert authenticity.code_of(opinion) != before


def test_a_void_letter_is_said_to_be_void(door, opinion):
    issuance.void(opinion, by=someone("officer1"), reason="文号用错")
    assert "后来已经作废" in check(door, opinion.number, authenticity.code_of(opinion)).content.decode()


@pytest.mark.parametrize("other", [{"number": None}, {"kind": "F07"}, {"secrecy": 1}, {"text_hash": ""}])
def test_drafts_secret_letters_and_letters_between_organs_have_no_code(other):
    told = {"pk": 1, "kind": "F12", "number": "云青信处〔2026〕1号", "text_hash": "a" * 64}
    assert authenticity.code_of(Letter(**told)) and authenticity.code_of(Letter(**told | other)) == ""


def test_the_code_stands_on_the_page_and_on_the_paper(door, ask, city):
    petition = issued()
    opinion = Letter.objects.get(about=petition.number, kind="F12")
    code = authenticity.code_of(opinion)
    assert code in ask(petition.submission.parties.get()).content.decode()
    assert f"校验码{code}" in words_in(issuance.pdf_of(opinion))
