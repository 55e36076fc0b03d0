"""督办的几步：超期以后下发、签收、报告、升级、约谈、通报、反馈、退回、核销。"""

from datetime import timedelta

from config.demo import people
from rulebook.timekeeping import now, today
from supervision.models import CallIn, Commitment, Ground, Order
from supervision.orders import acts as supervision
from supervision.orders.call_in import rules as calling_in
from supervision.orders.evidence import compilation


def order(walk, tale):
    _issue(
        walk,
        tale,
        card=Order.Card.RED,
        problem=walk.say("order_reason", tale),
        requirement="请主要负责人牵头，查明超期原因，五个工作日内书面反馈，并尽快出具处理意见。",
    )


def plain_order(walk, tale):
    """The one that goes all the way up: it begins as a plain order with a report every three working days."""
    _issue(
        walk,
        tale,
        every=3,
        problem="办理期限已过，没有出具处理意见，也没有向信访人说明原因。",
        requirement="查明超期原因，明确出具处理意见的日期，并当面向信访人说明。",
    )


def _issue(walk, tale, **told):
    """Past its day without an opinion: answered within five working days."""
    petition = walk.petition(tale)
    supervision.open_order(
        petition,
        by=walk.cast.over(petition.organ, ("DS_SUPERVISOR",)),
        to=petition.organ,
        ground=Ground.SV02,
        due_on=walk.calendar.step(today(), 5),
        **told,
    )


def sign_order(walk, tale):
    petition, found = order_of(walk, tale)
    supervision.sign(found, by=walk.cast.of(petition.organ, people.OFFICER))


REPORTS = (
    "已明确由房屋征收科承办，正在核对各户协议和周转费发放台账，预计三日内核完。",
    "台账核完，四月以后的周转费确未发放；建设单位尚未书面说明原因，还不能出具处理意见。",
)


def report_order(walk, tale, *, n):
    petition, found = order_of(walk, tale)
    supervision.report(found, by=walk.cast.of(petition.organ, people.OFFICER), report=REPORTS[n])


RAISED = {
    Order.Card.YELLOW: "反馈期限已过，没有反馈，进展报告没有说明何时出具处理意见。",
    Order.Card.RED: "升为黄牌以后仍没有反馈，也没有再报告进展，信访人再次来访。",
}


def raise_order(walk, tale, *, card):
    _, found = order_of(walk, tale)
    supervision.raise_card(found, by=found.issued_by, card=card, reason=RAISED[card])


def call_in(walk, tale):
    """The head of the petition office, from the office of the joint conference, talks to the organ's head."""
    _, found = order_of(walk, tale)
    calling_in.call_in(
        [found],
        by=walk.cast.over(found.to, ("DS_HEAD",)),
        basis=CallIn.Basis.CONFERENCE,
        approved="联席会议召集人批准",
        called=CallIn.Called.HEAD,
        held_at=now() - timedelta(hours=1),
        place="区信访联席会议办公室",
        topic="红牌督办以后仍未出具处理意见",
        minutes="说明了周转费断发的经过和责任科室；对没有按期报告作了检讨；提出两项承诺。",
        commitments=[
            ("补报进展，书面反馈督办单", walk.calendar.step(today(), 5)),
            ("当面向信访人说明补发安排", walk.calendar.step(today(), 8)),
        ],
    )
    walk.forget(found.petition)


def keep_commitment(walk, tale):
    petition = walk.petition(tale)
    one = Commitment.objects.filter(call_in__orders__petition=petition, done_on=None).order_by("due_on", "pk").first()
    by = walk.cast.over(petition.organ, ("DS_SUPERVISOR",))
    calling_in.keep(one, by=by, done_on=today(), how="核对了反馈材料和说明笔录，已经做到。")
    walk.forget(petition)


def gather_evidence(walk, tale):
    """What would go with a proposal to hold somebody responsible."""
    _, found = order_of(walk, tale)
    compilation.make(found, by=found.issued_by)


def circulate(walk, tale):
    _, found = order_of(walk, tale)
    offices = [organ for organ in walk.cast.organs.values() if organ.pk == organ.office_id]
    told = [organ for organ in offices if organ.territory.startswith(found.to.district_code) and organ.kind == "bureau"]
    calling_in.circulate(
        [found],
        by=walk.cast.over(found.to, ("DS_HEAD",)),
        approved="联席会议召集人批准",
        told=told or [found.to],
        title="关于一件回迁信访事项逾期未办结的通报",
        text="一件反映回迁和周转费的信访事项逾期未出具处理意见，经黄牌、红牌督办和约谈后方才反馈。请各单位对照检查。",
    )
    walk.forget(found.petition)


def order_of(walk, tale):
    petition = walk.petition(tale)
    found = Order.objects.select_related("to__office", "issuer", "issued_by").get(petition=petition)
    found.petition = petition
    return petition, found


def answer_order(walk, tale):
    petition, found = order_of(walk, tale)
    text = "已召开专题会议，明确承办科室和时限；调查基本完成，处理意见正在核查，十日内出具并送达。"
    supervision.answer(found, by=walk.cast.of(petition.organ, people.OFFICER), answer=text)


def return_order(walk, tale):
    _, found = order_of(walk, tale)
    reason = "反馈没有说明超期原因和责任人员，请补充后重报。"
    supervision.send_back(found, by=found.issued_by, reason=reason, due_on=walk.calendar.step(today(), 3))


def close_order(walk, tale):
    _, found = order_of(walk, tale)
    supervision.close(found, by=found.issued_by, opinion="整改措施明确、责任到人，予以核销，继续跟踪处理意见出具情况。")
