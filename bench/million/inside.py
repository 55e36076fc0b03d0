"""库里面的各步：各在自己的进程里跑，答一个字典；量出来的带着几行目标。"""

from django.core.management import call_command

from bench.million.making import bench_city, loading, patterns, search_documents
from bench.million.making.petition_rows import BASE
from bench.million.making.viewers import CITY, DISTRICT, UNIT, Viewer, viewers
from bench.million.measuring import boarding, duplicating, queueing, searching, sweeping, worker_memory
from bench.million.measuring import registering as registration
from bench.million.measuring.goals import Line
from bench.million.plan import Plan
from petitions.models import NumberCounter, Petition
from petitions.record import verification
from supervision.board import board_counts

VERIFIED = 1_000  # 件
FEW = 1_000  # 件：不多于这些的，样子也少办几件


def prepare(plan: Plan) -> dict:
    """Tables, rules, organs, people, lives. Answers which numbers the lives have taken."""
    call_command("migrate", verbosity=0)
    bench_city.prepare(bench_city.LIVES if plan.petitions > FEW else bench_city.ONE_OF_EACH)
    return {"taken": dict(NumberCounter.objects.filter(prefix=bench_city.HOME).values_list("year", "n"))}


def load_tenth(plan: Plan) -> dict:
    return loading.load(plan, "tenth")


def load_rest(plan: Plan) -> dict:
    return loading.load(plan, "rest")


def index(plan: Plan) -> dict:
    return search_documents.index(plan)


def tally(plan: Plan) -> dict:
    """What was loaded is put on the board: the triggers were off meanwhile."""
    board_counts.recount()
    return {}


def verify(plan: Plan) -> dict:
    """The product's own check of chains and deadlines over a sample spread over all that was loaded."""
    step = max(1, plan.petitions // VERIFIED)
    chosen = Petition.objects.filter(pk__in=range(BASE + 1, BASE + plan.petitions + 1, step))
    faults = [f"{fault.petition} {fault.seq}：{fault.sentence}" for fault in verification.verify(chosen)]
    note = f"抽 {chosen.count()} 件，走产品自己的验链和期限复算"
    return {"faults": faults[:20], "lines": [Line.at_most("日志链和期限有误处", len(faults), 0, note)]}


def search(plan: Plan) -> dict:
    return searching.measure(plan, everyone())


def search_equals_like(plan: Plan) -> dict:
    return searching.compare(plan, one(CITY))


def duplicates(plan: Plan) -> dict:
    return duplicating.measure(plan, one(CITY))


def queue(plan: Plan) -> dict:
    return queueing.measure(plan, everyone())


def registering(plan: Plan) -> dict:
    # 登记的单位另挑一个，别把量队列的单位堆满
    return registration.measure(plan, [viewer for viewer in everyone() if viewer.reach == UNIT][-1])


def board(plan: Plan) -> dict:
    call_command("collectstatic", interactive=False, verbosity=0)
    return boarding.measure(plan)


def workers(plan: Plan) -> dict:
    call_command("collectstatic", interactive=False, verbosity=0)
    return worker_memory.measure(plan, [one(reach) for reach in (UNIT, DISTRICT, CITY)])


def sweep(plan: Plan) -> dict:
    return sweeping.measure(plan)


def everyone() -> list[Viewer]:
    return viewers(patterns.districts())


def one(reach: str) -> Viewer:
    return next(viewer for viewer in everyone() if viewer.reach == reach)
