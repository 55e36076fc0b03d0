"""Whoever follows every link of every page, as a browser would: what comes back, in plain text."""

import io
import re
from collections import deque
from html import unescape

from django.test import Client
from openpyxl import load_workbook

from accounts.models import User

START = (
    "/",
    "/cases/",
    "/cases/?view=all",
    "/cases/?view=done",
    "/cases/export.xlsx?view=all",
    "/search/",
    "/letters/",
    "/post/",
    "/register/",
    "/register/drafts/",
    "/register/dayend/",
    "/hall/",
    "/approvals/",
    "/notices/",
    "/supervision/",
    "/supervision/?view=all",
    "/account/",
    "/config/users/",
    "/config/calendars/",
    "/config/models/",
    "/config/messages/",
    "/config/account-log/",
    "/api/petitions/?view=all",
    "/api/petitions/?view=done",
)
# 退出会断了爬行；接口说明、静态文件、PDF 不含数据或者只是同一份文书的另一种版式
_SKIP = re.compile(r"^/(logout|static|api/schema|api/docs)|/pdf/$|\.csv$")
_LINK = re.compile(r'(?:href|data-url|hx-get)="(/[^"#]*)|"(?:url|next|previous)": ?"(/[^"]+)"')
_NOISE = re.compile(r'(?:name="csrfmiddlewaretoken" value|name="csrf" content)="[^"]*"|"draft" value="[0-9a-f]{32}"')


def signed_in(user: User) -> Client:
    """A browser of the user; faults of the server are raised, not shown."""
    client = Client()
    client.force_login(user)
    return client


def text_of(response) -> str:
    """All that an answer says: markup, JSON, or every cell of a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" in response.get("Content-Type", ""):
        sheet = load_workbook(io.BytesIO(content), read_only=True).active
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    return unescape(content.decode())


def plain(response) -> str:
    """The same without what differs from one request to the next."""
    return _NOISE.sub("", text_of(response))


def crawl(client: Client, limit: int) -> dict[str, str]:
    """Address → text of every page reached from START, at most `limit` of them; what answers 4xx is kept too."""
    seen, waiting, pages = set(START), deque(START), {}
    while waiting and len(pages) < limit:
        address = waiting.popleft()
        response = client.get(address)
        pages[address] = f"{response.get('Location', '')}\n{text_of(response)}"
        for groups in _LINK.findall(pages[address]):
            link = next(filter(None, groups))
            if link not in seen and not _SKIP.search(link.split("?")[0]):
                seen.add(link)
                waiting.append(link)
    return pages
