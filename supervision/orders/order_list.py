"""督办单怎样读：清单、签收到没到时候、进展报告各期。条件都在网址里。"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q

from accounts.authority import holds
from accounts.privacy import mask_text
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import calendar_in_force, settings_of
from rulebook.calendar import Calendar
from rulebook.timekeeping import local_date
from supervision.board.case_list import Page
from supervision.models import Order
from supervision.orders import progress_periods
from supervision.querysets import OPEN, OWED

PAGE = 20
# 视图 → 名称、条件（日子由调用者给）
VIEWS = {
    "open": "未办结",
    "unsigned": "未签收",
    "unreported": "逾期未报告",
    "late": "反馈逾期",
    "answered": "反馈待核",
    "closed": "已办结",
}


def seen_by(user):
    """The orders the user looks after: all of the area for those who issue them, else those sent to their own organ.

    Raises PermissionDenied where the post sees no petitions at all.
    """
    if holds(user, Act.ORDER):
        return Order.objects.among(Petition.objects.visible_to(user, Act.ORDER))
    if not holds(user, Act.VIEW):
        raise PermissionDenied("您的岗位不看督办单；要查督办情况请联系信访部门督查岗位")
    return Order.objects.owed_by(user.office).among(Petition.objects.visible_to(user))


def _condition(view: str, day: date) -> Q:
    match view:
        case "unsigned":
            return Q(state__in=OWED, signed_at=None)
        case "unreported":
            return Q(state__in=OWED, next_report_on__lt=day)
        case "late":
            return Q(state__in=OWED, due_on__lt=day)
        case "answered" | "closed":
            return Q(state=view)
    return Q(state__in=OPEN)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not understand is left out rather than refused."""

    view: str = "open"
    organ: str = ""
    before: int = 0
    after: int = 0

    @classmethod
    def read(cls, query) -> "Asked":
        view, organ = query.get("view", ""), query.get("organ", "")
        before, after = (query.get(name, "") for name in ("before", "after"))
        return cls(
            view=view if view in VIEWS else "open",
            organ=organ if organ.isdecimal() and len(organ) < 10 else "",
            before=int(before) if before.isdecimal() and len(before) < 16 else 0,
            after=int(after) if after.isdecimal() and len(after) < 16 else 0,
        )

    def address(self, **change) -> str:
        """The list's address with these filters, some of them changed; pages start anew."""
        kept = {name: value for name, value in ({"view": self.view, "organ": self.organ} | change).items() if value}
        return f"/supervision/orders/?{urlencode(kept)}"

    @property
    def export_address(self) -> str:
        """Where the same list is to be had as a workbook."""
        return self.address().replace("/orders/", "/orders/export.xlsx", 1)


def tabs(scope, asked: Asked, day: date) -> list[dict]:
    """The views with how many stand in each: one query."""
    chosen = scope.filter(to__office_id=int(asked.organ)) if asked.organ else scope
    counts = chosen.aggregate(**{view: Count("pk", filter=_condition(view, day)) for view in VIEWS})
    return [
        {"label": label, "count": counts[view], "current": asked.view == view, "url": asked.address(view=view)}
        for view, label in VIEWS.items()
    ]


def offices(scope) -> list[tuple[int, str]]:
    """The organs that got an order, for the filter."""
    return list(scope.order_by("to__office_id").values_list("to__office_id", "to__office__short_name").distinct())


def chosen(scope, asked: Asked, day: date):
    """The orders of the view and filter, of a scope limited to what the user may see."""
    found = scope.filter(_condition(asked.view, day))
    return found.filter(to__office_id=int(asked.organ)) if asked.organ else found


def page(scope, asked: Asked, day: date) -> Page:
    """The orders of the view, newest first, one page by key; each row says what is owed next and by when."""
    found = chosen(scope, asked, day).select_related("petition__rule_set", "to__office", "issuer")
    found = found.defer("problem", "requirement", "answer", "petition__excerpt")
    if asked.after:
        found = found.filter(pk__gt=asked.after).order_by("pk")
    elif asked.before:
        found = found.filter(pk__lt=asked.before).newest_first()
    else:
        found = found.newest_first()
    taken = list(found[: PAGE + 1])
    more, taken = len(taken) > PAGE, taken[:PAGE]
    if asked.after:
        taken.reverse()
    calendar = calendar_in_force() if taken else None
    shown = Page([_row(order, day, calendar) for order in taken])
    if taken and (more if asked.after else asked.before):
        shown.prev_url = asked.address(after=taken[0].pk)
    if taken and (asked.after or more):
        shown.next_url = asked.address(before=taken[-1].pk)
    return shown


def _row(order, day: date, calendar) -> dict:
    owed = order.state in OWED
    return {
        "order": order,
        "tone": {"yellow": "am", "red": "rd"}.get(order.card, ""),
        "sign_by": sign_by(order, calendar),
        "unsigned_late": is_unsigned_late(order, day, calendar),
        "report_late": owed and order.next_report_on is not None and order.next_report_on < day,
        "lamp": "r" if order.due_on < day else "y" if order.days_left(day) <= 2 else "g",
        "days_left": order.days_left(day) if owed else None,
    }


def sign_by(order, calendar: Calendar) -> date:
    """The day by which the order should be signed for (内部管理要求，工作日)."""
    within = settings_of(order.petition.rule_set)["order_sign_days"]
    return calendar.step(local_date(order.issued_at), within)


def is_unsigned_late(order, day: date, calendar: Calendar) -> bool:
    return order.state in OWED and order.signed_at is None and day > sign_by(order, calendar)


# 一份督办单自己的日志行


def lines_of(order) -> list:
    """The petition's log lines about the order, oldest first."""
    found = order.petition.events.filter(scope__order=order.pk).select_related("by", "by_organ", "text")
    return list(found.order_by("seq"))


def said(event) -> str:
    """The words of a line, personal numbers hidden; empty where it has none."""
    return mask_text(event.text.body) if hasattr(event, "text") else ""


def reports(lines, day: date, calendar: Calendar) -> list[dict]:
    """The periods of the progress reports, oldest first: due_on, made_on (None where not yet), late."""
    read = [progress_periods.Line(Act(line.act), local_date(line.at), line.details.get("every", 0)) for line in lines]
    return [
        {"due_on": period.due_on, "made_on": period.made_on, "late": period.is_late(day)}
        for period in progress_periods.periods(read, day, calendar)
    ]
