"""manage pass_days N [--json]：把时钟往前拨 N 天，每一天照时刻表把该办的事办一遍；只在试用和开发时可用。"""

import json as jsonlib
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Outbox
from config.celery import TIMETABLE, app
from petitions.models import Petition
from rulebook import timekeeping
from rulebook.models import ClockShift
from rulebook.timekeeping import BEIJING, at, now
from supervision.models import Order, Reminder, SuggestedStep

# 每几分钟一次的事，一天里在这几刻办：零点过后、上班以后、中午、下班以前
MOMENTS = (time(0, 1), time(8, 31), time(12, 1), time(17, 29))
# 与时间过去无关的：学分类、识读扫描件、印文书成品
SKIPPED = {"routing.tasks.retrain", "documents.tasks.read_scans", "documents.tasks.render_issued"}


class Command(BaseCommand):
    help = "把时钟往前拨若干天，每天照时刻表办：看督查页一天天怎样变"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("days", type=int, help="往前几天（自然日，1–400）")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出每天的数")

    def handle(self, *args, days: int, json: bool, **options) -> None:
        if not settings.CLOCK_SHIFT_ALLOWED:
            raise CommandError("正式环境的时钟不能拨动")
        if not 1 <= days <= 400:
            raise CommandError("天数应在 1 到 400 之间")
        start, shift = now(), ClockShift.objects.seconds()
        told = []
        for number in range(1, days + 1):
            row = _pass(start.date() + timedelta(days=number))
            told.append(row)
            if not json:
                self.stdout.write("　".join(f"{name} {value}" for name, value in row.items()))
        ClockShift.objects.put(shift + days * 86_400)
        timekeeping.forget_shift()
        if json:
            self.stdout.write(jsonlib.dumps(told, ensure_ascii=False))


def _pass(day: date) -> dict:
    """One day: everything the timetable holds, in the order of the clock; what came of it."""
    begun = datetime.combine(day, time.min, BEIJING)
    sent = Outbox.objects.filter(sent_at__isnull=False).count()
    for moment, tasks in _rounds(begun):
        with at(moment):
            for task in tasks:
                import_module(task.rpartition(".")[0])
                app.tasks[task].apply(throw=True)
    with at(begun + timedelta(hours=18)):
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
