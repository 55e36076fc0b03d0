"""提醒说什么、什么时候送到：消息里只有编号和日子，没有人的任何信息。"""

from datetime import date, datetime

from accounts.messages.notices import Word
from accounts.models import Channel
from rulebook.books import rule_set_on, settings_of
from rulebook.terms import BY_CODE
from rulebook.timekeeping import local_date, now, today
from supervision.ladder.sending_hours import Hours

UNLINKED = "convenor"  # 召集人的岗位不办件，打不开件页：告知编号和日子，不带链接


class Timing:
    """When the words of one round of the watch arrive; the city's hours are read once (one query)."""

    def __init__(self, calendar):
        chosen = settings_of(rule_set_on(today()))
        self.calendar = calendar
        self.moment = now()
        self.opening = Hours.read(chosen["reminder_hours"]).next_moment(self.moment, calendar)
        self.within = chosen["acknowledge_within"]
        self._answers: dict[date, date] = {}

    def due_at(self, petition) -> datetime:
        """Now for the urgent (重大紧急), else now or the next working moment."""
        return self.moment if petition.submission.urgent else self.opening

    def answer_by(self, told_at: datetime) -> date | None:
        """The last 工作日 on which somebody should have acknowledged what was told then; None where the city asks for
        no acknowledgement."""
        if not self.within:
            return None
        day = local_date(told_at)
        if day not in self._answers:
            self._answers[day] = self.calendar.step(day, self.within)
        return self._answers[day]


def words(reminder, rung, told: dict[int, str], due_at: datetime) -> list[Word]:
    """What a reminder says to the people told (each with the addressee they are told as), on the rung's channels; the
    message in the house comes first."""
    petition = reminder.deadline.petition
    linked = [person for person, addressee in told.items() if addressee != UNLINKED]
    others = [person for person, addressee in told.items() if addressee == UNLINKED]
    told_on = local_date(due_at)
    text = sentence(petition.number, reminder.deadline.term, reminder.due_on, rung.label, told_on)
    return [
        Word(people, text, url, reminder.key, channel, due_at, receipt=True)
        for channel in sorted(rung.channels, key=lambda one: one != Channel.IN_APP)
        for people, url in ((linked, f"/cases/{petition.number}/"), (others, ""))
        if people
    ]


def sentence(number: str, term: str, due_on: date, label: str, told_on: date) -> str:
    """One reminder in words; the days are those left on the day it is told."""
    left = (due_on - told_on).days
    when = f"剩 {left} 天" if left > 0 else "今日届满" if left == 0 else f"已超期 {-left} 天"
    return f"{number} {BY_CODE[term].label}：{when}，{due_on:%m-%d} 届满（{label}）"
