"""与 launcher 一样起的网页服务：几个进程、几条线程、哪道门，量完停掉。"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher.serve import MEMORY, PUBLIC_NICE, THREADS

LOOKS = 10


@dataclass(frozen=True)
class House:
    """Where the staff and the public are answered, and the processes that do it."""

    port: int
    public_port: int
    workers: tuple[int, ...]

    def rss_mb(self) -> float:
        """Megabytes of memory of the web processes together, each page of it counted once; between two pictures."""
        found = []
        for _ in range(LOOKS):
            found.append(sum(_pss_kb(pid) for pid in self.workers))
            time.sleep(0.2)
        return round(min(found) / 1024, 1)


@contextmanager
def serving(*, apart: bool = False, workers: int = 2, **environment: str) -> Iterator[House]:
    """The house running: one server for both doors, or with `apart` a second, niced one for the public."""
    with ExitStack() as stack:
        port, pids = stack.enter_context(_gunicorn([], workers, environment | ({"DOOR": "staff"} if apart else {})))
        if not apart:
            yield House(port, port, tuple(pids))
            return
        nice = ["nice", "-n", PUBLIC_NICE]
        public, more = stack.enter_context(_gunicorn(nice, 1, environment | {"DOOR": "public"}))
        yield House(port, public, (*pids, *more))


@contextmanager
def _gunicorn(before: list[str], workers: int, environment: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    command = [*before, gunicorn, "config.wsgi", "-k", "gthread", "-w", str(workers), "--threads", THREADS]
    command += ["-b", f"127.0.0.1:{port}", "--log-level", "warning"]
    environment = os.environ | MEMORY | {"DJANGO_SETTINGS_MODULE": "bench.settings"} | environment
    process = subprocess.Popen(command, env=environment)
    try:
        yield port, _workers_of(process, port, workers)
    finally:
        process.terminate()
        process.wait(30)


def _workers_of(process: subprocess.Popen, port: int, workers: int) -> list[int]:
    for _ in range(300):
        if process.poll() is not None:
            break
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        with socket.socket() as probe:
            if len(children) == workers and probe.connect_ex(("127.0.0.1", port)) == 0:
                return [int(child) for child in children]
        time.sleep(0.1)
    raise RuntimeError("测速用的服务器没有起来")


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
