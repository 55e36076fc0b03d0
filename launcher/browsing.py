"""A headless Chromium driven by Playwright, without anything that calls home.

It comes with its libraries as an npm package, its fonts are those of the letters: two machines draw the same page.
`CHROMIUM` names another one; where there is no npm, the system's Chromium is taken if it has one (decision 0056).
"""

import fcntl
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from launcher.console import CannotStart, Stopwatch, say
from launcher.environment import node_packages
from launcher.places import ROOT

PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
BROWSER = ROOT / "var" / "browser"
SYSTEM = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"))
MACHINE = ("Linux", "x86_64")  # 包里的只给这一种机器
INFLATE = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(process.argv[1])))"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{folder}</dir>
<cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""
ALIAS = '<alias binding="same"><family>{asked}</family><prefer><family>{given}</family></prefer></alias>'
# 页面点名的开放字体和三种通用字体，给随包的两种；页面点的别的名字，这里照样没有
GIVEN = {
    "Noto Sans CJK SC": "Noto Sans SC",
    "Noto Sans Mono CJK SC": "Noto Sans SC",
    "Noto Serif CJK SC": "Noto Serif SC",
    "sans-serif": "Noto Sans SC",
    "monospace": "Noto Sans SC",
    "serif": "Noto Serif SC",
}


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser, closed at the end. Raises CannotStart with the reason where there is none."""
    from playwright.sync_api import sync_playwright

    path = executable()
    # Playwright 在本线程里留着事件循环，Django 会误以为处在异步代码中
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(path), args=QUIET, env=_surroundings(path))
        try:
            yield running
        finally:
            running.close()


@cache
def executable() -> Path:
    """A Chromium that starts on this machine, unpacked at the first call. Raises CannotStart with the reason."""
    path = _chosen()
    try:
        tried = subprocess.run(
            [path, "--version"], env=_surroundings(path), capture_output=True, text=True, check=False
        )
    except OSError as fault:
        raise CannotStart(f"浏览器 {path} 不能运行：{fault.strerror}") from fault
    if tried.returncode:
        told = tried.stderr.strip().splitlines() or [f"退出码 {tried.returncode}"]
        raise CannotStart(f"浏览器 {path} 在这台机器上起不来：{told[-1]}")
    return path


def _chosen() -> Path:
    """The one that CHROMIUM names, else the package's, else the system's."""
    if asked := os.environ.get("CHROMIUM", ""):
        return Path(asked)
    here = (os.uname().sysname, os.uname().machine)
    if here != MACHINE:
        lack = f"随 npm 包来的浏览器在 {' '.join(here)} 上用不了（请安装系统的 chromium）"
    elif not (lack := node_packages()) and shutil.which("node") is None:
        lack = "解开浏览器要用 node（请安装 nodejs）"
    if not lack:
        return _unpacked()
    system = next((path for path in SYSTEM if path.exists()), None)
    if system is None:
        raise CannotStart(lack)
    return system


def _unpacked() -> Path:
    """The package's Chromium under var/, unpacked once for each version, however many processes ask for it."""
    folder = BROWSER / json.loads((PACKAGE / "package.json").read_text())["version"]
    BROWSER.mkdir(parents=True, exist_ok=True)
    with open(BROWSER / "unpack.lock", "w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not folder.exists():
            watch = Stopwatch()
            draft = folder.with_suffix(".part")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            program = draft / "chromium"
            program.write_bytes(_inflated("chromium.br"))
            program.chmod(0o755)
            with tarfile.open(fileobj=io.BytesIO(_inflated("al2023.tar.br"))) as libraries:
                for member in libraries:
                    if (content := libraries.extractfile(member)) is not None:
                        (draft / Path(member.name).name).write_bytes(content.read())
            draft.rename(folder)
            say(f"浏览器：Chromium {folder.name} 已解开，用时 {watch.total():.1f} 秒")
    return folder / "chromium"


def _inflated(name: str) -> bytes:
    return subprocess.run(["node", "-e", INFLATE, PACKAGE / "bin" / name], capture_output=True, check=True).stdout


def _surroundings(path: Path) -> dict[str, str]:
    """The environment for it: libraries that lie beside it come first, fonts are those of the packages."""
    import pylopdf_fonts_zh_cn

    BROWSER.mkdir(parents=True, exist_ok=True)
    aliases = "\n".join(ALIAS.format(asked=asked, given=given) for asked, given in GIVEN.items())
    folder = escape(str(pylopdf_fonts_zh_cn.sans_path().parent))
    wanted = FONTS.format(folder=folder, cache=escape(str(BROWSER / "fonts")), aliases=aliases)
    fonts = BROWSER / "fonts.conf"
    if not fonts.exists() or fonts.read_text() != wanted:
        draft = BROWSER / f"fonts.{os.getpid()}"  # 换名一步到位，同时跑的进程读不到半份
        draft.write_text(wanted)
        draft.rename(fonts)
    given = os.environ | {"FONTCONFIG_FILE": str(fonts)}
    if path.is_relative_to(BROWSER):
        libraries = [str(path.parent), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]
        given["LD_LIBRARY_PATH"] = ":".join(libraries)
    return given
