"""并案以后的一段路、拆并以后的一段路，和比什么：并过又拆的一件，与从没并过的一件。

The named fields are those of `picture`: what a clerk, a supervisor or a petitioner would see of the petition. Left out
are only the lines 并案 and 拆并 themselves, the notice of merging with its service, and running numbers and keys.
"""

from django.core.exceptions import PermissionDenied

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.approval import rules as approvals
from petitions.joint.letters import WHY
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.board import board_figures
from supervision.ladder.climb import ladders_on
from tests.cast import EXCLUDED, fresh, registered, someone
from tests.petitions.places import approve_all, assigned, at_office, forwarded, organ

# 从哪里来：各种来路的未决件
ROADS = {"街道登记": registered, "转送到街道": forwarded, "交办到街道": assigned, "信访办登记": at_office}
DEADLINE = (
    *("term", "scope", "kind", "starts_on", "due_on", "due_at", "internal_on", "met_on", "ended_how", "extended_days"),
    *("hearings", "provisional", "calendar_version", "owed_by_organ_id", "district", "notice_exempt", "secrecy"),
)
# 主件在并案期间、并入件在拆并以后各自可能走的步：办不成的两边同样办不成
MAIN_STEPS = ("调查", "分派", "备注", "起草", "送核查", "退回", "延期")
LATER_STEPS = ("备注", "定途径", "签收", "分派", "异议", "转送", "受理", "调查", "起草", "送核查", "终止")


def _facts(step: str, petition) -> tuple[Act, str, dict]:
    findings = [
        {"number": claim.number, "finding": "support", "answer": "属实，已整改。"} for claim in petition.claims.all()
    ]
    draft = {"facts": "经现场核查属实。", "basis": "《特种设备安全法》第三十六条", "findings": findings}
    return {
        "备注": (Act.NOTE, "officer1", {"note": "已电话沟通。"}),
        "调查": (Act.INQUIRE, "officer1", {"form": "heard", "note": "听取信访人陈述。"}),
        "定途径": (Act.CLASSIFY, "officer1", {"path": "31-6", "record": EXCLUDED}),
        "签收": (Act.SIGN_FOR, "officer1", {}),
        "分派": (Act.ALLOT, "chief1", {"to": someone("handler1")}),
        "异议": (Act.OBJECT, "officer1", {"grounds": "属区住建委职责"}),
        "转送": (Act.FORWARD, "dclerk1", {"to": organ("YHQL"), "reason": "属地管理"}),
        "受理": (Act.ACCEPT, "officer1", {}),
        "起草": (Act.DRAFT, "officer1", draft),
        "送核查": (Act.SUBMIT, "officer1", {}),
        "退回": (Act.RETURN, "legal1", {"reason": "请补充法律依据"}),
        "延期": (Act.EXTEND, "officer1", {"days": 15, "reason": "情况复杂，需委托检测"}),
        "终止": (Act.TERMINATE, "officer1", {"ground": "settled", "reason": "双方和解并已履行"}),
    }[step]


def walk(petition, step: str) -> str:
    """One step as a page would take it, approvals given at once; what came of it, in words that two may share."""
    petition = fresh(petition)
    act, by, told = _facts(step, petition)
    noun = petition.current_leg if act is Act.SIGN_FOR else petition
    if noun is None:
        return "没有流转"
    try:
        if act in (Act.EXTEND, Act.TERMINATE):
            approve_all(approvals.ask(petition, act, by=someone(by), **told), *_approvers(act))
        else:
            carry_out(noun, act, by=someone(by), **told)
    except (Refused, PermissionDenied) as refused:
        return str(refused)
    return "办成"


def _approvers(act: Act) -> tuple[str, ...]:
    return ("legal1", "deputy1") if act is Act.TERMINATE else ("head1",)


def serve_notice(petition) -> None:
    """The notice of merging reaches the petitioner today."""
    for service in petition.services.filter(letter__kind="F02", served_on=None):
        service.petition = fresh(petition)
        carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())


def picture(petition) -> dict:
    """The compared fields by name."""
    petition = fresh(petition)
    legs = petition.legs.order_by("number")
    return {
        "状态": petition.state,
        "类别和途径": (petition.kind, petition.path, petition.path_record),
        "承办机关": petition.organ_id,
        "现在由谁办": (petition.holder_organ_id, petition.holder_user_id, petition.waiting_for),
        "承办人": (petition.handler_id, petition.section_id),
        "重复件、主件、事项组": (petition.repeat_of_id, petition.merged_into_id, petition.matter_id),
        "重点、督办、密级": (petition.key_case, petition.under_order, petition.secrecy),
        "关系": sorted(
            (row.kind, row.organ_id, row.post_id or 0, row.user_id or 0)
            for row in petition.involvements.filter(until=None)
        ),
        "期限": sorted(repr(tuple(getattr(row, name) for name in DEADLINE)) for row in petition.deadlines.all()),
        "最近届满日": (petition.next_due_on, petition.next_term),
        "流转": [(leg.kind, leg.state, leg.receiver_id, leg.ended_how, leg.ended_at is None) for leg in legs],
        "诉求": list(petition.claims.order_by("number").values_list("number", "text", "finding", "answer")),
        "当事人": list(petition.submission.parties.order_by("position").values_list("name", "role", "e_delivery")),
        "意见稿": list(petition.opinions.order_by("version").values_list("version", "passed", "facts")),
        "审批": list(petition.pending_acts.order_by("pk").values_list("act", "state")),
        "文书": sorted(_letters(petition)),
        "送达": sorted(_services(petition)),
        "看板": board(petition),
        "办过的事": [line.act for line in petition.events.order_by("seq") if not _of_merging(line)],
    }


def board(petition) -> tuple:
    """What the board counts of the petition on the day: lamps, rungs, the organ's open and overdue, the views."""
    scope = Petition.objects.filter(pk=petition.pk)
    found = board_figures.count(scope, ladders_on(today()), today())
    offices = [(office.pk, office.open, office.overdue) for office in found.offices.values()]
    return dict(found.lamps), dict(found.levels), found.due_this_week, offices, board_figures.views(scope, today())


def _of_merging(line) -> bool:
    return line.act in (Act.MERGE, Act.UNMERGE) or (line.act == Act.SERVE and line.came_from == "merged")


def _papers(petition):
    """Its papers but the notice of merging, its receipt and what corrects or takes back either."""
    joined = {line.seq for line in petition.events.all() if _of_merging(line)}
    kept = petition.petition_letters.exclude(seq__in=joined).exclude(letter__void_reason=WHY)
    return kept.select_related("letter")


def _letters(petition):
    return [(link.letter.kind, link.letter.status, link.letter.organ_id) for link in _papers(petition)]


def _services(petition):
    for service in petition.services.filter(
        recalled=False, letter__in=_papers(petition).values("letter")
    ).select_related("party"):
        yield service.letter.kind, service.party.name, str(service.served_on), service.required
