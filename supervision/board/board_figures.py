"""督查督办页的数：灯、阶梯、单位、视图。零点自己会变，所以按（单位、期限、届满日）计数，再照今天归拢。"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField, Value
from django.utils.functional import SimpleLazyObject

from accounts.models import OrganKind
from accounts.query_text import added_again, rows_again
from petitions.models import Category, Deadline, Execution, Rating, Service
from rulebook.books import calendar_in_force, settings_of
from rulebook.calendar import Calendar
from rulebook.city.options import amber_days
from rulebook.models import RuleSet
from rulebook.terms import BY_CODE
from supervision.ladder.rungs import Rung, bracket, last_day_on, of_category, spans, standing_on
from supervision.models import Order, Reminder
from supervision.statistics import callback_results

Scope = Callable[[], QuerySet]
NOBODY = Q(pk__in=[])
TYPICAL = "D06"  # 阶梯说明以办结期限为例


@lru_cache(maxsize=512)
def amber(rule_set_id: int, term: str) -> int:
    """How many 自然日 before its day a term turns amber under that rule set. Published sets never change."""
    return amber_days(BY_CODE[term], _settings(rule_set_id))


@lru_cache(maxsize=32)
def _settings(rule_set_id: int) -> Mapping[str, Any]:
    return settings_of(RuleSet.objects.get(pk=rule_set_id))


def ambers() -> frozenset[int]:
    """Every number of days at which some term of some rule set turns amber; one small query."""
    return _ambers(tuple(pk for (pk,) in rows_again("rule sets", RuleSet.objects.published_keys)))


@lru_cache(maxsize=8)
def _ambers(rule_sets: tuple[int, ...]) -> frozenset[int]:
    return frozenset(amber(pk, term) for pk in rule_sets for term in BY_CODE)


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
    _rungs: dict[tuple[str, date, str], Rung | None] = field(default_factory=dict, repr=False)
    # 阶梯里没有按工作日数的，就不问
    _calendar: Calendar = field(default_factory=lambda: SimpleLazyObject(calendar_in_force), repr=False)

    def turns(self) -> list[date]:
        """The days due at which anything counted here changes, in order: between two of them all days count alike."""
        week = self.today + timedelta(days=7 - self.today.weekday())
        found = {self.today, week}
        found |= {self.today + timedelta(days=days + 1) for days in ambers()}
        for ladder in self.ladders.values():
            found |= {last_day_on(rung, self.today, self._calendar) + timedelta(days=1) for rung in ladder}
        return sorted(found)

    def add(
        self,
        rule_set_id: int,
        term: str,
        due_on: date | None,
        withdrawn: bool,
        n: int,
        *,
        about: str,
        until: date | None = None,
    ) -> str:
        """Count n open petitions whose nearest duty that is; answers the colour of their lamp. `about` is the code of
        their category, or what of it the ladders tell apart (`ladder.bracket`); they are due on one day or, between
        the same two `turns`, on days up to `until`."""
        colour = lamp(rule_set_id, term, due_on, self.today)
        self.lamps[colour] += n
        if due_on is None:
            return colour
        self.lines.add((rule_set_id, term))
        if self.today <= due_on <= self.today + timedelta(days=6 - self.today.weekday()):
            self.due_this_week += n
        if withdrawn:
            self.withdrawn += n
        elif rung := self.rung_of(term, due_on, about):
            self.levels[rung.level] += n
            stretch = self.stretches[rung.level]
            key = term, bracket(self.ladders.get(term, ()), about)
            first, last = stretch.get(key, (due_on, due_on))
            stretch[key] = (min(first, due_on), max(last, until or due_on))
        return colour

    def office(self, pk: int, name: str) -> Office:
        return self.offices.setdefault(pk, Office(pk, name))

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
        return self.today, tuple(sorted(self.lines)), spans

    @property
    def by_category(self) -> bool:
        """Whether any rung is meant for a category: else nobody need ask what a petition is about."""
        return any(rung.category for ladder in self.ladders.values() for rung in ladder)

    def rung_of(self, term: str, due_on: date | None, category: str = "") -> Rung | None:
        """The rung a petition whose nearest duty that is, and whose category has that code, stands on today."""
        if due_on is None:
            return None
        key = term, due_on, category
        if key not in self._rungs:
            ladder = of_category(self.ladders.get(term, ()), category)
            self._rungs[key] = standing_on(due_on, ladder, self.today, self._calendar)
        return self._rungs[key]

    def standing_of(self, petition) -> Rung | None:
        """The rung the petition stands on today."""
        category = petition.category_code if self.by_category else ""
        return self.rung_of(petition.next_term, petition.next_due_on, category)

    def _under(self, term: str, category: str) -> Q:
        """The petitions whose category falls under that bracket of the term's ladder, and under none more exact."""
        others = {rung.category for rung in self.ladders.get(term, ()) if rung.category.startswith(category)}
        found = _classified(category) if category else Q()
        for narrower in others - {category}:
            found &= ~_classified(narrower)
        return found

    def of_lamp(self, colour: str, row: str = "on_board__") -> Q:
        """Petitions under that lamp, as a filter. `row` is where the columns are: on the board's row of an open
        petition, or, empty, on the petition itself."""
        red, amber_ones = Q(**{f"{row}next_due_on__lt": self.today}), near(self.lines, self.today, f"{row}next_")
        match colour:
            case "r":
                return red
            case "y":
                return amber_ones
            case "lit":
                return red | amber_ones
        return ~(red | amber_ones) | Q(**{f"{row}next_due_on": None})

    def of_level(self, level: int, row: str = "on_board__") -> Q:
        """Petitions standing on that level of the ladder, as a filter; `row` as in `of_lamp`."""
        found = NOBODY
        for (term, category), (first, last) in self.stretches.get(level, {}).items():
            found |= _of_term(f"{row}next_", term, first, last) & self._under(term, category)
        return found & (Q(on_board__withdrawn=False) if row else ~REMINDERS_WITHDRAWN)

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


def near(lines: Iterable[tuple[int, str]], today: date, nearest: str) -> Q:
    """What is amber today, by (rule set, term); `nearest` is how the columns of the nearest duty begin."""
    found = NOBODY
    for rule_set_id, term in sorted(lines):
        last = today + timedelta(days=amber(rule_set_id, term))
        rule_set = f"{nearest.removesuffix('next_')}rule_set_id"
        found |= _of_term(nearest, term, today, last) & Q(**{rule_set: rule_set_id})
    return found


def _classified(beginning: str) -> Q:
    """Petitions whose category's code begins so. Asked without a join, which among alternatives would lose those that
    have no category."""
    return Q(category__in=Category.objects.filter(code__startswith=beginning))


def _of_term(nearest: str, term: str, first: date, last: date) -> Q:
    return Q(**{f"{nearest}term": term, f"{nearest}due_on__range": (first, last)})


def count(scope, ladders, today: date) -> Figures:
    """Figures over the open petitions of a scope (already limited to what the user may see), each petition read: one
    query. For whoever oversees a whole area `supervision.board.board_counts` has them counted already."""
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
        colour = figures.add(rule_set_id, term, due_on, withdrawn, n, about=about or "")
        office = figures.office(office_id, name)
        office.open += n
        office.overdue += n if colour == "r" and not withdrawn else 0
        office.red += n if colour == "r" else 0
        office.amber += n if colour == "y" else 0
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


def dissatisfied(user, today: date) -> QuerySet:
    """Ratings not satisfied that the user may see (Rating.objects.seen_by): 评价期满的，和上一级要回访的. Those found
    true by a call-back may be put under order (SV09), which somebody decides."""
    return Rating.objects.filter(score=Rating.Score.DISSATISFIED).seen_by(user, today)


def views(scope, today: date) -> dict:
    """Counts of the saved views over open petitions, and the categories present: one query."""
    return scope.open().aggregate(
        group=Count("pk", filter=GROUP_VISIT),
        repeat=Count("pk", filter=REPEAT),
        untold=Count("pk", filter=untold(today)),
        categories=ArrayAgg("category__level1", distinct=True, filter=Q(category__isnull=False), default=[]),
    )


# 下面三样每开一次看板都问：`scope` 答出这人看得到的件，`whose` 是它凭什么来的（accounts.query_text）


def ended(scope: Scope, whose: Hashable, user, today: date) -> dict[str, int]:
    """Counts of the views that look at what has been concluded too, from the few rows they are about, and of the
    call-backs (called, answered, solved): one query."""
    wanted = "unexecuted", "dissatisfied", "called", "answered_calls", "solved"

    def counted():
        there = scope()
        undone = Execution.objects.unexecuted(today).order_by().values("petition")
        poor = dissatisfied(user, today).order_by().values("petition")
        called = callback_results.of_scope(there, user, today)
        found = (
            there.filter(pk__in=undone),
            there.filter(pk__in=poor),
            called,
            called.filter(outcome__in=callback_results.REACHED),
            called.filter(outcome=callback_results.Outcome.SOLVED),
        )
        parts = [
            rows.order_by().values_list(Value(name, TextField())).annotate(n=Count("pk"))
            for name, rows in zip(wanted, found, strict=True)
        ]
        return reduce(lambda more, one: more.union(one, all=True), parts)

    about = "board ended", whose, user.organ_id, today
    return dict.fromkeys(wanted, 0) | dict(rows_again(about, counted))


def orders(scope: Scope, whose: Hashable, office_id: int, today: date) -> dict:
    """Counts of 督办单 over a scope: one query. `mine` are those the office issued or owes an answer to."""
    first = today.replace(day=1)
    waiting = Q(state__in=("issued", "returned"))
    sums = {
        "waiting": Count("pk", filter=waiting),
        "late": Count("pk", filter=waiting & Q(due_on__lt=today)),
        "answered": Count("pk", filter=Q(state="answered")),
        "closed": Count("pk", filter=Q(state="closed", closed_at__date__gte=first)),
        "mine": Count("petition", distinct=True, filter=mine(office_id)),
        "checking": Count("petition", distinct=True, filter=Q(state="answered")),
    }
    about = "board orders", whose, office_id, today
    return added_again(about, lambda: Order.objects.among(scope()), sums)


def ratings(scope: Scope, whose: Hashable, today: date) -> list[dict]:
    """参评率、满意率 of 信访部门 and 责任单位 apart (rules §10), of scores whose window is over; one query.

    Until then a score may change, and the organ rated would read single ratings off the difference of two days.
    """
    wanted = {"organ": Q(), "office": Q(petition__first_receiver__kind=OrganKind.PETITION_OFFICE)}
    counts = {}
    for body, taken_in in wanted.items():
        scored = Q(ratings__body=body, ratings__until__lt=today)
        for name, condition in (
            ("asked", taken_in),
            ("rated", scored),
            ("content", scored & ~Q(ratings__score=Rating.Score.DISSATISFIED)),
        ):
            counts[f"{body}_{name}"] = Count("pk", distinct=True, filter=condition)
    served = Service.objects.rateable()
    told = added_again(
        ("board ratings", whose, today), lambda: served.filter(petition__in=scope().values("pk")), counts
    )
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
