"""Import: rows a second, and memory at one length and at four times that length."""

import csv
import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from bench.copies import copy_of_the_database
from rulebook.timekeeping import today

RATE_GOAL = 100
GROWTH_GOAL_MB = 30
PLACES = ("春柳苑", "槐荫里", "北关市场", "青柳小学", "云河大桥")
TROUBLES = (
    "楼道灯坏了没人修，夜里老人不敢下楼",
    "早市占道经营，消防车进不来",
    "地下车库漏水，墙皮成片脱落",
    "施工夜里不停，整栋楼睡不着",
    "垃圾站清运不及时，异味飘进窗户",
    "公交站取消后要多走两站路",
)
PROBE = """
import resource, sys
import django; django.setup()
from django.core.management import call_command
call_command("import_petitions", sys.argv[1], "--map", sys.argv[2], "--json", "--by", "clerk1")
print("RSS", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
MAP = """
[constants]
channel = "letter"
organ = "YHQL"
kind = "appeal"
anonymous = true
source = "bench-{stamp}"

[columns]
external_id = "编号"
text = "内容"
received_on = "收到日"
"""


def measure(folder: Path, rows: int) -> dict:
    """Write two invented files, import both through the command into a copy of the database, report rate and memory."""
    folder.mkdir(parents=True, exist_ok=True)
    with copy_of_the_database("bench_import") as url:
        short, long = _import(folder, rows // 4, url), _import(folder, rows, url)
    growth = long["rss_mb"] - short["rss_mb"]
    return {
        "rows": rows,
        "rows_per_second": round(rows / long["seconds"], 1),
        "rate_goal": RATE_GOAL,
        "rss_mb": [short["rss_mb"], long["rss_mb"]],
        "growth_mb": round(growth, 1),
        "growth_goal_mb": GROWTH_GOAL_MB,
        "held": rows / long["seconds"] >= RATE_GOAL and growth <= GROWTH_GOAL_MB,
    }


def _import(folder: Path, rows: int, url: str) -> dict:
    stamp = f"{time.time_ns()}"
    source, mapping = folder / f"{stamp}.csv", folder / f"{stamp}.toml"
    _write(source, rows)
    mapping.write_text(MAP.replace("{stamp}", stamp), encoding="utf-8")
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(source), str(mapping)],
        env=os.environ | {"DATABASE_URL": url, "STATEMENT_TIMEOUT_MS": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - started
    source.unlink()
    mapping.unlink()
    rss = int(done.stdout.rsplit("RSS", 1)[1]) / 1024
    return {"seconds": seconds, "rss_mb": round(rss, 1)}


def _write(path: Path, rows: int) -> None:
    dice = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["编号", "内容", "收到日"])
        for number in range(rows):
            text = f"{dice.choice(PLACES)}{dice.randint(1, 40)}号：{dice.choice(TROUBLES)}，请尽快处理并答复。"
            table.writerow([number, text, today() - timedelta(days=dice.randint(1, 200))])
