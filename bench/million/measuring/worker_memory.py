"""网页工作进程有多重：开一个真的 gunicorn，要遍常用的页面，看它常驻多少内存。"""

from pathlib import Path

from bench import one_worker as web
from bench import pages
from bench.million.making.viewers import Viewer
from bench.million.measuring.goals import WORKER_MB, Line
from bench.million.plan import Plan
from petitions.models import Petition

ROUNDS = 8


def measure(plan: Plan, viewers: list[Viewer]) -> dict:
    """Every page for every viewer, several rounds; the resident memory at the end."""
    with web.running() as running:
        before = _resident(running.pid)
        for _ in range(ROUNDS):
            for viewer in viewers:
                _visit(running, viewer)
        after = _resident(running.pid)
    note = f"刚起 {before:.0f} MB；清单、案卷、查询、工作台各 {ROUNDS} 轮"
    return {"lines": [Line.at_most("网页工作进程（MB）", round(after), WORKER_MB, note)]}


def _visit(running: web.Server, viewer: Viewer) -> None:
    cookie = pages.cookie_of(viewer.username)
    case = Petition.objects.visible_to(viewer.fresh()).open().order_by("-pk").first()
    addresses = ["/", "/cases/", "/cases/?view=all", "/search/?q=%E5%90%88%E5%90%8C"]
    for address in [*addresses, f"/cases/{case.number}/"] if case else addresses:
        status = running.get(address, cookie)[2]
        if status != 200:
            raise RuntimeError(f"{viewer.username} 要 {address}，答 {status}")


def _resident(pid: int) -> float:
    """MB the process holds in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("看不到工作进程占了多少内存")
