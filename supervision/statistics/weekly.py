"""督查周报：一周收办、灯、阶梯、督办、约谈核查、退回、逾期出在哪里；每个数带着它的件，旁边是上一周。"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from petitions.models import Leg
from rulebook.timekeeping import now
from supervision.board import board_figures
from supervision.board.case_list import scope_of
from supervision.bounce.returns import REFUSED
from supervision.ladder.rungs import LEVEL_NAMES
from supervision.models import CallIn, CheckState, Custody, DayFigures, HollowCheck, Order, Reminder
from supervision.statistics import daily as days

SHOWN = 200  # 件：一个数的清单最多列这么多
ORGANS = 12  # 单位：逾期日最多的列这么多
WEEK = timedelta(days=7)
ALWAYS = Q()


@dataclass(frozen=True)
class Week:
    """Monday to Sunday, as ISO 8601 numbers them."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def read(cls, text: str) -> "Week":
        """From `2026-W10`. Raises ValueError where there is no such week."""
        if not (told := re.fullmatch(r"(\d{4})-W(\d{2})", text)):
            raise ValueError(text)
        return cls(date.fromisocalendar(int(told[1]), int(told[2]), 1))

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def before(self) -> "Week":
        return Week(self.first - WEEK)

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last

    def __str__(self) -> str:
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True)
class Line:
    """One number of the report: what of the table's source it counts, and by which day it belongs to a week."""

    key: str
    label: str
    when: str
    where: Q = ALWAYS


@dataclass(frozen=True)
class Table:
    """Numbers from one source. `of`: the path from a row to what is counted once; `petition`: to its petition."""

    key: str
    title: str
    unit: str
    about: str  # 口径
    source: Callable[[QuerySet, Week], QuerySet]
    lines: tuple[Line, ...]
    petition: str = "petition"
    of: str = "pk"

    def count(self, scope, week: Week) -> list[dict]:
        """Each line's number of the week and of the week before; one query."""
        asked = {}
        for line in self.lines:
            for name, span in (("this", week), ("last", week.before)):
                within = line.where & Q(**{f"{line.when}__range": span.days})
                asked[f"{line.key}_{name}"] = Count(self.of, distinct=True, filter=within)
        told = self.source(scope, week).aggregate(**asked)
        return [
            {"key": line.key, "label": line.label, "this": told[f"{line.key}_this"], "last": told[f"{line.key}_last"]}
            for line in self.lines
        ]

    def petitions(self, scope, week: Week, line: Line) -> QuerySet:
        """The petitions behind a number, newest first; those of the scope only."""
        rows = self.source(scope, week).filter(line.where, **{f"{line.when}__range": week.days})
        found = scope.filter(pk__in=rows.order_by().values(self.petition))
        return found.select_related("organ").defer("excerpt", "accused_text", "path_record").order_by("-pk")


def _received(scope, week):
    return scope


def _concluded(scope, week):
    return days.concluded(scope, week.before.first, week.last)


def _reminders(scope, week):
    return Reminder.objects.standing().filter(deadline__petition__in=scope.values("pk"))


def _orders(scope, week):
    return Order.objects.among(scope)


def _call_ins(scope, week):
    return CallIn.objects.filter(orders__petition__in=scope.values("pk"))


def _hollow(scope, week):
    return HollowCheck.objects.among(scope)


def _bounced(scope, week):
    return Leg.objects.lead().filter(REFUSED, petition__in=scope.values("pk"))


TABLES = (
    Table(
        "in",
        "收到",
        "件",
        "按收到日归周；本人看得到的件。",
        _received,
        (
            Line("received", "收到", "received_on"),
            Line("group", "其中集体访（五人以上）", "received_on", board_figures.GROUP_VISIT),
            Line("repeat", "其中重复信访", "received_on", board_figures.REPEAT),
        ),
        petition="pk",
    ),
    Table(
        "ladder",
        "阶梯上的提醒",
        "次",
        "按提醒作出的时间归周；已撤销的不算，同一件到几级算几次。",
        _reminders,
        tuple(
            Line(f"level{level}", f"L{level} {name}", "made_at__date", Q(level=level))
            for level, name in sorted(LEVEL_NAMES.items())
        ),
        petition="deadline__petition",
    ),
    Table(
        "orders",
        "督办单",
        "份",
        "下发按下发日、现在的类型归周，办结按办结日，反馈按反馈日；同一件可以有几份。",
        _orders,
        (
            *(
                Line(f"issued_{card}", f"下发{label}", "issued_at__date", Q(card=card))
                for card, label in Order.Card.choices
            ),
            Line("answered", "已反馈", "answered_at__date"),
            Line("closed", "办结", "closed_at__date", Q(state="closed")),
        ),
    ),
    Table(
        "out",
        "办结",
        "件",
        "按办理日志里由在办转为办结的那一天归周，一件只算一次；并案、存查、归档不算。",
        _concluded,
        (Line("concluded", "办结", "at__date"),),
        of="petition",
    ),
    Table(
        "hollow",
        "虚假办结核查",
        "条",
        "列出按列出的时间、认定按认定的时间归周；检举控告和保密件不列。",
        _hollow,
        (
            Line("listed", "列出待认定", "opened_at__date"),
            Line("confirmed", "认定属实", "verdict_at__date", Q(state=CheckState.CONFIRMED)),
            Line("dismissed", "认定不属实", "verdict_at__date", Q(state=CheckState.DISMISSED)),
        ),
    ),
    Table(
        "call_ins",
        "约谈",
        "次",
        "按约谈时间归周；一次约谈涉及几份督办单的算一次。",
        _call_ins,
        (Line("call_ins", "约谈责任单位", "held_at__date"),),
        petition="orders__petition",
    ),
    Table(
        "bounces",
        "流转退回",
        "次",
        "主办流转中收到单位提出异议的次数，按异议时间归周；推诿与否由人查实。",
        _bounced,
        (Line("refused", "提出异议", "objected_at__date"),),
    ),
)


def line_of(key: str) -> tuple[Table, Line] | None:
    """The number of that key, with its table."""
    return next(((table, line) for table in TABLES for line in table.lines if line.key == key), None)


# 灯：现在与一周前


def lamps(user, week: Week, day: date) -> list[dict]:
    """In hand, red and amber at the end of the week (now, if it is not over) and a week before; None where the night
    was missed."""
    over = week.last < day
    on = week.last if over else day - timedelta(days=1)
    stored = _stored(user, (on, on - WEEK))
    if over:
        this, url = stored.get(on), f"/supervision/days/?on={on}"
    else:
        counted = board_figures.count(scope_of(user).filter(secrecy=0, accused_organ=None), {}, day)
        this, url = {"open": counted.open, "red": counted.lamps["r"], "amber": counted.lamps["y"]}, ""
    last, last_url = stored.get(on - WEEK), f"/supervision/days/?on={on - WEEK}"
    return [
        {
            "label": label,
            "this": this[key] if this else None,
            "last": last[key] if last else None,
            "url": url or f"/supervision/?view=all{lamp}",
            "last_url": last_url,
        }
        for key, label, lamp in (("open", "在办", ""), ("red", "红灯", "&lamp=r"), ("amber", "黄灯", "&lamp=y"))
    ]


def _stored(user, on) -> dict[date, dict]:
    rows = DayFigures.objects.of(days.overseen(user)).filter(day__in=on).order_by("day").values("day")
    summed = rows.annotate(n_open=Sum("open"), n_red=Sum("red"), n_amber=Sum("amber"))
    return {row["day"]: {name: row[f"n_{name}"] for name in ("open", "red", "amber")} for row in summed}


# 此刻


def orders_open(scope) -> list[dict]:
    """督办单 that are not closed, by state and card: one query."""
    counts = dict.fromkeys(((state, card) for state in ("issued", "answered", "returned") for card in Order.Card), 0)
    rows = Order.objects.among(scope).open().order_by().values_list("state", "card").annotate(n=Count("pk"))
    counts |= {(state, Order.Card(card)): n for state, card, n in rows}
    return [
        {
            "label": label,
            "url": f"/supervision/orders/?view={view}",
            "counts": [counts[state, card] for card in Order.Card],
        }
        for state, label, view in (
            ("issued", "待反馈", "open"),
            ("answered", "反馈待核", "answered"),
            ("returned", "退回重报", "open"),
        )
    ]


def late_days(scope) -> list[dict]:
    """Where the late days of what is in hand arose, by organ, most first: one query."""
    late = Q(late_days__gt=0) | Q(down_days__gt=0)
    rows = Custody.objects.of(scope.open()).filter(late).order_by().values("organ", "organ__short_name")
    rows = rows.annotate(late=Sum("late_days"), down=Sum("down_days"), n=Count("petition", distinct=True))
    return [
        {"pk": row["organ"], "name": row["organ__short_name"]}
        | {"late": row["late"], "down": row["down"], "petitions": row["n"]}
        for row in sorted(rows, key=lambda row: (-row["late"], row["organ"]))[:ORGANS]
    ]


def report(user, week: Week, day: date) -> dict:
    """Everything on the page but the list behind one number."""
    scope = scope_of(user)
    return {
        "made_at": now(),
        "lamps": lamps(user, week, day),
        "tables": [{"table": table, "rows": table.count(scope, week)} for table in TABLES],
        "cards": [label for _, label in Order.Card.choices],
        "orders_open": orders_open(scope),
        "late_days": late_days(scope),
    }
