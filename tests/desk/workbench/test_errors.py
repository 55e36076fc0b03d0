"""出错页：说清没做成什么、怎么办；不露内部细节；公众和工作人员都打得开。"""

import pytest
from django.test import Client, RequestFactory

from desk import errors
from tests.cast import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(city):
    client = Client()
    client.force_login(someone("officer1"))
    return client


def test_a_page_that_is_not_there(officer):
    answer = officer.get("/cases/11019901-2026-99999/nothing/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()
    assert Client().get("/q/nothing/").status_code in (302, 404)


def test_a_refusal_says_why(city):
    client = Client()
    client.force_login(someone("admin1"))
    answer = client.get("/cases/")
    assert answer.status_code == 403
    assert "您的岗位没有“查看”职权" in answer.content.decode()


def test_a_stale_form_is_explained(city):
    client = Client(enforce_csrf_checks=True)
    client.force_login(someone("officer1"))
    answer = client.post("/cases/", {"q": "电梯"})
    assert answer.status_code == 403
    assert "页面停留过久" in answer.content.decode()


def test_a_broken_page_gives_a_number_and_asks_nothing_of_the_database(django_assert_num_queries, caplog):
    with django_assert_num_queries(0):
        answer = errors.broken(RequestFactory().get("/cases/"))
    assert answer.status_code == 500
    number = caplog.records[-1].getMessage().split()[1]
    assert number in answer.content.decode()


def test_a_bad_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.bad_request(RequestFactory().get("/")).status_code == 400
