"""浏览器里：信访人评不满意，责任单位那一页什么也看不出，上一级当时就能打电话、记下结果。"""

import pytest

from tests.cast import PASSWORD, closed, load_city
from tests.journeys.people import People
from tests.rated import SAID, call_back_on, lead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(browser, live_server, settings, tmp_path):
    """Nothing on the way may answer 5xx or throw in the page."""
    settings.MEDIA_ROOT = tmp_path
    load_city()
    found = People(browser, live_server.url, PASSWORD)
    try:
        yield found
    finally:
        found.close()
    assert found.complaints == []


def test_a_rating_is_hidden_from_the_rated_and_called_back_about_by_the_office_above(people):
    petition = closed()
    party = lead(petition)
    page = people.visitor()
    page.goto("/q")
    page.fill("#code", party.query_code)
    page.fill("#tel4", party.phone[-4:])
    page.get_by_role("button", name="查询", exact=True).click()
    page.get_by_role("radio", name="不满意", exact=True).check()
    page.get_by_label("不满意的原因").select_option(label="诉求没有逐项答复")
    page.get_by_label("意见和建议").fill(SAID)
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("评价已经收到").wait_for()
    assert page.get_by_role("button", name="改评价").is_visible()

    rated = people["officer1"]
    rated.goto(f"/cases/{petition.number}/?tl=all")
    told = rated.locator("main").inner_text()
    assert "评价期满以后可见" in told and "不满意" not in told and SAID not in told

    caller = people["super1"]
    caller.goto("/callbacks/")
    caller.get_by_role("link", name=f"回访 {petition.number}").click()
    assert SAID in caller.locator("main").inner_text()
    caller.get_by_role("radio", name="未解决").check()
    caller.get_by_label("不满意的情况属不属实").select_option(label="不满意的情况属实")
    caller.get_by_label("信访人怎么说、怎样核实的").fill("电梯仍停，照片已看。")
    caller.get_by_role("button", name="记下结果").click()
    caller.get_by_text("已记下回访的结果").wait_for()
    assert call_back_on(petition).finding == "confirmed"

    rated.reload()
    assert "回访" not in rated.locator("main").inner_text()
