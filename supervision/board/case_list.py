"""督查清单：视图、筛选、按下一步时间排序、按键值翻页。条件都在网址里。"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Case, DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from accounts.authority import holds
from accounts.query_text import asked_again
from petitions.models import Deadline, Petition
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING
from supervision.board import board_figures as counting
from supervision.models import Order, Reminder

PAGE = 20
# 阶梯走完、又没有督办期限的，没有下一步：排在最前，等人决定
NO_NEXT_STEP = datetime(2000, 1, 1, tzinfo=BEIJING)
VIEWS = {
    "lit": "红灯与黄灯",
    "mine": "我督办的",
    "answered": "反馈待核",
    "group": "集体访",
    "repeat": "重复信访",
    "untold": "未按期告知",
    "unexecuted": "未落实",
    "dissatisfied": "评价不满意",
    "all": "全部在办",
}


def scope_of(user):
    """The petitions the user may urge or put under order."""
    return Petition.objects.visible_to(user, Act.URGE if holds(user, Act.URGE) else Act.ORDER)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything it does not understand is left out rather than refused."""

    view: str = "lit"
    lamp: str = ""
    organ: str = ""
    level: str = ""
    category: str = ""
    words: str = ""

    @classmethod
    def read(cls, query) -> "Asked":
        asked = cls(
            view=query.get("view", "lit"),
            lamp=query.get("lamp", ""),
            organ=query.get("organ", ""),
            level=query.get("level", ""),
            category=query.get("category", "")[:40],
            words=query.get("q", "").strip()[:60],
        )
        return replace(
            asked,
            view=asked.view if asked.view in VIEWS else "lit",
            lamp=asked.lamp if asked.lamp in ("r", "y", "g") else "",
            organ=asked.organ if asked.organ.isdecimal() and len(asked.organ) < 10 else "",
            level=asked.level if asked.level in tuple("123456") else "",
        )

    def address(self, **change) -> str:
        """The board's address with these filters, some of them changed; pages start anew."""
        told = {"view": self.view, "lamp": self.lamp, "organ": self.organ, "level": self.level}
        told |= {"category": self.category, "q": self.words} | change
        kept = {name: value for name, value in told.items() if value and (name, value) != ("view", "lit")}
        return f"/supervision/?{urlencode(kept)}" if kept else "/supervision/"

    @property
    def query(self) -> str:
        """The filters as a query string, for a saved view."""
        return self.address().partition("?")[2]

    @property
    def export_address(self) -> str:
        """Where the same list is to be had as a workbook."""
        return self.address().replace("/supervision/", "/supervision/export.xlsx", 1)

    @property
    def is_open_only(self) -> bool:
        """Whether only open petitions are meant: those that have a row of the board."""
        return self.view not in ("mine", "answered", "unexecuted", "dissatisfied")

    @property
    def is_filtered(self) -> bool:
        return bool(self.lamp or self.organ or self.level or self.category or self.words)


def chosen(scope, asked: Asked, figures, user):
    """The petitions of the view and filters; the user is whose orders “我督办的” means and who may see ratings."""
    found = scope.filter(on_board__isnull=False) if asked.is_open_only else scope
    match asked.view:
        case "lit" if not asked.lamp and not asked.level:
            found = found.filter(figures.of_lamp("lit"))
        case "mine":
            found = found.filter(pk__in=Order.objects.filter(counting.mine(user.organ.office_id)).values("petition_id"))
        case "answered":
            found = found.filter(pk__in=Order.objects.answered().values("petition_id"))
        case "group":
            found = found.filter(on_board__group_visit=True)
        case "repeat":
            found = found.filter(on_board__repeated=True)
        case "untold":
            found = found.filter(on_board__untold_on__lt=figures.today)
        case "unexecuted":
            found = found.filter(counting.unexecuted(figures.today))
        case "dissatisfied":
            found = found.filter(pk__in=counting.dissatisfied(user, figures.today).values("petition"))
    row = "on_board__" if asked.is_open_only else ""
    if asked.lamp:
        found = found.filter(figures.of_lamp(asked.lamp, row))
    if asked.level:
        found = found.filter(figures.of_level(int(asked.level), row))
    if asked.organ:
        found = found.filter(organ__office_id=int(asked.organ))
    if asked.category:
        found = found.filter(category__level1=asked.category)
    if asked.words:
        found = found.filter(Q(number__icontains=asked.words) | Q(title__icontains=asked.words))
    return found


def rows(petitions, *, open_only: bool = False):
    """The list's rows with their next step, open order and last reminder, in one query. Where all are open the next
    step is read off the board's row, by which the list is sorted; else it is worked out for each."""
    order = (
        Order.objects.open()
        .filter(petition=OuterRef("pk"))
        .order_by("due_on", "pk")
        .values(told=JSONObject(pk="pk", number="number", state="state", due_on="due_on"))[:1]
    )
    reminders = Reminder.objects.filter(deadline__petition=OuterRef("pk"))
    reminded = reminders.standing().order_by("-pk").values("made_at")[:1]
    nearest = {"deadline__term": OuterRef("next_term"), "due_on": OuterRef("next_due_on")}
    return (
        petitions.select_related("submission", "organ__office", "category", "holder_organ", "holder_user")
        .defer("submission__original", "excerpt", "accused_text")
        .annotate(
            step=F("on_board__step_at") if open_only else _step(),
            open_order=Subquery(order),
            reminded_at=Subquery(reminded),
            reminders_withdrawn=Exists(reminders.withdrawn().filter(**nearest)),
        )
    )


def _step():
    """When something happens next to a petition: as the database keeps it for the open ones (migration 0018)."""
    steps = Deadline.objects.running().filter(petition=OuterRef("pk"))
    step = Case(
        When(term="SV", then=F("due_at")),
        When(term=OuterRef("next_term"), due_on=OuterRef("next_due_on"), then=F("next_rung_at")),
        output_field=DateTimeField(),
    )
    # 反馈已到、等着核查的，从到的那一刻起就该办
    arrived = Order.objects.answered().filter(petition=OuterRef("pk")).order_by("answered_at").values("answered_at")[:1]
    return Coalesce(
        Subquery(arrived),
        Subquery(steps.order_by().values("petition_id").annotate(first=Min(step)).values("first")),
        Value(NO_NEXT_STEP, DateTimeField()),
    )


@dataclass
class Page:
    rows: list
    prev_url: str = ""
    next_url: str = ""


def page(petitions: Callable[[], QuerySet], asked: Asked, query, *, about: Hashable) -> Page:
    """One page by key, forwards (`after`) or backwards (`before`); nothing is skipped when rows move.

    `about` names what `petitions` builds upon beside `asked` (accounts.query_text).
    """
    after, before = _key(query.get("after", "")), _key(query.get("before", ""))

    def wanted() -> QuerySet:
        found = petitions()
        found = found.annotate(step=F("on_board__step_at") if asked.is_open_only else _step())
        if before:
            moment, pk = before
            found = found.filter(Q(step__lt=moment) | Q(step=moment, pk__lt=pk))
        elif after:
            moment, pk = after
            found = found.filter(Q(step__gt=moment) | Q(step=moment, pk__gt=pk))
        order = ("-step", "-pk") if before else ("step", "pk")
        # 先定下是哪二十件，再连要显示的（ADR 0026）
        return rows(found.order_by(*order)[: PAGE + 1].picked(), open_only=asked.is_open_only).order_by(*order)

    taken = asked_again(("board", about, asked, after, before), wanted)
    more, taken = len(taken) > PAGE, taken[:PAGE]
    if before:
        taken.reverse()
    here = Page(taken)
    if taken and (more if before else after):
        here.prev_url = asked.address(before=_mark(taken[0]))
    if taken and (before or more):
        here.next_url = asked.address(after=_mark(taken[-1]))
    return here


def _mark(row) -> str:
    return f"{row.step.timestamp():.6f}_{row.pk}"


def _key(text: str) -> tuple[datetime, int] | None:
    moment, _, pk = text.partition("_")
    try:
        return datetime.fromtimestamp(float(moment), BEIJING), int(pk)
    except (ValueError, OverflowError, OSError):
        return None


def rung_of(row, figures):
    """The rung a row stands on today; None also where its reminders were withdrawn, the lateness being another's."""
    return None if row.reminders_withdrawn else figures.standing_of(row)


def next_step(row, figures, today: date) -> dict:
    """What happens next to a row and when, in words: {text, hot}."""
    order = row.open_order
    if order and order["state"] == "answered":
        return {"text": "待核查反馈", "hot": True}
    on = row.step.astimezone(BEIJING).date()
    if row.step == NO_NEXT_STEP:
        return {"text": "待督办", "hot": True}
    if order and str(order["due_on"]) == on.isoformat():
        return {"text": "今日反馈" if on == today else f"{on:%m-%d} 反馈", "hot": on <= today}
    if on <= today:
        return {"text": "今日", "hot": True}
    return {"text": f"{on:%m-%d}", "hot": False}
