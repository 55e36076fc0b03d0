"""督办的几步：超期以后下发、反馈、退回、核销。"""

from config.demo import people
from rulebook.timekeeping import today
from supervision import actions as supervision
from supervision.models import Ground, Order


def order(walk, tale):
    petition = walk.petition(tale)
    supervision.open_order(
        petition,
        by=walk.cast.over(petition.organ, ("DS_SUPERVISOR",)),
        to=petition.organ,
        ground=Ground.SV02,
        card=Order.Card.RED,
        problem=walk.say("order_reason", tale),
        requirement="请主要负责人牵头，查明超期原因，五个工作日内书面反馈，并尽快出具处理意见。",
        due_on=walk.calendar.step(today(), 5),
    )


def _order_of(walk, tale):
    petition = walk.petition(tale)
    found = Order.objects.select_related("to__office", "issuer", "issued_by").get(petition=petition)
    found.petition = petition
    return petition, found


def answer_order(walk, tale):
    petition, found = _order_of(walk, tale)
    text = "已召开专题会议，明确承办科室和时限；调查基本完成，处理意见正在核查，十日内出具并送达。"
    supervision.answer(found, by=walk.cast.of(petition.organ, people.OFFICER), answer=text)


def return_order(walk, tale):
    _, found = _order_of(walk, tale)
    reason = "反馈没有说明超期原因和责任人员，请补充后重报。"
    supervision.send_back(found, by=found.issued_by, reason=reason, due_on=walk.calendar.step(today(), 3))


def close_order(walk, tale):
    _, found = _order_of(walk, tale)
    supervision.close(found, by=found.issued_by, opinion="整改措施明确、责任到人，予以核销，继续跟踪处理意见出具情况。")
