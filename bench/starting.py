"""First and later starts of the whole thing, to the line that says where to look; then stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

FIRST_GOAL, LATER_GOAL = 120, 10


def measure(root: Path, data: Path) -> list[dict]:
    """Start twice on an empty data folder (packages already installed): seconds to the first served login page."""
    first, later = _start(root, data), _start(root, data)
    return [
        {"start": "首次启动", "seconds": round(first, 1), "goal": FIRST_GOAL, "held": first <= FIRST_GOAL},
        {"start": "再次启动", "seconds": round(later, 1), "goal": LATER_GOAL, "held": later <= LATER_GOAL},
    ]


def _start(root: Path, data: Path) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment = kept | {"PORT": str(port), "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "run.py"], cwd=root, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.perf_counter() - started < 300:
            if _answers(port):
                return time.perf_counter() - started
            if process.poll() is not None:
                raise RuntimeError(f"启动失败，退出码 {process.returncode}")
            time.sleep(0.1)
        raise RuntimeError("五分钟没有起来")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
