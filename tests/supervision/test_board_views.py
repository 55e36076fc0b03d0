"""督查督办页：把当前筛选存成自己的视图、打开、删去；标明现行升级规则是第几版、自哪天起。"""

from datetime import date, timedelta

import pytest

from accounts.models import SavedView
from supervision.ladder import climb
from supervision.models import LadderRow
from tests.cast import on_day
from tests.desk.case.hands import signed_in, text

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NEW = "/supervision/views/new/"
ASKED = {"view": "all", "level": "4", "category": "城乡建设", "q": "电梯"}


def current(page):
    return [tab["label"] for tab in page.context["tabs"] if tab["current"]]


def test_the_filters_of_the_board_are_saved_opened_and_dropped_again(city):
    with on_day(DAY):
        browser = signed_in("super1")
        opened = browser.get("/supervision/", ASKED)
        assert f'href="{NEW}?' in text(opened) and "level=4" in text(opened)
        assert browser.post(NEW, {"name": " ", **ASKED}).status_code == 422
        kept = browser.post(NEW, {"name": "四级电梯", **ASKED})
        page = browser.get(kept["Location"])
        asked = page.context["asked"]
        assert (asked.view, asked.level, asked.category, asked.words) == ("all", "4", "城乡建设", "电梯")
        assert current(page) == ["四级电梯"] and current(browser.get("/supervision/")) == ["红灯与黄灯"]
        again = browser.post(NEW, {"name": "四级电梯", **ASKED})
        assert again.status_code == 422 and "已有名为" in text(again) and 'value="电梯"' in text(again)
        view = SavedView.objects.get()
        assert signed_in("dhead1").post(f"/cases/views/{view.pk}/drop/").status_code == 404
        assert browser.post(f"/cases/views/{view.pk}/drop/")["Location"] == "/supervision/"
        assert [tab["url"] for tab in browser.get("/supervision/").context["tabs"] if tab["label"] == "四级电梯"] == []


def test_views_of_the_board_and_of_the_case_list_do_not_mix(city):
    with on_day(DAY):
        browser = signed_in("super1")
        browser.post(NEW, {"name": "同名", **ASKED})
        assert browser.post("/cases/views/new/", {"name": "同名", "channel": "visit"}).status_code == 302
        assert sorted(SavedView.objects.values_list("place", flat=True)) == ["board", "cases"]
        assert [tab["url"] for tab in browser.get("/supervision/").context["tabs"]].count("/cases/?channel=visit") == 0
        assert "level=4" not in text(browser.get("/cases/"))


def test_no_number_of_a_person_is_kept_and_only_who_has_the_board_keeps_its_views(city):
    with on_day(DAY):
        refused = signed_in("super1").post(NEW, {"name": "某人", "q": "13800001111"})
        assert refused.status_code == 422 and "请去掉关键词再存" in text(refused)
        assert signed_in("clerk1").get(NEW).status_code == 403
    assert not SavedView.objects.exists()


def test_the_board_says_which_ladder_is_in_force_and_since_when(city):
    started = LadderRow.objects.order_by("-valid_from").first().valid_from
    with on_day(DAY):
        page = text(signed_in("super1").get("/supervision/"))
    assert f"第 1 版</a> · 自 {started:%Y-%m-%d}" in page
    row = LadderRow.objects.lowest_first().first()
    row.pk, row.valid_from, row.valid_to = None, DAY + timedelta(days=3), None
    row.save()
    assert climb.version_on(DAY) == {"number": 1, "since": started}
    assert climb.version_on(DAY + timedelta(days=3)) == {"number": 2, "since": DAY + timedelta(days=3)}
