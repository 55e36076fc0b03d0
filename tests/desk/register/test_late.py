"""停电断网：先写纸质登记表，恢复后补录；期限从真实的收到日起算。挂号信扫条码，同一件只登记一次。"""

import re
from datetime import date

import pytest

from petitions.models import LateEntry, Petition
from tests import cast
from tests.desk.register.test_keyboard import sign_in
from tests.desk.register.typing import sheet

DUE = {"late": "power", "lateat": "09:30", "paperno": "2026-007"}


@pytest.fixture
def clerk(city, client):
    client.force_login(cast.someone("clerk1"))
    return client


@pytest.fixture
def tuesday():
    with cast.on_day("2026-03-03", hour=10):
        yield


def test_a_visit_of_yesterday_says_why_it_comes_late(clerk, tuesday):
    page = clerk.post("/register/", sheet(day="2026-03-02")).content.decode()
    assert "来访日期早于今天，请选择补录原因；期限仍从该日起算" in page and not Petition.objects.exists()
    assert '<details class="mt1" id="more" open>' in page
    page = clerk.post("/register/", sheet(day="2026-03-02", late="power")).content.decode()
    assert "请填写当时来访（来电）的时刻" in page
    page = clerk.post("/register/", sheet(day="2026-03-02", **DUE | {"late": "other"})).content.decode()
    assert "补录原因选“其他”的，请写明说明" in page


def test_clocks_run_from_the_day_it_happened_not_from_the_day_it_was_typed(clerk, tuesday):
    assert clerk.post("/register/", sheet(day="2026-03-02", **DUE)).status_code == 302
    petition = Petition.objects.get()
    late = LateEntry.objects.get()
    assert petition.received_on == date(2026, 3, 2) and petition.registered_on == date(2026, 3, 3)
    assert petition.deadlines.get(term="D02").due_on == date(2026, 3, 17), "十五日从收到之日算"
    assert (late.happened_on, f"{late.happened_at:%H:%M}", late.entered_at.date()) == (
        date(2026, 3, 2),
        "09:30",
        date(2026, 3, 3),
    )
    assert late.entered_by.username == "clerk1" and petition.submission.backfilled
    line = petition.events.get(act="register")
    assert line.backfilled and line.text.body == "补录：停电，2026-03-02 09:30 发生，纸质登记表 2026-007"
    assert "补录：停电" in clerk.get(f"/cases/{petition.number}/").content.decode()


def test_the_same_morning_is_late_too_but_never_before_it_happened(clerk, tuesday):
    page = clerk.post("/register/", sheet(**DUE | {"lateat": "10:30"})).content.decode()
    assert "发生时刻不能晚于现在" in page and "2026-007" in page and not Petition.objects.exists()
    assert clerk.post("/register/", sheet(**DUE)).status_code == 302
    assert Petition.objects.get().submission.backfilled


def test_one_paper_is_entered_once(clerk, tuesday):
    clerk.post("/register/", sheet(day="2026-03-02", **DUE))
    page = clerk.post("/register/", sheet(day="2026-03-02", nm="周建国", **DUE)).content.decode()
    assert "纸质登记表 2026-007 已经补录过" in page and "周建国" in page and Petition.objects.count() == 1


def test_the_days_check_lists_what_was_entered_late(clerk, tuesday):
    clerk.post("/register/", sheet(day="2026-03-02", **DUE))
    page = clerk.get("/register/dayend/").content.decode()
    assert "补录 1 件" in page and "停电，2026-03-02 09:30 发生" in page and Petition.objects.get().number in page


def test_a_letter_of_last_week_needs_no_excuse(clerk, tuesday):
    assert clerk.post("/register/", sheet(channel="letter", day="2026-02-27")).status_code == 302
    assert not LateEntry.objects.exists() and Petition.objects.get().submission.backfilled


def test_paper_forms_are_numbered_without_gaps_and_hold_what_the_desk_asks(clerk, tuesday):
    blank = clerk.get("/hall/paper/").content.decode()
    assert "登记台停电、断网" in blank and 'class="paper' not in blank
    numbers = []
    for _ in range(2):
        paper = clerk.post("/hall/paper/").content.decode()
        numbers.append(paper.split('<p class="docno">')[1].split("</p>")[0])
    assert numbers == ["编号 2026-001", "编号 2026-002"]
    for asked in ("姓名", "证件号码", "住址", "联系电话", "问题属地", "诉求", "来访时刻", "签名", "登记人"):
        assert asked in paper, asked


@pytest.mark.django_db(transaction=True)
def test_the_paper_form_fits_one_sheet_of_a4(page, live_server, city, client):
    sign_in(page.context, live_server, client)
    page.goto("/hall/paper/")
    page.keyboard.press("F9")
    page.wait_for_selector(".docno")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_the_barcode_of_a_registered_letter_is_scanned_and_counts_once(clerk, tuesday):
    told = {"channel": "letter", "day": "2026-03-02", "posted": "2026-02-28", "wrote": "2026-02-27"}
    page = clerk.post("/register/", sheet(mailno="挂号 123", **told)).content.decode()
    assert "挂号条码只有字母和数字" in page
    assert clerk.post("/register/", sheet(mailno="xa 1234567 8911", **told)).status_code == 302
    petition = Petition.objects.get()
    assert petition.submission.mail_number == "XA12345678911" and petition.submission.posted_on == date(2026, 2, 28)
    page = clerk.post("/register/", sheet(mailno="XA12345678911", nm="周建国", **told)).content.decode()
    assert f"这件挂号信已登记为 {petition.number}，请核对" in page and Petition.objects.count() == 1
