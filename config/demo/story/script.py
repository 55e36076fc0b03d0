"""一件的剧本：时间怎样往后排，几种走向共有的几段怎么走。"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from config.demo.story.pace import Pace
from config.demo.story.reader import Tale
from rulebook.calendar import Calendar

FOREVER_AGO = date(2022, 5, 1)
TO_TELL = 15  # 自然日：收到到书面告知


@dataclass(frozen=True, order=True)
class Beat:
    """One thing done in one tale at one moment; `step` names a function of steps.py."""

    at: datetime
    turn: int
    tale: Tale = field(compare=False)
    step: str = field(compare=False)
    details: dict[str, Any] = field(compare=False, default_factory=dict)


class Script:
    """A tale being laid out in time."""

    def __init__(self, tale: Tale, calendar: Calendar, now: datetime):
        self.tale, self.now, self.today = tale, now, now.date()
        self.dice = tale.dice
        self.pace = Pace(self.dice, calendar, now)
        self.beats: list[Beat] = []
        self.received = self.accepted = self.today - timedelta(days=tale.days_ago)

    def add(self, step: str, at: datetime, **details) -> None:
        self.beats.append(Beat(at, len(self.beats), self.tale, step, details))

    def then(self, step: str, days: int | None = None, **details) -> None:
        """A few minutes after the last beat, or so many 自然日 after it."""
        self.add(step, self.pace.next() if days is None else self.pace.after(days), **details)

    def on(self, step: str, day: date, **details) -> None:
        self.add(step, self.pace.on(day), **details)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def due(self, count: int | None) -> date:
        """The day so many 自然日 after receipt."""
        return self.received + timedelta(days=count or 0)

    def reaches(self, days: int) -> bool:
        """Whether the working day on or after so many 自然日 from the last beat has come by now."""
        return self.pace.calendar.roll_forward(self.pace.day + timedelta(days=days)) < self.pace.limit.date()

    def in_time(self, wanted: date, *, steps: int) -> date:
        """The day wanted, or as much earlier as leaves so many 工作日 for what must follow before the time to say
        whether it is taken up runs out (第二十三条); a long holiday in between makes it earlier, not the steps late."""
        day = self.pace.calendar.last_working_on_or_before(self.due(TO_TELL - 1))
        for _ in range(steps):
            day = self.pace.calendar.last_working_on_or_before(day - timedelta(days=1))
        return max(min(wanted, day), self.pace.day)

    def then_in_time(self, step: str, days: int) -> None:
        """So many 自然日 after the last beat; minutes after it where that falls beyond the time to say so."""
        late = self.pace.calendar.roll_forward(self.pace.day + timedelta(days=days)) >= self.due(TO_TELL)
        self.then(step, None if late else days)

    # parts that several stories share

    def begin(self, *, first: date = FOREVER_AGO) -> None:
        staffed = self.tale.channel != "web"
        self.received, at = self.pace.arrives(self.received, staffed=staffed, first=first)
        self.add("register", at, received_on=self.received)

    def hand_on(self, *, assign: bool | None = None, sign: bool = True) -> None:
        if not self.tale.goes_on:
            return
        if assign is None:
            assign = bool(self.tale.flags & {"urgent", "sponsored"})
        self.on("assign" if assign else "forward", self.due(self.tale.forward_after))
        self.then("serve_forwarded")
        if sign:
            self.then("sign_for", self.dice.randint(0, 1))

    def accept(self, *, first: date = FOREVER_AGO, last: date | None = None) -> None:
        wanted = max(self.due(self.tale.accept_after), self.pace.day)
        day = self.pace.worked(wanted, max(first, self.pace.day), last or self.today)
        self.on("classify", day)
        self.then("accept")
        self.accepted = self.pace.day
        self.then("allot", self.dice.randint(0, 1))
        self.then("serve_told", 1)

    def look_into(self, *, until: date | None = None) -> None:
        """Heard once, mostly twice; sometimes another organ is asked."""
        until = until or self.today
        self.then("inquire", self.dice.randint(1, 4), heard=True)
        if self.dice.random() < 0.12 and self.pace.day + timedelta(days=14) < until:
            self.then("ask_assist")
            self.then("answer_assist", self.dice.randint(4, 9))
        if self.dice.random() < 0.55 and self.pace.day + timedelta(days=6) < until:
            self.then("inquire", self.dice.randint(2, 5), heard=False)
        if self.dice.random() < 0.15 and self.pace.day < until:
            self.then("note")

    def submit(self, day: date) -> None:
        self.on("draft", day)
        self.then("submit")

    def sign(self) -> None:
        self.then("pass_draft", self.dice.randint(1, 2))
        self.then("sign", 1)
