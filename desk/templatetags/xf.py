"""Template tags of the look: icons, lamps, bars, fields, dates.

Nothing here knows the law: lamps and percentages arrive computed by the caller. All widths go into SVG attributes,
because the content security policy allows no style attribute.
"""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.forms.formsets import BaseFormSet
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from accounts.session import languages
from rulebook import timekeeping

register = template.Library()
register.filter(languages.as_written)
register.filter(languages.said)

WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
SELECTED = mark_safe(" selected")
LAMP_NAMES = {"r": "红灯", "y": "黄灯", "g": "绿灯"}


@register.simple_tag
def icon(name, css=""):
    """An icon of components/sprite.html, always beside a word, hence hidden from screen readers."""
    return format_html(
        '<svg class="ic {}" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>',
        css,
        name,
    )


@register.simple_tag
def login_url():
    """Path of the login page, where the script sends a clerk whose session has ended."""
    return resolve_url(settings.LOGIN_URL)


def _local(moment):
    """Aware datetimes in local time; dates and naive datetimes as they are."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _month_day(day):
    """MM-DD, with the year in front when it is not this year: an old case must not look recent."""
    return f"{day:%m-%d}" if day.year == timekeeping.today().year else f"{day:%Y-%m-%d}"


@register.filter
def short_day(moment):
    """A date or datetime as 12-22 周一 (2025-12-22 周一 outside this year); empty for None."""
    if not isinstance(moment, date):
        return ""
    day = _local(moment)
    return f"{_month_day(day)} {WEEKDAYS[day.weekday()]}"


@register.filter
def day_time(moment):
    """A datetime as 12-22 16:20 local time (with the year outside this year); empty for None."""
    if not isinstance(moment, datetime):
        return ""
    at = _local(moment)
    return f"{_month_day(at)} {at:%H:%M}"


@register.filter
def month_day(moment):
    """A date or datetime as 12-22 (2025-12-22 outside this year); empty for None."""
    return _month_day(_local(moment)) if isinstance(moment, date) else ""


@register.filter
def day_words(moment):
    """A date or datetime as it is read aloud: 12 月 22 日, the year before it outside this year; empty for None."""
    if not isinstance(moment, date):
        return ""
    day = _local(moment)
    return languages.day(day, year=day.year != timekeeping.today().year, narrow=True)


@register.filter
def week_time(moment):
    """A datetime as 周一 16:20, a date as 周一; empty for None."""
    if not isinstance(moment, date):
        return ""
    at = _local(moment)
    return f"{WEEKDAYS[at.weekday()]} {at:%H:%M}" if isinstance(at, datetime) else WEEKDAYS[at.weekday()]


@register.filter
def month_and_day(moment):
    """A date as 12 月 22 日, where the year stands beside it already."""
    return languages.day(moment)


@register.filter
def date_words(moment):
    """A date or datetime as 2025 年 12 月 22 日, for letters and public pages; empty for None."""
    if not isinstance(moment, date):
        return ""
    return languages.day(_local(moment), year=True)


def lamp_words(code, days_left):
    """超期 N 天, 今日届满 or 剩 N 天. days_left in 自然日, negative when overdue, None when unknown."""
    if days_left is None:
        return "已超期" if code == "r" else "期限未定"
    if days_left < 0 or (code == "r" and days_left > 0):
        return f"超期 {abs(days_left)} 天"
    return "今日届满" if days_left == 0 else f"剩 {days_left} 天"


@register.simple_tag
def lamp(code, days_left=None, full=False):
    """A lamp with words. code is r, y or g; days_left 自然日; full=True also shows 红灯/黄灯/绿灯 to the eye.

    Put together here and not in a template of its own: a list has one in every row.
    """
    name = "{} " if full else '<span class="sr">{} </span>'
    return format_html(
        f'<span class="lamp {{}}">{name}{{}}</span>', code, LAMP_NAMES[code], lamp_words(code, days_left)
    )


@register.simple_tag
def options(rows, chosen=""):
    """The options of a select from (value, label) pairs; `chosen` is marked, compared as text."""
    asked = str(chosen)
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if str(value) == asked else "", label) for value, label in rows),
    )


def _percent(value):
    """A number held between 0 and 100, with one decimal at most, so that no bar leaves its frame."""
    return f"{min(100.0, max(0.0, float(value))):.1f}".rstrip("0").rstrip(".")


@register.inclusion_tag("components/bar.html")
def bar(percent, tone="g", marks=None, label=""):
    """A horizontal bar. percent 0–100; tone g, y, r, b; marks: percents of white cuts; label for screen readers."""
    cuts = [_percent(mark) for mark in marks or []]
    return {"percent": _percent(percent), "tone": tone, "marks": cuts, "label": label}


@register.inclusion_tag("components/pct.html")
def pct(percent, before=""):
    """A small blue bar with its number, for suggestions: {% pct 86 "相似" %}."""
    return {"percent": _percent(percent), "before": before}


@register.simple_tag
def control(field, css="", **attrs):
    """A bound field's widget in the house style: class in, aria-required, aria-describedby. attrs: a_b becomes a-b."""
    widget = field.field.widget
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    boxes = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    if not isinstance(widget, (RadioSelect, CheckboxSelectMultiple, CheckboxInput, FileInput)):
        css = f"in {css}".strip()
    css = f"{widget.attrs.get('class', '')} {css}".strip()
    if css:
        extra["class"] = css
    if field.field.required and not boxes:
        extra["aria-required"] = "true"
    if not boxes and (described := _described_by(field)):
        extra["aria-describedby"] = described
    return field.as_widget(attrs=extra)


def _described_by(field):
    ids = [field.field.widget.attrs.get("aria-describedby", "")]
    if field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(part for part in ids if part)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, css="c4", control_css="", label=""):
    """A labelled field with help and error. css places it in the 12-column form (c3 c4 c6 c8 c12, wide, up)."""
    widget = bound.field.widget
    return {
        "field": bound,
        "css": css,
        "control_css": control_css,
        "label": label or bound.label,
        "group": isinstance(widget, (RadioSelect, CheckboxSelectMultiple)),
        "tick": isinstance(widget, CheckboxInput),
    }


def _faults(form):
    """(id to jump to or empty, message) of each fault of one form or formset, in the order of the screen."""
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield "", message
        for child in form.forms:
            yield from _faults(child)
        return
    for message in form.non_field_errors():
        yield "", message
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
        for message in bound.errors:
            yield target, message


@register.inclusion_tag("components/errsum.html")
def errsum(*forms, title="尚未保存"):
    """The error summary on top of a form page: every fault once, linked to its field. Empty while nothing is wrong."""
    bound = [form for form in forms if form is not None and form.is_bound]
    faults = [{"target": target, "message": message} for form in bound for target, message in _faults(form)]
    return {"faults": faults, "title": title}


@register.filter
def magnitude(days):
    """Days without their sign, for the big figure of the clock; empty for None."""
    return "" if days is None else abs(days)
