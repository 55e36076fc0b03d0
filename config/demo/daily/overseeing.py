"""督查岗位的一天：待签发的签或者不办，反馈的核销或者退回；责任单位的签收、报告、反馈。"""

from datetime import date
from random import Random

from accounts.models import Notice
from config.demo import people
from petitions.act.states import OPEN
from rulebook.timekeeping import local_date, now
from supervision.ladder import step_decision
from supervision.ladder.rungs import Opens
from supervision.models import CallIn, Order, SuggestedStep
from supervision.orders import acts as supervision
from supervision.orders.call_in import rules as calling_in

ANSWER_IN = 5  # 工作日
LATE_SHARE, RETURNED_SHARE = 0.12, 0.15
LEFT_BECAUSE = {
    Opens.CALL_IN: "先看红牌督办的反馈，再定是否约谈",
    Opens.PROPOSAL: "单件延误，已督办到人，暂不提建议",
}
ALREADY = "承办单位已书面说明进度，承诺本周办结"
WORDS = {
    "report": "正在核对材料，承办人已明确；本周内向信访人说明进度，处理意见正在起草。",
    "answer": "已查明延误原因和责任人，明确了出具处理意见的日期，并向信访人作了说明。",
    "return": "反馈没有写明责任人和办结日期，请补充后重报。",
    "close": "整改措施明确、责任到人，予以核销，继续跟踪办理结果。",
    "raise": "督办以后仍超过期限没有办完，反馈期限内未见实质进展。",
    "urge": "期限将到，请抓紧办理，并把进度告知信访人。",
}


def lawful_steps(walk, day: date, seed: str, kept_out: set[int]):
    """Each act of the supervisors and of the organs they wrote to that falls due today: (petition's key, what, act)."""
    for step in _laid_before(kept_out):
        dice = Random(f"{seed}:step:{step.petition.number}:{step.opens}:{step.reminder.rung}")
        if (day - local_date(step.made_at)).days >= dice.randint(1, 3):
            yield step.petition_id, f"待签发·{step.get_opens_display()}", _decided(walk, step, dice)
    for order in _running(kept_out):
        dice = Random(f"{seed}:order:{order.petition.number}:{order.returns}")
        yield order.petition_id, f"督办·{order.get_state_display()}", _moved(walk, order, day, dice)


def _laid_before(kept_out: set[int]):
    waiting = SuggestedStep.objects.waiting().exclude(petition__in=kept_out)
    return list(waiting.select_related("petition", "to__office", "reminder__deadline").order_by("made_at", "pk"))


def _running(kept_out: set[int]):
    found = Order.objects.open().exclude(petition__in=kept_out)
    return list(found.select_related("petition", "to__office", "issuer", "issued_by").order_by("pk"))


# 待签发


def _decided(walk, step: SuggestedStep, dice: Random):
    """The act, as a call without arguments: everything is read again when it is done."""

    def act() -> None:
        petition = walk.fresh(step.petition_id)
        if not SuggestedStep.objects.waiting().filter(pk=step.pk).exists():
            return  # 同一件的另一步已经把它办了
        by = walk.cast.over(step.to, ("DS_SUPERVISOR", "CT_SUPERVISOR"))
        order = Order.objects.open().filter(petition=petition, to__office=step.to.office_id).order_by("pk").last()
        step.petition = petition
        if step.opens == Opens.URGE:
            urged = supervision.urge([petition], WORDS["urge"], by=by)
            if urged.refused:
                step_decision.leave(step, by=by, reason="；".join(said for _, said in urged.refused))
        elif step.opens == Opens.CALL_IN and order and dice.random() < 0.5:
            _called_in(walk, order)
        elif step.opens in LEFT_BECAUSE or dice.random() < 0.15:
            step_decision.leave(step, by=by, reason=LEFT_BECAUSE.get(step.opens, ALREADY))
        else:
            _ordered(walk, step, order, by)

    return act


def _ordered(walk, step: SuggestedStep, order: Order | None, by) -> None:
    told = step_decision.prefilled(step)
    told["to"] = step.to
    cards = [value for value, _ in Order.Card.choices]
    if order is None:
        due_on = walk.calendar.step(now().date(), ANSWER_IN)
        supervision.open_order(step.petition, by=by, due_on=due_on, **told)
    elif cards.index(told["card"]) > cards.index(order.card) and not order.is_answered:
        order.petition = step.petition
        supervision.raise_card(order, by=by, card=told["card"], reason=WORDS["raise"])
    else:
        step_decision.leave(step, by=by, reason=f"{order.number}已在督办")


def _called_in(walk, order: Order) -> None:
    order.petition = walk.fresh(order.petition_id)
    calling_in.call_in(
        [order],
        by=walk.cast.over(order.to, ("DS_HEAD", "CT_HEAD")),
        basis=CallIn.Basis.CONFERENCE,
        approved="联席会议召集人批准",
        called=CallIn.Called.HEAD,
        held_at=now(),
        place="信访联席会议办公室",
        topic="督办以后仍未按期办结",
        minutes="说明了延误的经过和责任人，承诺了办结日期。",
        commitments=[("出具处理意见并送达", walk.calendar.step(now().date(), 10))],
    )


# 督办单


def _moved(walk, order: Order, day: date, dice: Random):
    late, returned = dice.random() < LATE_SHARE, dice.random() < RETURNED_SHARE
    wait = dice.randint(2, 4)

    def act() -> None:
        order.petition = walk.fresh(order.petition_id)
        if order.is_answered:
            if (day - local_date(order.answered_at)).days >= 1:
                _judged(walk, order, day, again=returned and not order.returns)
            return
        if not walk.cast.seats.get(order.to.office_id):
            return
        by = walk.cast.of(order.to, people.OFFICER)
        over = order.petition.state not in OPEN
        if order.signed_at is None:
            supervision.sign(order, by=by)
        if over or day >= walk.calendar.step(order.due_on, wait if late else -1):
            supervision.answer(order, by=by, answer=WORDS["answer"])
        elif order.next_report_on and order.next_report_on <= day:
            supervision.report(order, by=by, report=WORDS["report"])

    return act


def _judged(walk, order: Order, day: date, *, again: bool) -> None:
    by = order.issued_by or walk.cast.over(order.to, ("DS_SUPERVISOR", "CT_SUPERVISOR"))
    if again:
        supervision.send_back(order, by=by, reason=WORDS["return"], due_on=walk.calendar.step(day, 3))
    else:
        supervision.close(order, by=by, opinion=WORDS["close"])


def acknowledge(asleep, since) -> None:
    """Reminders are said 知悉 to by the next morning; in the office `asleep` nobody looks."""
    waiting = Notice.objects.to_acknowledge().filter(at__lt=since)
    waiting.exclude(user__organ__office=asleep).update(acknowledged_at=now())
    Notice.objects.unread().filter(at__lt=since).update(read_at=now())
