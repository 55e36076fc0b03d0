"""演示件的每一步：由该办的人，走与页面同一扇门。每个函数收 (walk, tale, **details)。"""

from datetime import timedelta

from config.demo import people
from config.demo.doing.guidance_places import ELSEWHERE, OTHERWISE, WAYS
from petitions.acceptance import separation
from petitions.act.states import Kind
from petitions.approval import rules as approvals
from petitions.handling.opinion.examination.case_file import remarks_on
from petitions.handling.opinion.examination.examination_sheet import Severity
from petitions.models import Leg, Petition
from routing.destination import acts as routing
from rulebook.acts import Act
from rulebook.timekeeping import today

EXCLUDED = [{"branch": f"31-{n}", "answer": False, "reason": "经核对，不属于该情形"} for n in range(1, 6)]
OVERRIDE = "按权责清单和属地原则确定"
ENDS = {
    "support": {"solved": "已明确整改措施和时限"},
    "explain": {"explained": "已当面说明政策和理由"},
    "reject": {"explained": "已当面说明理由并做好疏导"},
}
# snippets.csv 里五句调查记录各是哪种方式
INQUIRIES = ("visit", "phone", "record", "visit", "materials")
HEARD = 1
ALWAYS = "《信访工作条例》第三十二条"
LET_STAND = "已核对卷宗，情况如此"
CORRECTED = "已按退回意见补充核实。"
FINDING = {"support": "support", "explain": "explain", "reject": "not_support"}


def _officer(walk, petition):
    return walk.cast.of(petition.organ, people.OFFICER)


def _hand(walk, petition):
    """Whoever it is allotted to, else the officer."""
    return walk.cast.users[petition.handler_id] if petition.handler_id else _officer(walk, petition)


def _do(walk, tale, act, by=None, **details):
    petition = walk.petition(tale)
    return approvals.request(petition, act, by=by or _officer(walk, petition), **details)


# 受理


def register(walk, tale, *, received_on):
    walk.take_down(tale, received_on)


def classify(walk, tale):
    _do(walk, tale, Act.CLASSIFY, path="31-6", record=EXCLUDED)


def accept(walk, tale):
    petition = walk.petition(tale)
    by = _officer(walk, petition)
    if petition.current_leg is None:
        confirm_own(walk, petition, by)
    _do(walk, tale, Act.ACCEPT, by)


def confirm_own(walk, petition, by):
    """The desk keeps it: it confirms or overrides what the rules proposed."""
    routing.settle(petition, petition.organ, by=by, reason=_reason(walk, petition, petition.organ))


def _reason(walk, petition, organ) -> str:
    row = petition.routing_proposals.filter(chosen_at=None).first()
    about = petition.about_organ_id and petition.about_organ_id in organ.ancestor_ids
    return OVERRIDE if about or (row and row.organ_id and row.organ_id != organ.pk) else ""


def forward(walk, tale):
    petition, to = walk.petition(tale), walk.cast.organ(tale.handler)
    routing.forward(petition, to=to, by=_officer(walk, petition), reason=_reason(walk, petition, to))


def assign(walk, tale):
    petition, to = walk.petition(tale), walk.cast.organ(tale.handler)
    routing.assign(
        petition,
        to=to,
        by=_officer(walk, petition),
        due_on=today() + timedelta(days=55),
        reason=_reason(walk, petition, to),
    )


def sign_for(walk, tale):
    petition = walk.petition(tale)
    leg = petition.current_leg
    approvals.request(leg, Act.SIGN_FOR, by=_officer(walk, petition))


def object(walk, tale):
    _do(walk, tale, Act.OBJECT, grounds=walk.say("object_reason", tale))


def uphold(walk, tale):
    petition = walk.petition(tale)
    by = walk.cast.of(petition.current_leg.sender, people.JUDGE)
    _do(walk, tale, Act.UPHOLD, by, answer=walk.say("uphold_note", tale))


def overrule(walk, tale):
    petition = walk.petition(tale)
    by = walk.cast.of(petition.current_leg.sender, people.JUDGE)
    _do(walk, tale, Act.OVERRULE, by, answer=walk.say("overrule_note", tale))


def study(walk, tale):
    petition = walk.petition(tale)
    by = _officer(walk, petition)
    if petition.current_leg is None:
        confirm_own(walk, petition, by)
    _do(walk, tale, Act.STUDY, by)


def file(walk, tale):
    _do(walk, tale, Act.FILE, reason=walk.say("file_note", tale))


def merge(walk, tale):
    main = Petition.objects.get(pk=walk.keys[tale.group_of])
    _do(walk, tale, Act.MERGE, into=main)


def redirect(walk, tale):
    authority, address = _elsewhere(walk, tale)
    _do(
        walk,
        tale,
        Act.REDIRECT,
        authority=authority,
        authority_address=address,
        reason="你反映的事项不属于本机关职权范围，请向有权处理的机关提出，可凭本告知书直接前往。",
    )


def _elsewhere(walk, tale) -> tuple[str, str]:
    if tale.handler != tale.organ:
        organ = walk.cast.organ(tale.handler)
        return organ.name, organ.address
    area = walk.area(tale)
    authority, address = ELSEWHERE.get(tale.category, OTHERWISE)
    return authority.format(area=area), address.format(area=area)


def lead_in(walk, tale):
    authority, reason, term = WAYS[tale.path]
    handler = walk.cast.organ(tale.handler).name
    _do(
        walk,
        tale,
        Act.LEAD_IN,
        path=tale.path,
        authority=authority.format(area=walk.area(tale), handler=handler),
        reason=reason,
        term=term,
    )


def decline(walk, tale):
    """What is before a court or in 行政复议 already is not taken up here as well."""
    area = walk.area(tale)
    _do(
        walk,
        tale,
        Act.DECLINE,
        ground="28-2",
        evidence="人民法院受理案件通知书",
        reason=walk.phrases.snippets["decline_reason"][1],
        way="请在已经进入的诉讼、复议程序中提出主张",
        authority=f"云州市{area}人民法院",
        authority_address=f"云州市{area}政通街1号",
    )


def not_again(walk, tale):
    earlier = Petition.objects.get(pk=walk.keys[tale.earlier])
    _do(
        walk,
        tale,
        Act.NOT_AGAIN,
        earlier=earlier,
        ground="36-3",
        reason=walk.say("not_again_reason", tale),
        recheck_organ="云州市人民政府",
        recheck_no=_recheck_number(earlier),
        recheck_on=earlier.closed_at.date() + timedelta(days=100),
    )


def _recheck_number(earlier) -> str:
    return f"州政复核〔{(earlier.closed_at + timedelta(days=100)).year}〕{earlier.pk % 90 + 10}号"


def note_recheck(walk, tale):
    petition = walk.petition(tale)
    _do(walk, tale, Act.NOTE, note=f"信访人已在期内申请复查，并申请复核（{_recheck_number(petition)}，在纸面办理）。")


def refer(walk, tale):
    petition = walk.petition(tale)
    by, to = walk.registrar[tale.id], walk.cast.organ(tale.handler)
    _do(walk, tale, Act.REFER, by, to=to)
    walk.forget(petition)


def split(walk, tale):
    petition = walk.petition(tale)
    plan = [
        {
            "claims": list(tale.report_claims),
            "kind": Kind.REPORT,
            "excerpt": "",
            "accused_organ": walk.cast.organ(tale.accused_organ),
        }
    ]
    kept = [claim for number, claim in enumerate(tale.claims, 1) if number not in tale.report_claims]
    excerpt = f"来信反映{tale.place}的{len(kept)}件事：{'；'.join(kept)}。"
    by = _officer(walk, petition)
    parts = separation.split(petition, plan, by=by, excerpt=excerpt)
    walk.parts[tale.id] = parts[0].pk
    walk.forget(petition)


def refer_part(walk, tale):
    part = walk.fresh(walk.parts[tale.id])
    approvals.request(part, Act.REFER, by=_officer(walk, part), to=walk.cast.organ(tale.handler))


# 办理


def allot(walk, tale):
    petition = walk.petition(tale)
    to = walk.cast.of(petition.organ, people.HANDLER, turn=walk.turn(tale))
    _do(walk, tale, Act.ALLOT, to=to)


def inquire(walk, tale, *, heard):
    """The petitioner is heard by telephone first; later inquiries are of the other kinds."""
    petition = walk.petition(tale)
    number = HEARD if heard else tale.dice.choice([n for n in range(len(INQUIRIES)) if n != HEARD])
    words = walk.phrases.snippets["inquiry_note"][number]
    _do(walk, tale, Act.INQUIRE, _hand(walk, petition), form=INQUIRIES[number], note=words)


def note(walk, tale):
    petition = walk.petition(tale)
    _do(walk, tale, Act.NOTE, _hand(walk, petition), note=walk.say("internal_note", tale))


def ask_assist(walk, tale):
    petition = walk.petition(tale)
    to = walk.helper_of(petition)
    _do(walk, tale, Act.ASK_ASSIST, to=to, request=walk.say("assist_ask", tale))


def answer_assist(walk, tale):
    petition = walk.petition(tale)
    leg = Leg.objects.select_related("receiver").get(petition=petition, kind="assist", ended_at=None)
    leg.petition = petition
    by = walk.cast.of(leg.receiver, people.OFFICER)
    approvals.request(leg, Act.ANSWER_ASSIST, by=by, answer=walk.say("assist_answer", tale))


def extend(walk, tale):
    _do(walk, tale, Act.EXTEND, days=tale.extend_days, reason=walk.say("extend_reason", tale))


def approve(walk, tale):
    petition = walk.petition(tale)
    pending = petition.pending_acts.select_related("step_organ").get(state="waiting")
    if pending.step_organ:
        by = walk.cast.of(pending.step_organ, pending.step_roles)
    else:
        by = walk.cast.over(petition.organ, pending.step_roles)
    approvals.approve(pending, by=by, note="同意。")
    walk.forget(petition)


def draft(walk, tale):
    petition = walk.petition(tale)
    reply = walk.phrases.reply_to(tale.category, tale.dice)
    findings = [
        {
            "number": claim.number,
            "finding": FINDING[reply["outcome"]],
            "answer": f"关于“{claim.text}”：{reply['opinion']}",
        }
        for claim in petition.claims.order_by("number")
    ]
    basis = [line for line in reply["basis"].split("；") if "条" in line.rpartition("》")[2] and line != ALWAYS]
    _do(
        walk,
        tale,
        Act.DRAFT,
        _hand(walk, petition),
        facts=reply["facts"] + (CORRECTED if petition.latest_opinion else ""),
        basis="\n".join([*basis, ALWAYS]),
        findings=findings,
        four_ends=ENDS[reply["outcome"]],
    )


# 督查


def submit(walk, tale):
    petition = walk.petition(tale)
    _do(walk, tale, Act.SUBMIT, _hand(walk, petition))


def _checker(walk, petition):
    kind, organ = petition.checker()
    if kind == "legal":
        return walk.cast.over(organ, ("LEGAL",))
    return walk.cast.of(organ, people.SUPERVISOR)


def return_draft(walk, tale):
    petition = walk.petition(tale)
    _do(walk, tale, Act.RETURN, _checker(walk, petition), reason=walk.say("return_reason", tale))


def pass_draft(walk, tale):
    petition = walk.petition(tale)
    answered = {one.key: LET_STAND for one in remarks_on(petition) if one.severity == Severity.ASK}
    words = walk.say("pass_note", tale)
    _do(walk, tale, Act.PASS, _checker(walk, petition), opinion=words, overrides=answered)


# 办结


def sign(walk, tale):
    petition = walk.petition(tale)
    _do(walk, tale, Act.SIGN, walk.cast.of(petition.organ, people.SIGNER))


def answer(walk, tale):
    petition = walk.petition(tale)
    if petition.kind == Kind.SUGGESTION:
        number = tale.dice.randrange(3)
        outcome = ("adopted", "partly", "not_adopted")[number]
        reply = walk.phrases.snippets["suggestion_reply"][number]
    else:
        outcome, reply = "answered", walk.say("inquiry_reply", tale)
    _do(walk, tale, Act.ANSWER, _hand(walk, petition), outcome=outcome, reply=reply)


def serve_forwarded(walk, tale):
    walk.serve(tale, ("F03",))


def serve_told(walk, tale):
    petition = walk.petition(tale)
    walk.serve(tale, ("F02", "F04", "F05", "F06", "F10", "F14"), by=_officer(walk, petition))


def serve_opinion(walk, tale):
    petition = walk.petition(tale)
    walk.serve(tale, ("F12",), by=_hand(walk, petition))
