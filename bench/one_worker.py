"""One gunicorn with one worker, so that the CPU spent on a page can be read off one process."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server and the signed-in ways to ask it for a page."""

    def __init__(self, port: int, pid: int):
        self.port, self.pid = port, pid

    def get(self, path: str, cookie: str) -> tuple[float, float, int, bytes]:
        """Ask once; returns wall seconds, CPU seconds of the worker, status and body."""
        before, started = self.cpu(), time.perf_counter()
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        link.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "identity"})
        answer = link.getresponse()
        body = answer.read()
        link.close()
        return time.perf_counter() - started, self.cpu() - before, answer.status, body

    def cpu(self) -> float:
        """CPU seconds the worker has spent, to the nanosecond where the kernel tells, else to the tick."""
        schedstat = Path(f"/proc/{self.pid}/task")
        total = 0
        for task in schedstat.iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except FileNotFoundError:
                continue  # a thread that ended between listing and reading
        return total / 1e9


@contextmanager
def running() -> Iterator[Server]:
    """The server, stopped again at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="bench.settings")
    gunicorn = Path(sys.executable).parent / "gunicorn"
    command = [str(gunicorn), "config.wsgi", "-w", "1", "-k", "gthread", "--threads", "1", "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    try:
        yield Server(port, _worker(process.pid, port))
    finally:
        process.terminate()
        process.wait(20)


def _worker(parent: int, port: int) -> int:
    for _ in range(200):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        with socket.socket() as probe:
            if children and probe.connect_ex(("127.0.0.1", port)) == 0:
                return int(children[0])
        time.sleep(0.1)
    raise RuntimeError("测速用的服务器没有起来")
