"""Pages against the bare view: CPU ratio, p95 and weight, interleaved in one run."""

import re
import statistics
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.models import User
from bench.one_worker import Server
from petitions.models import Petition

BARE = "/bench/bare/"
P95_GOAL_MS = 60
WEIGHT_GOAL_KB = 150


@dataclass
class Page:
    """What is asked for, as whom, and how many times the bare view's CPU it may cost."""

    name: str
    path: str
    username: str
    times: float


def pages() -> list[Page]:
    """The list, a case and the workbench of an officer with open cases; the supervisor's board."""
    officer = User.objects.get(username="officer1")
    case = Petition.objects.visible_to(officer).filter(state="accepted").order_by("pk").first()
    return [
        Page("清单", "/cases/", "officer1", 4),
        Page("案卷", f"/cases/{case.number}/", "officer1", 5),
        Page("看板", "/supervision/", "super1", 5),
        Page("工作台", "/", "officer1", 5),
    ]


def cookie_of(username: str) -> str:
    """A session as signing in makes it."""
    user = User.objects.get(username=username)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def measure(server: Server, page: Page, rounds: int) -> dict:
    """Ask for the page and the bare view in turn; medians of CPU, their ratio, p95 of the page."""
    cookie = cookie_of(page.username)
    for path in (BARE, page.path, BARE, page.path):
        status = server.get(path, cookie)[2]
        if status != 200:
            raise RuntimeError(f"{path} 答 {status}")
    bare_cpu, page_cpu, walls, body = [], [], [], b""
    for _ in range(rounds):
        bare_cpu.append(server.get(BARE, cookie)[1])
        wall, cpu, _, body = server.get(page.path, cookie)
        page_cpu.append(cpu)
        walls.append(wall)
    ratio = statistics.median(page_cpu) / statistics.median(bare_cpu)
    p95 = statistics.quantiles(walls, n=20)[-1] * 1000
    weight = (len(body) + _assets(server, body, cookie)) / 1024
    return {
        "page": page.name,
        "bare_cpu_ms": round(statistics.median(bare_cpu) * 1000, 2),
        "cpu_ms": round(statistics.median(page_cpu) * 1000, 2),
        "ratio": round(ratio, 2),
        "ratio_goal": page.times,
        "p95_ms": round(p95, 1),
        "p95_goal_ms": P95_GOAL_MS,
        "weight_kb": round(weight, 1),
        "weight_goal_kb": WEIGHT_GOAL_KB,
        "held": ratio <= page.times and p95 <= P95_GOAL_MS and weight <= WEIGHT_GOAL_KB,
    }


def _assets(server: Server, body: bytes, cookie: str) -> int:
    """Bytes, uncompressed, of the styles and scripts a first visit fetches."""
    found = set(re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', body))
    return sum(len(server.get(path.decode(), cookie)[3]) for path in found)
