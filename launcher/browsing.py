"""The system's Chromium, driven by Playwright, without anything that calls home."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from launcher.console import CannotStart

APT_LINE = "apt-get install -y chromium fonts-noto-cjk"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def executable() -> Path:
    """Where Chromium lies (CHROMIUM overrides it). Raises CannotStart with the line that installs it."""
    for candidate in (os.environ.get("CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser"):
        if candidate and Path(candidate).exists():
            return Path(candidate)
    raise CannotStart(f"没有找到 Chromium，浏览器测试和截图都要用它。请安装：{APT_LINE}")


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser, closed at the end."""
    from playwright.sync_api import sync_playwright

    path = executable()
    # Playwright 在本线程里留着事件循环，Django 会误以为处在异步代码中
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(path), args=QUIET)
        try:
            yield running
        finally:
            running.close()
