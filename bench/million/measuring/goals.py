"""目标与判定：一张表，一行一个目标，写明量到多少、守住没有。"""

from dataclasses import asdict, dataclass

# 目标（同一轮里的比值；毫秒、MB 是绝对数）
SEARCH_P95 = 2.0
DUPLICATES_MS = 30
QUEUE_SQL = 2.0
QUEUE_DEPTH = 1.3
REGISTERING = 0.3
GROWTH = {"queue": 0.1, "search": 0.5, "duplicates": 0.5}
WORKER_MB = 250
BOARD_CPU = 5.0
BOARD_P95_MS = 80
SWEEPING = 0.1
IDLE_SWEEP = 30
KILLED = 2  # 个巡查进程，至少


@dataclass(frozen=True)
class Line:
    """One goal: what it is, what was measured, what it may be, and whether it held."""

    name: str
    measured: float
    goal: float
    held: bool
    note: str = ""

    @classmethod
    def at_most(cls, name: str, measured: float, goal: float, note: str = "") -> dict:
        return asdict(cls(name, measured, goal, measured <= goal, note))

    @classmethod
    def at_least(cls, name: str, measured: float, goal: float, note: str = "") -> dict:
        return asdict(cls(name, measured, goal, measured >= goal, note))


def table(lines: list[dict]) -> str:
    """The lines for the screen."""
    found = []
    for line in lines:
        mark = "守住" if line["held"] else "未守住"
        note = f"（{line['note']}）" if line["note"] else ""
        found.append(f"  {mark}  {line['name']}：{line['measured']}，目标 {line['goal']}{note}")
    return "\n".join(found)
