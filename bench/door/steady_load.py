"""五分钟，到点就来的来客（每秒十个请求、一张照片，nice 19），旁边登记台照常登记：登记慢了多少，错没错，内存平不平。"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.door.clerk import Clerk
from bench.door.serving import House
from bench.million.measuring.goals import Line
from bench.million.measuring.timing import percentile

P95 = 2.0
MEMORY = 1.15
CROWDED = 1.0  # %
WARM = 6  # 件
NAMES = {"open": "开空表", "register": "登记"}


@contextmanager
def crowd(port: int, seconds: float, requests: float, uploads: float) -> Iterator[subprocess.Popen]:
    """The generator, ready to come at a line on its standard input; gone at the end."""
    command = ["nice", "-n", "19", sys.executable, "-m", "bench.door.crowd"]
    command += [str(port), str(seconds), str(requests), str(uploads)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("来客没有准备好，原因见上")
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def let_come(process: subprocess.Popen) -> None:
    process.stdin.write("\n")
    process.stdin.flush()


def measure(house: House, clerk: Clerk, *, idle: float, loaded: float, requests: float, uploads: float) -> list[dict]:
    """Seconds alone, then seconds beside the crowd; the same clerk, the same letters."""
    with crowd(house.public_port, loaded, requests, uploads) as process:
        clerk.work(letters=WARM)
        clerk.forget()
        clerk.work(seconds=idle)
        alone, before = clerk.waits, house.rss_mb()
        clerk.forget()
        let_come(process)
        clerk.work(seconds=loaded * 0.2)
        early = house.rss_mb()
        clerk.work(seconds=loaded * 0.8)
        beside, late = clerk.waits, house.rss_mb()
        told = json.loads(process.stdout.readline())
    lines = []
    for what, name in NAMES.items():
        quiet, busy = percentile(alone[what], 0.95), percentile(beside[what], 0.95)
        note = f"p50 {percentile(alone[what], 0.5):.0f} → {percentile(beside[what], 0.5):.0f} ms，"
        note += f"p95 {quiet:.0f} → {busy:.0f} ms，{len(alone[what])} 与 {len(beside[what])} 次"
        lines.append(Line.at_most(f"{name}：旁边有来客时 p95 比空闲", round(busy / quiet, 2), P95, note))
    lines.append(Line.at_most("登记台的错", len(clerk.errors), 0, "、".join(clerk.errors[:5])))
    for what, name in (("requests", "来客的请求"), ("uploads", "来客的照片")):
        one = told[what]
        note = f"{one['n']} 次，中位 {one['median_ms']:.0f} ms，p95 {one['p95_ms']:.0f} ms，{one['statuses']}"
        lines.append(Line.at_most(f"{name}：出错", one["failed"], 0, note))
        share = round(one["crowded"] / max(1, one["n"]) * 100, 2)
        lines.append(Line.at_most(f"{name}：被告知“请等几秒钟” %", share, CROWDED))
    note = f"来客以前 {before} MB，五分之一时 {early} MB，末了 {late} MB"
    lines.append(Line.at_most("网页进程内存：末了比五分之一时", round(late / early, 3), MEMORY, note))
    return lines
