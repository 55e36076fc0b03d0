"""简易办理出的文书：要纸质的才出（F02、F37、F14），转为普通程序的一律书面告知（F02）。"""

from django.conf import settings

from documents.letters.letter_dates import in_words
from petitions.acceptance import letters as path_letters
from petitions.act.states import LegalPath
from petitions.letters import letter_content
from rulebook.acts import Act
from rulebook.timekeeping import local_date

PROCEDURE = "按照简易程序办理，尽快给你答复；不宜简易办理或者没有妥善解决的，转为普通程序并告知你"
CONVERTED = "原按简易程序办理，现经批准转为普通程序：{}"


def accepted(petition, *, by, details):
    """F02 where the petitioner asked for paper; otherwise they were told at once and the line says how."""
    if not details.get("paper"):
        return []
    deadline = petition.reading("D06")
    due = {"due_on": deadline.due_on} if deadline else {"due_note": "本事项不适用六十日办理期限，我单位将尽快答复"}
    return letter_content.to_parties(petition, "F02", {**_taken_up(petition, by), "procedure": PROCEDURE, **due}, by)


def answered(petition, *, by, details):
    """The short opinion on paper where it was asked for: F37, or F14 to a suggestion."""
    if not details.get("paper"):
        return []
    if petition.path == LegalPath.SUGGESTION:
        return path_letters.answered(petition, by=by, details=details)
    claims = [claim.text for claim in petition.claims.order_by("number")]
    fields = {
        "received_on": petition.received_on,
        "accepted_on": local_date(petition.accepted_at),
        "subject": petition.title,
        "claims": claims,
        "opinions": [{"outcome": details["outcome"], "text": details["reply"]} for _ in claims],
        **letter_content.contact_of(petition, by),
    }
    return letter_content.to_parties(petition, "F37", fields, by)


def converted(petition, *, by, details):
    """F02: whoever was told of the simple procedure is told that it has become the ordinary one, and of the day."""
    deadline = petition.reading("D06")
    fields = {
        **_taken_up(petition, by),
        "procedure": CONVERTED.format(letter_content.PROCEDURE[LegalPath.PETITION]),
        "due_on": deadline.due_on,
        "due_note": f"六十日办理期限自{in_words(deadline.starts_on)}起计算",
    }
    return letter_content.to_parties(petition, "F02", fields, by)


def _taken_up(petition, by) -> dict:
    return {
        "received_on": petition.received_on,
        "accepted_on": local_date(petition.accepted_at),
        "subject": petition.title,
        "handling_organ": petition.organ.name,
        "path": petition.path,
        "query_url": settings.PUBLIC_QUERY_URL,
        **letter_content.contact_of(petition, by),
    }


MAKERS = {Act.ACCEPT_SIMPLY: accepted, Act.ANSWER_SIMPLY: answered, Act.CONVERT: converted}
