"""巡查：六万个期限同时到点，四个进程扫，杀几个、断库、丢消息服务、钟拨快三天，数一数有没有重的、漏的。"""

from random import Random

from django.conf import settings
from django.db import connection

from bench.million.making import due
from bench.million.measuring import timing
from bench.million.measuring.crew import WORKERS, Crew
from bench.million.measuring.exactness import count
from bench.million.measuring.goals import IDLE_SWEEP, KILLED, SWEEPING, Line
from bench.million.plan import Plan, folder
from launcher.servers.valkey import EmbeddedValkey
from petitions.models import Petition
from petitions.record import verification
from rulebook.acts import Act
from rulebook.models import ClockShift
from supervision.ladder import climb

SEED = 20_260_501
TIMED = 1 / 3  # 前三分之一不打扰，量速度；其后才杀进程
KILLS = 8
IDLE = 100  # 次
VERIFIED = 500  # 件
SHIFT_DAYS = 3
DAY_SECONDS = 86_400


def measure(plan: Plan) -> dict:
    """All of it in turn on one database; the lines. Raises RuntimeError where the clock may not be put forward."""
    if not settings.CLOCK_SHIFT_ALLOWED:
        raise RuntimeError("这套设置不许拨钟（CLOCK_SHIFT_ALLOWED），量不了巡查")
    prepared = due.prepare(plan.database, SEED)
    batch = max(2, min(climb.BATCH, prepared.due // 20))
    valkey = EmbeddedValkey(folder() / "valkey", tied=True, keep=False)
    valkey.start()
    crew = Crew(plan.database, batch, valkey.url, SEED)
    try:
        lines = _rate_and_kills(plan, crew, prepared)
        lines.append(_idle())
        lines += _three_days_later(crew, prepared)
        lines += _servers_lost(crew, prepared, valkey)
        lines.append(_chains(prepared))
    finally:
        crew.dismiss()
        valkey.stop()
    return {"running": prepared.running, "due": prepared.due, "lines": lines}


def _rate_and_kills(plan: Plan, crew: Crew, prepared: due.Prepared) -> list[dict]:
    timed: list[tuple[int, float]] = []
    plain = [due.plain_inserts(plan.database)]
    dice = Random(SEED)
    kills = [(dice.uniform(0.02, 1 - TIMED), crew.kill_one) for _ in range(KILLS)]
    crew.work_off((1 - TIMED, lambda left, seconds: timed.append((prepared.due - left, seconds))), *kills)
    plain.append(due.plain_inserts(plan.database))
    one_by_one, together = (max(rates) for rates in zip(*plain, strict=True))
    handled, seconds = timed[0] if timed else (0, 1.0)
    rate = handled / seconds
    note = (
        f"{WORKERS} 个进程，在走的 {prepared.running:,} 个，同时到点 {prepared.due:,} 个；"
        f"前 {handled:,} 个每秒 {rate:.0f} 个；"
        f"psycopg2 一条连接逐行 INSERT 提醒（executemany，同样的索引和外键，{due.BATCH} 行一提交，前后各一次取快的）"
        f"每秒 {one_by_one:.0f} 行；并成一条语句的每秒 {together:.0f} 行，不作比"
    )
    return [
        Line.at_least("巡查每秒几个期限，比逐行写提醒", round(rate / one_by_one, 3), SWEEPING, note),
        Line.at_least("巡查时杀死的进程", crew.killed, KILLED, f"SIGKILL，种子 {SEED}，杀了就补，一批 {crew.batch} 个"),
        *_exact("杀进程", prepared),
    ]


def _idle() -> dict:
    """Nothing is due, and `SELECT 1` in turn with it on the same connection."""

    def select_one() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    ours, theirs = timing.in_turn([(climb.sweep, select_one)] * IDLE)
    mine, other = timing.told(ours), timing.told(theirs)
    ratio = round(mine["median_ms"] / other["median_ms"], 2)
    note = f"中位 {mine['median_ms']} 比 {other['median_ms']} 毫秒，同一条连接，各 {IDLE} 次"
    return Line.at_most("没有到点的，一轮巡查比 SELECT 1", ratio, IDLE_SWEEP, note)


def _put_forward(days: int) -> None:
    ClockShift.objects.put(days * DAY_SECONDS)


def _three_days_later(crew: Crew, prepared: due.Prepared) -> list[dict]:
    _put_forward(SHIFT_DAYS)
    return _exact(f"钟拨快 {SHIFT_DAYS} 天", prepared, f"其间到点 {crew.work_off():,} 个；")


def _servers_lost(crew: Crew, prepared: due.Prepared, valkey: EmbeddedValkey) -> list[dict]:
    """Three days more; the message service gone from the start to the last third, the database in the middle."""
    _put_forward(2 * SHIFT_DAYS)
    valkey.stop()
    said = ["消息服务一开始就停着"]

    def cut(left: int, seconds: float) -> None:
        crew.cut_database(left, seconds)
        said.append(f"剩 {left:,} 个时断开全部数据库连接（pg_terminate_backend）并拒绝新连接一秒，没有重启服务器进程")

    def restore_valkey(left: int, seconds: float) -> None:
        valkey.revive()
        said.append(f"剩 {left:,} 个时消息服务恢复")

    there = crew.work_off((0.7, cut), (0.35, restore_valkey))
    met = Line.at_least(
        "巡查时丢了又恢复的服务（步）", len(said), 3, f"再拨快 {SHIFT_DAYS} 天，到点 {there:,} 个；" + "，".join(said)
    )
    return [met, *_exact("断库、丢消息服务", prepared)]


def _exact(when: str, prepared: due.Prepared, note: str = "") -> list[dict]:
    counted = count(prepared)
    note += (
        f"至此提醒 {counted.reminders:,} 条，日志 {counted.lines:,} 行；按期限、级、届满日，告知按人，消息按人和渠道"
    )
    return [
        Line.at_most(f"巡查重复：{when}", counted.duplicates, 0, note),
        Line.at_most(f"巡查遗漏：{when}", counted.omissions, 0, "在走的期限逐个用纯阶梯（due_rungs）复算"),
    ]


def _chains(prepared: due.Prepared) -> dict:
    """The product's own check, over petitions that the sweep wrote into."""
    written = Petition.objects.filter(events__pk__gt=prepared.lines, events__act=Act.REMIND).distinct()
    chosen = list(written.order_by("pk").values_list("pk", flat=True))
    step = max(1, len(chosen) // VERIFIED)
    sample = Petition.objects.filter(pk__in=chosen[::step])
    faults = [f"{fault.petition} {fault.seq}：{fault.sentence}" for fault in verification.verify(sample)]
    return Line.at_most("巡查以后日志链有误处", len(faults), 0, "；".join([f"抽 {sample.count()} 件", *faults[:3]]))
