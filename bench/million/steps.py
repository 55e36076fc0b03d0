"""从空库到一张表：一步一步，每一步办完记进进度文件；断了再跑，从没办完的那一步接着走。"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from bench.million.making import throwaway_database
from bench.million.measuring.goals import GROWTH, Line
from bench.million.measuring.timing import exponent
from bench.million.plan import Plan

ROOT = Path(__file__).resolve().parents[2]
# 量什么 → inside.py 里的哪几步
MEASURED = {
    "log": ("verify",),
    "search": ("search", "search_equals_like"),
    "duplicates": ("duplicates",),
    "queue": ("queue",),
    "registering": ("registering",),
    "board": ("board",),
    "workers": ("workers",),
    "sweep": ("sweep",),
}
APART = ("sweep",)  # 在另一个库里量：件件在办（Plan.watched）
GROWING = {"queue": "队列", "search": "检索中位", "duplicates": "判重中位"}
TENTH, REST = "先装十分之一", "再装其余"


class Stopped(RuntimeError):
    """A step did not end well; the words say which. The progress file stands: run again to go on."""


def run(plan: Plan, only: Iterable[str], *, template: str = "", say: Callable[[str], None]) -> list[dict]:
    """Everything from the empty server to the lines of the table. Raises Stopped."""
    chosen = list(only) or [name for name in MEASURED if name not in APART]
    plan.once("建库", lambda: throwaway_database.create(plan.database, template), say=say)
    plan.once("规则、机构、样子", lambda: plan.kept.update(_told(plan, "prepare")), say=say)
    _load(plan, "tenth", TENTH, say)
    _measure(plan, [name for name in GROWING if name in chosen], "十分之一时", say)
    _load(plan, "rest", REST, say)
    _measure(plan, [step for name in chosen for step in MEASURED[name]], "", say)
    lines = []
    for name in chosen:
        lines += [line for step in MEASURED[name] for line in plan.kept[step]["lines"]]
        if name in GROWING:
            lines.append(_growth(plan, name))
    return lines


def _measure(plan: Plan, steps: list[str], when: str, say: Callable[[str], None]) -> None:
    """All of them in one process; each is written down as it is told."""
    waiting = [step for step in steps if f"{when}量 {step}" not in plan.done]
    if not waiting:
        return
    answers = child(plan, waiting)
    for step in waiting:

        def keep(step=step):
            plan.kept[f"{when}{step}"] = next(answers)

        plan.once(f"{when}量 {step}", keep, say=say)
    answers.close()


def _load(plan: Plan, part: str, name: str, say: Callable[[str], None]) -> None:
    """Rows without indexes, then the indexes; then the search documents likewise."""
    kinds = [("件", throwaway_database.TABLES, lambda: plan.kept.update({part: _told(plan, f"load_{part}")}))]
    if not plan.all_open:  # 巡查用不着检索
        kinds.append(("检索文档", throwaway_database.DOCUMENTS, lambda: _told(plan, "index")))
    for what, tables, fill in kinds:
        kept = f"{part} {what}"

        def note(kept=kept, tables=tables):
            plan.kept[kept] = throwaway_database.shape(plan.database, tables)

        plan.once(f"{name}：{what}：记下索引", note, say=say)
        plan.once(
            f"{name}：{what}：拆索引",
            lambda kept=kept: throwaway_database.undress(plan.database, plan.kept[kept]),
            say=say,
        )
        plan.once(f"{name}：{what}：装", fill, say=say)
        plan.once(
            f"{name}：{what}：装回索引、核外键",
            lambda kept=kept: throwaway_database.dress(plan.database, plan.kept[kept]),
            say=say,
        )
    plan.once(f"{name}：督查页的数", lambda: _told(plan, "tally"), say=say)
    plan.once(f"{name}：序列", lambda: throwaway_database.advance_keys(plan.database), say=say)


def _told(plan: Plan, step: str) -> dict:
    [told] = child(plan, [step])
    return told


def _growth(plan: Plan, name: str) -> dict:
    """From a tenth to the whole, both measured in this run."""
    small, large = (plan.kept[key]["ours"]["median_ms"] for key in (f"十分之一时{name}", name))
    return Line.at_most(
        f"{GROWING[name]}：十分之一到全部的增长指数", exponent(small, large), GROWTH[name], f"{small} → {large} ms"
    )


def child(plan: Plan, steps: list[str]) -> Iterator[dict]:
    """Steps of inside.py in a process of their own, connected to the run's database; what each answers."""
    plan.save()
    command = [sys.executable, "-m", "bench.million", plan.database, str(plan.petitions), str(plan.log_lines), *steps]
    environment = os.environ | {
        "DATABASE_URL": throwaway_database.address_of(plan.database),
        "STATEMENT_TIMEOUT_MS": "0",
    }
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        told = (json.loads(line) for line in process.stdout if line.startswith('{"step"'))
        for step, answer in zip_longest(steps, told):
            if answer is None:
                raise Stopped(f"{step} 没有办完（退出码 {process.wait()}），原因见上；再跑一次从这一步接着走")
            yield answer["told"]
