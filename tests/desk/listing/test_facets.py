"""六面的件数与逐件数出来的一样；检举控告在不在库里，旁人查到的、数到的、相近的都一模一样（第三十条）。"""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.authority import holds, may
from accounts.models import Organ, User
from desk.lists import facets as narrowing
from desk.lists.facets import Facets
from desk.lists.search_page import find
from insight.search.indexing import index_all
from petitions.act.states import STAGE, Kind
from petitions.intake.registration import PartyFacts
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, do, fresh, registered, someone
from tests.insight.reports import report

pytestmark = pytest.mark.django_db
WORDS = ["电梯", "停运", "收受", "购物卡", "春柳苑", "物业", "科长"]


def one_of_each_role() -> list[User]:
    """Those who may look at petitions at all, one person for each set of roles."""
    found = {}
    rows = User.objects.active().exclude(organ=None).select_related("organ__office").order_by("pk")
    for user in rows.prefetch_related("appointments__post__role"):
        roles = frozenset(held.post.role.code for held in user.appointments.all())
        if holds(user, Act.VIEW):
            found.setdefault(roles, user)
    return list(found.values())


def mixed():
    closed()
    accepted()
    registered(channel="letter")
    registered(kind=Kind.SUGGESTION, title="电梯加装座椅")
    secret = report("举报某科长在春柳苑电梯停运期间收受购物卡")
    do(secret, Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    index_all()
    return secret


def counted(user, words: str, facets=None):
    """side → value → how many, as the page shows them."""
    facets, day = facets or Facets(), today()
    page = find(user, words, facets, day)
    return page, {
        side: {option.value: option.count for option in options}
        for side, _, options in narrowing.sides(page.keys, facets, day)
    }


def test_every_side_counts_what_one_may_see_and_nothing_else(city):
    mixed()
    petitions = [fresh(petition) for petition in Petition.objects.all()]
    for user in one_of_each_role():
        page, sides = counted(user, "电梯")
        mine = [petition for petition in petitions if may(user, Act.VIEW, petition)]
        assert set(page.keys) == {petition.pk for petition in mine}, user.username
        for side, value_of in (
            ("stage", lambda p: f"@{STAGE[p.state]}"),
            ("channel", lambda p: p.submission.channel),
            ("organ", lambda p: str(p.organ.office_id)),
        ):
            right = Counter(map(value_of, mine))
            assert sides.get(side, {}) == (dict(right) if len(right) > 1 else {}), (user.username, side)


def test_a_count_is_what_one_gets_by_choosing_it(city):
    mixed()
    user = someone("officer1")
    _, sides = counted(user, "电梯")
    assert {"stage", "channel"} <= set(sides)
    for side, options in sides.items():
        for value, count in options.items():
            page, _ = counted(user, "电梯", Facets(**{side: value}))
            assert page.count == count, (side, value)


def test_sides_are_counted_in_one_query(city, django_assert_num_queries):
    mixed()
    keys = list(Petition.objects.values_list("pk", flat=True))
    narrowing.sides(keys, Facets(), today())
    with django_assert_num_queries(1):
        narrowing.sides(keys, Facets(), today())


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.sampled_from(WORDS), min_size=2, max_size=5),
    asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
)
def test_a_report_changes_nothing_for_those_who_may_not_see_it(city, said, asked):
    """Whatever the report says and whatever is asked: hits, counts, sides and near ones are as if it were not there."""
    with transaction.atomic():
        accepted(title="电梯停运")
        registered(original="物业不管，春柳苑电梯停运", letters_too=False)
        index_all()
        queries = ["".join(asked), " ".join(asked), "林秋芬", "青柳街道"]
        users = one_of_each_role()
        before = {user.pk: [_answer(user, query) for query in queries] for user in users}
        secret = report("举报" + "，".join(said), parties=[PartyFacts(name="林秋分", phone="13800012345")])
        do(secret, Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
        index_all()
        secret = fresh(secret)
        outsiders = [user for user in users if not may(user, Act.VIEW, secret)]
        assert 5 < len(outsiders) < len(users)
        for user in outsiders:
            assert [_answer(user, query) for query in queries] == before[user.pk], user.username
        transaction.set_rollback(True)


def _answer(user, query: str):
    user = User.objects.select_related("organ__office").get(pk=user.pk)
    page, sides = counted(user, query)
    return page.keys, page.count_label, sides, [(near.petition.pk, near.why) for near in page.near]
