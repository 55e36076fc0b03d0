"""流转与退回：转了几次、退了几次、为什么，最后是谁对。"""

from datetime import date, timedelta

import pytest

from accounts.models import Organ
from petitions.models import Petition
from rulebook.acts import Act
from supervision.bounce import returns
from tests.cast import do, on_day
from tests.desk.case.hands import signed_in, text
from tests.petitions.places import forwarded

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
GROUNDS = "电梯维修不属于本单位职责。"


@pytest.fixture
def refused(city):
    """Three hand-overs to the street: one refused and upheld, one refused in vain and taken up, one taken up."""
    with on_day(DAY):
        upheld, overruled, taken = forwarded(), forwarded(), forwarded()
        for petition in (upheld, overruled):
            do(petition, Act.OBJECT, "officer1", grounds=GROUNDS)
        do(upheld, Act.UPHOLD, "dchief1", answer="同意，另行转送。")
        do(overruled, Act.OVERRULE, "dchief1", answer="属地责任明确，请受理。")
    return upheld, overruled, taken


def pair():
    (found,) = returns.pairs(Petition.objects.all(), DAY)
    return found


def test_hand_overs_refusals_and_returns_are_counted_per_pair(refused):
    found = pair()
    assert (found.sent, found.refused, found.returned) == (3, 2, 1)
    assert found.undecided == 2 and round(found.share) == 67


def test_whoever_takes_it_up_in_the_end_shows_who_was_right(refused):
    upheld, overruled, _ = refused
    other = Organ.objects.get(code="YHZJ")
    with on_day(DAY + timedelta(days=1)):
        do(upheld, Act.FORWARD, "dclerk1", to=other)
    leg = upheld.legs.latest("number")
    leg.ended_how = "accepted"
    leg.save(update_fields=["ended_how"])
    mine = overruled.legs.get()
    mine.ended_how = "accepted"
    mine.save(update_fields=["ended_how"])
    found = next(one for one in returns.pairs(Petition.objects.all(), DAY) if one.refused)
    assert (found.right, found.wrong, found.undecided) == (1, 1, 0)


def test_the_reasons_stand_behind_the_number(refused):
    found = pair()
    with on_day(DAY + timedelta(days=1)):
        browser = signed_in("super1")
        html = text(browser.get("/supervision/bounces/"))
        assert found.sender in html and f"from={found.sender_id}&amp;to={found.receiver_id}" in html
        rows = text(browser.get(f"/supervision/bounces/?from={found.sender_id}&to={found.receiver_id}"))
    assert rows.count(GROUNDS) == 2
    assert "同意，另行转送。" in rows and "属地责任明确，请受理。" in rows


def test_another_districts_supervisor_sees_none_of_it(refused):
    with on_day(DAY + timedelta(days=1)):
        html = text(signed_in("super2").get("/supervision/bounces/?period=365"))
    assert "这个时段没有流转" in html
