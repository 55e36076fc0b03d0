"""manage pass_days N [--working] [--json]：时钟往前拨 N 天，每天照时刻表办一遍，可以有人上班；只在试用和开发时可用。"""

import json as jsonlib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Outbox
from config.celery import TIMETABLE, app
from config.demo.daily.onward import AFTERNOON, MORNING, Office, Refusal
from petitions.models import Petition, Rating
from rulebook import timekeeping
from rulebook.models import ClockShift
from rulebook.timekeeping import BEIJING, at, now
from supervision.models import CallIn, CardGiven, Order, Reminder, SuggestedStep

# 每几分钟一次的事，一天里在这几刻办：零点过后、上班以后、中午、下班以前
MOMENTS = (time(0, 1), time(8, 31), time(12, 1), time(17, 29))
EVENING = time(18)
# 与时间过去无关的：学分类、识读扫描件、印文书成品
SKIPPED = {"routing.tasks.retrain", "documents.tasks.read_scans", "documents.tasks.render_issued"}


class Command(BaseCommand):
    help = "把时钟往前拨若干天，每天照时刻表办：看督查页一天天怎样变"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("days", type=int, help="往前几天（自然日，1–400）")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出每天的数")
        parser.add_argument("--working", action="store_true", help="工作日有人上班：新件登记，各单位办理，督查签发")
        parser.add_argument("--seed", default="枫桥", help="上班的骰子：同一个库、同一颗种子，走出来的日子相同")

    def handle(self, *args, days: int, json: bool, working: bool, seed: str, **options) -> None:
        if not settings.CLOCK_SHIFT_ALLOWED:
            raise CommandError("正式环境的时钟不能拨动")
        if not 1 <= days <= 400:
            raise CommandError("天数应在 1 到 400 之间")
        office = self._office(seed) if working else None
        start, shift = now(), ClockShift.objects.seconds()
        told = []
        with office.at_work() if office else nullcontext():
            for number in range(1, days + 1):
                row = _pass(start.date() + timedelta(days=number), office)
                told.append(row)
                if not json:
                    self.stdout.write("　".join(f"{name} {value}" for name, value in row.items()))
        # 末一天已经办到傍晚：钟不能拨回那以前，日志的时刻只往后走
        evening = datetime.combine(start.date() + timedelta(days=days), EVENING, BEIJING)
        ahead = max(timedelta(), evening - (start + timedelta(days=days)))
        ClockShift.objects.put(shift + days * 86_400 + int(ahead.total_seconds()))
        timekeeping.forget_shift()
        app.tasks["supervision.tasks.sweep_deadlines"].apply(throw=True)  # 值守的心跳跟上新的钟
        if office:
            self._tell_refusals(office.refusals)
        if json:
            self.stdout.write(jsonlib.dumps(told, ensure_ascii=False))

    def _office(self, seed: str) -> Office:
        folder = Path(settings.CITY_PACK)
        if not (folder / "demo" / "petitions.csv").exists():
            raise CommandError(f"城市包 {folder.name} 没有演示件，没有人可以上班")
        return Office(folder, seed)

    def _tell_refusals(self, refusals: list[Refusal]) -> None:
        self.stderr.write(f"被拒 {len(refusals)} 步")
        for one in refusals:
            self.stderr.write(f"  {one.number or '（新件）'} {one.step}：{one.sentence}")


def _pass(day: date, office: Office | None) -> dict:
    """One day: everything the timetable holds and, where there is an office, a day's work; what came of it."""
    begun = datetime.combine(day, time.min, BEIJING)
    sent = Outbox.objects.filter(sent_at__isnull=False).count()
    halves = [(MORNING, office.morning), (AFTERNOON, office.afternoon)] if office and office.is_open(day) else []
    for moment, tasks in _rounds(begun):
        while halves and halves[0][0] <= moment.time():
            halves.pop(0)[1](day)
        with at(moment):
            for task in tasks:
                import_module(task.rpartition(".")[0])
                app.tasks[task].apply(throw=True)
    with at(datetime.combine(day, EVENING, BEIJING)):
        open_ones = Petition.objects.open()
        climbed = Reminder.objects.filter(made_at__date=day)
        return {
            "日期": day.isoformat(),
            "在办": open_ones.count(),
            "红灯": open_ones.overdue(day).count(),
            "上阶梯": climbed.count(),
            "三级以上": climbed.filter(level__gte=3).count(),
            "摘要": Outbox.objects.filter(dedupe_key__startswith="digest:", created_at__date=day).count(),
            "消息": Outbox.objects.filter(sent_at__isnull=False).count() - sent,
            "待签发": SuggestedStep.objects.waiting().count(),
            "督办未结": Order.objects.open().count(),
            "反馈逾期": Order.objects.awaiting_answer().filter(due_on__lt=day).count(),
            **_done_on(day),
        }


def _done_on(day: date) -> dict:
    """What people did on the day."""
    cards = CardGiven.objects.given_between(day, day)
    return {
        "登记": Petition.objects.filter(registered_on=day).count(),
        "办结": Petition.objects.filter(closed_at__date=day).count(),
        "督办新开": Order.objects.filter(issued_at__date=day).count(),
        "黄牌": cards.filter(card=Order.Card.YELLOW).count(),
        "红牌": cards.filter(card=Order.Card.RED).count(),
        "约谈": CallIn.objects.filter(made_at__date=day).count(),
        "评价": Rating.objects.filter(rated_at__date=day).values("service").distinct().count(),
    }


def _rounds(begun: datetime) -> Iterator[tuple[datetime, list[str]]]:
    """The moments of the day, each with the tasks due then: those of a fixed hour at their hour, all others at
    MOMENTS."""
    rounds: dict[time, list[str]] = {}
    for task, when in TIMETABLE.values():
        if task in SKIPPED:
            continue
        fixed = [] if isinstance(when, int) or len(when.hour) > 1 else [time(*one) for one in _of(when)]
        for moment in fixed or MOMENTS:
            rounds.setdefault(moment, []).append(task)
    for moment in sorted(rounds):
        yield begun + timedelta(hours=moment.hour, minutes=moment.minute), rounds[moment]


def _of(when) -> list[tuple[int, int]]:
    return [(hour, minute) for hour in sorted(when.hour) for minute in sorted(when.minute)]
