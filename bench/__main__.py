"""python3 run.py bench [--short] [--json] [--only public [--apart]]：量速度，逐行打印机器、日期、数字与目标。"""

import argparse
import json
import os
import platform
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Print one line a measurement; 1 where a goal was missed."""
    options = argparse.ArgumentParser(prog="run.py bench")
    options.add_argument("--short", action="store_true", help="少几轮，不量启动；外加小规模的 manage bench")
    options.add_argument("--json", action="store_true")
    options.add_argument("--only", choices=["public"], help="只量群众的门")
    options.add_argument("--apart", action="store_true", help="群众的页另用一个进程（PUBLIC_PORT）")
    chosen = options.parse_args()
    django.setup()
    if chosen.only:
        return _door(chosen)
    from django.db import connection

    from bench import importing, one_worker, pages, recounting, starting
    from bench.million import plan
    from bench.million.measuring import bench_report
    from petitions.models import Petition
    from rulebook.timekeeping import now

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # 刚装完的库自己还在后台收拾，会算到第一页头上
    load = os.getloadavg()[0]
    machine = f"{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}，负载 {load:.2f}"
    report = {"machine": machine, "date": f"{now():%Y-%m-%d %H:%M}", "petitions": Petition.objects.count(), "lines": []}
    rounds = 40 if chosen.short else 200
    with one_worker.running() as running:
        report["lines"] += [pages.measure(running, page, rounds) for page in pages.pages()]
    report["lines"].append(importing.measure(Path(os.environ["DATA_DIR"]) / "bench", 400 if chosen.short else 4000))
    report["lines"] += recounting.measure(10_000 if chosen.short else 100_000)
    if chosen.short:
        report["lines"] += bench_report.run(plan.Plan.open(plan.SHORT, None), say=lambda line: None)["lines"]
    else:
        data = Path(os.environ["DATA_DIR"]) / "bench-start"
        shutil.rmtree(data, ignore_errors=True)
        report["lines"] += starting.measure(ROOT, data)
        shutil.rmtree(data, ignore_errors=True)
    if chosen.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _say(report)
    return 0 if all(line["held"] for line in report["lines"]) else 1


def _door(chosen: argparse.Namespace) -> int:
    from bench.door import measuring

    lines = measuring.measure(replace(measuring.SHORT if chosen.short else measuring.Scale(), apart=chosen.apart))
    print(json.dumps({"lines": lines}, ensure_ascii=False) if chosen.json else measuring.told(lines))
    return 0 if all(line["held"] for line in lines) else 1


def _say(report: dict) -> None:
    print(f"{report['date']}  {report['machine']}  信访件 {report['petitions']}")
    for line in report["lines"]:
        mark = "守住" if line["held"] else "未守住"
        print(f"  {mark}  " + "  ".join(f"{name}={value}" for name, value in line.items() if name != "held"))


if __name__ == "__main__":
    sys.exit(main())
