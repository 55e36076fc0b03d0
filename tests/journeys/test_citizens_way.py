"""信访人的一条路，在手机上真的走一遍：390×844，没有脚本；每一页不超宽，按得着的都够大，一页不超过 80 KB。

Beside every stretch of it the same case is opened in the staff pages. `LOOK` names a folder for the pictures.
"""

import os

import pytest
from django.test import Client

from petitions.models import Petition
from rulebook.acts import Act
from tests.cast import decided, do, drafted, fresh, load_city, serve_all, someone
from tests.public.submit.filling import PAGES, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
MOST = 80 * 1024  # 字节，连样式
LEAST_TARGET = 44  # 像素
MEASURE = """() => [...document.querySelectorAll('main button, main a.btn, main .opt, main input.in, main select')]
    .filter(n => n.getClientRects().length).map(n => n.getBoundingClientRect())
    .map(r => Math.round(r.height))"""


@pytest.fixture
def phone(browser, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_city()
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport=PHONE, java_script_enabled=False, device_scale_factor=1
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def staff(browser, live_server):
    """Opens the case as somebody of the staff would see it, and answers what is on it."""
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": 1366, "height": 768}, java_script_enabled=False
    )
    page = context.new_page()

    def beside(petition, username, name):
        client = Client()
        client.force_login(someone(username))
        context.add_cookies(
            [{"name": key, "value": cookie.value, "url": live_server.url} for key, cookie in client.cookies.items()]
        )
        page.goto(f"/cases/{petition.number}/")
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        return page.inner_text("main")

    yield beside
    context.close()


def fill(page, key, photos):
    for name, value in PAGES[key].items():
        box = page.locator(f'[name="{name}"]')
        if box.first.get_attribute("type") == "radio":
            page.check(f'[name="{name}"][value="{value}"]')
        elif name == "loc":
            page.select_option("#id_loc", label="青柳街道")
        else:
            box.fill(value)
    if key == "files":
        page.set_input_files("#files", photos)


def seen(page, name):
    """It fits the phone."""
    page.wait_for_load_state()  # 点了以后只等到新的一页开始来
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    heights = page.evaluate(MEASURE)
    assert heights and min(heights) >= LEAST_TARGET, (name, heights)
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def submit(phone, tmp_path):
    """From the first page to the receipt, with two pictures and two claims."""
    photos = []
    for name in ("渗水.jpg", "墙面.jpg"):
        (tmp_path / name).write_bytes(picture(size=(800, 600)))
        photos.append(str(tmp_path / name))
    phone.goto("/submit/")
    seen(phone, "00-start")
    phone.click("button:has-text('开始填')")
    for n in range(1, 20):
        key = phone.url.rstrip("/").rsplit("/", 1)[-1]
        if key == "check":
            break
        if key == "contact":
            phone.click("button:has-text('下一页')")
            assert phone.locator("#id_tel_error").is_visible()
            seen(phone, f"{n:02}-{key}-error")
        fill(phone, key, photos)
        if key == "files":
            phone.click("button:has-text('上传')")
        seen(phone, f"{n:02}-{key}")
        phone.click("button:has-text('下一页')")
    seen(phone, "20-check")
    phone.go_back()
    seen(phone, "20-back")
    phone.go_forward()
    phone.check("#pledge")
    phone.locator("button.p", has_text="提交").click()
    seen(phone, "21-receipt")
    return phone.locator(".now.mono.fig").inner_text()


def follow(phone, code, name):
    """The progress page by what stands on the receipt and the last four digits of the phone."""
    phone.goto("/q")
    phone.fill("#code", code)
    phone.fill("#tel4", PAGES["contact"]["tel"][-4:])
    phone.click("main button.p")
    seen(phone, name)
    return phone.inner_text("main")


def asked(phone, title, name, **told):
    """One of the things a petitioner may ask for: opened, filled in, sent."""
    offer = phone.locator("details", has_text=title)
    offer.locator("summary").click()
    offer.locator("textarea").fill(told["words"])
    if told.get("file"):
        offer.locator("[type=file]").set_input_files(told["file"])
    offer.locator("button").click()
    seen(phone, name)
    assert "已经收到" in phone.inner_text("main")


def letter(phone, title):
    with phone.expect_download() as got:
        phone.locator("li", has_text=title).get_by_role("button").click()
    return got.value.path().read_bytes()


def test_the_petitioners_whole_way_on_a_phone_without_scripts(phone, staff, tmp_path):
    weights = []
    phone.on("response", lambda got: weights.append(int(got.header_value("content-length") or 0)))
    code = submit(phone, tmp_path)
    petition = Petition.objects.get()
    assert petition.number in phone.inner_text("main")
    assert petition.attachments.count() == 2 and petition.claims.count() == 2
    assert "渗水" in staff(petition, "clerk1", "21-staff")

    assert "青柳街道" in follow(phone, code, "30-follow")
    asked(phone, "补充", "31-supplement", words="昨晚又漏了一次，补一张照片。", file=str(tmp_path / "墙面.jpg"))
    petition = fresh(petition)
    assert petition.attachments.count() == 3
    assert "昨晚又漏了一次" in staff(petition, "officer1", "31-staff")

    petition = do(decided(petition), Act.ACCEPT)
    told = follow(phone, code, "32-accepted")
    assert "受理告知书" in told
    assert letter(phone, "受理告知书").startswith(b"%PDF")

    petition = drafted(petition)
    petition = do(do(do(petition, Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
    petition = do(serve_all(petition), Act.CLOSE)
    follow(phone, code, "33-closed")
    assert letter(phone, "处理意见书").startswith(b"%PDF")

    form = phone.locator("form[action='/q/rate/']")
    form.locator("[type=radio][value=fair]").first.check()
    form.locator("button").click()
    seen(phone, "34-rated")
    assert "基本满意" in phone.inner_text("main")

    follow(phone, code, "35-follow")
    asked(phone, "复查", "36-review", words="维修资金的使用情况没有查清。")
    assert petition.proceedings.get().grounds == "维修资金的使用情况没有查清。"
    assert "复查" in staff(fresh(petition), "officer1", "36-staff")
    assert max(weights) < MOST
