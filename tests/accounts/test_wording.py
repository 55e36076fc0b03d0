"""留用的问句问到的，和当场写的问句问到的一样；留下的是话，不是答案。"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F, Value

from accounts.models import Organ, User
from accounts.query_text import KEY, asked_again

pytestmark = pytest.mark.django_db


def make_organs():
    return Organ.objects.select_related("office").annotate(twice=F("pk") * 2, word=Value("信访")).order_by("pk")


def test_kept_wording_gives_the_same_instances_as_the_queryset(city):
    for _ in range(2):
        kept, fresh = asked_again("organs", make_organs), list(make_organs())
        assert kept == fresh
        assert [row.__dict__.keys() for row in kept] == [row.__dict__.keys() for row in fresh]
        assert [(row.twice, row.word, row.office_id) for row in kept] == [
            (row.twice, row.word, row.office_id) for row in fresh
        ]


def test_related_rows_come_along_without_another_query(city, django_assert_num_queries):
    asked_again("organs", make_organs)
    with django_assert_num_queries(1):
        assert all(organ.office.name for organ in asked_again("organs", make_organs) if organ.office_id)


def test_what_changed_since_is_seen(city):
    organ = asked_again("organs", make_organs)[0]
    Organ.objects.filter(pk=organ.pk).update(short_name="改过名")
    assert asked_again("organs", make_organs)[0].short_name == "改过名"


def test_blank_is_filled_with_todays_value(city):
    one, other = Organ.objects.order_by("pk")[:2]
    for organ in (one, other, one):
        found = asked_again("organ of that key", lambda: Organ.objects.filter(pk=KEY.stand_in), {KEY: organ.pk})
        assert found == [organ]


def test_question_that_contradicts_itself_has_no_rows(city, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked_again("nobody", lambda: User.objects.filter(pk__in=[])) == []


@pytest.mark.django_db(transaction=True)
def test_threads_ask_over_their_own_connections(city):
    asked_again("organs", make_organs)

    def ask(_):
        try:
            return [row.pk for row in asked_again("organs", make_organs)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(12)))
    assert answers == [[row.pk for row in make_organs()]] * 12
