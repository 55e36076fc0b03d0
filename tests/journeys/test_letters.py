"""演示城市发出的每一种文书：在发文登记簿和案卷里点开，页面完好，PDF 里有它的文号。"""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.authority import may
from accounts.models import User
from config.management.commands.demo_city import PASSWORD
from petitions.models import PetitionLetter
from rulebook.acts import Act
from tests.journeys.paper import read_here
from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# 小演示城走得到的文书，少一种就是有一个走向不再出它的文书
KINDS = set("F01 F02 F03 F04 F05 F06 F07 F08 F10 F12 F15 F18 F23".split())


@pytest.fixture
def people(browser, live_server, settings, tmp_path) -> Iterator[People]:
    settings.MEDIA_ROOT = tmp_path
    call_command("demo_city", small=True, json=True, stdout=StringIO())
    signed_in = People(browser, live_server.url, PASSWORD)
    try:
        yield signed_in
    finally:
        signed_in.close()
    assert signed_in.complaints == []


def newest_of_each_kind() -> dict[str, PetitionLetter]:
    links = PetitionLetter.objects.select_related("letter__organ", "petition__organ").order_by("pk")
    return {link.letter.kind: link for link in links}


def reader_of(link: PetitionLetter) -> User:
    """Somebody who may see the petition, of the organ that issued it if there is one left there.

    A report handed on is out of sight for those who handed it on, the letter with it (第三十条).
    """
    staff = User.objects.filter(organ__isnull=False, is_active=True).select_related("organ__office").order_by("pk")
    nearest = sorted(staff, key=lambda user: user.office.pk != link.letter.organ_id)
    return next(user for user in nearest if may(user, Act.VIEW, link.petition))


def from_the_register(page, letter, case_number: str):
    """The letter found under its number in the register of its organ."""
    assert page.goto(f"/letters/?year={letter.year}&series={letter.series}").status == 200
    page.locator("table").get_by_role("link", name=letter.number, exact=True).click()
    page.locator("main h1", has_text=letter.title).wait_for()
    assert f"/cases/{case_number}/letters/{letter.pk}/" in page.url


def from_the_case(page, letter, case_number: str):
    """The letter found among the papers of its case."""
    assert page.goto(f"/cases/{case_number}/").status == 200
    page.locator(f'a[href="/cases/{case_number}/letters/{letter.pk}/"]').first.click()
    page.locator("main h1", has_text=letter.title).wait_for()


def test_every_kind_of_letter_opens_from_the_register_and_from_its_case(people):
    found = newest_of_each_kind()
    assert set(found) >= KINDS
    for link in found.values():
        letter, case_number, number = link.letter, link.petition.number, link.letter.number or ""
        reader = reader_of(link)
        page = people[reader.username]
        if number and reader.office.pk == letter.organ_id:  # 送达回证等不编号的不进发文登记
            from_the_register(page, letter, case_number)
            read_here(page, case_number, letter.title, number)
        from_the_case(page, letter, case_number)
        assert read_here(page, case_number, letter.title, number).size > 5_000
        assert number in page.locator("main").inner_text()
