"""往日的数：夜里按单位存一份，看走势，看某一天；只有数，检举控告和保密件不在其中。"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.authority import holds, organs_reached, standing
from accounts.models import Organ, OrganKind
from accounts.query_text import rows_again
from petitions.act.states import OPEN, State
from petitions.models import LogAnchor, Petition, PetitionEvent
from rulebook.acts import Act
from supervision.board import board_figures
from supervision.models import DayFigures, Order

WEEKS = 12
# 并案、存查不是办结：事情还在别的件里，或者没有办
ENDED = tuple(state for state in State if state not in (*OPEN, State.MERGED, State.FILED, State.ARCHIVED))


def counted():
    """The petitions that stored figures count: no report, nothing confidential (第三十条), so that a number may be
    shown to everybody who oversees the office."""
    return Petition.objects.filter(secrecy=0, accused_organ=None)


def keep(day: date) -> int:
    """Store the figures of the day that has just ended; returns how many offices got a row, 0 if it was done before.

    Lamps and orders are read as of that day, from what stands now: it must run before the next day's work begins. A
    night that was missed stays empty rather than be filled with the figures of another day.
    """
    if DayFigures.objects.filter(day=day).exists():
        return 0
    scope = counted()
    hand = board_figures.count(scope, {}, day).offices
    came = _by_office(scope.filter(registered_on=day), "organ__office")
    went = _by_office(concluded(scope, day, day), "petition__organ__office", "petition")
    late = _by_office(Order.objects.among(scope).awaiting_answer().filter(due_on__lt=day), "to__office")
    rows = []
    for key in sorted(hand.keys() | came.keys() | went.keys() | late.keys()):
        office = hand.get(key) or board_figures.Office(key, "")
        told = {"open": office.open, "amber": office.amber, "red": office.red}
        told |= {"registered": came[key], "concluded": went[key], "overdue_orders": late[key]}
        rows.append(DayFigures(day=day, office_id=key, **told))
    # 两个进程同时到点：各单位先写的算数，不重
    DayFigures.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _by_office(rows, office: str, what: str = "pk") -> Counter:
    found = rows.order_by().values_list(office).annotate(n=Count(what, distinct=True))
    return Counter({key: n for key, n in found if key})


def concluded(scope, first: date, last: date):
    """The lines of the log by which petitions of the scope ended on the days from first to last, both included."""
    # 日锚记着那天零时写到哪一行：不必翻全部日志
    anchor = LogAnchor.objects.filter(day__lt=first).order_by("-day").values_list("last_event_id", flat=True).first()
    lines = PetitionEvent.objects.filter(pk__gt=anchor or 0, at__date__range=(first, last))
    return lines.filter(came_from__in=OPEN, went_to__in=ENDED, petition__in=scope.values("pk"))


# 谁看哪些单位的数


def overseen(user):
    """The organs whose stored figures the user may read: those over which they urge or order; a leader of a government
    reads those of its area; everybody else their own office's."""
    # 岗位已经连单位一起读过：不为单位再问一次
    seat = next((seat for seat in standing(user).seats if seat.organ.pk == user.organ_id), None)
    office = (seat.organ if seat else user.organ).office
    if office.kind == OrganKind.GOVERNMENT and office.territory:
        return Organ.objects.filter(territory__startswith=office.territory)
    reached = organs_reached(user, Act.URGE if holds(user, Act.URGE) else Act.ORDER)
    return Organ.objects.filter(Q(pk__in=reached.values("pk")) | Q(pk=office.pk))


# 走势


@dataclass(frozen=True)
class Point:
    """The overdue share at the end of one day, in percent; None where nothing is known or nothing was in hand."""

    day: date
    share: float | None


def trend(organs: Callable[[], QuerySet], day: date, *, whose: Hashable) -> list[Point]:
    """The overdue share of the last twelve weeks, one point a week on yesterday's day of the week, oldest first; one
    query. `whose` names what `organs` builds upon (accounts.query_text)."""
    wanted = [day - timedelta(days=1 + 7 * week) for week in reversed(range(WEEKS))]
    rows = rows_again(("trend", whose, day), lambda: DayFigures.objects.of(organs()).summed(wanted))
    known = {on: 100 * red / in_hand for on, in_hand, red in rows if in_hand}
    return [Point(on, known.get(on)) for on in wanted]


WIDTH, HEIGHT, PAD = 300, 80, 6


def chart(points: Iterable[Point]) -> dict | None:
    """What components/trend.html draws: `sentence` for who does not see it, `line` and `area` as points of an SVG,
    `first`, `last` and `top`. None where fewer than two days are known."""
    points = list(points)
    known = [(place, one) for place, one in enumerate(points) if one.share is not None]
    if len(known) < 2:
        return None
    top = max(max(one.share for _, one in known), 1.0)
    step = (WIDTH - 2 * PAD) / max(len(points) - 1, 1)
    dots = [(PAD + step * place, HEIGHT - (HEIGHT - PAD) * one.share / top) for place, one in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    first, last = known[0][1], known[-1][1]
    turned = "持平" if round(first.share, 1) == round(last.share, 1) else "升" if last.share > first.share else "降"
    sentence = f"超期率{first.day:%m-%d}为 {first.share:.1f}%，{last.day:%m-%d}为 {last.share:.1f}%"
    sentence += "，持平" if turned == "持平" else f"，{turned} {abs(last.share - first.share):.1f} 个百分点"
    return {
        "sentence": sentence,
        "line": line,
        "area": f"{dots[0][0]:.1f},{HEIGHT} {line} {dots[-1][0]:.1f},{HEIGHT}",
        "first": first,
        "last": last,
        "top": top,
        "missing": len(points) - len(known),
    }
