"""Reasons against an act that depend on what is asked: `(petition, **details) -> sentence or None`."""

from accounts.authority import standing
from accounts.models import OrganKind
from documents.letters.fields import DECLINE_GROUNDS, SECRECY_MARKS
from documents.letters.letter_checks import REVIEW_REMEDY
from petitions.acceptance.referral import SECRECY, legal_body
from petitions.act.states import Finding, Kind, LegalPath, State
from rulebook import refusals
from rulebook.books import settings_of
from rulebook.timekeeping import today

# 不再受理的情形
NOT_AGAIN_GROUNDS = {
    "36-3": "已复核终结，仍以同一事实和理由提出（第三十六条第三款）",
    "35-late": "逾期未申请复查、复核，且无正当理由（参照）",
    "37-3": "涉法涉诉事项已依法终结（第三十七条第三款）",
}
SAMENESS = "不再受理须写明同一事实和理由的说明"
# 涉法涉诉事项由谁依法终结：作出终结文书的机关的名称说明它是不是
ENDS_LAWSUITS = ("court", "procuratorate", "police")


def path_without_record(petition, *, path="", record=None, **_):
    """V01: 31-6 is chosen only after 31-1 … 31-5 were each answered no, with a reason."""
    if path != LegalPath.PETITION:
        return None
    answers = {row.get("branch"): row for row in record or petition.path_record or []}
    for branch in ("31-1", "31-2", "31-3", "31-4", "31-5"):
        row = answers.get(branch)
        if row is None or row.get("answer") is not False:
            return f"按信访程序办理须先逐项排除其他途径：第 {branch} 项尚未判定为“否”（第三十一条）"
    return None


def inquiry_once_accepted(petition, *, kind=None, **_):
    """An accepted appeal does not lose its opinion by being called a question (第三十二条)."""
    if kind == Kind.INQUIRY and petition.state == State.ACCEPTED:
        return "本件已经受理，不能改为咨询；信访人不再请求的，请依书面撤回终止办理"
    return None


def unlawful_receiver(petition, *, to, reason="", **_):
    """第三十条：不得转给被检举控告单位及其下级；涉及单位须写明理由；机构须在用；不转给自己。"""
    unfit = unfit_receiver(petition, to=to, reason=reason)
    return unfit or ("不能转给本单位，请直接受理或分派承办人" if to.pk == petition.organ_id else None)


def unfit_receiver(petition, *, to, reason="", **_):
    """What bars the organ from the petition whoever sends it there, a ruling on competence included."""
    if petition.accused_organ_id and petition.accused_organ_id in to.ancestor_ids:
        return "不得转给被检举控告的单位及其下级，请改投其上一级或纪检监察机关（第三十条）"
    if to.is_section:
        return f"“{to.short_name}”是内设机构，请转送到其所属单位"
    if not to.in_force_on(today()):
        successor = f"，请改投承继单位“{to.successor.name}”" if to.successor else ""
        return f"“{to.name}”已停用{successor}（第二十四条）"
    if to.kind == OrganKind.DISCIPLINE:
        return f"“{to.short_name}”只接检举控告，请移交专岗；党员申诉、申请复审请导入法定途径（第三十条、第三十一条）"
    if petition.about_organ_id and petition.about_organ_id in to.ancestor_ids and not reason:
        return f"“{to.short_name}”是信访人反映的涉及单位，转给它须写明理由"
    return None


def unlawful_assigned_day(petition, *, due_on, **_):
    """交办须指定将来的期限；法定 60+30 日仍为上限（rules E53）。"""
    if due_on <= today():
        return "交办须指定今天以后的办理期限（第二十二条）"
    if (due_on - today()).days > 90:
        return "指定期限不得超过法定上限 90 日（第三十四条）"
    return None


def no_ground(petition, *, ground, reason, way, authority, evidence="", **_):
    """法定情形、理由、依据、应走的途径，缺一不可（rules §1.6）；批准另由审批矩阵管。"""
    if ground not in DECLINE_GROUNDS:
        return "不予受理须选定法定情形（第十九条第三款、第二十八条第二款）"
    if not reason.strip():
        return "不予受理须写明理由"
    if not evidence.strip():
        return "不予受理须写明依据材料：何机关的哪一份文书，文号多少（第十九条第三款、第二十八条第二款）"
    return None if way.strip() and authority.strip() else "不予受理须告知应走的途径和受理机关全称（第二十八条第二款）"


def new_facts(petition, *, new_facts=False, **_):
    """Told now, or recorded when kind and path were decided: either way it is a new petition (第三十六条第三款)."""
    recorded = any(row.get("facts", {}).get("new_facts") for row in petition.path_record or [])
    if new_facts or recorded:
        return "有新事实、新理由、新证据或新诉求的，不得适用不再受理，请作为新件办理"
    return None


def no_earlier_case(
    petition, *, ground, reason, earlier=None, recheck_organ="", recheck_no="", recheck_on=None, **told
):
    """引用前案及其复核文号或者逾期事实，涉法涉诉的引用终结文书（rules §1.11）：复查申请期内来的，引导申请复查。"""
    if ground not in NOT_AGAIN_GROUNDS:
        return "不再受理须选定情形（第三十六条第三款）"
    if ground == "37-3":
        return _not_ended_by_law(petition, earlier, **told) or (None if reason.strip() else SAMENESS)
    if (
        earlier is None
        or earlier.pk == petition.pk
        or earlier.state not in (State.SETTLED, State.CLOSED, State.ARCHIVED)
    ):
        return "不再受理须引用已办结或终结的前案编号"
    if ground == "36-3" and not (recheck_organ and recheck_no and recheck_on):
        return "已复核终结的，须写明复核机关、复核意见书文号和日期（第三十六条第三款）"
    if ground == "35-late" and not _remedy_is_forfeited(earlier):
        return "前案的复查申请期尚未届满，或者处理意见书没有送达；请引导申请复查（第三十五条）"
    return None if reason.strip() else SAMENESS


def _not_ended_by_law(petition, earlier, *, final_organ="", final_no="", final_on=None, **_):
    """第三十七条第三款：涉法涉诉事项在法院、检察院、公安机关终结，不在本系统；凭它的终结文书，不必有前案。"""
    if earlier is not None and earlier.pk == petition.pk:
        return "前案不能是本件自己，没有前案的请留空"
    if not (final_no.strip() and final_on) or legal_body(final_organ) not in ENDS_LAWSUITS:
        return "涉法涉诉已依法终结的，须写明终结文书由哪个人民法院、人民检察院或者公安机关作出，及其文号和日期"
    if final_on > today():
        return "终结文书的日期不能晚于今天"
    if final_on > petition.received_on:
        return "收到来件时该事项还没有依法终结，不属于不再受理；请导入法定途径（第三十一条第一项）"
    return None


def _remedy_is_forfeited(earlier) -> bool:
    """Every remedy that was opened has run out unused; none was opened where nothing was served."""
    remedies = list(earlier.deadlines.filter(term="D08"))
    return bool(remedies) and all(one.met_on is None and one.due_on < today() for one in remedies)


def not_a_colleague(petition, *, to, section=None, **_):
    """承办人是承办单位自己的人：分派不是转送，不能借分派把件给了别的单位。"""
    office = petition.organ.office_id
    if not to.is_active or to.organ_id is None or to.office.pk != office:
        return f"承办人须是{petition.organ.short_name}的在岗人员；请别的单位参与的，请求协办"
    return "承办科室不属于承办单位" if section and section.office_id != office else None


def unlawful_referral(petition, *, to, secrecy_mark=SECRECY, **_):
    """第三十条：检举控告移交有管理权限的纪检监察机关，不得交给被检举控告的单位及其下级。"""
    if to.kind != OrganKind.DISCIPLINE:
        return f"“{to.short_name}”没有检举控告专岗，请移交纪检监察机关（第二十二条第二款）"
    if petition.accused_organ_id in to.ancestor_ids:
        return "不得移交被检举控告的单位及其下级，请移交上一级纪检监察机关（第三十条）"
    if secrecy_mark not in SECRECY_MARKS:
        return "请选择转送函的密级标注"
    return None if to.in_force_on(today()) else f"“{to.name}”已停用（第二十四条）"


def may_not_be_filed(petition, *, reason, **_):
    """存只用于匿名无法告知、无实质内容、表达情感的；存不能代替告知，也不能代替不予受理的审批（rules §2.2）。"""
    if not reason.strip():
        return "存档须写明理由"
    if petition.kind == Kind.REPORT:
        return "检举控告不因匿名而存，请移交检举控告专岗（第三十条）"
    if petition.kind == Kind.APPEAL and not petition.submission.notice_exempt:
        return "姓名、住址清楚的申诉求决须书面告知，不能存；请受理、转送、导入，或者报请不予受理（第二十三条）"
    return None


def not_the_checker(petition, *, by, **_):
    """核查的人不是起草的人；交办、督办、重点件由交办的信访部门核查（签发前的核查岗位）。"""
    if by.user is None:
        return None
    if petition.latest_opinion.drafted_by_id == by.user.pk:
        return "起草人不能核查自己起草的处理意见，请由其他核查岗位办理"
    kind, organ = petition.checker()
    if kind == "supervises" and all(seat.organ.office_id != organ.office_id for seat in standing(by.user).seats):
        return f"本件是交办、督办或者重点件，处理意见由{organ.short_name}督查核查"
    return None


def signs_own_work(petition, *, by, **_):
    """起草、核查、签发是三个人的事，代理来的职权也不例外（审批矩阵，rules §8.1）。"""
    opinion = petition.latest_opinion
    if by.user is None or by.user.pk not in (opinion.drafted_by_id, opinion.checked_by_id):
        return None
    did = "起草" if opinion.drafted_by_id == by.user.pk else "核查"
    return f"您{did}过这份处理意见，不能再由您签发，请由本单位其他有权签发的负责人签发"


def not_a_statutory_path(petition, *, path, authority, **_):
    if path not in ("31-1", "31-2", "31-3", "31-4", "31-5"):
        return "导入法定途径须选定第三十一条第一至五项之一"
    return None if authority.strip() else "须写明应走途径的受理机关"


def unlawful_extension(petition, *, days, reason, **_):
    """第三十四条：届满当日前批准并告知，累计不超过三十日；拒绝而不截断。"""
    deadline = petition.reading("D06")
    if deadline is None:
        return "没有正在运行的办理期限可延（第三十四条）"
    if not reason.strip():
        return "延期须写明情况复杂的理由，并告知信访人（第三十四条）"
    limit = settings_of(petition.rule_set)["max_extensions"]
    return refusals.extension_refusal(deadline, int(days), today(), max_extensions=limit)


def unlawful_assistant(petition, *, to, **_):
    if to.pk == petition.organ_id:
        return "主办单位不能请自己协办"
    return unlawful_receiver(petition, to=to, reason="协办")


def remedy_in_a_reply(petition, *, reply, **_):
    """建议、检举控告、咨询的答复没有复查复核可言（第二十九条、第三十条、rules §1.9.4）。"""
    if REVIEW_REMEDY.search(reply):
        return "答复不得告知申请复查、复核：复查复核只对信访处理意见（第三十五条）；请删去"
    return None


def incomplete_findings(petition, *, findings, **_):
    for row in findings:
        if row.get("finding") and row["finding"] not in Finding.values:
            return f"第 {row.get('number')} 项诉求的结论不在规定选项内"
    return None


def not_asked_of_you(leg, *, by, **_):
    """协办由被请求的单位反馈，别的单位不能代答。"""
    if by.user is not None and by.user.office.pk != leg.receiver.office_id:
        return f"这一协办是请求“{leg.receiver.short_name}”的，须由该单位反馈"
    return None
