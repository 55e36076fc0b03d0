"""督查督办页的数：灯、阶梯、单位、视图。零点自己会变，所以按（单位、期限、届满日）计数，再照今天归拢。"""

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.utils.functional import SimpleLazyObject

from accounts.models import OrganKind
from petitions.models import Deadline, Execution, Rating, Service
from rulebook.books import calendar_in_force, settings_of
from rulebook.models import RuleSet
from rulebook.options import amber_days
from rulebook.terms import BY_CODE
from supervision.ladder import Rung, bracket, of_category, spans, standing_on
from supervision.models import Order, Reminder

NOBODY = Q(pk__in=[])
TYPICAL = "D06"  # 阶梯说明以办结期限为例


@lru_cache(maxsize=512)
def amber(rule_set_id: int, term: str) -> int:
    """How many 自然日 before its day a term turns amber under that rule set. Published sets never change."""
    return amber_days(BY_CODE[term], settings_of(RuleSet.objects.get(pk=rule_set_id)))


def lamp(rule_set_id: int, term: str, due_on: date | None, today: date) -> str:
    """r overdue, y near, g with time to spare or without a running duty."""
    if due_on is None:
        return "g"
    if due_on < today:
        return "r"
    return "y" if (due_on - today).days <= amber(rule_set_id, term) else "g"


@dataclass
class Office:
    """One organ in charge: how many it has in hand, how many of them overdue."""

    pk: int
    name: str
    open: int = 0
    overdue: int = 0
    red: int = 0  # 红灯：迟在上游、不算它超期的也在内
    amber: int = 0

    @property
    def share(self) -> float:
        return 100 * self.overdue / self.open if self.open else 0.0

    @property
    def tone(self) -> str:
        return "r" if self.share >= 10 else "y" if self.overdue else "g"


@dataclass
class Figures:
    """Everything the board counts about open petitions."""

    today: date
    ladders: dict[str, list[Rung]]
    lamps: Counter = field(default_factory=Counter)
    levels: Counter = field(default_factory=Counter)
    offices: dict[int, Office] = field(default_factory=dict)
    due_this_week: int = 0
    withdrawn: int = 0  # 逾期不在承办单位形成、提醒已撤销的：灯照亮，不在阶梯上，也不计入单位的超期
    # 每种（规则集、期限）一条黄灯线；每级每期限（及阶梯分开写的类别）一段届满日
    lines: set[tuple[int, str]] = field(default_factory=set)
    stretches: dict[int, dict[tuple[str, str], tuple[date, date]]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def open(self) -> int:
        return sum(self.lamps.values())

    @property
    def lit(self) -> int:
        """Red and amber together."""
        return self.lamps["r"] + self.lamps["y"]

    @property
    def overdue_share(self) -> float:
        return 100 * self.lamps["r"] / self.open if self.open else 0.0

    @property
    def ground(self) -> Hashable:
        """All that `of_lamp` and `of_level` are worded from."""
        spans = tuple((level, tuple(sorted(terms.items()))) for level, terms in sorted(self.stretches.items()))
        return self.today, tuple(sorted(self.lines)), spans, bool(self.withdrawn)

    @property
    def by_category(self) -> bool:
        """Whether any rung is meant for a category: else nobody need ask what a petition is about."""
        return any(rung.category for ladder in self.ladders.values() for rung in ladder)

    def rung_of(self, term: str, due_on: date | None, category: str = "") -> Rung | None:
        """The rung a petition whose nearest duty that is, and whose category has that code, stands on today."""
        if due_on is None:
            return None
        ladder = of_category(self.ladders.get(term, ()), category)
        return standing_on(due_on, ladder, self.today, SimpleLazyObject(calendar_in_force))

    def standing_of(self, petition) -> Rung | None:
        """The rung the petition stands on today."""
        category = petition.category_code if self.by_category else ""
        return self.rung_of(petition.next_term, petition.next_due_on, category)

    def _under(self, term: str, category: str) -> Q:
        """The petitions whose category falls under that bracket of the term's ladder, and under none more exact."""
        others = {rung.category for rung in self.ladders.get(term, ()) if rung.category.startswith(category)}
        found = Q(category__code__startswith=category) if category else Q()
        for narrower in others - {category}:
            found &= ~Q(category__code__startswith=narrower)
        return found

    def of_lamp(self, colour: str) -> Q:
        """The open petitions under that lamp, as a filter."""
        red = Q(next_due_on__lt=self.today)
        near = NOBODY
        for rule_set_id, term in self.lines:
            last = self.today + timedelta(days=amber(rule_set_id, term))
            near |= Q(rule_set_id=rule_set_id, next_term=term, next_due_on__range=(self.today, last))
        match colour:
            case "r":
                return red
            case "y":
                return near
            case "lit":
                return red | near
        return ~(red | near) | Q(next_due_on=None)

    def of_level(self, level: int) -> Q:
        """The open petitions standing on that level of the ladder, as a filter."""
        found = NOBODY
        for (term, category), (first, last) in self.stretches.get(level, {}).items():
            found |= Q(next_term=term, next_due_on__range=(first, last)) & self._under(term, category)
        return found & ~REMINDERS_WITHDRAWN if self.withdrawn else found

    def steps(self) -> list[dict]:
        """The ladder as the board shows it: level, name, words, whom it tells, how many stand there."""
        names = {rung.level: rung for ladder in self.ladders.values() for rung in ladder}
        typical = of_category(self.ladders.get(TYPICAL, ()), "")
        names |= {rung.level: rung for rung in typical}
        words = spans(typical)
        return [
            {
                "level": level,
                "label": names[level].label,
                "span": words.get(level, ""),
                "tells": names[level].tells,
                "count": self.levels[level],
            }
            for level in sorted(names)
        ]

    def worst_offices(self, most: int = 6) -> list[Office]:
        return sorted(self.offices.values(), key=lambda office: (-office.overdue, -office.open, office.pk))[:most]


def count(scope, ladders, today: date) -> Figures:
    """Figures over the open petitions of a scope (already limited to what the user may see): one query."""
    figures = Figures(today=today, ladders=ladders)
    category = F("category__code") if figures.by_category else Value("")
    groups = (
        scope.open()
        .order_by()
        .annotate(withdrawn=ExpressionWrapper(REMINDERS_WITHDRAWN, BooleanField()), about=category)
        .values_list(
            *("organ__office_id", "organ__office__short_name", "rule_set_id", "next_term", "next_due_on", "withdrawn"),
            "about",
        )
        .annotate(n=Count("pk"))
    )
    for office_id, name, rule_set_id, term, due_on, withdrawn, about, n in groups:
        colour = lamp(rule_set_id, term, due_on, today)
        figures.lamps[colour] += n
        office = figures.offices.setdefault(office_id, Office(office_id, name))
        office.open += n
        office.overdue += n if colour == "r" and not withdrawn else 0
        office.red += n if colour == "r" else 0
        office.amber += n if colour == "y" else 0
        if due_on is None:
            continue
        figures.lines.add((rule_set_id, term))
        if today <= due_on <= today + timedelta(days=6 - today.weekday()):
            figures.due_this_week += n
        if withdrawn:
            figures.withdrawn += n
        elif rung := figures.rung_of(term, due_on, about or ""):
            figures.levels[rung.level] += n
            stretch = figures.stretches[rung.level]
            key = term, bracket(ladders.get(term, ()), about or "")
            first, last = stretch.get(key, (due_on, due_on))
            stretch[key] = (min(first, due_on), max(last, due_on))
    return figures


def untold(today: date) -> Q:
    """Petitions whose fifteen days passed without word to the petitioner: still running, or lapsed into 视为受理.

    Likewise those extended without word of it by the day they were first due (延期未告知，第三十四条).
    """
    late = Deadline.objects.filter(petition=OuterRef("pk"), term__in=("D02", "D03", "D07n"))
    return Q(Exists(late.filter(Q(ended_how="lapsed") | Q(ended_how="", due_on__lt=today))))


def unexecuted(today: date) -> Q:
    """Petitions whose signed opinion granted what was refused or not done in time: 拒不执行处理意见的线索 (SV06)."""
    return Q(Exists(Execution.objects.unexecuted(today).filter(petition=OuterRef("pk"))))


# 这一届满日的提醒已经撤销的
REMINDERS_WITHDRAWN = Q(pk__in=Reminder.objects.withdrawn().of_nearest().values("deadline__petition"))
GROUP_VISIT = Q(submission__people_count__gte=5)
REPEAT = Q(repeat_of__isnull=False)
# 评价不满意的进入抽查回访；抽查属实的督办（SV09）由人决定
DISSATISFIED = Q(Exists(Rating.objects.filter(petition=OuterRef("pk"), score="dissatisfied")))


def views(scope, today: date) -> dict:
    """Counts of the saved views over open petitions, and the categories present: one query."""
    return scope.open().aggregate(
        group=Count("pk", filter=GROUP_VISIT),
        repeat=Count("pk", filter=REPEAT),
        untold=Count("pk", filter=untold(today)),
        categories=ArrayAgg("category__level1", distinct=True, filter=Q(category__isnull=False), default=[]),
    )


def ended(scope, today: date) -> dict[str, int]:
    """Counts of the views that look at what has been concluded too: one query."""
    return scope.aggregate(
        unexecuted=Count("pk", filter=unexecuted(today)), dissatisfied=Count("pk", filter=DISSATISFIED)
    )


def orders(scope, office_id: int, today: date) -> dict:
    """Counts of 督办单 over a scope: one query. `mine` are those the office issued or owes an answer to."""
    first = today.replace(day=1)
    waiting = Q(state__in=("issued", "returned"))
    return Order.objects.among(scope).aggregate(
        waiting=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(due_on__lt=today)),
        answered=Count("pk", filter=Q(state="answered")),
        closed=Count("pk", filter=Q(state="closed", closed_at__date__gte=first)),
        mine=Count("petition", distinct=True, filter=mine(office_id)),
        checking=Count("petition", distinct=True, filter=Q(state="answered")),
    )


def ratings(scope) -> list[dict]:
    """参评率、满意率 of 信访部门 and 责任单位 apart (rules §10); only what was scored in its window. One query."""
    wanted = {"organ": Q(), "office": Q(petition__first_receiver__kind=OrganKind.PETITION_OFFICE)}
    counts = {}
    for body, taken_in in wanted.items():
        scored = Q(ratings__body=body)
        for name, condition in (
            ("asked", taken_in),
            ("rated", scored),
            ("content", scored & ~Q(ratings__score=Rating.Score.DISSATISFIED)),
        ):
            counts[f"{body}_{name}"] = Count("pk", distinct=True, filter=condition)
    told = Service.objects.rateable().filter(petition__in=scope.values("pk")).aggregate(**counts)
    rows = []
    for body, label in Rating.Body.choices:
        asked, rated, content = (told[f"{body}_{name}"] for name in ("asked", "rated", "content"))
        rows.append(
            {"label": label, "asked": asked, "rated": rated, "content": 100 * content / rated if rated else None}
        )
    return rows


def mine(office_id: int) -> Q:
    """Open orders that concern the office: issued by it, or sent to it."""
    return Q(state__in=("issued", "answered", "returned")) & (Q(issuer_id=office_id) | Q(to__office_id=office_id))
