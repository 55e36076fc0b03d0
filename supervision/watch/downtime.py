"""停机期间：整个办公时间都停着的日子。"""

from datetime import date, datetime, timedelta

from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import BEIJING, today
from supervision.ladder.sending_hours import Hours
from supervision.models import Outage


def days() -> frozenset[date]:
    """The days whose office hours a confirmed outage covered from beginning to end.

    One query where there was none, a few more where there was.
    """
    confirmed = Outage.objects.filter(state=Outage.State.CONFIRMED).values_list("since", "until")
    spells = list(confirmed)
    if not spells:
        return frozenset()
    hours = office_hours()
    return frozenset(day for since, until in spells for day in covered(since, until, hours))


def office_hours() -> Hours:
    """The city's, as reminders keep them."""
    return Hours.read(settings_of(rule_set_on(today()))["reminder_hours"])


def covered(since: datetime, until: datetime, hours: Hours) -> list[date]:
    """The days between two aware moments whose office hours lie within them. An outage of an hour excuses no day."""
    first, last = since.astimezone(BEIJING), until.astimezone(BEIJING)
    found = [first.date() + timedelta(days=offset) for offset in range((last.date() - first.date()).days + 1)]
    return [
        day
        for day in found
        if first <= datetime.combine(day, hours.opens, BEIJING) and datetime.combine(day, hours.closes, BEIJING) <= last
    ]
