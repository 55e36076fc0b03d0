"""督查页：真的起一个网页进程，同一份登录，看板与光页轮着要；再把看板的数从头数一遍对一对。"""

from bench import one_worker as web
from bench import pages
from bench.million.making.viewers import CITY, DISTRICT
from bench.million.measuring.goals import BOARD_CPU, BOARD_P95_MS, Line
from bench.million.plan import Plan
from supervision.board import board_counts

ROUNDS = 100
WATCHING = {CITY: "csuper1", DISTRICT: "super1"}


def measure(plan: Plan) -> dict:
    """The board of the city and of one district against the bare view; the counts against a recount."""
    lines, told = [], {}
    with web.running() as running:
        for reach, username in WATCHING.items():
            found = pages.measure(running, pages.Page("看板", "/supervision/", username, BOARD_CPU), plan.asked(ROUNDS))
            told[reach] = found
            note = f"看板 {found['cpu_ms']} ms，光页 {found['bare_cpu_ms']} ms"
            lines.append(Line.at_most(f"看板（{reach}）CPU 比光页", found["ratio"], BOARD_CPU, note))
            lines.append(Line.at_most(f"看板（{reach}）p95（ms）", found["p95_ms"], BOARD_P95_MS))
    wrong = board_counts.differences()
    lines.append(Line.at_most("看板的数与从头数不符处", len(wrong), 0, "；".join(wrong[:3])))
    return {"reaches": told, "lines": lines}
