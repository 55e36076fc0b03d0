"""在手机上真的走一遍：390×844，没有脚本；每一页不超宽，按得着的都够大，一页不超过 80 KB。"""

import os

import pytest

from petitions.models import Petition
from tests.cast import load_city
from tests.public.submit.filling import PAGES, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
MOST = 80 * 1024  # 字节，连样式
LEAST_TARGET = 44  # 像素
MEASURE = """() => [...document.querySelectorAll('main button, main a.btn, main .opt, main input.in, main select')]
    .filter(n => n.getClientRects().length).map(n => n.getBoundingClientRect())
    .map(r => Math.round(r.height))"""


@pytest.fixture
def phone(browser, live_server):
    load_city()
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport=PHONE, java_script_enabled=False, device_scale_factor=1
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
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
    """It fits the phone; `LOOK` names a folder for the pictures."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    heights = page.evaluate(MEASURE)
    assert heights and min(heights) >= LEAST_TARGET, (name, heights)
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_from_the_first_page_to_the_receipt_on_a_phone_without_scripts(phone, tmp_path):
    photos = []
    for name in ("渗水.jpg", "墙面.jpg"):
        (tmp_path / name).write_bytes(picture(size=(800, 600)))
        photos.append(str(tmp_path / name))
    weights = []
    phone.on("response", lambda got: weights.append(int(got.header_value("content-length") or 0)))
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
    petition = Petition.objects.get()
    assert petition.number in phone.inner_text("main")
    assert petition.attachments.count() == 2
    assert max(weights) < MOST
