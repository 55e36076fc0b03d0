"""A citizen with a receipt in hand, at the public door."""

import pytest
from django.core.cache import cache
from django.test import Client

from public import throttle
from tests.cast import registered


@pytest.fixture(autouse=True)
def a_new_quarter_of_an_hour():
    """Tries of one test do not count against the next."""
    cache.clear()
    throttle.forget()
    yield
    cache.clear()
    throttle.forget()


@pytest.fixture
def door():
    return Client()


@pytest.fixture
def ask(door):
    """Post the form of the query page."""

    def post(party=None, **told):
        if party is not None:
            told = {"code": party.query_code, "tel4": party.phone[-4:]} | told
        return door.post("/q", told)

    return post


@pytest.fixture
def mine(city):
    """A petition and its petitioner."""
    petition = registered()
    return petition, petition.submission.parties.get()
