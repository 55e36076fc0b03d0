"""年度数据：每月一次数清当年到上月末，存下；公开时小的数隐去，而且推不出来（第四十一条的口径，rules §1.18）。

Between two months nothing changes, so that nobody reads single petitions off the difference of two days. A year that
has ended is counted once more, as of its last day, and stays.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_noop as _

from accounts.models import Organ, OrganKind
from accounts.staff.areas import district_of
from petitions.act.states import Channel
from petitions.models import Deadline, Rating
from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import today
from supervision.models import YearFigure
from supervision.statistics.daily import counted
from supervision.statistics.suppression import Place, hidden, with_totals

Table = YearFigure.Table
CONCLUDED = "D06"  # 办结并出具处理意见
ON_TIME, LATE = "on_time", "late"
UNSORTED = _("尚未分类")


def last_month_end(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


@transaction.atomic
def keep(until: date) -> int:
    """Count the year of `until` from its first day to `until` and store it in the place of what was there.

    Returns how many numbers were stored; 0 where this day, or a later one of the year, was counted before. One pass
    over the petitions of the year; nobody waits for it.
    """
    if YearFigure.objects.filter(year=until.year, until__gte=until).exists():
        return 0
    YearFigure.objects.filter(year=until.year).delete()
    days = until.replace(month=1, day=1), until
    rows = [
        YearFigure(year=until.year, until=until, table=table, row=row, column=column, n=n)
        for table, cells in _count(days).items()
        for (row, column), n in sorted(cells.items())
    ]
    # 两个进程同时到点：先写的算数，不重
    YearFigure.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def keep_due() -> int:
    """What is due today: the year before as it ended, this year to the end of last month. How many numbers in all."""
    day = today()
    return keep(date(day.year - 1, 12, 31)) + keep(last_month_end(day))


def _count(days: tuple[date, date]) -> dict[str, Counter]:
    scope = counted()
    found: dict[str, Counter] = {table: Counter() for table in Table.values}
    received = scope.filter(registered_on__range=days).order_by()
    for territory, channel, category, n in received.values_list(
        "submission__organ__territory", "submission__channel", "category__level1"
    ).annotate(n=Count("pk")):
        found[Table.RECEIVED][district_of(territory), channel] += n
        found[Table.CATEGORY][category or UNSORTED, ""] += n
    over = Deadline.objects.filter(
        petition__in=scope.values("pk"), term=CONCLUDED, met_on__range=days, ended_how__in=("met", "late")
    )
    for how, n in over.order_by().values_list("ended_how").annotate(n=Count("pk")):
        found[Table.CONCLUDED][ON_TIME if how == "met" else LATE, ""] += n
    rated = Rating.objects.filter(petition__in=scope.values("pk"), rated_at__date__range=days)
    for score, body, n in rated.order_by().values_list("score", "body").annotate(n=Count("pk")):
        found[Table.RATED][score, body] += n
    return found


# 公开


@dataclass(frozen=True)
class Shown:
    """One table as the public sees it. `rows` and `columns` are (key, label); a number hidden is None."""

    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    numbers: Mapping[Place, int | None]

    def number(self, row: str | None, column: str | None) -> int | None:
        """The number at a place, None where it is hidden; a place nobody counted in holds nought."""
        return self.numbers.get((row, column), 0)

    @property
    def lines(self) -> list[tuple[str, list[int | None], int | None]]:
        """(label, the numbers of the columns, the total) of each row."""
        return [
            (label, [self.number(row, column) for column, _ in self.columns], self.number(row, None))
            for row, label in self.rows
        ]

    @property
    def sums(self) -> list[int | None]:
        """The totals of the columns."""
        return [self.number(None, column) for column, _ in self.columns]

    @property
    def total(self) -> int | None:
        return self.number(None, None)


@dataclass(frozen=True)
class Year:
    """What is published of a year. The rates are percentages, None where a number they come from is hidden."""

    year: int
    until: date
    least: int
    received: Shown
    categories: Shown
    concluded: Shown
    rated: Shown
    on_time: float | None
    content: list[tuple[str, float | None]]

    @property
    def is_closed(self) -> bool:
        return (self.until.month, self.until.day) == (12, 31)

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        tables = (self.received, self.categories, self.concluded, self.rated)
        return any(n is None for table in tables for n in table.numbers.values())


def of(year: int) -> Year | None:
    """The published figures of the year; None where none are stored. Some small queries, however many petitions."""
    stored = list(YearFigure.objects.filter(year=year))
    if not stored:
        return None
    least = settings_of(rule_set_on(today()))["public_least"]
    cells: dict[str, dict[tuple[str, str], int]] = {table: {} for table in Table.values}
    for one in stored:
        cells[one.table][one.row, one.column] = one.n
    kept_back = {table: hidden(found, least) for table, found in cells.items()}
    # 两张表说的是同一个总数：一张藏了，另一张也藏，藏得多只会更推不出来
    if (None, None) in kept_back[Table.RECEIVED] | kept_back[Table.CATEGORY]:
        kept_back = {table: found | {(None, None)} if cells[table] else found for table, found in kept_back.items()}
    shown = {
        table: {place: None if place in kept_back[table] else n for place, n in with_totals(found).items()}
        for table, found in cells.items()
    }
    by_size = sorted(cells[Table.CATEGORY], key=lambda place: (-cells[Table.CATEGORY][place], place))
    scores, bodies = Rating.Score.choices, Rating.Body.choices
    concluded, rated = shown[Table.CONCLUDED], shown[Table.RATED]
    return Year(
        year=year,
        until=stored[0].until,
        least=least,
        received=Shown(_districts(cells[Table.RECEIVED]), list(Channel.choices), shown[Table.RECEIVED]),
        categories=Shown([(row, row) for row, _ in by_size], [("", _("件数"))], shown[Table.CATEGORY]),
        concluded=Shown([(ON_TIME, _("按期办结")), (LATE, _("逾期办结"))], [("", _("件数"))], concluded),
        rated=Shown(list(scores), list(bodies), rated),
        on_time=_percent(concluded, [(ON_TIME, "")], [(LATE, "")]),
        content=[
            (
                label,
                _percent(
                    rated,
                    [(Rating.Score.SATISFIED, body), (Rating.Score.FAIR, body)],
                    [(Rating.Score.DISSATISFIED, body)],
                ),
            )
            for body, label in bodies
        ],
    )


def _percent(shown: Mapping[Place, int | None], good: list[Place], bad: list[Place]) -> float | None:
    numbers = [shown.get(place, 0) for place in (*good, *bad)]
    known = [n for n in numbers if n is not None]
    if len(known) < len(numbers) or not sum(known):
        return None
    return 100 * sum(known[: len(good)]) / sum(known)


def _districts(cells: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The areas that received anything, in the order of their codes, by name; the city's own organs come first."""
    codes = sorted({row for row, _ in cells}, key=lambda code: (len(code), code))
    governments = Organ.objects.filter(kind=OrganKind.GOVERNMENT, territory__in=codes)
    names = dict(governments.values_list("territory", "name"))
    return [(code, names.get(code, code).removesuffix("人民政府")) for code in codes]
