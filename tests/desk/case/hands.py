"""Doing acts by the pages: what a browser would post, as a person of the cast."""

from django.test import Client

from tests.cast import fresh, someone


def signed_in(username: str) -> Client:
    """A client of that person."""
    client = Client()
    client.force_login(someone(username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def bring_in(context, live_server, client: Client) -> None:
    """The browser goes on where this signed-in client is."""
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def at(petition, tail: str = "") -> str:
    """An address of the case."""
    return f"/cases/{petition.number}/{tail}"


def post(petition, act: str, username: str, *, status: int = 302, **told):
    """Post the act's form; returns (petition as it stands, response). The status is part of the expectation."""
    petition = fresh(petition)
    told = {"seq": petition.seq} | told
    answer = signed_in(username).post(at(petition, f"do/{act}/"), told)
    errors = answer.context["form"].errors if answer.context and "form" in answer.context else ""
    assert answer.status_code == status, (answer.status_code, errors)
    return fresh(petition), answer


def text(answer) -> str:
    """The page as text."""
    return answer.content.decode()
