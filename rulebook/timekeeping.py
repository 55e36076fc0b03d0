"""The one clock of every process: now() in Asia/Shanghai, shiftable where settings allow it, never in production."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings

BEIJING = ZoneInfo("Asia/Shanghai")
SHIFT_VARIABLE = "FENGQIAO_CLOCK_SHIFT"
REREAD_AFTER = 1.0  # 秒：拨钟后各进程最迟一秒跟上，而不是每次报时都查一次库

_held: ContextVar[datetime | None] = ContextVar("held_moment", default=None)
_read: tuple[float, int] | None = None


def now() -> datetime:
    """This moment, aware, in Asia/Shanghai, with the shift of the test or demo clock if one is allowed."""
    held = _held.get()
    if held is not None:
        return held
    moment = datetime.now(BEIJING)
    return moment + timedelta(seconds=_shift()) if settings.CLOCK_SHIFT_ALLOWED else moment


def today() -> date:
    """The legal day of now()."""
    return now().date()


def local_date(moment: datetime) -> date:
    """The legal day of an aware moment: its date in Asia/Shanghai. ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("时间没有时区，无法认定是哪一天")
    return moment.astimezone(BEIJING).date()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Hold the clock of this context still at a moment (09:00 of a bare day). For tests and the demo city."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BEIJING)
    token = _held.set(moment.astimezone(BEIJING))
    try:
        yield
    finally:
        _held.reset(token)


def forget_shift() -> None:
    """Read the shift again at the next question (after setting it in this process)."""
    global _read
    _read = None


def _shift() -> int:
    """Seconds of shift: the environment's plus the row's, the row read at most once a second per process."""
    global _read
    if _read is None or monotonic() - _read[0] >= REREAD_AFTER:
        from rulebook.models import ClockShift  # 模型在应用就绪后才能导入，而报时处处要用

        _read = (monotonic(), ClockShift.objects.seconds())
    return _read[1] + int(os.environ.get(SHIFT_VARIABLE) or 0)
