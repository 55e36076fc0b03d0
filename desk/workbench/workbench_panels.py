"""工作台的面板：各看各的岗位。每块一次查询，没有职权的不出现。"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.authority import holds, organs_reached, standing, who
from accounts.models import Outbox, User
from accounts.query_text import asked_again
from desk.calendars import missing_years
from desk.lists import lamps, queues
from desk.lists import list_rows as rows
from desk.many_counts import label, soonest, tally
from petitions.acceptance.models import LegState
from petitions.models import Deadline, Leg, PartyRequest, Petition, PetitionLetter, Submission
from petitions.parties.request import rules as requesting
from rulebook.acts import Act
from rulebook.books import calendar_in_force, rule_set_on
from supervision.board import board_counts as counts
from supervision.board.case_list import scope_of

SHORT, LONG = 5, 8  # 面板里的行数
RECEIPT = "F01"


@dataclass
class Panel:
    """One card of the workbench: a table of petitions, or lines of something else."""

    key: str
    title: str
    empty: str
    rows: list[dict] = field(default_factory=list)
    url: str = ""
    wide: bool = False


def stats(user, counts: dict[str, int], day: date) -> list[dict]:
    """The five piles that matter most now, those with something on them before the empty, and how near each is."""
    piles = sorted(queues.of(user), key=lambda queue: not counts[queue.key])[:5]
    full = [queue for queue in piles if counts[queue.key] and not queue.url]
    about = ("nearest", tuple(queue.key for queue in full))
    nearest = soonest(user, about, lambda: {queue.key: queue.find(user) for queue in full})
    return [
        {
            "label": queue.label,
            "value": label(counts[queue.key]),
            "url": queue.address,
            "note": _how_near(nearest.get(queue.key), day),
        }
        for queue in queues.QUEUES
        if queue in piles
    ]


def _how_near(due_on: date | None, day: date) -> str:
    if due_on is None:
        return ""
    left = (due_on - day).days
    return f"最早一件已超 {-left} 天" if left < 0 else "最早一件今日届满" if not left else f"最早一件剩 {left} 天"


def of(user, day: date) -> list[Panel]:
    """The panels of this user, in the order in which they want looking at."""
    if not user.organ_id:
        return []
    made = [
        holds(user, Act.ANSWER_ORDER) and _orders(user, day),
        holds(user, Act.APPROVE) and _approvals(user),
        holds(user, Act.SIGN) and _pile("signing", "待签发", "没有等您签发的意见书。", queues.signing, user, day),
        holds(user, Act.PASS)
        and not holds(user, Act.CLASSIFY)
        and _pile("checking", "待核查", "没有等您核查的意见书。", queues.checking, user, day),
        holds(user, Act.ANSWER) and _pile("handling", "待办理", "手上没有正在办理的事项。", queues.handling, user, day),
        holds(user, Act.ANSWER_REQUEST) and _requests(user, day),
        holds(user, Act.CALL_BACK) and _call_backs(user, day),
        holds(user, Act.ORDER) and _nearest(user, day),
        holds(user, Act.SIGN_FOR) and _to_sign_for(user),
        holds(user, Act.REGISTER) and _registered(user, day),
    ]
    return [panel for panel in made if panel]


def _pile(key: str, title: str, empty: str, find, user, day: date) -> Panel:
    drawn = _soonest(key, lambda: find(user), user, day)
    return Panel(key, title, empty, drawn, f"/cases/?view={key}", wide=True)


def _soonest(key: str, find, user, day: date) -> list[dict]:
    """The rows of the pile that come due first; `key` names what `find` looks for (accounts.query_text)."""
    found = asked_again(("workbench", key, who(user)), lambda: _first(find()))
    return [rows.row(petition, day) for petition in found]


def _first(found) -> QuerySet:
    return rows.shown(found.soonest_first()[:LONG].picked()).soonest_first()


def _nearest(user, day: date) -> Panel:
    """What comes due first in all that a supervisor watches over."""
    drawn = _soonest("watched", lambda: scope_of(user).open(), user, day)
    return Panel("red", "最先到期", "没有在办的事项。", drawn, "/supervision/", wide=True)


def _orders(user, day: date) -> Panel:
    found = asked_again(
        ("workbench", "orders", who(user)),
        lambda: queues.orders(user).select_related("petition", "issuer").order_by("due_on", "pk")[:SHORT],
    )
    lines = [
        {
            "title": order.petition.title,
            "url": f"/supervision/orders/{order.pk}/",
            "number": order.petition.number,
            "about": f"{order.issuer.short_name} {order.get_card_display()}",
            "due_on": order.due_on,
            "lamp": "r" if order.due_on < day else "y",
            "days_left": order.days_left(day),
        }
        for order in found
    ]
    return Panel("orders", "待反馈督办", "没有等您单位反馈的督办单。", lines, "/cases/?view=supervised")


def _requests(user, day: date) -> Panel | None:
    """What petitioners asked for and still wait for; no panel where nobody does."""
    mine = queues.requested(user).values("pk")
    found = asked_again(
        ("workbench", "requests", who(user)),
        lambda: (
            PartyRequest.objects.filter(petition__in=mine, state=requesting.WAITING)
            .exclude(about=user.pk)
            .annotate(due_on=_due_of_request())
            .select_related("petition")
            .defer("words", "answer")
            .order_by("due_on", "pk")[:SHORT]
        ),
    )
    lines = [
        {
            "title": f"{one.get_kind_display()}：{one.petition.title}",
            "url": f"/cases/{one.petition.number}/do/{Act.ANSWER_REQUEST}/",
            "number": one.petition.number,
            "about": "信访人等回应",
            "due_on": one.due_on,
            "lamp": "r" if one.due_on and one.due_on < day else "y",
            "days_left": (one.due_on - day).days if one.due_on else None,
        }
        for one in found
    ]
    return Panel("requests", "待回应", "没有等您回应的信访人请求。", lines, "/cases/?view=requested") if lines else None


def _call_backs(user, day: date) -> Panel | None:
    """Ratings not satisfied to be asked about; no panel where there are none."""
    found = asked_again(
        ("workbench", "calling", who(user)),
        lambda: (
            queues.calling(user)
            .select_related("rating__petition", "rating__organ")
            .defer("words")
            .order_by("due_on", "pk")[:SHORT]
        ),
    )
    lines = [
        {
            "title": one.petition.title,
            "url": f"/callbacks/{one.pk}/",
            "number": one.petition.number,
            "about": f"评价{one.rating.organ.short_name}不满意",
            "due_on": one.due_on,
            "lamp": "r" if one.due_on < day else "y",
            "days_left": (one.due_on - day).days,
        }
        for one in found
    ]
    return Panel("calling", "待回访", "没有等您单位回访的评价。", lines, "/callbacks/") if lines else None


def _due_of_request() -> Subquery:
    clock = Deadline.objects.running().filter(term=requesting.TERM, scope_id=OuterRef("pk"))
    return Subquery(clock.values("due_on")[:1])


def _approvals(user) -> Panel:
    found = asked_again(
        ("workbench", "approvals", who(user)),
        lambda: queues.approvals(user).select_related("petition", "asked_by").order_by("asked_at", "pk")[:SHORT],
    )
    lines = [
        {
            "title": f"{pending.label}：{pending.petition.title}",
            "url": "/approvals/",
            "number": pending.petition.number,
            "about": f"{pending.asked_by.name} 报请，等待{pending.step_label}",
            "at": pending.asked_at,
        }
        for pending in found
    ]
    return Panel("approvals", "待审批", "没有等您审批的事项。", lines, "/approvals/")


def _to_sign_for(user) -> Panel:
    """Handed over to our organ, arrived, and nobody has said “I have it” yet."""
    found = asked_again(("workbench", "legs", who(user)), lambda: _arrived(user)[:SHORT])
    lines = [
        {
            "title": leg.petition.title,
            "url": f"/cases/{leg.petition.number}/",
            "number": leg.petition.number,
            "about": f"{leg.sender.short_name}{leg.get_kind_display()}",
            "at": leg.arrived_at,
        }
        for leg in found
    ]
    return Panel("legs", "待签收", "没有等您单位签收的转送、交办件。", lines)


def _arrived(user):
    return (
        Leg.objects.lead()
        .filter(
            state=LegState.ARRIVED,
            ended_at=None,
            receiver__office_id=user.organ.office_id,
            petition__in=Petition.objects.visible_to(user, Act.SIGN_FOR).values("pk"),
        )
        .select_related("petition", "sender")
        .order_by("arrived_at", "pk")
    )


def _registered(user, day: date) -> Panel:
    """My last five registrations, each with its receipt to print."""

    def last_five():
        mine = Submission.objects.filter(registered_by_id=user.pk, organ__office_id=user.organ.office_id)
        seen = Petition.objects.visible_to(user).filter(submission__in=mine.values("pk"), ordinal=1)
        return rows.shown(seen).order_by("-registered_at", "-pk")[:SHORT]

    petitions = asked_again(("workbench", "registered", who(user)), last_five)
    drawn = {petition.pk: rows.row(petition, day) | {"at": petition.registered_at} for petition in petitions}
    receipts = PetitionLetter.objects.filter(petition_id__in=drawn, letter__kind=RECEIPT).order_by("-pk")
    for petition_id, letter_id in receipts.values_list("petition_id", "letter_id"):
        drawn[petition_id]["receipt"] = letter_id
    return Panel("registered", "最近登记", "您还没有登记过来件。", list(drawn.values()), "/register/dayend/")


def lamps_of(user, day: date) -> list[dict]:
    """The board in one line for those who supervise: every number leads to its petitions."""
    if not holds(user, Act.ORDER):
        return []
    counted, _ = counts.of_board(user, {}, day)
    return [
        {"label": "在办", "value": counted.open, "url": "/supervision/?view=all"},
        {"label": "红灯超期", "value": counted.lamps["r"], "lamp": "r", "url": "/supervision/?lamp=r"},
        {"label": "黄灯临期", "value": counted.lamps["y"], "lamp": "y", "url": "/supervision/?lamp=y"},
        {"label": "绿灯正常", "value": counted.lamps["g"], "lamp": "g", "url": "/supervision/?view=all&lamp=g"},
    ]


def summary_of(user, day: date) -> tuple[list[dict], Panel | None]:
    """What a leader looks at, who has no pile but rulings on competence: the petitions they answer for, by lamp."""
    acts = {queue.act for queue in queues.QUEUES} - {Act.DESIGNATE}
    if not holds(user, Act.VIEW) or holds(user, Act.ORDER) or any(holds(user, act) for act in acts):
        return [], None
    seen = Petition.objects.open_to(user)
    amber_ones = lamps.near(day)
    colours = (("r", "红灯超期"), ("y", "黄灯临期"), ("g", "绿灯正常"))
    counted = tally(user, {"all": seen} | {key: seen.filter(lamps.under(key, day, amber_ones)) for key, _ in colours})
    numbers = [{"label": "我负责的在办件", "value": counted["all"], "url": "/cases/?view=open"}]
    numbers += [
        {"label": name, "value": counted[key], "lamp": key, "url": f"/cases/?view=open&lamp={key}"}
        for key, name in colours
    ]
    drawn = _soonest("seen", lambda: seen, user, day)
    return numbers, Panel("mine", "我负责的", "没有由您负责的在办事项。", drawn, "/cases/?view=open", wide=True)


def system_of(user, day: date) -> dict | None:
    """What an administrator looks at: people, messages that did not go out, the rules in force. No petitions."""
    if not holds(user, Act.MANAGE_USERS):
        return None
    people = User.objects.filter(organ__in=organs_reached(user, Act.MANAGE_USERS).values("pk"))
    counted = tally(
        user,
        {"on": people.active(), "off": people.filter(is_active=False), "dead": Outbox.objects.dead_letters()},
    )
    rules, calendar = rule_set_on(day), calendar_in_force()
    return {
        "stats": [
            {"label": "在用账号", "value": label(counted["on"]), "unit": "个", "url": "/config/users/?state=on"},
            {"label": "停用账号", "value": label(counted["off"]), "unit": "个", "url": "/config/users/?state=off"},
            {"label": "未发出的消息", "value": label(counted["dead"]), "unit": "条", "url": "/config/messages/"},
        ],
        "missing": missing_years.sentence(day) if holds(user, Act.CONFIGURE) else "",
        "rules": [
            ("在用规则集", rules.code),
            ("城市", rules.city),
            ("施行日期", f"{rules.effective_from:%Y-%m-%d}"),
            ("放假安排", "、".join(f"{year} 年" for year in sorted(calendar.years))),
            ("暂定年份", "、".join(f"{year} 年" for year in sorted(calendar.provisional_years)) or "没有"),
        ],
    }


def roles_of(user) -> str:
    """The posts of today, in words, for the head of the page."""
    return "、".join(dict.fromkeys(seat.title for seat in standing(user).seats))
