"""发文登记簿：文号从一号起不缺；看不到信访件的人看不到它的文书写给谁、写什么。"""

import pytest

from documents.letters import issuance
from documents.models import Letter, LetterCounter
from petitions.act.states import Kind
from rulebook.timekeeping import today
from tests.cast import registered, someone
from tests.desk.case.hands import signed_in, text

pytestmark = pytest.mark.usefixtures("city")


def page(who="officer1", **asked):
    return text(signed_in(who).get("/letters/", {"series": "登"} | asked))


def test_every_number_of_the_year_is_there_and_leads_to_the_letter():
    petition = registered()
    link = petition.petition_letters.get(letter__kind="F01")
    shown = page()
    assert link.letter.number in shown
    assert link.letter.addressee in shown
    assert f"/cases/{petition.number}/letters/{link.letter_id}/" in shown
    assert "用到 1 号，没有缺号" in shown


def test_a_void_letter_keeps_its_place():
    petition = registered()
    issuance.void(petition.petition_letters.get(letter__kind="F01").letter, by=someone("officer1"), reason="写错")
    shown = page()
    assert "作废 1 份" in shown
    assert "没有缺号" in shown


def test_a_letter_of_a_hidden_petition_is_a_number_and_nothing_else():
    report = registered(kind=Kind.REPORT, claims=["查处物业科收受好处"])
    letter = report.petition_letters.get(letter__kind="F01").letter
    shown = page("officer1")
    assert letter.number in shown
    assert "（您无权查看）" in shown
    for word in (letter.addressee, letter.title, report.number):
        assert word not in shown


def test_another_organ_has_a_register_of_its_own():
    number = registered().petition_letters.get(letter__kind="F01").letter.number
    assert number not in page("dclerk1")


def test_a_gap_is_told():
    letter = registered().petition_letters.get(letter__kind="F01").letter
    LetterCounter.objects.filter(organ=letter.organ, series="登", year=today().year).update(n=3)
    assert Letter.objects.register(letter.organ, today().year, "登").missing(3) == [2, 3]
    assert "有缺号" in page()


def test_an_odd_question_shows_this_year():
    registered()
    assert f"{today().year} 年" in page(year="abcd", series="无", page="99")


def test_who_may_not_read_petitions_has_no_register():
    assert signed_in("admin1").get("/letters/").status_code == 403
