"""登记台上的叫号条：正在接待几号、还有几人等候、叫下一号。窗口号记在会话里，一次登录写一次。"""

from dataclasses import dataclass

from django.db.models import Q

from petitions.act.decorator import Refused
from petitions.intake.registration import REPRESENTATIVES_MAX
from petitions.intake.visit import rules as visiting
from petitions.models import Visit
from rulebook.timekeeping import today

WINDOW = "window"  # 会话里的窗口号
CALL, MEET, MISS = "call", "meet", "miss"
AT_THE_DESK = (CALL, MEET, MISS)


@dataclass(frozen=True)
class Strip:
    """What the head of the registration page shows of the hall. One query."""

    mine: Visit | None
    waiting: int

    @property
    def is_shown(self) -> bool:
        """A desk without a queue shows nothing of it."""
        return self.mine is not None or self.waiting > 0


def strip(user, office) -> Strip:
    """The visit in the clerk's hand and how many wait."""
    mine = Q(clerk=user, state__in=(Visit.State.CALLED, Visit.State.MET))
    rows = list(
        Visit.objects.on(office, today())
        .filter(mine | Q(state=Visit.State.WAITING))
        .only("number", "state", "met_at", "called_at", "need", "people")
    )
    waiting = sum(row.state == Visit.State.WAITING for row in rows)
    return Strip(next((row for row in rows if row.state != Visit.State.WAITING), None), waiting)


def of(request) -> int | None:
    """The window the clerk sits at, once they have said so."""
    return request.session.get(WINDOW)


def sit_at(request, typed: str) -> int:
    """Remember the window typed. Raises Refused where it is no window."""
    if not typed.isdecimal() or not 1 <= int(typed) <= visiting.WINDOWS_MOST:
        raise Refused(f"窗口号请填 1 到 {visiting.WINDOWS_MOST} 的数字")
    request.session[WINDOW] = int(typed)
    return int(typed)


def perform(request, office, do: str) -> str:
    """叫下一号、开始接待、未到 from the registration page; returns what was done, as a sentence."""
    if do == CALL:
        window = of(request)
        if window is None:
            raise Refused("请先到“接待大厅”写明您在几号窗口，再叫号")
        return called(visiting.call_next(office, by=request.user, window=window))
    mine = visiting.in_hand_of(request.user, office)
    if mine is None:
        raise Refused("您现在没有叫号，请先叫下一号")
    if do == MEET:
        return f"{visiting.meet(mine, by=request.user).ticket} 开始接待"
    return f"{visiting.miss(mine, by=request.user).ticket} 记为未到，人来了可以在“接待大厅”再叫"


def called(visit: Visit) -> str:
    """What to say into the hall."""
    special = f"（{visit.get_need_display()}，优先接待）" if visit.need else ""
    crowd = f"，{visit.people} 人" if visit.people > 1 else ""
    if visit.people > REPRESENTATIVES_MAX:
        crowd += f"，请推选不超过 {REPRESENTATIVES_MAX} 名代表（第二十条）"
    return f"请 {visit.ticket} 号到 {visit.window} 号窗口{special}{crowd}"
