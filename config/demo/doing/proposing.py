"""三项建议的几步：一份督办单走到底以后，提改进工作、追究责任的建议，反馈，登记并移交责任。"""

from datetime import timedelta

from config.demo import people
from config.demo.doing.orders import order_of
from rulebook.timekeeping import today
from supervision.models import Adoption, Ground, Proposal
from supervision.proposals import accountability, proposal_draft, reply

ANSWER_WITHIN = timedelta(days=30)


def propose_improving(walk, tale):
    """Drafted by the supervisor, issued by the head of the petition office, signed for by the organ."""
    petition, order = order_of(walk, tale)
    made = proposal_draft.draft(
        order.issued_by,
        kind=Proposal.Kind.IMPROVE,
        petitions=[petition],
        order=order,
        to=order.to,
        subject=petition.title,
        ground=Ground.SV02,
        problem="超过办理期限没有出具处理意见，经黄牌、红牌督办和约谈后才反馈；临近期限没有人盯。",
        suggestions="明确一名专人每日核对临近期限的件\n逾期的当日报主要负责人\n回迁、周转费一类的件每月研判一次",
        due_on=today() + ANSWER_WITHIN,
    )
    made = proposal_draft.issue(made, _head(walk, petition))
    reply.serve(made, walk.cast.of(petition.organ, people.OFFICER), on=today(), how=Proposal.Means.SYSTEM)
    walk.forget(petition)


def answer_improving(walk, tale):
    petition = walk.petition(tale)
    reply.answer(
        Proposal.objects.get(petitions=petition, kind=Proposal.Kind.IMPROVE),
        walk.cast.of(petition.organ, people.OFFICER),
        adoption=Adoption.PARTLY,
        reason="每月研判由区里统一组织，街道不单独开会。",
        arrangement="已明确专人，自本月起每日核对；逾期的当日报主要负责人。",
        on=today(),
    )
    walk.forget(petition)


def propose_blame(walk, tale):
    _, order = order_of(walk, tale)
    blame(
        walk,
        order,
        post="房屋征收科负责人",
        problem="办理期限届满以后近一个月没有出具处理意见，两次升牌督办仍不反馈。",
        circumstances="红牌督办、约谈以后方才反馈，进展报告与台账不符。",
        consequences="信访人多次来访，周转费断发，引发同一片区的件增多。",
        facts="两次升牌督办以后仍不反馈，进展报告与台账不符。",
    )


def blame(walk, order, *, post: str, facts: str, **told) -> None:
    """To the discipline organ of the district, issued by the head; the record names the post and is handed over the
    same day."""
    petition = order.petition
    made = proposal_draft.draft(
        order.issued_by,
        kind=Proposal.Kind.BLAME,
        petitions=[petition],
        order=order,
        to=_discipline(walk, order.to),
        subject=petition.title,
        responsible=f"{order.to.short_name}{post}",
        basis="《信访工作条例》第四十条第三款\n《信访工作条例》第四十五条第一项",
        suggestions="按照管理权限调查处理\n处理结果书面反馈",
        due_on=today() + ANSWER_WITHIN,
        **told,
    )
    head = walk.cast.over(order.to, ("DS_HEAD",))
    made = proposal_draft.issue(made, head)
    rule = accountability.rules_in_force().get(code="45-1")
    record = accountability.record(made, head, organ=order.to, post=post, rule=rule, facts=facts)
    accountability.hand_over(record, head, on=today())


def _head(walk, petition):
    return walk.cast.over(petition.organ, ("DS_HEAD",))


def _discipline(walk, organ):
    near = [one for one in walk.cast.organs.values() if one.kind == "discipline"]
    return next(one for one in near if one.territory == organ.district_code)
