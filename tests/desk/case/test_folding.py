"""多人联名：发给每位代表的同一种文书、同一天的送达收成一行，点开看每一份；一份也不少。"""

import pytest

from desk.casework.page import chronicle
from petitions.intake.registration import PartyFacts
from petitions.models import PetitionLetter
from tests.cast import accepted, issued, serve_all
from tests.desk.case.hands import at, signed_in, text

pytestmark = pytest.mark.django_db
NAMES = ("甲一", "乙二", "丙三", "丁四", "戊五")


def five() -> list[PartyFacts]:
    parties = [
        PartyFacts(name=name, phone=f"1380000100{n}", address=f"云河区青柳街道春柳苑{n}号楼", role="representative")
        for n, name in enumerate(NAMES, 1)
    ]
    parties[0].role = "petitioner"
    return parties


def page(petition, query: str = "") -> str:
    return text(signed_in("officer1").get(at(petition) + query))


def section(html: str, heading: str) -> str:
    return html.split(f'aria-labelledby="{heading}"', 1)[1].split("</section>", 1)[0]


def test_like_letters_are_one_row_that_opens_onto_each(city):
    petition = serve_all(accepted(parties=five(), channel="letter"))
    papers = section(page(petition), "c-papers")
    for kind, title in (("F01", "信访事项登记回执"), ("F15", "送达回证")):
        told = PetitionLetter.objects.filter(petition=petition, letter__kind=kind)
        assert told.count() == 5
        [row] = [row for row in papers.split("<tr>") if f">{title}<" in row]
        assert "已发出 5 份" in row and all(f"致 {name}" in row for name in NAMES)
        assert all(f"letters/{link.letter_id}/?print=1" in row for link in told)
    # 一份写给大家的，仍是一行
    assert (
        "信访事项受理告知书" in papers and f'<span class="dot q">{petition.petition_letters.count()}</span>' in papers
    )


def test_deliveries_of_one_day_are_one_line_of_the_story(city):
    petition = serve_all(accepted(parties=five(), channel="letter"))
    story = section(page(petition, "?tl=all"), "tl")
    [line] = [line for line in story.split('<li class="') if "送达《信访事项受理告知书》" in line.split("</b>")[0]]
    assert "5 份" in line and line.count("<li>") == 5
    letters = section(page(petition, "?tl=letters"), "tl")
    assert letters.count("<b>送达回证</b>") == 1 and all(f"致 {name}" in letters for name in NAMES)


def test_the_rows_of_one_petitioner_stay_as_they_were(city):
    petition = issued()
    for query in ("", "?tl=all", "?tl=letters"):
        html = page(petition, query)
        assert "逐份" not in section(html, "tl") and "逐份" not in section(html, "c-papers")


def test_a_folded_row_is_green_only_where_every_letter_came():
    came = {"status": "03-02送达", "tone": "gr", "waiting": []}
    void = {"status": "已作废", "tone": "", "waiting": []}
    summed = chronicle._summed(came | {"each": [came, void, came]})
    assert (summed["status"], summed["tone"]) == ("03-02送达 2 份、已作废 1 份", "")
    assert chronicle._summed(came | {"each": [came, came, came]})["tone"] == "gr"
