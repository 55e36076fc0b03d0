"""浏览器里打印文书：纸型写在整页上，正文以前没有换纸型的地方，不会先出一张白纸。"""

import io
import re

import pypdfium2
import pytest
from django.conf import settings

from tests.cast import accepted, issued, load_city, registered
from tests.desk.case.hands import at, bring_in, signed_in

TEMPLATES = settings.BASE_DIR / "templates"
SHEETS = [path for path in TEMPLATES.rglob("*.html") if '{% extends "base_print.html" %}' in path.read_text()]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_whole_page_is_of_the_paper_its_text_is_of(path):
    said = dict(re.findall(r"{% block (sheet|paper_class) %}(.*?){% endblock %}", path.read_text()))
    assert said.get("sheet") == said.get("paper_class")


@pytest.mark.django_db(transaction=True)
def test_a_printed_letter_begins_on_its_first_page(browser, live_server):
    load_city()
    new, taken, signed = registered(), accepted(), issued()
    kinds = {new: "F01", taken: "F02", signed: "F12"}
    context = browser.new_context(base_url=live_server.url)
    bring_in(context, live_server, signed_in("officer1"))
    page = context.new_page()
    for petition, kind in kinds.items():
        letter = petition.petition_letters.get(letter__kind=kind).letter
        page.goto(at(petition, f"letters/{letter.pk}/"))
        printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        first = re.sub(r"\s", "", printed[0].get_textpage().get_text_bounded())
        assert letter.title in first, (kind, len(printed), first)
    context.close()
