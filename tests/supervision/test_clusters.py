"""同类在办页：督查岗位看得到，别人 403；一簇一行，只列看得到的。"""

import pytest

from insight.search.indexing import index_all
from petitions.act.states import Kind
from tests.cast import accepted, registered
from tests.desk.case.hands import signed_in, text

pytestmark = pytest.mark.django_db


def test_a_supervisor_sees_one_row_a_cluster(city):
    same = [accepted() for _ in range(4)]
    report = registered("clerk1", kind=Kind.REPORT, accused_text="某人", title="暗号标题")
    index_all()
    html = text(signed_in("super1").get("/supervision/clusters/"))
    assert "春柳苑" in html and "青柳街道" in html and "全部 4 件" in html
    assert all(one.number in html for one in same)
    assert report.number not in html and "暗号标题" not in html
    assert 'href="/supervision/clusters/"' in text(signed_in("super1").get("/supervision/"))


def test_another_districts_supervisor_is_shown_none_of_them(city):
    for _ in range(3):
        accepted()
    index_all()
    html = text(signed_in("super2").get("/supervision/clusters/"))
    assert "没有同类在办的簇" in html and "春柳苑" not in html


@pytest.mark.parametrize("username", ["clerk1", "handler1"])
def test_who_does_not_supervise_is_told_so(city, username):
    answer = signed_in(username).get("/supervision/clusters/")
    assert answer.status_code == 403 and "督查督办职权" in text(answer)
