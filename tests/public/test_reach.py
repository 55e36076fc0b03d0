"""人人用得着：大字版、高对比度、放大两倍、390 宽的手机、没有脚本；不超宽、标题不跳级、一页不超过 80 KB。"""

import re

import pytest
from django.test import Client

from rulebook.timekeeping import today
from tests.cast import load_city, registered
from tests.public.submit.filling import PAGES
from tests.rated import lead, of_two_bodies

MOST = 80 * 1024  # 字节，连样式
ADDRESSES = (
    "/welcome/",
    "/where/",
    "/where/11019901/",
    "/leaders/",
    "/ways/",
    "/figures/",
    "/route/",
    "/q/",
    "/q/check/",
)
ADDRESSES += ("/suggest/", "/submit/")
LOOKS = ("", "?big=1&contrast=1")  # 颜色不改排版，和大字一起看
# 手机、办公屏，各放大两倍等于视口减半；320 是 WCAG 1.4.10 说的
WIDTHS = (390, 195, 1366, 683, 320)
# 自己那一件里有经过、有表，大字版已是一倍半：放大以后不小于 320
BIG_WIDTHS = [width for width in WIDTHS if width >= 320]
OUTLINE = "() => [...document.querySelectorAll('h1,h2,h3,h4')].map(n => +n.tagName[1])"
# 页面和页签都不用左右拉着看
LINES = """() => Math.max(...[document.documentElement, ...document.querySelectorAll('nav')]
    .map(n => n.scrollWidth - n.clientWidth))"""
SMALL = """() => [...document.querySelectorAll('header a, nav a, main a.act, main a.btn, main button')]
    .map(n => n.getBoundingClientRect()).filter(r => r.width && r.height < 24).length"""
CONTRAST = """() => { const tone = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return [tone('--ink'), tone('--ink3'), tone('--bg')]; }"""


@pytest.fixture
def opened(browser, live_server):
    load_city()
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def follow(page, what: str) -> None:
    """Click and wait until the page it leads to is there, however busy the machine."""
    with page.expect_navigation():
        page.click(what)


def misfits(page, where: tuple, width: int) -> list[tuple]:
    """What does not fit the page as it is open, at that width."""
    page.set_viewport_size({"width": width, "height": 768})
    found = [(*where, width, "超宽")] if page.evaluate(LINES) > 0 else []
    return found + ([(*where, width, "按不着")] if page.evaluate(SMALL) else [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_no_page_is_wider_than_the_screen_in_any_look_and_headings_step_down_one_by_one(opened):
    wrong = []
    for address in ADDRESSES:
        for look in LOOKS:
            opened.goto(address + look)
            for width in WIDTHS:
                wrong += misfits(opened, (address, look), width)
            levels = opened.evaluate(OUTLINE)
            if levels.count(1) != 1 or any(
                after - before > 1 for before, after in zip(levels, levels[1:], strict=False)
            ):
                wrong.append((address, look, levels))
            opened.context.clear_cookies()
    assert wrong == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_ones_own_petition_with_its_rating_and_every_page_of_a_letter_fit_too(opened, a_new_quarter_of_an_hour):
    party = lead(of_two_bodies())
    opened.goto("/q")
    opened.fill("#code", party.query_code)
    opened.fill("#tel4", party.phone[-4:])
    follow(opened, "main button.p")
    assert opened.locator("form[action='/q/rate/'] [type=radio]").count() >= 6
    wrong = [miss for width in WIDTHS for miss in misfits(opened, ("/q", ""), width)]
    follow(opened, "text=大字版")
    wrong += [miss for width in BIG_WIDTHS for miss in misfits(opened, ("/q", "大字版"), width)]
    opened.goto("/submit/")  # 大字版还开着
    follow(opened, "text=开始填")
    for key, told in PAGES.items():
        assert opened.url.endswith(f"/submit/{key}/")
        wrong += [miss for width in WIDTHS for miss in misfits(opened, (key, "大字版"), width)]
        for name, value in told.items():
            if opened.locator(f"[name={name}]").first.get_attribute("type") == "radio":
                opened.check(f"[name={name}][value='{value}']")
            elif name == "loc":
                opened.select_option("#id_loc", value)
            else:
                opened.fill(f"[name={name}]", value)
        follow(opened, "button:has-text('下一页')")
    assert opened.url.endswith("/submit/check/")
    wrong += [miss for width in WIDTHS for miss in misfits(opened, ("check", "大字版"), width)]
    assert wrong == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_big_letters_are_half_as_large_again_and_contrast_is_black_on_white(opened):
    size = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    opened.goto("/welcome/")
    plain = opened.evaluate(size)
    follow(opened, "text=大字版")
    assert opened.evaluate(size) >= 1.5 * plain
    opened.goto("/ways/")  # 记住了
    assert opened.evaluate("() => document.documentElement.className") == "big"
    follow(opened, "text=高对比度")
    assert opened.evaluate(CONTRAST) == ["#000", "#000", "#fff"]
    follow(opened, "text=标准字号")
    follow(opened, "text=标准颜色")
    assert opened.evaluate("() => document.documentElement.className") == ""
    opened.emulate_media(contrast="more")
    assert opened.evaluate(CONTRAST) == ["#000", "#000", "#fff"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_a_page_weighs_no_more_than_eighty_kilobytes_and_asks_nobody_else(opened, live_server):
    for address in ADDRESSES:
        weights, strangers = [], []

        def count(response, weights=weights, strangers=strangers):
            weights.append(len(response.body()))
            if not response.url.startswith(live_server.url):
                strangers.append(response.url)

        opened.on("response", count)
        opened.goto(address)
        opened.wait_for_load_state("networkidle")
        opened.remove_listener("response", count)
        assert not strangers and 0 < sum(weights) <= MOST, (address, sum(weights), strangers)


def heard(page) -> list[tuple[str, str, dict]]:
    """(role, name, properties) of what a screen reader is given, in its order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id, found, ahead = {node["nodeId"]: node for node in nodes}, [], [nodes[0]]
    while ahead:
        node = ahead.pop()
        ahead += [by_id[child] for child in reversed(node.get("childIds", [])) if child in by_id]
        if not node["ignored"]:
            told = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            told["description"] = node.get("description", {}).get("value", "")
            found.append((node["role"]["value"], node.get("name", {}).get("value", ""), told))
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_a_screen_reader_hears_what_is_wanted_what_is_wrong_and_days_as_days(opened):
    party = registered().submission.parties.get()
    opened.goto("/q/")
    (code,) = [told for role, name, told in heard(opened) if (role, name) == ("textbox", "查询码")]  # 星号不读
    assert code["required"] and code["description"] == "12 位字母和数字，不分大小写"
    assert any(
        role == "link" and name.replace(" ", "") == "云州市信访事项查询评价，首页" for role, name, _ in heard(opened)
    )
    opened.fill("#tel4", "0000")
    follow(opened, "main button[type=submit]")
    (code,) = [told for role, name, told in heard(opened) if (role, name) == ("textbox", "查询码")]
    assert code["invalid"] == "true" and "请填写登记回执上的查询码" in code["description"]
    assert any(role == "alert" for role, _, _ in heard(opened))
    opened.fill("#code", party.query_code)
    opened.fill("#tel4", "0000" if party.phone[-4:] != "0000" else "1111")
    follow(opened, "main button[type=submit]")
    assert opened.input_value("#code") == party.query_code and opened.input_value("#tel4") == ""
    opened.fill("#tel4", party.phone[-4:])
    follow(opened, "main button[type=submit]")
    told = heard(opened)
    assert not any(role == "image" for role, _, _ in told)  # 期限条旁边有字
    today_said = f"{today().month} 月 {today().day} 日"
    assert any(role == "StaticText" and name == today_said for role, name, _ in told)
    levels = [props["level"] for role, _, props in told if role == "heading"]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert all(name for role, name, _ in told if role in ("link", "button", "textbox", "combobox", "radio", "region"))


@pytest.mark.django_db
def test_a_switch_keeps_the_page_and_what_was_asked_and_its_cookie_says_nothing_else(city):
    door = Client()
    answer = door.get("/ways/?q=工资&big=1")
    page = answer.content.decode()
    assert '<html lang="zh-CN" class="big">' in page
    back = re.search(r'href="(\?[^"]+)">标准字号', page)[1].replace("&amp;", "&")
    assert 'value="工资"' in door.get("/ways/" + back).content.decode()
    assert {name: cookie.value for name, cookie in answer.cookies.items()} == {"big": "1"}
    assert answer.cookies["big"]["httponly"] and answer.cookies["big"]["samesite"] == "Lax"
    both = door.get("/welcome/?big=1&contrast=1").content.decode()
    assert '<html lang="zh-CN" class="big hc">' in both
    for odd in ("2", "on", "<b>"):
        assert not Client().get("/welcome/", {"contrast": odd}).cookies


@pytest.mark.django_db
def test_the_page_of_ones_own_petition_switches_without_being_lost(mine, ask):
    _, party = mine
    page = ask(party).content.decode()
    assert 'name="contrast" value="1">高对比度' in page and 'name="big" value="1">大字版' in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    again = Client().post("/q", {"token": token, "contrast": "1"}).content.decode()
    assert '<html lang="zh-CN" class="hc">' in again and "编号" in again and "标准颜色" in again
