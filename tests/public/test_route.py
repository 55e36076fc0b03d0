"""办理路线图：天数取自现行规则集；张贴的是一张 A3；大厅屏只有号，几秒之内只数一次。"""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ
from documents.letters.printing import page_count
from petitions.intake.visit import rules as visiting
from petitions.models import Visit
from public.information import route_poster
from public.progress import roadmap
from rulebook.terms import NATIONAL_TERMS
from tests.cast import on_day, someone
from tests.pdf_pages import words_in

pytestmark = pytest.mark.django_db


def test_the_six_steps_and_their_days_are_those_of_the_regulation(door, city):
    page = door.get("/route/").content.decode()
    days = ["当场", "15 日内", "60 日内，经批准延长的不超过 30 日", "办结时"]
    days += ["收到意见书起 30 日内申请，30 日内作出", "收到复查意见起 30 日内申请，30 日内作出"]
    assert [str(step.days) for step in roadmap.steps(NATIONAL_TERMS)] == days
    assert all(words in page for words in days)
    assert re.findall(r"<h2>(\w+)</h2>", page) == [
        "登记",
        "甄别告知",
        "办理",
        "答复",
        "复查",
        "复核",
    ]


def test_a_city_that_promised_fewer_days_is_held_to_them(city):
    shorter = [replace(term, length=10) if term.code in ("D02", "D03") else term for term in NATIONAL_TERMS]
    assert str(roadmap.steps(shorter)[1].days) == "10 日内"


def test_the_poster_is_one_a3_sheet_with_all_steps_and_where_to_come(door, city):
    answer = door.get("/route/poster.pdf")
    pdf = answer.content
    assert answer["Content-Type"] == "application/pdf" and page_count(pdf) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (round(width), round(height)) == (842, 1191)  # A3，点
    said = words_in(pdf)
    office = Organ.objects.get(code="YZXF")
    for words in ("登记", "复核", "15日内", "60日内", office.name, office.phone, office.address, "扫码查办理进度"):
        assert words in said.replace(" ", ""), words


def test_the_poster_is_made_once_while_nothing_on_it_changes(city, monkeypatch):
    cache.clear()
    first = route_poster.sheet()
    monkeypatch.setattr(route_poster.posters, "poster", lambda *args, **kwargs: b"made again")
    assert route_poster.sheet() == first
    Organ.objects.filter(code="YZXF").update(phone="010-55500999")
    assert route_poster.sheet() == b"made again"


@pytest.fixture
def hall(city):
    with on_day(date(2026, 3, 3)):
        clerk = someone("clerk1")
        street = Organ.objects.get(code="YHQL")
        for need in ("", "", "elderly"):
            visiting.take(street, by=clerk, need=need)
        visiting.call_next(street, by=clerk, window=2)
        yield street, clerk


def test_the_screen_shows_numbers_windows_and_how_many_wait_and_nobody(hall):
    page = Client().get("/hall-screen/YHQL/").content.decode()
    assert "2 号窗口" in page and "A003" in page and "请到窗口" in page  # 老年人先叫
    assert "等候 2 批" in page and "A001" in page and "王晓岚" not in page
    assert "您的事项怎么办理" in page and "60 日内" in page
    assert "<script" not in page


def test_the_screen_is_counted_once_in_a_few_seconds_and_follows_then(hall):
    _, clerk = hall
    Client().get("/hall-screen/YHQL/")
    with CaptureQueriesContext(connection) as asked:
        Client().get("/hall-screen/YHQL/")
    assert not any("petitions_visit" in one["sql"] for one in asked)
    visiting.meet(Visit.objects.get(number=3), by=clerk)
    cache.clear()  # 过了几秒
    assert "接待中" in Client().get("/hall-screen/YHQL/").content.decode()
