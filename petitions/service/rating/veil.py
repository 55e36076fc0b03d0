"""办理日志里的评价，期满以前各人能读到多少：看不到的分数和话，行上先隐去（rules §1.15）。"""

from datetime import date, timedelta

from petitions.service.rating.models import Rating
from rulebook.acts import Act
from rulebook.timekeeping import today


def until_of(line) -> date:
    """The last day of the window a line of 评价 fell into; a line from before the day was noted: at the latest."""
    noted = line.details.get("until")
    return date.fromisoformat(noted) if noted else line.at.date() + timedelta(days=31)


def is_veiled(line) -> bool:
    """Whether the line tells scores whose window is not over: only whom Rating.objects.seen_by names may read them."""
    return line.act == Act.RATE and bool(line.details.get("counted")) and until_of(line) >= today()


def readable(lines, user) -> list:
    """The lines of a petition's log as the user may read them: of a rating whose window is not over, the scores they
    may see and, where they may see all of them, the words. One query where there is such a line, none otherwise."""
    lines = list(lines)
    veiled = {line.scope["service"] for line in lines if is_veiled(line)}
    if not veiled:
        return lines
    ratings = Rating.objects.filter(service__in=veiled)
    seen = set(ratings.seen_by(user, today()).values_list("service", "body"))
    return [_lifted(line, seen) if is_veiled(line) else line for line in lines]


def _lifted(line, seen: set):
    """A copy of the line with what may be read of it; never saved."""
    told = {body: one for body, one in line.details["scores"].items() if (line.scope["service"], body) in seen}
    whole = len(told) == len(line.details["scores"])
    shown = type(line)(pk=line.pk)
    shown.__dict__ |= line.__dict__ | {"details": line.details | {"scores": told}, "is_open_to_reader": bool(told)}
    shown._state = type(line._state)()
    shown._state.__dict__ |= line._state.__dict__
    shown._state.fields_cache = line._state.fields_cache | ({} if whole else {"text": None})
    return shown
