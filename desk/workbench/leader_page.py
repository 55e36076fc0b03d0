"""掌上：签字拍板的人在手机上一页看完——等我决定的、拖着的在谁手里、我包案的、超期率往哪走。"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.authority import holds, who
from accounts.models import Relation
from accounts.privacy import mask_text
from desk.lists import lamps, queues
from desk.many_counts import label, tally
from desk.menu import counts, settled
from petitions.handling.instruction import rules as instructing
from petitions.handling.sponsorship import rules as sponsoring
from petitions.models import Deadline, Involvement, Petition, PetitionEvent
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.board.case_list import scope_of
from supervision.custody import holding
from supervision.models import Order
from supervision.statistics import daily

FEW, WORST, SPONSORED, INSTRUCTED = 3, 5, 10, 10  # 行：每堆、最急的红灯、包案、批示
NEAR = 2  # 自然日：批示的报告日还剩这么多天转黄，内部管理要求
ANSWERED_FOR = timedelta(days=14)  # 报告了的批示还列这么久


@dataclass
class Pile:
    """What waits for one kind of decision: how many, and the first of them."""

    label: str
    count: int | str | None
    url: str
    icon: str
    rows: list[dict] = field(default_factory=list)


@require_GET
def lead(request):
    """One column for a phone; nothing on it that the user could not open."""
    user, day, moment = settled(request), today(), now()
    if not queues.leads(user):
        raise PermissionDenied("您的岗位不审批、不签发、不包案，掌上页没有要您决定的事；请从工作台进入")
    seen = Petition.objects.open_to(user)
    red, mine = seen.filter(lamps.under("r", day)), seen.filter(pk__in=_sponsored(user))
    asked = {"red": red, "amber": seen.filter(lamps.near(day)), "mine": mine}
    if holds(user, Act.ORDER):
        asked["answered"] = _answered(user)
    numbers = tally(user, asked)
    piles = _piles(request, user, day, numbers)
    context = {
        "now": moment,
        "piles": [pile for pile in piles if pile.rows],
        "idle": "、".join(pile.label for pile in piles if not pile.rows),
        "stats": _stats(piles, numbers),
        "red": [_held(petition, day, moment) for petition in _shown(red, WORST).prefetch_related("events")],
        "mine": [_owed(petition, day, moment) for petition in _shown(mine, SPONSORED).prefetch_related("events")],
        "instructed": _instructed(user, day),
        "mine_count": label(numbers["mine"]),
        "trend": daily.chart(daily.trend(partial(daily.overseen, user), day, whose=who(user))),
        "may_days": holds(user, Act.ORDER) or holds(user, Act.URGE),
    }
    return render(request, "desk/lead.html", context)


def _sponsored(user):
    return Involvement.objects.filter(kind=Relation.SPONSOR, user=user, until=None).values("petition_id")


def _answered(user) -> QuerySet[Order]:
    """督办反馈 that waits to be accepted or sent back by whoever issues orders."""
    return Order.objects.answered().among(scope_of(user))


def _shown(petitions, most: int):
    """The first of them, the longest overdue first, with who holds them."""
    found = petitions.select_related("organ", "holder_organ", "holder_user")
    return found.defer("excerpt", "path_record", "accused_text").soonest_first()[:most]


def _piles(request, user, day: date, numbers: dict[str, int]) -> list[Pile]:
    counted, piles = counts(request), []
    for queue in queues.of(user):
        if queue.key in queues.DECISIONS:
            pile = Pile(queue.label, label(counted[queue.key]), queue.address, queue.icon)
            if counted[queue.key]:
                pile.rows = _asked(user) if queue.key == "approvals" else _rows(queue.find(user), day)
            piles.append(pile)
    if "answered" in numbers:
        pile = Pile("督办反馈待核", label(numbers["answered"]), "/supervision/?view=answered", "flag")
        if numbers["answered"]:
            pile.rows = _orders(user)
        piles.append(pile)
    return piles


def _rows(petitions, day: date) -> list[dict]:
    return [
        {
            "title": petition.title,
            "url": f"/cases/{petition.number}/",
            "about": f"{petition.number} · {petition.organ.short_name}",
            "lamp": lamps.of_row(petition, day),
        }
        for petition in _shown(petitions, FEW)
    ]


def _asked(user) -> list[dict]:
    found = queues.approvals(user).select_related("petition", "asked_by").order_by("asked_at", "pk")[:FEW]
    return [
        {
            "title": f"{one.label}：{one.petition.title}",
            "url": "/approvals/",
            "about": f"{one.petition.number} · {one.asked_by.name} 报请",
        }
        for one in found
    ]


def _orders(user) -> list[dict]:
    found = _answered(user).select_related("petition", "to").order_by("answered_at", "pk")[:FEW]
    return [
        {
            "title": one.petition.title,
            "url": f"/supervision/orders/{one.pk}/",
            "about": f"{one.number} · {one.to.short_name}已反馈",
        }
        for one in found
    ]


def _instructed(user, day: date) -> list[dict]:
    """The user's own 批示: those not reported on, the earliest day first, then those reported on lately. One query
    where there is none, two more where there is. Only of petitions the user may still open."""
    theirs = {"petition__events__act": Act.INSTRUCT, "petition__events__seq": F("started_by")}
    mine = Deadline.objects.filter(term=instructing.TERM, petition__events__by=user, **theirs)
    mine = mine.filter(Q(ended_how="") | Q(met_on__gte=day - ANSWERED_FOR))
    mine = mine.filter(petition__in=Petition.objects.visible_to(user).values("pk"))
    found = mine.select_related("petition", "owed_by_organ").order_by(F("met_on").asc(nulls_first=True), "due_on", "pk")
    found = list(found.defer("petition__excerpt", "petition__path_record", "petition__accused_text")[:INSTRUCTED])
    lines = PetitionEvent.objects.filter(act=Act.INSTRUCT, petition__in=[one.petition_id for one in found])
    said = {(line.petition_id, line.seq): line for line in lines.select_related("text")} if found else {}
    return [_instruction(one, said[one.petition_id, one.started_by], day) for one in found]


def _instruction(clock, line, day: date) -> dict:
    """What was to be done, by whom, by when, and whether it was reported."""
    words = mask_text(line.text.body) if hasattr(line, "text") else ""
    left = (clock.due_on - day).days
    answered = f"{clock.met_on:%m-%d} 已报告" if clock.met_on else f"{clock.due_on:%m-%d} 前报告，还没有报告"
    return {
        "title": clock.petition.title,
        "url": f"/cases/{clock.petition.number}/",
        "about": f"{words}　{clock.owed_by_organ.short_name} {answered}",
        "lamp": None if clock.met_on else ("r" if left < 0 else "y" if left <= NEAR else "g", left),
    }


def _held(petition, day: date, moment: datetime) -> dict:
    """A petition with who has it in hand now and for how long without a break."""
    stretches = holding.stretches(petition, moment)
    since = moment
    for one in reversed(stretches):
        if (one.organ, one.user) != (stretches[-1].organ, stretches[-1].user):
            break
        since = one.since
    who = petition.holder_organ.short_name if petition.holder_organ else "无人承办"
    if petition.holder_user:
        who += f" {petition.holder_user.name}"
    waiting = f"，待{petition.waiting_for}" if petition.waiting_for else ""
    return {
        "title": petition.title,
        "url": f"/cases/{petition.number}/",
        "about": f"{petition.number} · 在{who}手里 {holding.in_words(moment - since)}{waiting}",
        "lamp": lamps.of_row(petition, day),
    }


def _owed(petition, day: date, moment: datetime) -> dict:
    """A sponsored petition: who has it in hand, and by when it was to be settled where a day was set."""
    row = _held(petition, day, moment)
    due_on = sponsoring.due_on(sponsoring.latest(petition))
    if due_on is not None:
        row["about"] += f" · 包案 {due_on:%m-%d} 前化解{'，已过' if due_on < day else ''}"
    return row


def _stats(piles: list[Pile], numbers: dict[str, int]) -> list[dict]:
    whole = sum(pile.count if isinstance(pile.count, int) else 0 for pile in piles)
    capped = any(isinstance(pile.count, str) for pile in piles)
    return [
        {"label": "待我决定", "value": f"{whole}+" if capped else whole, "url": "#l-wait"},
        {"label": "红灯 超期", "value": label(numbers["red"]), "lamp": "r", "url": "/cases/?view=open&lamp=r"},
        {"label": "黄灯 临期", "value": label(numbers["amber"]), "lamp": "y", "url": "/cases/?view=open&lamp=y"},
        {"label": "我包案的", "value": label(numbers["mine"]), "url": "#l-mine"},
    ]
