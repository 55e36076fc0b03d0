"""A citizen with a receipt in hand, at the public door."""

import pytest
from django.test import Client

from tests.cast import registered


@pytest.fixture(autouse=True)
def _each_test_its_own_tries(a_new_quarter_of_an_hour):
    pass


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
