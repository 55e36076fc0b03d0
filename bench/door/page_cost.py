"""查询页花的 CPU，对 bench 的光页面；同时有人交照片的时候再量一遍。同一条线程的 CPU，旁人的不算。"""

import statistics
import time

from bench.door.visiting import Visitor
from bench.million.measuring.goals import Line

TIMES = 3.0
CROWDED = 503
BARE = "/bench/bare/"


def measure(port: int, cookie: dict[str, str], right: dict[str, str], rounds: int, when: str) -> list[dict]:
    """The empty form, a wrong answer and the whole progress page, in turn with the bare view."""
    staff, visitor = Visitor(port, "10.4.0.1", dict(cookie)), Visitor(port, "10.4.0.2")
    visitor.get("/q")
    wrong = right | {"tel4": "9x9x"}
    asked = {
        "光页面": (lambda: staff.get(BARE), 200),
        "空表": (lambda: visitor.get("/q"), 200),
        "没有查到": (lambda: visitor.post("/q", **wrong), 422),
        "进度": (lambda: visitor.post("/q", **right), 200),
    }
    cpu: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(rounds + 5):
        for name, (ask, wanted) in asked.items():
            answer = ask()
            while answer.status == CROWDED:
                time.sleep(0.2)
                answer = ask()
            if answer.status != wanted:
                raise RuntimeError(f"{name}答 {answer.status}")
            if turn >= 5:
                cpu[name].append(answer.cpu * 1000)
    middle = {name: statistics.median(values) for name, values in cpu.items()}
    bare = middle.pop("光页面")
    return [
        Line.at_most(
            f"查询页 CPU 比光页面：{name}{when}", round(ms / bare, 2), TIMES, f"{ms:.2f} ms，光页面 {bare:.2f} ms"
        )
        for name, ms in middle.items()
    ]
