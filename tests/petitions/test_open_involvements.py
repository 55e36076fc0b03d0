"""在办的关系：随件的状态走；只凭它们找到的在办件，与逐件问职权找到的是同一批。"""

import pytest

from petitions.act.states import OPEN, Kind
from petitions.models import Involvement, Petition
from rulebook.acts import Act
from tests.cast import WALKS, closed, fresh, petition_at, registered, someone
from tests.petitions import contested, walker
from tests.petitions.places import assigned, forwarded


@pytest.fixture
def petitions(city) -> list[Petition]:
    """One at every stop of the ordinary road, one accused organ's, one sent back by a review."""
    walked = [petition_at(state) for state in WALKS]
    walked += [forwarded(), assigned(), registered(kind=Kind.REPORT), contested.sent_back()]
    return [fresh(petition) for petition in walked]


def test_the_involvements_of_a_petition_are_open_as_long_as_it_is(petitions):
    states = {str(petition.state) for petition in petitions}
    assert states - set(OPEN) and states & set(OPEN)
    for row in Involvement.objects.select_related("petition"):
        assert row.open == (row.petition.state in OPEN), (row.petition.state, row.kind)


def test_what_closes_lets_go_of_the_queue_and_what_is_reopened_comes_back(city):
    petition = closed()
    assert not petition.involvements.filter(open=True).exists()
    assert petition not in Petition.objects.open_to(someone("officer1"))
    assert petition in Petition.objects.visible_to(someone("officer1"))


def test_whoever_asks_finds_the_same_open_petitions_either_way(petitions):
    people = walker.cast()
    for act in (Act.VIEW, Act.CLASSIFY, Act.ACCEPT, Act.ANSWER, Act.PASS, Act.SIGN, Act.SERVE):
        found = 0
        for user in people:
            either = set(Petition.objects.visible_to(user, act).open().values_list("pk", flat=True))
            assert set(Petition.objects.open_to(user, act).values_list("pk", flat=True)) == either, (act, user.username)
            found += len(either)
        assert found, act


def test_a_queue_reads_no_involvement_of_a_closed_petition(city):
    """The question itself names the open ones only: nothing closed is read, however much of it there is."""
    asked = str(Petition.objects.open_to(someone("officer1")).query)
    assert asked.count('"open"') == asked.count('FROM "petitions_involvement"') >= 3
