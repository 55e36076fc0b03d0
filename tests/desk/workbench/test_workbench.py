"""工作台：每个岗位五秒内看到自己的事；查询次数钉死。"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from petitions.act.states import Kind
from rulebook.acts import Act
from tests.cast import accepted, do, issued, passed, registered, someone, submitted

pytestmark = pytest.mark.django_db
STAFF = ["clerk1", "officer1", "handler1", "chief1", "deputy1", "head1", "super1", "dclerk1", "dchief1", "dhead1"]
STAFF += ["leader1", "legal1", "disc1", "admin1", "audit1", "worker1", "chead1", "officer.wh"]


@pytest.fixture
def busy(city):
    """Something in every pile of the street."""
    made = [registered(), accepted(), submitted(), passed(), issued()]
    do(made[1], Act.ALLOT, to=someone("handler1"))
    return made


def home(username: str):
    client = Client()
    client.force_login(someone(username))
    return client.get("/")


@pytest.mark.parametrize("who", STAFF)
def test_at_most_twelve_queries(busy, who):
    client = Client()
    client.force_login(someone(who))
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/").status_code == 200
    assert len(asked) <= 12


@pytest.mark.parametrize(
    ("who", "panels"),
    [
        ("clerk1", ["legs", "registered"]),
        ("officer1", ["handling", "legs", "orders", "registered"]),
        ("handler1", ["handling", "orders"]),
        ("deputy1", ["approvals", "signing"]),
        ("legal1", ["approvals", "checking"]),
        ("super1", ["checking", "red"]),
        ("disc1", ["handling", "legs"]),
        ("admin1", []),
        ("leader1", ["mine"]),
    ],
)
def test_panels_by_post(busy, who, panels):
    found = sorted(panel.key for panel in home(who).context["panels"])
    assert set(panels) <= set(found)


def test_clerk_registers_first_and_prints_the_last_five(busy):
    answer = home("clerk1")
    page = answer.content.decode()
    assert 'data-key="F2"' in page
    for channel in ("visit", "letter", "call", "web"):
        assert f'href="/register/?ch={channel}"' in page
    panel = next(panel for panel in answer.context["panels"] if panel.key == "registered")
    assert len(panel.rows) == 5
    assert all(row["receipt"] for row in panel.rows)
    assert f'/letters/{panel.rows[0]["receipt"]}/"' in page


def test_handler_sees_only_what_is_in_their_hands(busy):
    panel = next(panel for panel in home("handler1").context["panels"] if panel.key == "handling")
    assert [row["number"] for row in panel.rows] == [busy[1].number]


def test_supervisor_reads_the_lamps(busy):
    lamps = {stat["label"]: stat["value"] for stat in home("super1").context["lamps"]}
    assert lamps == {"在办": 5, "红灯超期": 0, "黄灯临期": 0, "绿灯正常": 5}


def test_administrator_sees_the_system_and_no_petition(busy):
    answer = home("admin1")
    page = answer.content.decode()
    assert "在用的规则" in page
    assert "在用账号" in page
    assert not any(petition.number in page for petition in busy)
    assert 'role="search"' not in page


def test_discipline_post_finds_its_reports(city):
    petition = do(registered(kind=Kind.REPORT), Act.REFER, "clerk1", to=someone("disc1").office)
    panel = next(panel for panel in home("disc1").context["panels"] if panel.key == "handling")
    assert [row["number"] for row in panel.rows] == [petition.number]
    assert "陈玉兰" not in home("disc1").content.decode()
    assert petition.number not in home("officer1").content.decode()


def test_not_signed_in_is_led_to_the_door(city):
    assert Client().get("/")["Location"].startswith("/login/")
