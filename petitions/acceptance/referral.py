"""导入哪里、谁来答复：第三十一条第一项的转送政法机关，第四、五项由本机关自己办理的作程序性答复。"""

from petitions.act.states import Channel, Kind, LegalPath, State
from rulebook.acts import Act
from rulebook.timekeeping import local_date, today

# 有权机关自己就是行政机关的，直接转入内部程序，以程序性答复了结（rules §1.7.2）
PROCEDURAL = (LegalPath.ADMINISTRATIVE, LegalPath.DUTY)
# 收件机关的名称说明它是哪一类政法机关
_BODIES = {"法院": "court", "检察院": "procuratorate", "公安": "police", "司法": "justice"}
# 检举控告转送函（F33）没有另写的：管理权限判断和密级标注
AUTHORITY = "按照干部管理权限和属地管理，属于{}接收、受理的范围（第二十二条第二款）"
SECRECY = "work"
DUTY_TERM = "自收到申请之日起两个月内履行职责或者答复，法律、法规另有规定的从其规定"


def is_own(petition, authority: str) -> bool:
    """Whether the organ in charge leads the matter into a procedure of its own."""
    office = petition.organ.office
    return not office.is_petition_office and authority.strip() in (office.name, office.short_name)


def state_led_into(petition, *, authority, **_) -> State:
    """A procedure of its own keeps the matter with the organ; any other takes it out of its hands."""
    return State.IN_PROCEDURE if is_own(petition, authority) else State.LED_IN


def own_procedure(petition) -> dict:
    """The log facts of leading it into a procedure of its own: 自接到申请之日起 (行政诉讼法第四十七条).

    What came back from another path was received anew that day; what was handed over, on the day it arrived.
    """
    came_back = [local_date(line.at) for line in petition.events.all() if line.act == Act.REOPEN]
    arrived = [
        local_date(leg.arrived_at)
        for leg in petition.legs.all()
        if leg.is_lead and leg.arrived_at and leg.receiver_id == petition.organ_id
    ]
    return {"own": True, "since": max([petition.received_on, *arrived, *came_back]).isoformat()}


def is_answered_by_procedure(petition) -> bool:
    """第四、五项：the organ in charge answers by F13, at once or after it has led the matter into its own procedure."""
    return petition.kind == Kind.APPEAL and petition.path in PROCEDURAL and not petition.organ.is_petition_office


def unlawful_day(petition, *, path, authority, due_on=None, **_):
    """法律、法规另有规定的从其规定: only of the organ's own duty is the day kept here, and it lies ahead."""
    if due_on is None:
        return None
    if path != LegalPath.DUTY or not is_own(petition, authority):
        return (
            "只有本机关自己履行法定职责（第三十一条第五项）的，才在这里指定届满日；其他途径的期限请写在“该途径的期限”里"
        )
    return None if due_on > today() else "指定的届满日须在今天以后"


def is_passed_to_justice(petition, path: str) -> bool:
    """涉法涉诉信件由信访部门转送同级政法部门；走访的只引导，不转送（第二十二条第二款）。"""
    is_visit = petition.submission.channel == Channel.VISIT
    return path == LegalPath.LITIGATION and petition.organ.is_petition_office and not is_visit


def legal_body(authority: str) -> str:
    """Which sort of political-legal organ the name names, as the letter's code; empty where it is none."""
    return next((code for word, code in _BODIES.items() if word in authority), "")


def unlawful_authority(petition, *, path, authority, **_):
    """A letter about a lawsuit goes to a court, procuratorate, police or justice organ, nowhere else."""
    if is_passed_to_justice(petition, path) and not legal_body(authority):
        return (
            "涉法涉诉信件转送同级政法部门，受理机关请写人民法院、人民检察院、公安机关或者司法行政机关的全称"
            "（第二十二条第二款）"
        )
    if path not in PROCEDURAL and is_own(petition, authority):
        return "本机关不受理该途径的申请，请写该途径的受理机关全称（第三十一条第一至三项）"
    return None


def incomplete_reply(petition, *, reply, facts="", basis="", reconsider_organ="", court="", **_):
    """A procedural answer has facts, law, and both remedies by the full names of their organs (rules §1.9.4)."""
    if petition.path not in PROCEDURAL:
        return None
    told = {"事实和理由": facts, "答复内容": reply, "法律法规依据": basis}
    told |= {"行政复议机关": reconsider_organ, "有管辖权的人民法院": court}
    missing = "、".join(name for name, words in told.items() if not words.strip())
    return f"程序性答复须写明{missing}（第三十一条第四项、第五项）" if missing else None
