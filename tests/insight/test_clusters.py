"""同类在办：同一地点同一问题成簇；检举控告、保密件对谁都不进簇，看不到的一件也不露（第三十条、rules §1.16）。"""

import random

import pytest

from accounts.models import Organ
from insight.duplicates.clusters import cluster_of, clusters
from insight.search.indexing import index_all
from petitions.act.states import Kind
from petitions.models import Category, Petition
from rulebook.acts import Act
from tests.cast import accepted, closed, do, fresh, on_day, registered, someone

pytestmark = pytest.mark.django_db
ROLES = (
    "clerk1",
    "officer1",
    "handler1",
    "chief1",
    "legal1",
    "dclerk1",
    "super1",
    "super2",
    "csuper1",
    "disc1",
    "admin1",
)
LIFT = "电梯停运三天，老人下不了楼，请尽快修好并公示维修基金使用情况。"
NOISE = "楼下烧烤摊夜里油烟噪音扰民，窗户不敢开，请查处。"


def numbers(cluster):
    return {one.number for one in cluster.petitions} if cluster else set()


def categories():
    return list(Category.objects.filter(valid_to=None).order_by("code")[:2])


def put(petition, category):
    Petition.objects.filter(pk=petition.pk).update(category=category)
    return fresh(petition)


def test_three_of_one_place_and_problem_are_a_cluster(city):
    lift, noise = categories()
    same = [put(accepted(), lift) for _ in range(3)]
    put(accepted(original="春柳苑" + NOISE, claims=["查处油烟"]), noise)
    put(accepted(place="柳岸新居"), lift)
    index_all()
    (found,) = clusters(someone("super1"))
    assert numbers(found) == {one.number for one in same}
    assert (found.place, found.problem, found.people) == ("春柳苑", str(lift), 3)
    assert found.organs == ("青柳街道",) and found.since == same[0].received_on


def test_without_a_category_the_words_decide(city):
    same = [accepted() for _ in range(3)]
    accepted(original="春柳苑" + NOISE, claims=["查处油烟"])
    index_all()
    (found,) = clusters(someone("super1"))
    assert numbers(found) == {one.number for one in same}


def test_two_are_no_cluster_but_each_names_the_other(city):
    one, other = accepted(), accepted()
    index_all()
    assert clusters(someone("super1")) == []
    assert numbers(cluster_of(someone("officer1"), fresh(one))) == {other.number}


def test_closed_old_and_distant_ones_are_left_out(city):
    with on_day("2026-03-02"):
        accepted()
    with on_day("2026-09-01"):
        closed()
        here = accepted()
        accepted(place="柳岸新居")
        index_all()
        assert cluster_of(someone("officer1"), fresh(here)) is None
        assert clusters(someone("super1")) == []


def hidden(kind):
    """A petition that must never stand in a cluster, at the same place with the same words."""
    if kind == "report":
        return registered("clerk1", kind=Kind.REPORT, accused_text="某人")
    if kind == "referred":
        return do(hidden("report"), Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    if kind == "accusing":
        return registered("clerk1", accused_organ=Organ.objects.get(code="YHQL"))
    one = accepted()
    Petition.objects.filter(pk=one.pk).update(secrecy=1)
    return one


def everything(username):
    """All that the user is shown by clusters: of the page, and of each case they may open."""
    user = someone(username)
    cases = Petition.objects.visible_to(user).filter(secrecy=0, accused_organ=None).order_by("pk")
    return [
        [(one.place, one.problem, one.people, one.organs, sorted(numbers(one))) for one in clusters(user)],
        {case.number: sorted(numbers(cluster_of(user, fresh(case)))) for case in cases},
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_confidential_case_changes_nothing_for_any_role(city, seed):
    """Not in a list, not in a count, not by making a cluster where there was none: the same with it as without it."""
    dice = random.Random(seed)
    for _ in range(dice.randint(2, 5)):
        registered("clerk1", place=dice.choice(["春柳苑", "柳岸新居"]))
    index_all()
    before = {username: everything(username) for username in ROLES}
    secret = [hidden(dice.choice(["report", "referred", "accusing", "sealed"])) for _ in range(3)]
    index_all()
    for username in ROLES:
        assert everything(username) == before[username], username
        assert all(cluster_of(someone(username), fresh(one)) is None for one in secret)


def test_nobody_is_shown_more_than_they_may_see(city):
    for _ in range(3):
        accepted()
        registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
    index_all()
    counted = 0
    for username in ROLES:
        user = someone(username)
        seen = set(Petition.objects.visible_to(user).values_list("number", flat=True))
        for one in clusters(user):
            assert numbers(one) <= seen, username
            counted += len(one.petitions)
    assert counted > 0, "至少有人看得到一簇，否则什么也没有验"
