"""Reasons against an act that depend on what is asked: `(petition, **details) -> sentence or None`."""

from documents.fields import DECLINE_GROUNDS
from petitions.states import FINAL, UNDECIDED, Finding, LegalPath, State
from rulebook import clock
from rulebook.books import settings_of
from rulebook.timekeeping import local_date, today

# 不再受理的情形
NOT_AGAIN_GROUNDS = {
    "36-3": "已复核终结，仍以同一事实和理由提出（第三十六条第三款）",
    "35-late": "逾期未申请复查、复核，且无正当理由（参照）",
}


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


def unlawful_receiver(petition, *, to, reason="", **_):
    """第三十条：不得转给被检举控告单位及其下级；涉及单位须写明理由；机构须在用。"""
    if petition.accused_organ_id and petition.accused_organ_id in to.ancestor_ids:
        return "不得转给被检举控告的单位及其下级，请改投其上一级或纪检监察机关（第三十条）"
    if to.is_section:
        return f"“{to.short_name}”是内设机构，请转送到其所属单位"
    if not to.in_force_on(today()):
        successor = f"，请改投承继单位“{to.successor.name}”" if to.successor else ""
        return f"“{to.name}”已停用{successor}（第二十四条）"
    if to.pk == petition.organ_id:
        return "不能转给本单位，请直接受理或分派承办人"
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


def no_ground(petition, *, ground, reason, way, authority, **_):
    if ground not in DECLINE_GROUNDS:
        return "不予受理须选定法定情形（第十九条第三款、第二十八条第二款）"
    if not reason.strip():
        return "不予受理须写明理由"
    return None if way.strip() and authority.strip() else "不予受理须告知应走的途径和受理机关全称（第二十八条第二款）"


def new_facts(petition, *, new_facts=False, **_):
    return "有新事实、新理由、新证据或新诉求的，不得适用不再受理，请作为新件办理" if new_facts else None


def no_earlier_case(petition, *, earlier, ground, reason, **_):
    if ground not in NOT_AGAIN_GROUNDS:
        return "不再受理须选定情形（第三十六条第三款）"
    if earlier.pk == petition.pk or earlier.state not in (State.SETTLED, State.CLOSED, State.ARCHIVED):
        return "不再受理须引用已办结或终结的前案编号"
    return None if reason.strip() else "不再受理须写明同一事实和理由的说明"


def not_a_statutory_path(petition, *, path, authority, **_):
    if path not in ("31-1", "31-2", "31-3", "31-4", "31-5"):
        return "导入法定途径须选定第三十一条第一至五项之一"
    return None if authority.strip() else "须写明应走途径的受理机关"


def cannot_merge_into(petition, *, into, **_):
    if into.pk == petition.pk:
        return "不能并入自身"
    if into.merged_into_id:
        return "所选主件已并入他案，请并入最终主件"
    if into.state in FINAL or into.state == State.CLOSED:
        return "所选主件已经办结，不能并入；请按复查、不再受理或新件处理（rules §1.11）"
    if into.state in UNDECIDED:
        return "主件尚未受理告知，请先办主件的受理告知再并案：每名信访人都须得到告知（第二十三条）"
    if bool(into.secrecy) != bool(petition.secrecy):
        return "检举控告件不能与其他件并案"
    return None


def unlawful_extension(petition, *, days, reason, **_):
    """第三十四条：届满当日前批准并告知，累计不超过三十日；拒绝而不截断。"""
    deadline = petition.reading("D06")
    if deadline is None:
        return "没有正在运行的办理期限可延（第三十四条）"
    if not reason.strip():
        return "延期须写明情况复杂的理由，并告知信访人（第三十四条）"
    limit = settings_of(petition.rule_set)["max_extensions"]
    return clock.extension_refusal(deadline, int(days), today(), max_extensions=limit)


def unlawful_assistant(petition, *, to, **_):
    if to.pk == petition.organ_id:
        return "主办单位不能请自己协办"
    return unlawful_receiver(petition, to=to, reason="协办")


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


def unlawful_service(service, *, means, on, tracking="", received_by="", witness="", **_):
    """送达须有凭证：不早于出具、不晚于今天；留置要见证人，邮寄要单号，电子要同意（参照民诉法第八十七至九十五条）。"""
    issued = service.letter.issued_at
    if issued is None:
        return "文书尚未出具，不能送达"
    if on > today():
        return "送达日不能晚于今天"
    if on < local_date(issued):
        return "送达日不能早于文书出具日"
    if means == "witness" and not witness.strip():
        return "留置送达须记明见证人"
    if means == "post" and not tracking.strip():
        return "邮寄送达须填写邮寄单号，以签收日为送达日"
    if means == "electronic" and not service.party.e_delivery:
        return "信访人未同意电子送达，请改用其他方式"
    if means == "notice":
        return "公告送达须经审批，条例未作规定；请先采用其他方式"
    return None
