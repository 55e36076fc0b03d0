"""职权在页面和接口上两面都对：有权的打得开，无权的 403，看不见的 404；不该动的一行日志也没有动。"""

import pytest
from django.db import transaction

from accounts.authority import may
from accounts.models import Organ
from desk.casework.act import subjects
from desk.casework.forms import FORM_FOR
from petitions.act.states import Kind, State
from petitions.models import Petition, PetitionEvent
from rulebook.acts import Act
from tests.authority.crawling import signed_in
from tests.cast import do, fresh, issued, petition_at, registered, someone

pytestmark = pytest.mark.django_db

LOGINS = ("clerk1", "officer1", "handler1", "chief1", "legal1", "dclerk1", "super1", "disc1", "admin1")


@pytest.fixture
def cases(city) -> list[Petition]:
    """Petitions at several states, one elsewhere, one confidential, one that accuses the street itself."""
    away = registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
    accusing = registered("clerk1", accused_organ=Organ.objects.get(code="YHQL"))
    referred = do(registered("clerk1", kind=Kind.REPORT), Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    return [petition_at(State.SUBMITTED), issued(), away, accusing, referred]


def expected(user, act: Act, petition) -> int:
    """404 where it is not there for the user, 403 where the post may not, 200 where it may."""
    if not may(user, Act.VIEW, petition):
        return 404
    if not may(user, act, petition):
        return 403
    return 200 if subjects.of(act, petition, user) is not None else 404


def test_every_act_page_opens_for_whom_it_may_and_nobody_else(cases):
    """logins × petitions × acts, by GET; counted, so that an empty matrix cannot pass."""
    wrong, outcomes = [], {200: 0, 403: 0, 404: 0}
    for username in LOGINS:
        user = someone(username)
        client = signed_in(user)
        for petition in map(fresh, cases):
            for act in FORM_FOR:
                wanted = expected(user, act, petition)
                outcomes[wanted] += 1
                if wanted == 404 and act is not Act.NOTE and not may(user, Act.VIEW, petition):
                    continue  # 看不见的件，一个动作就够：都在同一道门前
                got = client.get(f"/cases/{petition.number}/do/{act}/").status_code
                if got != wanted:
                    wrong.append((username, petition.number, str(act), wanted, got))
    assert wrong == []
    assert min(outcomes.values()) > 20, outcomes


def test_posting_is_refused_where_the_page_is(cases):
    """The same by POST, page and interface; whatever was done is undone, and what was refused left no line."""
    wrong = []
    for username in ("clerk1", "officer1", "handler1", "super1", "disc1", "admin1"):
        user = someone(username)
        client = signed_in(user)
        for petition in map(fresh, cases):
            for act in (Act.NOTE, Act.ACCEPT, Act.FORWARD, Act.REFER, Act.SIGN, Act.EXTEND, Act.SERVE, Act.TERMINATE):
                wanted = expected(user, act, petition)
                for address, sort in ((f"/cases/{petition.number}/do/{act}/", {}), (_api(petition, act), JSON)):
                    got, lines = _tried(client, address, sort)
                    fits = got in (200, 302, 409, 422) if wanted == 200 else got == wanted and lines == 0
                    if not fits:
                        wrong.append((username, address, wanted, got, lines))
    assert wrong == []


JSON = {"content_type": "application/json"}


def _api(petition, act) -> str:
    return f"/api/petitions/{petition.number}/acts/{act}/"


def _tried(client, address: str, sort: dict) -> tuple[int, int]:
    """(status, log lines written) of an empty POST, undone afterwards."""
    with transaction.atomic():
        before = PetitionEvent.objects.count()
        got = client.post(address, {}, **sort).status_code
        lines = PetitionEvent.objects.count() - before
        transaction.set_rollback(True)
    return got, lines


def test_nobody_opens_anything_without_signing_in(cases, client):
    number = cases[0].number
    for address in ("/", "/cases/", f"/cases/{number}/", f"/cases/{number}/do/note/", "/search/?q=电梯", "/approvals/"):
        assert client.get(address).headers["Location"].startswith("/login/"), address
    for address in ("/api/petitions/", f"/api/petitions/{number}/", f"/api/petitions/{number}/acts/", "/api/schema/"):
        assert client.get(address).status_code == 401, address


def test_an_act_that_does_not_exist_is_not_there(cases):
    client = signed_in(someone("officer1"))
    for word in ("delete", "save", "register", "settle", "remind"):
        assert client.get(f"/cases/{cases[0].number}/do/{word}/").status_code == 404
