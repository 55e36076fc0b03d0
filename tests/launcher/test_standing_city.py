"""城市常备的库：用城市而不提交的用例在那里，其余的在空库；谁留下的都不过夜。"""

import pytest
from django.db import connection

from accounts.models import Organ
from tests import cast


def _in_the_standing_city() -> bool:
    return connection.settings_dict["NAME"] in cast.standing


@pytest.mark.parametrize("time", [1, 2])
def test_the_city_stands_as_it_was_whatever_the_test_before_did_to_it(city, time):
    assert _in_the_standing_city()
    assert Organ.objects.filter(short_name="青柳街道").exists()
    Organ.objects.update(short_name="改过的")


@pytest.mark.django_db
def test_who_wants_no_city_finds_empty_tables():
    assert not _in_the_standing_city()
    assert not Organ.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_not_committed_to_the_standing_city(city):
    assert not _in_the_standing_city()
    assert Organ.objects.filter(short_name="青柳街道").exists()
