"""What must hold before an act: a sentence the clerk can act on, a test, the article that demands it."""

from petitions.acceptance import referral
from petitions.act.states import Kind, LegalPath, Procedure
from petitions.closing import closing_report
from petitions.review import rules as reviewing
from petitions.service.rating import rules as rating
from rulebook.acts import Act
from rulebook.terms import REVIEW_OPINION
from rulebook.timekeeping import today

SIMPLE = "《信访事项简易办理办法（试行）》"


def guard(because: str, article: str = ""):
    """Hang the sentence and the article on a django-fsm condition."""

    def mark(test):
        test.because, test.article = because, article
        return test

    return mark


@guard("本件尚未登记", article="第二十二条")
def is_registered(petition) -> bool:
    return petition.registered_at is not None


@guard("本件已经登记，不能重复登记", article="第二十二条")
def is_not_registered(petition) -> bool:
    return petition.registered_at is None


@guard("本件有报请审批的行为尚未办完，请先批准、不批准或撤回", article="内部管理要求")
def nothing_pending(petition) -> bool:
    return all(pending.state != "waiting" for pending in petition.pending_acts.all())


@guard("申诉求决类须先逐项判定第三十一条各分支，确定法定途径", article="第三十一条")
def path_is_decided(petition) -> bool:
    return petition.kind != Kind.APPEAL or bool(petition.path)


@guard("本件应走其他法定途径，不能按信访程序受理；请导入法定途径", article="第三十一条")
def path_is_petition(petition) -> bool:
    return petition.path in ("", LegalPath.PETITION)


@guard("本件应走其他法定途径，不适用简易办理；请导入法定途径", article="第三十一条")
def path_is_petition_or_suggestion(petition) -> bool:
    return petition.path in ("", LegalPath.PETITION, LegalPath.SUGGESTION)


@guard(
    "申诉求决须出具处理意见书，属第三十一条第四、五项且由本机关办理的才作程序性答复；建议先转研究、检举控告先移交专岗，再作答复",
    article="第二十九条至第三十二条",
)
def may_be_answered(petition) -> bool:
    if petition.state in ("studying", "reported"):
        return True
    return petition.kind == Kind.INQUIRY or referral.is_answered_by_procedure(petition)


@guard(
    "只有申诉求决类才作受理告知：建议意见请转建议研究，检举控告请移交专岗，咨询请直接答复",
    article="第二十九条至第三十一条",
)
def is_appeal(petition) -> bool:
    return petition.kind == Kind.APPEAL


@guard("只有检举控告件才移交专岗", article="第三十条")
def is_report(petition) -> bool:
    return petition.kind == Kind.REPORT


@guard("只有建议意见件才转建议研究", article="第二十九条")
def is_suggestion(petition) -> bool:
    return petition.kind == Kind.SUGGESTION


@guard("信访部门不代替有权处理的机关受理办理，请转送或交办", article="第二十二条")
def organ_is_competent(petition) -> bool:
    return not petition.organ.is_petition_office


@guard(
    "转送、交办来的件不能径行转走：不属本单位职权的，请在 5 个工作日内提出异议；逾期的与转出单位协商，或报上一级指定",
    article="第二十三条、第二十四条",
)
def may_be_sent_away(petition) -> bool:
    """第二十二条的逐级转送属信访部门；其他机关对转送来的件只有异议一条路，直接来件才可以转走。"""
    return petition.organ.is_petition_office or petition.current_leg is None


@guard("当前没有需要异议的转送、交办", article="第二十三条")
def has_leg_to_object(petition) -> bool:
    leg = petition.current_leg
    return leg is not None and leg.arrived_at is not None


@guard("本件已由上级指定本单位受理，不能再提出异议、再报请，请受理办理或者依法告知", article="第二十四条")
def is_not_designated(petition) -> bool:
    legs = [leg for leg in petition.legs.all() if leg.is_lead]
    leg = max(legs, key=lambda leg: leg.number, default=None)
    return leg is None or not leg.is_designated


@guard("本件没有在单位之间流转过，不存在受理争议；不属本单位职权的请转送或者告知", article="第二十三条、第二十四条")
def has_been_handed_on(petition) -> bool:
    """受理以后才发现不属本单位职权的，直接来件也只有报请这一条路 (rules E14)."""
    return petition.state == "accepted" or any(leg.is_lead for leg in petition.legs.all())


@guard("简易办理的件请先转为普通程序，再报请指定管辖", article="第二十四条")
def is_not_taken_up_simply(petition) -> bool:
    return petition.state != "accepted" or petition.procedure != Procedure.SIMPLE


@guard("复查复核责令重新作出的件由原承办单位重新作出，不再报请指定管辖", article="第三十五条")
def is_not_being_redone(petition) -> bool:
    return not petition.proceedings.all()


@guard("同一件同一单位只能提一次异议，请报请共同上一级指定管辖", article="第二十四条")
def organ_has_not_objected(petition) -> bool:
    leg = petition.current_leg
    return leg is None or all(
        one.objected_at is None for one in petition.legs.all() if one.receiver_id == leg.receiver_id
    )


@guard("已过 5 个工作日异议期，请与转出单位协商或报请上一级指定管辖", article="第二十三条")
def objection_window_is_open(petition) -> bool:
    leg = petition.current_leg
    return leg is None or any(
        d.term == "D04" and d.scope_id == leg.pk and d.due_on >= today() for d in petition.deadlines.all()
    )


@guard("没有对应的转送、交办", article="第二十三条")
def leg_is_current(leg) -> bool:
    return leg.ended_at is None


@guard("不是协办请求", article="第二十四条")
def leg_is_assist(leg) -> bool:
    return leg.kind == "assist" and leg.ended_at is None


@guard("还有协办单位未反馈，请先催办；协办期限届满仍未反馈的，可以先行送核查", article="第二十四条")
def no_assist_is_open(petition) -> bool:
    """The lead's own statutory period waits for help only as long as the helper's internal one runs."""
    waited_for = {d.scope_id for d in petition.deadlines.all() if d.term == "I03" and d.due_on >= today()}
    return not any(
        leg.kind == "assist" and leg.ended_at is None and leg.pk in waited_for for leg in petition.legs.all()
    )


@guard("只有走第三十一条第六项信访程序的才出具处理意见书；其他途径请导入，建议意见请转研究", article="第三十一条")
def opinion_is_its_end(petition) -> bool:
    return petition.kind == Kind.APPEAL and petition.path == LegalPath.PETITION


@guard("本单位尚未起草处理意见", article="第三十二条")
def has_draft(petition) -> bool:
    """What another organ drafted before the case was taken from it does not count."""
    opinion = petition.latest_opinion
    return opinion is not None and opinion.organ_id == petition.organ_id


@guard("处理意见未对每一项诉求写明结论和意见", article="第三十二条")
def draft_answers_every_claim(petition) -> bool:
    opinion = petition.latest_opinion
    if opinion is None:
        return False
    answered = {row["number"] for row in opinion.findings if row.get("finding") and row.get("answer")}
    return {claim.number for claim in petition.claims.all()} <= answered


@guard("处理意见缺少事实和理由或法律法规依据", article="第三十二条")
def draft_has_facts_and_basis(petition) -> bool:
    opinion = petition.latest_opinion
    return opinion is not None and bool(opinion.facts.strip()) and bool(opinion.basis.strip())


@guard("尚未听取信访人陈述事实和理由，请先记录一次调查、听取意见", article="第三十一条")
def petitioner_was_heard(petition) -> bool:
    return petition.submission.notice_exempt or any(line.act == Act.INQUIRE for line in petition.events.all())


@guard("承办单位没有登记复查机关，意见书无法写明救济途径，请先在机构管理中补全", article="第三十五条")
def review_organ_is_known(petition) -> bool:
    return petition.organ.review_organ_id is not None


@guard("处理意见稿未经督查核查通过", article="第三十二条")
def draft_passed_check(petition) -> bool:
    opinion = petition.latest_opinion
    return opinion is not None and opinion.passed is True


@guard("处理意见稿已经核查通过，等待签发", article="内部管理要求")
def draft_not_yet_passed(petition) -> bool:
    opinion = petition.latest_opinion
    return opinion is not None and opinion.passed is None


@guard("文书已经交邮，等待签收或者退回；退回的请先记录未送达", article="参照民事诉讼法第九十条")
def is_not_on_its_way(service) -> bool:
    return service.posted_on is None


@guard("公告送达须经批准，请先申请公告送达", article="参照民事诉讼法第九十五条")
def notice_is_allowed(service) -> bool:
    return service.notice_allowed_at is not None


@guard("只有按信访程序办理的件才能延期", article="第三十四条")
def is_in_petition_procedure(petition) -> bool:
    return petition.path == LegalPath.PETITION


@guard("没有正在运行的办理期限可延", article="第三十四条")
def handling_clock_runs(petition) -> bool:
    return any(d.term == "D06" and d.is_running for d in petition.deadlines.all())


@guard("简易办理不适用延期，办不完的请申请转为普通程序", article=SIMPLE)
def is_ordinary(petition) -> bool:
    return petition.procedure != Procedure.SIMPLE


@guard("本件不是简易办理，请起草并出具处理意见书", article=SIMPLE)
def is_simple(petition) -> bool:
    return petition.procedure == Procedure.SIMPLE


@guard("本件已经建议简易办理", article=SIMPLE)
def is_not_yet_suggested(petition) -> bool:
    return petition.procedure == Procedure.NORMAL


@guard("有权处理的机关不必建议，可以直接简易受理", article=SIMPLE)
def is_at_petition_office(petition) -> bool:
    return petition.organ.is_petition_office


@guard("检举控告不适用简易办理；咨询请直接答复", article=SIMPLE)
def kind_may_be_simple(petition) -> bool:
    return petition.kind in (Kind.APPEAL, Kind.SUGGESTION)


@guard("重复信访不适用简易办理，请按普通程序办理", article=SIMPLE)
def is_first_time(petition) -> bool:
    return petition.repeat_of_id is None


@guard("集体、联名信访不适用简易办理，请按普通程序办理", article=SIMPLE)
def is_not_of_many(petition) -> bool:
    return not (petition.submission.is_group or petition.submission.is_joint)


@guard("重大紧急、重点、督办的件不适用简易办理，请按普通程序办理", article=SIMPLE)
def is_no_grave_matter(petition) -> bool:
    return not (petition.submission.urgent or petition.key_case or petition.under_order)


@guard("建议意见没有处理意见书可转；没有妥善答复的，请转建议研究", article="第二十九条")
def ends_in_an_opinion(petition) -> bool:
    return petition.kind == Kind.APPEAL


@guard("复查（复核）机关责令重新作出，请重新起草处理意见，不能沿用原意见", article="第三十五条")
def draft_is_not_the_quashed_one(petition) -> bool:
    opinion = petition.latest_opinion
    return opinion is None or not any(one.quashed_id == opinion.pk for one in petition.proceedings.all())


@guard("本件不在任何事项组里", article="内部管理要求")
def is_in_a_matter(petition) -> bool:
    return petition.matter_id is not None


@guard("没有要求反馈办结报告的交办", article="第二十二条")
def owes_a_report(petition) -> bool:
    return any(leg.owes_report for leg in petition.legs.all())


@guard("只有一项诉求，无需拆分", article="内部管理要求")
def has_several_claims(petition) -> bool:
    return len(petition.claims.all()) > 1


@guard("听证还没有作出结论，也没有取消", article="第三十一条第六项、第三十六条第二款")
def no_hearing_is_open(noun) -> bool:
    return noun.open_hearing() is None


@guard("只有按信访程序办理的件才举行听证；简易办理的请先转为普通程序", article="第三十一条第六项")
def may_be_heard(petition) -> bool:
    return petition.path == LegalPath.PETITION and petition.procedure != Procedure.SIMPLE


@guard("只有按信访程序办理的件才由本机关调解", article="第三十三条")
def may_be_mediated(petition) -> bool:
    return petition.path == LegalPath.PETITION


@guard("调解、和解还没有结果，请先记录达成协议或者终止", article="第三十三条")
def no_mediation_is_open(petition) -> bool:
    return petition.open_mediation() is None


@guard("没有达成的调解协议、和解协议，请起草并出具处理意见书", article="第三十三条")
def has_an_agreement(petition) -> bool:
    return any(one.state == "agreed" for one in petition.mediations.all())


@guard("简易办理的件请先转为普通程序再拆分", article="信访事项简易办理办法（试行）")
def is_not_under_the_simple_procedure(petition) -> bool:
    return petition.state != "accepted" or petition.procedure != Procedure.SIMPLE


@guard("复查复核责令重新作出的件不再拆分，请就全部诉求重新作出意见", article="第三十五条")
def was_never_reviewed(petition) -> bool:
    return not petition.proceedings.all()


@guard("还没有起草复查（复核）意见", article="第三十五条、第三十六条")
def review_is_proposed(proceeding) -> bool:
    return bool(proceeding.outcome and proceeding.decision)


@guard("原意见已经退回重作，或者本件已经归档、走了其他途径，不能就此申请复查、复核", article="第三十五条、第三十六条")
def may_be_reviewed(service) -> bool:
    """A review opinion may be contested whatever it says: one that orders a redo too, while that goes on (§1.9.4)."""
    while_redone = ("accepted", "submitted") if service.letter.kind == REVIEW_OPINION else ()
    open_to_it = service.petition.state in ("issued", "closed", "settled", *while_redone)
    return open_to_it and not reviewing.is_quashed(service)


@guard("原意见已经责令重新作出，这项落实任务随之作废", article="第三十五条")
def opinion_stands(execution) -> bool:
    return all(one.quashed_id != execution.opinion_id for one in execution.petition.proceedings.all())


@guard("落实期限已经届满，不能再调整；请尽快落实，或者如实登记拒不落实", article="第三十二条")
def execution_is_not_late(execution) -> bool:
    return execution.due_on >= today()


@guard("四个到位还没有逐项记录，请先办“记录四个到位”", article="第二十七条")
def ends_are_recorded(petition) -> bool:
    return closing_report.are_recorded(petition)


@guard("只评价送达本人的信访处理意见书；匿名、检举控告、重复信访事项不评价", article="国信发〔2022〕11号")
def may_be_rated(service) -> bool:
    return rating.is_rateable(service)


# 几个行为共同的前提
TO_HAND_ON = [is_registered, may_be_sent_away, nothing_pending]
TO_REQUEST_DESIGNATION = [
    is_registered,
    has_been_handed_on,
    is_not_designated,
    is_not_taken_up_simply,
    is_not_being_redone,
    no_hearing_is_open,
    no_mediation_is_open,
    nothing_pending,
]
TO_OBJECT = [has_leg_to_object, is_not_designated, organ_has_not_objected, objection_window_is_open, nothing_pending]
TO_SPLIT = [is_registered, has_several_claims, is_not_under_the_simple_procedure, was_never_reviewed, nothing_pending]
TO_BE_SIMPLE = [is_registered, kind_may_be_simple, is_first_time, is_not_of_many, is_no_grave_matter, nothing_pending]
