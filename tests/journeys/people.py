"""坐在各自桌前的人：每人一个浏览器身份，从登录页进来。"""

import re
from pathlib import Path

ANSWERED = ".note.gr, .note.rd, .errsum, main .note.am"
VIEWPORT = {"width": 1366, "height": 768}


class Stuck(AssertionError):
    """Somebody could not go on; the message is what stood on the screen, `page` is the page it stood on."""

    def __init__(self, said: str, page):
        super().__init__(f"{said}（{page.url}）")
        self.page = page


class People:
    """Signed-in persons of one browser, by user name; each signs in on first use and keeps a page."""

    def __init__(self, browser, base_url: str, password: str, *, patience: int = 15_000):
        self.browser, self.base_url, self.password, self.patience = browser, base_url, password, patience
        self.pages, self.complaints = {}, []

    def __getitem__(self, username: str):
        if username not in self.pages:
            self.pages[username] = self._sign_in(username)
        return self.pages[username]

    def visitor(self):
        """A page of somebody who is not signed in."""
        if "" not in self.pages:
            self.pages[""] = self._page()
        return self.pages[""]

    def close(self) -> None:
        """Leave the building, once the last page has all it asked for: nobody hangs up on the server."""
        for page in self.pages.values():
            page.wait_for_load_state("networkidle")
            page.context.close()
        self.pages.clear()

    def picture(self, page, file: Path) -> Path:
        """The page as it stands, for whoever looks into a failure."""
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(file), full_page=True)
        return file

    def _page(self):
        context = self.browser.new_context(
            base_url=self.base_url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=VIEWPORT
        )
        context.set_default_timeout(self.patience)
        page = context.new_page()
        page.on("pageerror", lambda fault: self.complaints.append(f"{page.url}：{fault}"))
        page.on("response", self._look_for_faults)
        return page

    def _look_for_faults(self, response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.url}：{response.status}")

    def _sign_in(self, username: str):
        page = self._page()
        page.goto("/login/")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(self.password)
        page.get_by_role("button", name="登录").click()
        page.locator("#menu").wait_for()
        return page


def put(scope, label: str, value) -> None:
    """Fill what the label names: a text, a day, a choice by its words, a tick (True or False)."""
    control = scope.get_by_label(label, exact=True)
    kind = control.evaluate("node => node.getAttribute('role') || node.tagName")
    if isinstance(value, bool):
        control.set_checked(value)
    elif kind == "radiogroup":
        control.get_by_label(value, exact=True).check()
    elif kind == "SELECT":
        control.select_option(label=value)
    else:
        control.fill(value)


def press(page, button) -> str:
    """Press a button that acts; returns what the page then says. Raises Stuck where that is a refusal."""
    button.click()
    page.locator(ANSWERED).first.wait_for()
    said = page.locator(".note.gr").first
    if not said.count():
        raise Stuck(plain(page.locator(ANSWERED).first.inner_text()), page)
    return plain(said.inner_text())


def plain(text: str) -> str:
    """The words of a screen on one line."""
    return re.sub(r"\s+", " ", text).strip()
