"""往后的日子有人上班：新件登记，旧件办结，日志完好；同一颗种子走出同样的日子。"""

import json
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from config.demo.newcomers import Teller
from config.demo.plot import STORIES
from config.demo.reader import read
from petitions.models import Petition, PetitionEvent
from petitions.verification import verify
from rulebook import timekeeping

pytestmark = pytest.mark.django_db

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
DAYS = 2


def _pass(seed: str = "甲") -> tuple[list[dict], str]:
    out, err = StringIO(), StringIO()
    call_command("pass_days", DAYS, working=True, seed=seed, json=True, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


@pytest.fixture(scope="module")
def small_city(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_city", small=True, json=True, stdout=StringIO())
        yield
        transaction.set_rollback(True)
    timekeeping.forget_shift()


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


def _what_happened(after: int) -> list[tuple[str, str, str]]:
    lines = PetitionEvent.objects.filter(pk__gt=after).order_by("pk")
    return list(lines.values_list("petition__number", "act", "went_to"))


def test_people_work_nothing_is_refused_and_the_same_seed_walks_the_same_way(small_city):
    last = PetitionEvent.objects.latest("pk").pk
    undo = transaction.savepoint()
    before = Petition.objects.count()
    told, refused = _pass()
    assert refused.startswith("被拒 0 步"), refused
    assert sum(day["登记"] for day in told) == Petition.objects.count() - before > 0
    assert sum(day["办结"] for day in told) > 0
    assert list(verify()) == []
    first = _what_happened(last)
    transaction.savepoint_rollback(undo)
    timekeeping.forget_shift()

    again, _ = _pass()
    assert (again, _what_happened(last)) == (told, first)
