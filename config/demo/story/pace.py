"""什么时候办：工作人员在工作日九点到十七点之间办，一步晚于一步，谁也不会在将来办。"""

import random
from datetime import date, datetime, time, timedelta

from rulebook.calendar import Calendar
from rulebook.timekeeping import BEIJING

OPENS, CLOSES = time(9), time(17)
# 今天才收到的，给后面几步留出的时间
ROOM = timedelta(hours=3)


def moment_of(day: date, clock: time, minutes: int = 0) -> datetime:
    """That many minutes after a clock time of a day, in Beijing."""
    return datetime.combine(day, clock, BEIJING) + timedelta(minutes=minutes)


def last_open(now: datetime, calendar: Calendar) -> datetime:
    """The last moment at or before now at which an office was open."""
    if calendar.is_working(now.date()) and now.time() > OPENS:
        return min(now, moment_of(now.date(), CLOSES, -2))
    return moment_of(calendar.last_working_on_or_before(now.date() - timedelta(days=1)), CLOSES, -2)


class Pace:
    """The moments of one tale, each after the one before."""

    def __init__(self, dice: random.Random, calendar: Calendar, now: datetime):
        self.dice, self.calendar, self.now = dice, calendar, now
        self.limit = last_open(now, calendar)
        self.last = datetime.min.replace(tzinfo=BEIJING)

    @property
    def day(self) -> date:
        return self.last.date()

    def worked(self, day: date, first: date, last: date) -> date:
        """The working day nearest to the day, not before `first`, not after `last`; the earlier of two as near."""
        last = min(last, self.limit.date())
        span = sorted(range(-20, 21), key=lambda step: (abs(step), step))
        for step in span:
            near = day + timedelta(days=step)
            if first <= near <= last and self.calendar.is_working(near):
                return near
        return self.calendar.last_working_on_or_before(last)

    def arrives(self, day: date, *, staffed: bool, first: date) -> tuple[date, datetime]:
        """When it is received and when registered: at the desk on the spot, from the web when the office opens."""
        latest = last_open(self.limit - ROOM, self.calendar)
        if staffed:
            day = self.worked(day, first, latest.date())
            self.last = min(moment_of(day, OPENS, self.dice.randint(5, 440)), latest)
            return day, self.last
        came = moment_of(min(day, latest.date()), time(6), self.dice.randint(0, 1050))
        self.last = min(self._open_from(came + timedelta(minutes=self.dice.randint(15, 50))), latest)
        return min(came.date(), self.last.date()), self.last

    def on(self, day: date) -> datetime:
        """A moment of that day, or of the next working day, after the last moment and never in the future."""
        moment = moment_of(self.calendar.roll_forward(max(day, self.day)), OPENS, self.dice.randint(5, 445))
        if moment <= self.last:
            moment = self.soon()
        return self._keep(moment)

    def after(self, days: int) -> datetime:
        """That many 自然日 after the last moment, on a working day."""
        return self.on(self.day + timedelta(days=days))

    def next(self) -> datetime:
        """A few minutes on."""
        return self._keep(self.soon())

    def soon(self) -> datetime:
        return self._open_from(self.last + timedelta(minutes=self.dice.randint(2, 14)))

    def _keep(self, moment: datetime) -> datetime:
        if moment >= self.limit:  # 到今天为止：挤在最后一段工作时间里
            moment = self._open_from(self.last + min(timedelta(minutes=3), (self.limit - self.last) / 8))
            moment = min(moment, self.limit)
        self.last = max(moment, self.last + timedelta(seconds=1))
        return self.last

    def _open_from(self, moment: datetime) -> datetime:
        day = moment.date()
        if self.calendar.is_working(day) and moment.time() < CLOSES:
            return max(moment, moment_of(day, OPENS, 3))
        return moment_of(self.calendar.roll_forward(day + timedelta(days=1)), OPENS, self.dice.randint(3, 30))
