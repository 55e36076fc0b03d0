"""manage bench --only public、run.py bench --only public：在演示城市的一份拷贝里量群众的门。"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from redis import Redis

from bench.copies import copy_of_the_database
from bench.million.measuring.goals import table

ROOT = Path(__file__).resolve().parents[2]
COPY = "bench_door"


@dataclass(frozen=True)
class Scale:
    """How much: guesses, questions of each sort, rounds of the CPU, seconds alone and beside the crowd, and whether
    the public has a process of its own. A nought leaves the part out."""

    guesses: int = 100_000
    times: int = 2000
    rounds: int = 200
    idle: float = 60
    loaded: float = 300
    requests: float = 10
    uploads: float = 1
    apart: bool = False


SHORT = Scale(guesses=2000, times=200, rounds=20, idle=10, loaded=30)


class Stopped(RuntimeError):
    """A measurement did not come to its end; the words say which."""


def measure(scale: Scale) -> list[dict]:
    """The lines of the table; copy, keys and files are gone afterwards. Raises Stopped."""
    prefix = f"bench-{secrets.token_hex(4)}"
    with copy_of_the_database(COPY) as url, tempfile.TemporaryDirectory(prefix=prefix) as media:
        told = {"DATABASE_URL": url, "BENCH_PREFIX": prefix, "BENCH_MEDIA": media, "STATEMENT_TIMEOUT_MS": "0"}
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"} | told
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bench.door", json.dumps(asdict(scale))],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
        finally:
            _forget(prefix)
    if done.returncode:
        raise Stopped(f"群众的门没有量完（退出码 {done.returncode}），原因见上")
    return json.loads(done.stdout.splitlines()[-1])


def _forget(prefix: str) -> None:
    with Redis.from_url(os.environ["REDIS_URL"]) as link:
        for key in link.scan_iter(match=f"*{prefix}*", count=1000):
            link.delete(key)


def told(lines: list[dict]) -> str:
    """For the screen."""
    return f"群众的门\n{table(lines)}"
