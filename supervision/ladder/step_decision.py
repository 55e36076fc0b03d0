"""待签发：阶梯列出的一步由谁了结——照办、不办；系统只列，不代人作主。"""

from django.db import transaction

from accounts.authority import require, require_holding
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.terms import BY_CODE
from rulebook.timekeeping import now, today
from supervision.ladder.rungs import Opens
from supervision.models import Ground, Order, SuggestedStep

CARDS = {Opens.ORDER: Order.Card.PLAIN, Opens.YELLOW: Order.Card.YELLOW, Opens.RED: Order.Card.RED}
# 期限 → 督办事由（第四十条第一款，rules §1.12）：逾期的是哪条期限，就是哪一项
GROUND_OF = {
    "D01": Ground.SV01,
    "D02": Ground.SV01,
    "D03": Ground.SV01,
    "D03d": Ground.SV05,
    "D06": Ground.SV02,
    "D07": Ground.SV02,
    "D12": Ground.SV03,
    "I07": Ground.SV08,
}
REQUIREMENT = "请说明没有按期办理的原因和责任人，写明何时办完，并附办理进展的佐证材料。"


def before(user):
    """The steps the user may decide about, the longest waiting first."""
    found = SuggestedStep.objects.waiting().among(Petition.objects.visible_to(user, Act.ORDER))
    return found.select_related("petition__organ", "to", "reminder__deadline").order_by("made_at", "pk")


def orders_on(steps) -> dict[tuple[int, int], Order]:
    """(Petition, organ) → an open order there, which would be raised rather than doubled: one query."""
    found = Order.objects.open().filter(petition__in={step.petition_id for step in steps})
    return {(order.petition_id, order.to_id): order for order in found.order_by("pk")}


def taken(petition, opens, *, by, to=None) -> None:
    """What was laid before the supervisor has been done, from there or from elsewhere: it waits no longer."""
    waiting = SuggestedStep.objects.filter(petition=petition, ended_how="", opens__in=opens)
    if to is not None:
        waiting = waiting.filter(to__office=to.office_id)
    waiting.update(ended_how=SuggestedStep.End.TAKEN, ended_at=now(), ended_by=by)


@transaction.atomic
def leave(step, *, by, reason: str) -> None:
    """不办, with a reason. Raises Refused, PermissionDenied."""
    require_holding(by, Act.ORDER)
    require(by, Act.ORDER, step.petition)
    if not reason.strip():
        raise Refused("请写明不办的理由，例如“已电话督促，承诺本周办结”")
    left = SuggestedStep.objects.filter(pk=step.pk, ended_how="").update(
        ended_how=SuggestedStep.End.LEFT, ended_at=now(), ended_by=by, reason=reason.strip()[:200]
    )
    if not left:
        raise Refused("这一步刚被他人了结，请刷新后查看")


def prefilled(step) -> dict:
    """What the order's form says at first: whom, which card, which ground, in which words."""
    deadline = step.reminder.deadline
    late = (today() - deadline.due_on).days
    when = f"已超期 {late} 天" if late > 0 else "今日届满" if late == 0 else f"距届满还剩 {-late} 天"
    return {
        "to": step.to_id,
        "card": CARDS.get(step.opens, Order.Card.PLAIN),
        "ground": GROUND_OF.get(deadline.term, Ground.SV02),
        "problem": f"{BY_CODE[deadline.term].label}应于 {deadline.due_on:%Y-%m-%d} 前完成，{when}，仍未完成。",
        "requirement": REQUIREMENT,
    }
