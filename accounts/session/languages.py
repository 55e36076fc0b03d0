"""页面说哪种话：工作人员的页一律中文；群众的门可以选英文（locale/en）。城市的数据照原文，标明是中文。

A page speaks English only behind the citizens' door, and only to whoever asked for it: by `?lang=`, kept in a cookie
that holds the name of the language and nothing else.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.http import HttpRequest
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_AP
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

HAN = re.compile(r"([\u3400-\u9fff][\u3000-\u9fff\uff00-\uffef]*)")  # 一段中文，连同其中的标点
LATIN = re.compile(r"[A-Za-z]{3}")
CHINESE, ENGLISH = "zh-hans", "en"
COOKIE, ASKED = "fq_lang", "lang"
DAY, YEAR_DAY = _("{m} 月 {d} 日"), _("{y} 年 {m} 月 {d} 日")


def chosen(request: HttpRequest) -> str:
    """The language asked for in the address, else the one kept in the cookie, else Chinese."""
    for told in (request.GET.get(ASKED), request.COOKIES.get(COOKIE)):
        if told in (CHINESE, ENGLISH):
            return told
    return CHINESE


@contextmanager
def spoken_to(request: HttpRequest) -> Iterator[None]:
    """Speak the language of the request, as one of the public chose it."""
    language = chosen(request)
    if language == CHINESE:
        yield
        return
    with translation.override(language):
        yield


@contextmanager
def on_record() -> Iterator[None]:
    """Chinese, whoever is spoken to: for what is stored, and for what hangs on the wall."""
    with translation.override(CHINESE):
        yield


def is_chinese() -> bool:
    """Whether the page now drawn is the Chinese one."""
    return get_language() != ENGLISH


def as_written(words) -> str:
    """Words of the city or of a person, which no catalogue translates: on a page in English marked as Chinese."""
    if is_chinese() or not words:
        return words
    return format_html('<span lang="zh-CN">{}</span>', words)


def fill(sentence: str | Promise, **told) -> str:
    """A sentence with {places}, filled for a page: what is put in is escaped, unless it is markup already."""
    return format_html(str(sentence), **told)


def said(words: object) -> str:
    """Sentences of a lower room as the page speaks; one that the catalogue does not know stays Chinese, marked so."""
    if is_chinese() or hasattr(words, "__html__"):
        return words if isinstance(words, str) else str(words)
    whole = str(words)
    if (told := gettext(whole)) != whole:
        return told
    return mark_safe("; ".join(_marked(gettext(part)) for part in whole.split("；")))


def _marked(words: str) -> str:
    """Markup of a sentence: all of it Chinese, or in an English one the names that are."""
    if not LATIN.search(words):
        return as_written(words) if HAN.search(words) else escape(words)
    parts = ((as_written(part) if HAN.match(part) else part,) for part in HAN.split(words) if part)
    return format_html_join("", "{}", parts)


def day(moment: date, *, year: bool = False, narrow: bool = False) -> str:
    """12 月 22 日, with the year where it is wanted: as it is read aloud, in the language of the page. `narrow`: with a
    short name of the month, for a column or a label."""
    pattern = gettext(YEAR_DAY if year else DAY)
    return pattern.format(
        y=moment.year, m=moment.month, d=moment.day, month=(MONTHS_AP if narrow else MONTHS)[moment.month]
    )
