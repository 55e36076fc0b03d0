"""往后的日子里新来的件：是别的人，换了地方和说法；再次来的是同一个人、同一件事。"""

from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from config.demo.daily.newcomers import Teller
from config.demo.story.plot import STORIES
from config.demo.story.reader import read

pytestmark = pytest.mark.django_db

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"


def test_newcomers_are_other_people_and_tell_it_otherwise():
    tales = read(PACK, STORIES)
    teller, dice = Teller(tales, {}), Random("新来的件")
    told = [teller.told(f"N{n:04d}", dice) for n in range(1, 61)]
    originals, lived = {tale.text for tale in tales}, {(tale.name, tale.birth) for tale in tales}
    assert not originals & {tale.text for tale in told}
    people = [tale for tale in told if not tale.is_organisation]
    assert not lived & {(tale.name, tale.birth) for tale in people}
    assert not any(tale.repeat_of or tale.group_of for tale in told)
    again = teller.once_more("N0061", told[0], dice)
    assert (again.name, again.claims, again.repeat_of) == (told[0].name, told[0].claims, "N0001")
    assert again.text != told[0].text
