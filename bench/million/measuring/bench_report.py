"""一轮：造、量、印表、删库。manage bench 和 run.py bench --short 都从这里走。"""

import os
import platform
import signal
from collections.abc import Callable, Iterable
from datetime import datetime

from bench.million import steps
from bench.million.making import throwaway_database
from bench.million.measuring.goals import table
from bench.million.plan import Plan


def run(
    plan: Plan, only: Iterable[str] = (), *, keep: bool = False, template: str = "", say: Callable[[str], None]
) -> dict:
    """The report of the whole run. Its databases go at the end and on an interrupt, unless `keep`.

    Where a step fails they stay, so that the next run goes on from there; that of the sweep does not: it is begun anew.
    """
    load = os.getloadavg()[0]
    machine = f"{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}，负载 {load:.2f}"
    runs = _runs(plan, list(only) or list(steps.MEASURED))
    report = {"machine": machine, "date": f"{datetime.now():%Y-%m-%d %H:%M}", "petitions": runs[0][0].petitions}
    report |= {"log_lines": 0, "gigabytes": 0.0, "seconds": {}, "lines": [], "measured": {}}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for one, names in runs:
            _add(report, one, steps.run(one, names, template=template, say=say))
    except KeyboardInterrupt:
        if not keep:
            _discard_all(runs)
        raise
    except steps.Stopped:
        if one.all_open:  # 巡查到一半的库不能接着量：提醒、日志行已经写下
            discard(one)
        raise
    if not keep:
        _discard_all(runs)
    return report


def _runs(plan: Plan, chosen: list[str]) -> list[tuple[Plan, list[str]]]:
    """What is measured on which database."""
    here = [name for name in chosen if name not in steps.APART]
    apart = [name for name in chosen if name in steps.APART]
    return [run for run in ((plan, here), (plan.watched(), apart)) if run[1]]


def _add(report: dict, plan: Plan, lines: list[dict]) -> None:
    mark = "（件件在办的库）" if plan.all_open else ""
    report["log_lines"] += sum(plan.kept[part]["log_lines"] for part in ("tenth", "rest"))
    report["gigabytes"] = round(report["gigabytes"] + throwaway_database.size_of(plan.database), 2)
    report["seconds"] |= {f"{name}{mark}": seconds for name, seconds in plan.seconds.items()}
    report["lines"] += lines
    report["measured"] |= {name: told for name, told in plan.kept.items() if isinstance(told, dict) and "ours" in told}


def _discard_all(runs: list[tuple[Plan, list[str]]]) -> None:
    for plan, _ in runs:
        discard(plan)


def discard(plan: Plan) -> None:
    """The database and the progress file."""
    throwaway_database.drop(plan.database)
    plan.forget()


def told(report: dict) -> str:
    """The report for the screen."""
    loading = sum(seconds for name, seconds in report["seconds"].items() if not name.startswith(("量", "十分之一时")))
    size = f"{report['petitions']:,} 件，日志 {report['log_lines']:,} 行，{report['gigabytes']} GB"
    head = f"{report['date']}  {report['machine']}\n  {size}，装载 {loading / 60:.1f} 分钟"
    return f"{head}\n{table(report['lines'])}"
