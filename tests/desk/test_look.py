"""The look: no page needs inline style or script, every icon exists, lamps and fields say what they must."""

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from rulebook import timekeeping

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LOOK = Path(settings.BASE_DIR) / "static" / "xf"
PAGES = sorted(TEMPLATES.rglob("*.html"))


def draw(source, **context):
    return Template("{% load xf %}" + source).render(Context(context))


class Petitioner(forms.Form):
    name = forms.CharField(label="姓名", error_messages={"required": "请填写姓名"})
    tel = forms.CharField(label="手机", required=False, help_text="用于通知")
    aim = forms.ChoiceField(
        label="目的",
        choices=[("1", "求决"), ("2", "建议")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择目的"},
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_page_needs_nothing_inline(page):
    source = page.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"\{#[^#]*\n", source), "多行注释要用 comment 标签，否则会显示在页面上"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_every_icon_is_in_the_sprite(page):
    drawn = set(re.findall(r'id="i-([a-z]+)"', (TEMPLATES / "components/sprite.html").read_text(encoding="utf-8")))
    used = set(re.findall(r'{% icon "([a-z]+)"', page.read_text(encoding="utf-8")))
    assert used <= drawn


def test_the_wire_stays_light():
    sheets = [len(gzip.compress(sheet.read_bytes(), 9)) for sheet in LOOK.glob("*.css")]
    assert len(sheets) == 4
    assert sum(sheets) <= 10 * 1024
    assert len(gzip.compress((LOOK / "xf.js").read_bytes(), 9)) <= 8 * 1024


@pytest.mark.parametrize(
    ("code", "days", "words"),
    [
        ("r", -17, "超期 17 天"),
        ("y", 12, "剩 12 天"),
        ("g", 41, "剩 41 天"),
        ("y", 0, "今日届满"),
        ("r", None, "已超期"),
    ],
)
def test_lamp_speaks(code, days, words):
    html = draw("{% lamp code days %}", code=code, days=days)
    assert f'class="lamp {code}"' in html
    assert words in html
    assert {"r": "红灯", "y": "黄灯", "g": "绿灯"}[code] in html


def test_bar_never_leaves_its_frame():
    assert 'width="100%"' in draw('{% bar 140 "r" %}')
    html = draw('{% bar 53.33 "y" marks label="已用 48 日" %}', marks=[16.7])
    assert 'width="53.3%"' in html
    assert 'x="16.7%"' in html
    assert 'aria-label="已用 48 日"' in html


def test_days_of_another_year_carry_the_year():
    with timekeeping.at(date(2026, 1, 5)):
        assert draw("{{ day|day_words }}", day=date(2026, 2, 8)) == "2 月 8 日"
        assert draw("{{ day|day_words }}", day=date(2025, 12, 22)) == "2025 年 12 月 22 日"
        assert draw("{{ day|day_words }}", day=None) == ""
        assert draw("{{ day|month_day }}", day=date(2026, 2, 8)) == "02-08"
        assert draw("{{ day|short_day }}", day=date(2026, 2, 8)) == "02-08 周日"
        assert draw("{{ day|short_day }}", day=date(2025, 12, 22)) == "2025-12-22 周一"
        assert draw("{{ day|date_words }}", day=date(2025, 2, 8)) == "2025 年 2 月 8 日"
        assert draw("{{ day|short_day }}", day=None) == ""


def test_moments_are_shown_in_local_time():
    late_in_london = datetime(2026, 1, 4, 17, 30, tzinfo=UTC)
    with timekeeping.at(date(2026, 1, 5)):
        assert draw("{{ at|day_time }}", at=late_in_london) == "01-05 01:30"
        assert draw("{{ at|week_time }}", at=late_in_london) == "周一 01:30"


def test_field_names_its_error_and_help():
    form = Petitioner({})
    html = draw('{% field form.name "c3" %}{% field form.tel %}{% field form.aim %}', form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_error"' in html
    assert 'id="id_name_error">请填写姓名' in html
    assert 'aria-describedby="id_tel_helptext"' in html
    assert 'role="radiogroup"' in html
    assert html.count('aria-required="true"') == 2


def test_error_summary_links_to_fields_and_is_absent_when_all_is_well():
    html = draw("{% errsum form %}", form=Petitioner({}))
    assert "有 2 处需要修改，尚未保存" in html
    assert '<a href="#id_name">请填写姓名</a>' in html
    assert '<a href="#id_aim_0">请选择目的</a>' in html
    assert draw("{% errsum form %}", form=Petitioner()).strip() == ""
    assert draw("{% errsum form %}", form=Petitioner({"name": "甲", "aim": "1"})).strip() == ""


def test_refused_act_says_why_and_cannot_be_followed():
    html = render_to_string("components/act.html", {"act": {"label": "办结", "url": "/x/", "refusal": "核查未完成"}})
    assert 'aria-disabled="true"' in html
    assert "不可办：核查未完成" in html
    assert "/x/" not in html


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "csrf", "maintenance", "expired"])
def test_error_pages_need_neither_request_nor_database(name):
    html = render_to_string(f"errors/{name}.html")
    assert "<h1" in html
    assert 'class="btn p"' in html
