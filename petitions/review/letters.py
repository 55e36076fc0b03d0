"""复查、复核出的文书：F18、F19、F20，只给申请人（rules §1.9.4、§8.3）。"""

from petitions.letters.letter_content import contact_of, issue_to
from petitions.service.models import Service
from rulebook.acts import Act
from rulebook.clock import days_heard
from rulebook.timekeeping import local_date

EXCERPT = 200  # 摘要取多少字


def decided(proceeding, *, by):
    """F18 复查意见书, naming the organ of the recheck; F19 复核意见书, the last word."""
    is_recheck = proceeding.kind == "recheck"
    contested = _original(proceeding)
    fields = {
        **_about(proceeding),
        "original_organ": contested.organ.name,
        "original_no": contested.number,
        "original_on": local_date(contested.issued_at),
        "requests": [line for line in proceeding.grounds.splitlines() if line.strip()],
        "facts": proceeding.facts,
        "basis": [line for line in proceeding.basis.splitlines() if line.strip()],
        "review_result": proceeding.outcome,
        "conclusion": proceeding.decision,
        **({"redo_due_on": proceeding.redo_due_on} if proceeding.redo_due_on else {}),
        **_heard(proceeding),
        **contact_of(proceeding.petition, by, proceeding.organ),
    }
    if is_recheck:
        fields |= _of_review(proceeding.earlier)
    else:
        fields["original_summary"] = _excerpt(proceeding.opinion)
        if proceeding.is_final:
            fields["final_note"] = f"{proceeding.organ.name}没有上一级机关、单位，本复查意见为终局意见"
        else:
            fields["recheck_organ"] = proceeding.organ.review_organ.name
    letter = to_applicant(proceeding, "F19" if is_recheck else "F18", fields, by, required=True)
    type(proceeding).objects.filter(pk=proceeding.pk).update(letter=letter)
    proceeding.letter = letter
    return letter


def refused(proceeding, *, by):
    """F20: 不予受理的情形和理由."""
    fields = {
        **_about(proceeding),
        "stage": proceeding.kind,
        "original_no": proceeding.service.letter.number,
        "review_ground": proceeding.refuse_ground,
        "reason": proceeding.refuse_reason,
        **contact_of(proceeding.petition, by, proceeding.organ),
    }
    return to_applicant(proceeding, "F20", fields, by)


MAKERS = {Act.DECIDE_REVIEW: decided, Act.REFUSE_REVIEW: refused}


def _about(proceeding) -> dict:
    return {"applied_on": proceeding.received_on, "subject": proceeding.petition.title}


def _original(proceeding):
    """The opinion the whole matter is about, also where a review stands between."""
    return (proceeding.earlier or proceeding).service.letter


def _of_review(review) -> dict:
    return {
        "review_organ": review.organ.name,
        "review_no": review.letter.number,
        "review_on": local_date(review.letter.issued_at),
        "review_summary": f"{review.get_outcome_display()}。{review.decision[:EXCERPT]}",
    }


def _heard(proceeding) -> dict:
    held = [hearing for hearing in proceeding.hearings.all() if hearing.state == "concluded"]
    if not held:
        return {}
    told = {"hearing_on": max(hearing.held_on for hearing in held)}
    if proceeding.kind == "recheck":
        told["hearing_days"] = days_heard((hearing.called_on, hearing.concluded_on) for hearing in held)
    return told


def _excerpt(opinion) -> str:
    answers = [row.get("answer", "") for row in sorted(opinion.findings, key=lambda row: row["number"])]
    return "；".join(filter(None, answers))[:EXCERPT]


def to_applicant(proceeding, kind, fields, by, *, required=False):
    party = proceeding.party
    letter = issue_to(proceeding.petition, kind, fields, by, organ=proceeding.organ, party=party)
    Service.objects.create(petition=proceeding.petition, letter=letter, party=party, required=required)
    return letter
