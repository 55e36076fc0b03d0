"""信访件详情页上的一切：从一次取齐的材料拼成模板要的样子，不再查库。"""

from typing import Any

from accounts.authority import holds, may
from accounts.privacy import mask_text
from desk.casework.forms.handling.handling_forms import FOUR_ENDS
from desk.casework.page import (
    available_acts,
    chronicle,
    clock_lamps,
    holding_bar,
    leader_notes,
    stage_steps,
    triage_advice,
)
from documents.models import Attachment
from petitions.act.decorator import why_not
from petitions.act.states import OPEN, STAGE, Finding, LegalPath, Procedure, State
from petitions.closing import closing_report
from petitions.closing.execution import rules as executing
from petitions.models import Execution
from petitions.review import rules as reviewing
from petitions.service.rules import DOUBTFUL
from rulebook.acts import Act
from rulebook.timekeeping import today

STATE_TONES = {State.ISSUED: "am", State.OBJECTED: "am", State.DISPUTED: "am", State.CLOSED: "gr", State.SETTLED: "gr"}
FINDING_TONES = {"support": "gr", "partly": "bl", "explain": "", "not_support": "am"}


def context(petition, user, *, view: str = "", neighbours: dict[str, Any] | None = None) -> dict[str, Any]:
    """The context of desk/case/page.html."""
    return {
        "petition": petition,
        "submission": petition.submission,
        "tags": tags(petition),
        "steps": stage_steps.of(petition),
        "clock": clock_lamps.card(petition),
        "no_clock": clock_lamps.resting_words(petition),
        "deadlines": clock_lamps.table(petition),
        "held": holding_bar.card(petition),
        "words": words(petition),
        "claims": claims(petition),
        "overrides": overrides(petition),
        "reviews": reviews(petition),
        "disputes": disputes(petition),
        "talks": talks(petition),
        "executions": executions(petition, user),
        "ends": ends(petition),
        "volume": next(iter(petition.volumes.all()), None),
        "tl_tabs": chronicle.tabs(petition, view),
        "events": chronicle.events(petition, view, user),
        "event_count": chronicle.count(petition),
        "papers": chronicle.papers(petition),
        "paper_count": len(petition.petition_letters.all()),
        "attachments": petition.attachments.all(),
        "scans": scans(petition),
        "may_attach": any(may(user, act, petition) for act in (Act.INQUIRE, Act.DRAFT, Act.CORRECT)),
        "panel": available_acts.of(petition, user),
        "instruction": leader_notes.instruction(petition, user),
        "sponsorship": leader_notes.sponsorship(petition),
        "pending": [row for row in petition.pending_acts.all() if row.state == "waiting"],
        "parties": [party_rows(party) for party in petition.submission.parties.all()],
        "keeps_order": holds(user, Act.KEEP_ORDER),
        "may_reveal": may(user, Act.REVEAL, petition),
        "path": path(petition),
        "about": facts(petition),
        "neighbours": neighbours or {},
    }


def scans(petition) -> set[int]:
    """Those of the materials that may have their words beside them; asked only where there are any."""
    kept = [row.attachment_id for row in petition.attachments.all()]
    return set(Attachment.objects.scans().filter(pk__in=kept).values_list("pk", flat=True)) if kept else set()


def tags(petition) -> list[dict[str, str]]:
    """What the case is, in a row of words."""
    state, submission = State(petition.state), petition.submission
    found = [{"text": state.label, "tone": STATE_TONES.get(state, "bl" if state in OPEN else "")}]
    found.append({"text": petition.get_kind_display(), "tone": ""})
    again = "重复" if petition.repeat_of_id else "初次"
    found.append({"text": f"{again}{submission.get_channel_display()}", "tone": "am" if petition.repeat_of_id else ""})
    if petition.procedure != Procedure.NORMAL:
        found.append({"text": petition.get_procedure_display(), "tone": "bl"})
    if petition.category:
        found.append({"text": str(petition.category), "tone": ""})
    if petition.under_order:
        found.append({"text": "督办中", "tone": "am"})
    if petition.matter_id:
        found.append({"text": "事项组", "tone": "vi"})
    if submission.is_group:
        found.append({"text": f"集体访 {submission.people_count} 人", "tone": "vi"})
    if petition.key_case:
        found.append({"text": "重点件", "tone": "am"})
    if submission.urgent:
        found.append({"text": "重大紧急", "tone": "rd"})
    if petition.secrecy:
        found.append({"text": "保密", "tone": "rd"})
    if any(line.act == Act.DEEM_ACCEPTED for line in petition.events.all()):
        found.append({"text": "超期未告知", "tone": "rd"})
    if any(row.term == "D07n" and row.was_missed(today()) for row in petition.deadlines.all()):
        found.append({"text": "延期未告知", "tone": "rd"})
    if _to_be_checked(petition):
        found.append({"text": "登记信息待核", "tone": "rd"})
    return found


def words(petition) -> dict[str, str]:
    """The petitioner's own words where this petition shows them, else its excerpt; numbers inside are hidden."""
    if petition.shows_original:
        return {"title": "信访人原话，不作改写", "text": mask_text(petition.submission.original)}
    return {"title": "摘录", "text": mask_text(petition.excerpt)}


def claims(petition) -> list[dict[str, str]]:
    """Numbered claims, each with its finding or where it stands."""
    stage = STAGE[State(petition.state)].label
    return [
        {
            "number": claim.number,
            "text": mask_text(claim.text),
            "tag": claim.get_finding_display() or f"{stage}中"
            if petition.state in OPEN
            else claim.get_finding_display(),
            "tone": FINDING_TONES.get(claim.finding, "bl"),
            "answer": mask_text(claim.answer),
        }
        for claim in petition.claims.all()
    ]


def overrides(petition) -> list[dict[str, Any]]:
    """Remarks of the examiner that the check let stand: where, what, why, by whom and when."""
    names = {line.by_id: line.by.name for line in petition.events.all() if line.by}
    return [
        {
            "place": one.place,
            "sentence": one.sentence,
            "reason": mask_text(one.reason),
            "by": names.get(one.by_id, ""),
            "at": one.at,
        }
        for one in petition.overrides.all()
    ]


REVIEW_TONES = {"requested": "am", "admitted": "bl", "decided": "gr"}


def reviews(petition) -> list[dict[str, Any]]:
    """Each review and recheck: who asked whom and when, its hearings, what came of it; a draft is not shown yet."""
    names = {party.pk: party.shown_name for party in petition.submission.parties.all()}
    found = []
    for one in petition.proceedings.all():
        decided = one.state == "decided"
        found.append(
            {
                "kind": one.get_kind_display(),
                "organ": one.organ.name,
                "state": one.get_state_display(),
                "tone": REVIEW_TONES.get(one.state, ""),
                "applicant": names.get(one.party_id, ""),
                "applied_on": one.posted_on or one.applied_on,
                "received_on": one.received_on,
                "late": reviewing.proceeding_is_late(one),
                "grounds": mask_text(one.grounds),
                "hearings": one.hearings.all(),
                "outcome": one.get_outcome_display() if decided else "",
                "decision": mask_text(one.decision if decided else one.refuse_reason),
                "redo_due_on": one.redo_due_on if decided else None,
            }
        )
    return found


DISPUTE_TONES = {"raised": "am", "ruled": "gr"}


def disputes(petition) -> list[dict[str, Any]]:
    """Each question of competence: why it came up, who rules, what was ruled."""
    return [
        {
            "cause": one.get_cause_display(),
            "state": one.get_state_display(),
            "tone": DISPUTE_TONES.get(one.state, ""),
            "organ": one.organ.name,
            "basis": one.get_basis_display(),
            "raised_at": one.raised_at,
            "requester": one.requester.short_name if one.requester else "系统",
            "grounds": mask_text(one.grounds),
            "to": one.to.name if one.to else "",
            "ended_at": one.ended_at,
            "positions": mask_text(one.positions),
            "decisions": mask_text(one.decisions),
        }
        for one in petition.disputes.all()
    ]


TALK_TONES = {"called": "am", "open": "am", "concluded": "gr", "agreed": "gr"}


def talks(petition) -> list[dict[str, Any]]:
    """Hearings of the handling stage and mediations: who sat, when, and what came of it; names of parties hidden."""
    heard = [
        {
            "what": "听证",
            "state": one.get_state_display(),
            "tone": TALK_TONES.get(one.state, ""),
            "rows": [
                (
                    "时间地点",
                    f"{one.held_on:%m-%d} {one.held_at} {one.place}，{'公开' if one.is_public else '不公开'}举行",
                ),
                ("人员", f"主持 {one.host}；听证员 {one.members}；记录 {one.recorder}"),
                ("评议", one.votes),
                ("结论", mask_text(one.result)),
            ],
        }
        for one in petition.hearings.all()
        if one.proceeding_id is None
    ]
    mediated = [
        {
            "what": one.get_mode_display(),
            "state": one.get_state_display(),
            "tone": TALK_TONES.get(one.state, ""),
            "rows": [
                ("调解人", one.mediator),
                ("当事人", f"{len(one.people)} 方，{one.opened_on:%m-%d} 开始"),
                ("争议", mask_text(one.dispute)),
                ("协议", mask_text(one.agreement)),
                ("履行", mask_text(one.performance)),
                ("司法确认", _confirmation(one)),
            ],
        }
        for one in petition.mediations.all()
    ]
    return [talk | {"rows": [row for row in talk["rows"] if row[1]]} for talk in heard + mediated]


def _confirmation(mediation) -> str:
    """What the parties may still do before a court, or did."""
    if mediation.confirmation_on:
        return f"{mediation.confirmation_on:%m-%d} 已向{mediation.court}申请"
    last = mediation.confirmation_ends_on
    return f"{last:%m-%d} 前可以共同申请" if last else ""


EXECUTION_TONES = {"owed": "bl", "done": "gr", "refused": "rd"}


def task(execution) -> dict[str, Any]:
    """One task of execution as the page says it; numbers of people inside are hidden, a lamp while it is owed."""
    owed = execution.is_undone
    return {
        "pk": execution.pk,
        "claim": mask_text(execution.claim.text),
        "number": execution.claim.number,
        "promised": mask_text(execution.promised),
        "organ": execution.organ.short_name,
        "state": execution.get_state_display(),
        "tone": EXECUTION_TONES.get(execution.state, ""),
        "due_on": execution.due_on,
        "period": execution.period,
        "lamp": clock_lamps.lamp_of("I06", execution.due_on, execution.petition) if owed else "",
        "days_left": (execution.due_on - today()).days,
        "done_on": execution.done_on,
        "result": mask_text(execution.result or execution.refusal),
        "evidence": execution.evidence_id,
    }


def executions(petition, user) -> list[dict[str, Any]]:
    """The tasks that the supported claims came to, with what the user may do to those still owed."""
    owed = {one.pk for one in executing.undone(petition)}
    acts = [act for act in (Act.PERFORM, Act.REPLAN, Act.REFUSE_EXECUTION) if may(user, act, petition)]
    kept = {row.pk: row.attachment_id for row in petition.attachments.all()}
    found = []
    for one in petition.executions.all():
        links = [act for act in acts if one.pk in owed and not why_not(one, getattr(Execution, str(act)))]
        row = task(one) | {"acts": links, "material": kept.get(one.evidence_id)}
        if one.is_undone and one.pk not in owed:
            row |= {"state": "已作废", "tone": "", "lamp": ""}  # 责令重新作出的，随原意见作废
        found.append(row)
    return found


def ends(petition) -> list[tuple[str, str]]:
    """The four ends as recorded for the opinion that stands, in their own order; empty where they were not."""
    found = closing_report.ends_of(petition)
    return [(label, mask_text(found[kind].in_words)) for kind, label in FOUR_ENDS.items() if kind in found]


def party_rows(party) -> dict[str, Any]:
    """A petitioner with everything personal hidden."""
    about = [party.sex, f"{party.birth_year} 年生" if party.birth_year else ""]
    return {
        "party": party,
        "name": party.shown_name,
        "about": " ".join(filter(None, about)),
        "role": party.get_role_display(),
        "withheld": party.name_withheld,
        "tags": list(filter(None, _marks(party))),
        "id": party.masked_id,
        "id_status": party.get_id_status_display(),
        "phone": party.masked_phone,
        "address": party.masked_address,
    }


def _marks(party):
    """What to know before writing to this person."""
    yield party.get_assumed_display()
    yield "" if party.is_present else party.get_standing_display()
    yield "承继人" if party.succeeds_id else ""
    yield party.nationality or (party.get_origin_display() if party.origin != party.Origin.MAINLAND else "")
    if party.acts_for_id or party.authority:
        until = f"，至 {party.authority_until:%Y-%m-%d}" if party.authority_until else ""
        yield f"{'特别授权：' if party.special_powers else ''}{party.authority}{until}"


def _to_be_checked(petition) -> bool:
    """Whether a letter came back because nobody of that name or at that address is there, and nothing was corrected
    since (rules E41)."""
    failed = corrected = 0
    for line in petition.events.all():
        if line.act == Act.ATTEMPT_SERVICE and line.details.get("outcome") in DOUBTFUL:
            failed = line.seq
        elif line.act == Act.CORRECT:
            corrected = line.seq
    return failed > corrected


def path(petition) -> dict[str, Any]:
    """The legal path with the answers that led to it."""
    label = LegalPath(petition.path).label if petition.path in LegalPath.values else ""
    return {"label": label, **triage_advice.decision(petition)}


def opinion(petition) -> dict[str, Any] | None:
    """The draft to be checked or signed, its conclusions in words; numbers of people inside are hidden."""
    draft = petition.latest_opinion
    if draft is None:
        return None
    labels = dict(Finding.choices)
    return {
        "version": draft.version,
        "passed": draft.passed,
        "facts": mask_text(draft.facts),
        "basis": draft.basis,
        "findings": [
            {"number": row["number"], "finding": labels.get(row["finding"], ""), "answer": mask_text(row["answer"])}
            for row in draft.findings
        ],
        "ends": [
            (label, mask_text(draft.four_ends[key])) for key, label in FOUR_ENDS.items() if draft.four_ends.get(key)
        ],
        "check_note": mask_text(draft.check_note),
    }


def facts(petition) -> list[tuple[str, Any]]:
    """Who has it and since when; also the head of every act's page."""
    holder = petition.holder_user.name if petition.holder_user else ""
    where = petition.holder_organ.short_name if petition.holder_organ else ""
    rows = [
        ("承办机关", petition.organ.name),
        ("现在由谁办", " ".join(filter(None, (where, holder))) or "无人待办"),
        ("等待", petition.waiting_for),
        ("首接单位", petition.first_receiver.short_name),
        ("发生地", petition.place),
    ]
    if petition.about_organ or petition.about_text:
        rows.append(("涉及单位", petition.about_organ.short_name if petition.about_organ else petition.about_text))
    if petition.merged_into:
        rows.append(("主件", petition.merged_into.number))
    return [row for row in rows if row[1]]
