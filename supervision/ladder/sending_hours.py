"""什么钟点送提醒：夜里、休息日到级的，记在当天，到下一个上班时刻才送到。Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from rulebook.calendar import Calendar


@dataclass(frozen=True)
class Hours:
    """Working hours of a working day (工作日, the calendar says which); the end is not within them."""

    opens: time
    closes: time

    @classmethod
    def read(cls, words: str) -> "Hours":
        """From “08:30-17:30”, as the rulebook's option has checked it."""
        opens, closes = map(time.fromisoformat, words.split("-"))
        return cls(opens, closes)

    def next_moment(self, moment: datetime, calendar: Calendar) -> datetime:
        """The moment itself within working hours, else the next opening. Aware in, aware out, same zone."""
        day = moment.date()
        if calendar.is_working(day):
            if moment.time() < self.opens:
                return datetime.combine(day, self.opens, moment.tzinfo)
            if moment.time() < self.closes:
                return moment
        opening = calendar.roll_forward(day + timedelta(days=1))
        return datetime.combine(opening, self.opens, moment.tzinfo)
