"""一轮：造、量、印表、删库。manage bench 和 run.py bench --short 都从这里走。"""

import os
import platform
import signal
from collections.abc import Callable, Iterable
from datetime import datetime

from bench.million import server, steps
from bench.million.goals import table
from bench.million.plan import Plan


def run(
    plan: Plan, only: Iterable[str] = (), *, keep: bool = False, template: str = "", say: Callable[[str], None]
) -> dict:
    """The report of the whole run. The database goes at the end and on an interrupt, unless `keep`.

    Where a step fails the database stays, so that the next run goes on from there.
    """
    load = os.getloadavg()[0]
    machine = f"{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}，负载 {load:.2f}"
    report = {"machine": machine, "date": f"{datetime.now():%Y-%m-%d %H:%M}", "petitions": plan.petitions}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        lines = steps.run(plan, only, template=template, say=say)
        written = sum(plan.kept[part]["log_lines"] for part in ("tenth", "rest"))
        size = server.size_of(plan.database)
        report |= {"log_lines": written, "gigabytes": size, "seconds": dict(plan.seconds), "lines": lines}
        report["measured"] = {
            name: told for name, told in plan.kept.items() if isinstance(told, dict) and "ours" in told
        }
    except KeyboardInterrupt:
        if not keep:
            discard(plan)
        raise
    if not keep:
        discard(plan)
    return report


def discard(plan: Plan) -> None:
    """The database and the progress file."""
    server.drop(plan.database)
    plan.forget()


def told(report: dict) -> str:
    """The report for the screen."""
    loading = sum(seconds for name, seconds in report["seconds"].items() if not name.startswith(("量", "十分之一时")))
    size = f"{report['petitions']:,} 件，日志 {report['log_lines']:,} 行，{report['gigabytes']} GB"
    head = f"{report['date']}  {report['machine']}\n  {size}，装载 {loading / 60:.1f} 分钟"
    return f"{head}\n{table(report['lines'])}"
