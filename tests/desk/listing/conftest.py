"""Piles of petitions that walked there through real acts, and doors into the pages."""

import pytest
from django.test import Client

from rulebook.acts import Act
from tests.cast import accepted, decided, do, registered, someone


@pytest.fixture
def enter(city):
    """A client signed in as a person of the cast."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(someone(username))
        return client

    return sign_in


@pytest.fixture
def pile(city):
    """Three waiting for triage, two waiting to be told, two in hand (one allotted to handler1)."""
    waiting = [registered() for _ in range(3)]
    told = [decided(registered()) for _ in range(2)]
    in_hand = [accepted(), accepted()]
    do(in_hand[0], Act.ALLOT, to=someone("handler1"))
    return {"triage": waiting, "tell": told, "handling": in_hand}
