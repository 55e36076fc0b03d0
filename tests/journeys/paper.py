"""打印文书：登记打印原件，核对 PDF 里确有这份文书的文号。"""

import re
from dataclasses import dataclass

from tests.journeys.people import Stuck
from tests.pdf_pages import words_in


@dataclass(frozen=True)
class Paper:
    """A printed letter: its title, its number and the bytes of its PDF."""

    title: str
    number: str
    size: int


def print_here(page, case_number: str, title: str, number: str) -> Paper:
    """Print the original of the letter on this page as a person would, and check the sheet. Comes back to the letter.

    Raises Stuck where the sheet is no PDF or lacks the letter's or the case's number.
    """
    here = page.url
    original = page.get_by_role("button", name="登记并打印原件")
    if original.count():
        with page.expect_response(lambda answer: answer.url.endswith("/print/")) as printed:
            original.click()
        _must_be_pdf(page, printed.value.status, printed.value.headers)
        page.goto(here)
        page.get_by_text("原件已打印").wait_for()
    return read_here(page, case_number, title, number)


def read_here(page, case_number: str, title: str, number: str) -> Paper:
    """Read the legal copy of the letter on this page, as print_here checks it; nothing is printed."""
    link = page.get_by_role("link", name="PDF 正式文本").get_attribute("href")
    answer = page.context.request.get(link)
    _must_be_pdf(page, answer.status, answer.headers)
    pdf = answer.body()
    if not pdf.startswith(b"%PDF"):
        raise Stuck(f"《{title}》不是 PDF", page)
    text = words_in(pdf)
    wanted = [title, number] if number else [title, case_number]
    missing = [words for words in wanted if re.sub(r"\s+", "", words) not in text]
    if missing:
        raise Stuck(f"《{title}》的 PDF 里没有“{'”“'.join(missing)}”", page)
    return Paper(title, number, len(pdf))


def _must_be_pdf(page, status: int, headers: dict[str, str]) -> None:
    if status != 200 or headers.get("content-type") != "application/pdf":
        raise Stuck(f"打印没有得到 PDF：应答 {status}，{headers.get('content-type')}", page)
