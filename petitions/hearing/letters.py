"""听证、调解出的文书：F21 通知书、F22 笔录、F31 协议书。"""

from petitions.letters import letter_content
from petitions.review import letters as review_letters
from rulebook.acts import Act


def called(noun, *, by):
    """F21: when, where, who sits; to the applicant of a review, or to all who petition."""
    hearing = noun.hearings.latest("pk")
    fields = {
        **_about(hearing),
        "hearers": hearing.people,
        "present": [hearing.petition.organ.name],
        **letter_content.contact_of(hearing.petition, by, hearing.organ),
    }
    if hearing.proceeding_id:
        return review_letters.to_applicant(noun, "F21", fields, by)
    return letter_content.to_parties(hearing.petition, "F21", fields, by)


def concluded(hearing, *, by):
    """F22: what was said, shown and deliberated; it stays on the file."""
    fields = {
        **_about(hearing),
        "hearers": hearing.people,
        "statements": hearing.minutes,
        "evidence": hearing.evidence,
        "deliberation": hearing.result,
        "votes": hearing.votes,
    }
    return letter_content.issue_to(hearing.petition, "F22", fields, by, organ=hearing.organ)


def agreed(mediation, *, by):
    """F31: the agreement of the parties, with the court that may confirm it."""
    petition = mediation.petition
    fields = {
        "subject": petition.title,
        "agreement_mode": mediation.mode,
        "disputants": mediation.people,
        "facts": mediation.dispute,
        "agreement": [line for line in mediation.agreement.splitlines() if line.strip()],
        "performance": mediation.performance,
        **({"mediator": mediation.mediator} if mediation.mediator else {}),
        **({"court": mediation.court} if mediation.court and mediation.by_committee else {}),
    }
    letter = letter_content.issue_to(petition, "F31", fields, by, addressee=f"{len(mediation.people)}方当事人")
    type(mediation).objects.filter(pk=mediation.pk).update(letter=letter)
    mediation.letter = letter
    return letter


def _about(hearing) -> dict:
    return {
        "subject": hearing.petition.title,
        "stage": hearing.proceeding.kind if hearing.proceeding_id else "handling",
        "hearing_on": hearing.held_on,
        "held_at": hearing.held_at,
        "place": hearing.place,
        "host": hearing.host,
        "recorder": hearing.recorder,
        "openness": "open" if hearing.is_public else "closed",
    }


MAKERS = {Act.HEAR: called, Act.CALL_HEARING: called, Act.CONCLUDE_HEARING: concluded, Act.AGREE: agreed}
