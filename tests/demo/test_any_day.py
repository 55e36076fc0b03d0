"""演示城市在哪一天起都走得成：排出来的日子，没有一步因为放假而迟到被拒。"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from config.demo.story.plot import STORIES, beats_of
from config.demo.story.reader import read
from config.demo.story.script import TO_TELL
from rulebook.timekeeping import BEIJING
from tests.law import CALENDAR

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
FIRST, DAYS = date(2026, 1, 1), 730  # 后一年还没有放假安排，按暂定历
TALES = read(PACK, STORIES)
# 走到一半放了长假、十五日先到了的两种走向，和听证
TIGHT = [tale for tale in TALES if tale.story in {"declined", "not_again"}]
CLOSED = [tale for tale in TALES if tale.story == "closed"]


def late(day: date) -> list[str]:
    """What would be refused if the city were walked on that day at ten in the morning, and at four."""
    found = []
    for hour in (10, 16):
        now = datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)
        for tale in TIGHT:
            received, *_, approved = [b.at for b in beats_of(tale, CALENDAR, now) if b.step in ("register", "approve")]
            if approved.date() - received.date() >= timedelta(days=TO_TELL):
                found.append(f"{now:%F %H} {tale.id} 收到后 {(approved - received).days} 日才批准")
        for tale in CLOSED:
            called = held = None
            for beat in beats_of(tale, CALENDAR, now):
                if beat.step == "call_hearing":
                    called = beat.at
                elif beat.step == "conclude_hearing":
                    held = beat.at
            if held and held.date() - called.date() < timedelta(days=5):
                found.append(f"{now:%F %H} {tale.id} 听证还没有举行就作出结论")
    return found


def test_the_tight_tales_are_there():
    assert len(TIGHT) >= 5 and any(
        beat.step == "conclude_hearing"
        for tale in CLOSED
        for beat in beats_of(tale, CALENDAR, datetime(2026, 6, 10, 10, tzinfo=BEIJING))
    )


@pytest.mark.parametrize("month", range(24))
def test_no_step_comes_late_whatever_the_day(month):
    year, number = 2026 + month // 12, month % 12 + 1
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    assert [line for day in days if (day.year, day.month) == (year, number) for line in late(day)] == []
