"""一份督办单走到底：普通督办、黄牌、红牌、约谈、通报、证据材料，到追究责任的建议发出、移交纪检。一天最多走一步。"""

from datetime import date, timedelta
from functools import partial

from config.demo import people
from config.demo.doing.proposing import blame
from petitions.act.states import State
from petitions.models import Petition
from rulebook.timekeeping import local_date, now, today
from supervision.models import CallIn, Ground, Order, Proposal
from supervision.orders import acts as supervision
from supervision.orders.call_in import rules as calling_in
from supervision.orders.evidence import compilation

# 据此认出是哪一份：接着往下走的那一天，凭它找回来
PROBLEM = "办理期限已过，没有出具处理意见，没有向信访人说明原因，催办以后也没有回音。"
REQUIREMENT = "查明逾期原因和责任人，明确出具处理意见的日期，当面向信访人说明。"
EVERY, ANSWER_IN = 5, 5  # 工作日
PROMISED = ("书面反馈督办单，写明责任人", "当面向信访人说明办理进度")


class Carried:
    """The order that goes all the way, read from what is stored: which step is next, and since when the last stands."""

    def __init__(self, walk):
        self.walk = walk

    def order(self) -> Order | None:
        found = Order.objects.filter(problem=PROBLEM).select_related("to__office", "issuer", "issued_by", "petition")
        return found.order_by("pk").first()

    def kept_out(self) -> set[int]:
        """The petition nobody else works on meanwhile; none once the order is closed."""
        order = self.order()
        return {order.petition_id} if order and order.is_open else set()

    def due(self, day: date, slow):
        """(the petition's key, what, act) of the day, or None. `slow`: the organ that lets it lie."""
        order = self.order()
        if order is None:
            key = _overdue_in(slow, day)
            return (key, "下发督办单", partial(self._open, key)) if key else None
        stands = local_date(order.issued_at)
        for what, done_on, days, act in self._course(order):
            if done_on is None:
                done = partial(self._do, act, order)
                return (order.petition_id, what, done) if day >= stands + timedelta(days=days) else None
            stands = done_on
        return None

    def _course(self, order: Order):
        """What, on which day it was done (None: not yet), how many 自然日 after the one before, and how it is done."""
        given = {row.card: local_date(row.given_at) for row in order.cards.all()}
        interview, circular = order.call_ins.first(), order.circulars.first()
        pack = order.evidence.first()
        proposed = Proposal.objects.filter(order=order, kind=Proposal.Kind.BLAME).first()
        yield "签收督办单", _on(order.signed_at), 1, self._sign
        yield "升为黄牌", given.get(Order.Card.YELLOW), 10, self._to_yellow
        yield "升为红牌", given.get(Order.Card.RED), 10, self._to_red
        yield "约谈", _on(interview and interview.made_at), 7, self._call_in
        yield "通报", _on(circular and circular.made_at), 7, self._circulate
        yield "制作证据材料", _on(pack and pack.made_at), 4, self._gather
        yield "追究责任建议、移交", proposed and proposed.issued_on, 3, self._blame
        yield "反馈督办单", _on(order.answered_at), 3, self._answer
        yield "核销督办单", _on(order.closed_at), 2, self._close

    def _do(self, act, order: Order) -> None:
        order.petition = self.walk.fresh(order.petition_id)
        act(order)

    def _head(self, order: Order):
        return self.walk.cast.over(order.to, ("DS_HEAD",))

    def _officer(self, order: Order):
        return self.walk.cast.of(order.to, people.OFFICER)

    def _open(self, key: int) -> None:
        petition = self.walk.fresh(key)
        supervision.open_order(
            petition,
            by=self.walk.cast.over(petition.organ, ("DS_SUPERVISOR",)),
            to=petition.organ,
            ground=Ground.SV02,
            due_on=self.walk.calendar.step(today(), ANSWER_IN),
            every=EVERY,
            problem=PROBLEM,
            requirement=REQUIREMENT,
        )

    def _sign(self, order: Order) -> None:
        supervision.sign(order, by=self._officer(order))

    def _to_yellow(self, order: Order) -> None:
        reason = "反馈期限已过，没有反馈，也没有按期报告进展。"
        supervision.raise_card(order, by=order.issued_by, card=Order.Card.YELLOW, reason=reason)

    def _to_red(self, order: Order) -> None:
        reason = "升为黄牌以后仍没有反馈、没有报告，信访人再次来问。"
        supervision.raise_card(order, by=order.issued_by, card=Order.Card.RED, reason=reason)

    def _call_in(self, order: Order) -> None:
        step = self.walk.calendar.step
        calling_in.call_in(
            [order],
            by=self._head(order),
            basis=CallIn.Basis.CONFERENCE,
            approved="联席会议召集人批准",
            called=CallIn.Called.HEAD,
            held_at=now() - timedelta(minutes=50),
            place="区信访联席会议办公室",
            topic="红牌督办以后仍未出具处理意见",
            minutes="说明了延误的经过和责任科室；对没有按期反馈作了检讨；提出两项承诺。",
            commitments=[(words, step(today(), 5 + n)) for n, words in enumerate(PROMISED)],
        )

    def _circulate(self, order: Order) -> None:
        streets = [one for one in self.walk.cast.organs.values() if one.kind == order.to.kind]
        near = [one for one in streets if one.district_code == order.to.district_code and one.pk == one.office_id]
        calling_in.circulate(
            [order],
            by=self._head(order),
            approved="联席会议召集人批准",
            told=near,
            title="关于一件信访事项逾期未办结的通报",
            text="一件信访事项逾期未出具处理意见，经黄牌、红牌督办和约谈仍未反馈。请各单位对照检查临近期限的件。",
        )

    def _gather(self, order: Order) -> None:
        compilation.make(order, by=order.issued_by)

    def _blame(self, order: Order) -> None:
        blame(
            self.walk,
            order,
            post="信访工作分管负责人",
            problem="办理期限届满以后没有出具处理意见，两次升牌督办、约谈、通报以后仍不反馈。",
            circumstances="承诺的两项均未按期履行，没有报告进展。",
            consequences="信访人多次来问，没有得到答复。",
            facts="两次升牌督办、约谈、通报以后仍不反馈，承诺没有履行。",
        )

    def _answer(self, order: Order) -> None:
        words = "已由主要负责人牵头，明确承办人和时限；处理意见十日内出具并送达，责任人配合调查。"
        supervision.answer(order, by=self._officer(order), answer=words)

    def _close(self, order: Order) -> None:
        supervision.close(order, by=order.issued_by, opinion="责任已经移交，整改时限明确，予以核销，继续跟踪。")


def _on(moment) -> date | None:
    return local_date(moment) if moment else None


def _overdue_in(organ, day: date) -> int | None:
    """The petition longest overdue with the organ that no order was ever about, and that may be told of at all."""
    found = Petition.objects.in_charge_of(organ).overdue(day).filter(state=State.ACCEPTED, orders=None)
    found = found.filter(secrecy=0, accused_organ=None, pending_acts=None)
    return found.soonest_first().values_list("pk", flat=True).first()
