"""各条途径的文书：导入告知（F02）、涉法涉诉转送（F32、F03）、检举控告转送（F33）、程序性答复（F13）、建议答复（F14）、异议书（F09）。"""

from django.conf import settings

from accounts.models import Organ
from petitions.acceptance import referral, siblings
from petitions.act.states import LegalPath
from petitions.letters import letter_content
from petitions.letters.letter_contacts import contact_of
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now

OBJECTING = "《信访工作条例》第二十三条第三款"


def led_in(petition, *, by, details):
    """第三十一条第一至五项：告知所走途径、受理机关和该途径自己的时限，不写信访程序的期限。"""
    if referral.is_passed_to_justice(petition, petition.path):
        return _passed_to_justice(petition, by, details)
    own = referral.is_own(petition, details["authority"])
    term = referral.DUTY_TERM if own and petition.path == LegalPath.DUTY else "办理时限依照该法定程序的规定"
    fields = {
        **_about(petition),
        "handling_organ": petition.organ.office.name if own else details["authority"],
        "path": petition.path,
        "procedure": "\n".join(filter(None, (details["reason"], siblings.elsewhere(petition)))),
        "due_note": details.get("term") or term,
        "query_url": settings.PUBLIC_QUERY_URL,
        **contact_of(petition, by),
    }
    return letter_content.to_parties(petition, "F02", fields, by)


def _passed_to_justice(petition, by, details):
    """第二十二条第二款：转送同级政法部门，并告知信访人转到了哪里。"""
    common = {**_about(petition), "to_organ": details["authority"].strip(), "article": "22-2"}
    passed = {
        **common,
        "channel": petition.submission.get_channel_display(),
        "summary": petition.title,
        "legal_body": referral.legal_body(details["authority"]),
        "reason": details["reason"],
        **contact_of(petition, by),
    }
    told = {**common, "forwarded_on": local_date(now()), **contact_of(petition, by)}
    return [letter_content.issue_to(petition, "F32", passed, by), *letter_content.to_parties(petition, "F03", told, by)]


def referred(petition, *, by, details):
    """F33 from the organ that had it to the one that receives it; nobody else is written to (第三十条第三款).

    The petitioner is not named: whoever must know reads the name on the file.
    """
    line = petition.events.get(seq=petition.seq)
    sender = Organ.objects.select_related("office").get(pk=line.details["owed_by_organ"])
    judged = details.get("authority_ground", "").strip()
    attached = [kept.title for kept in petition.attachments.all()]
    fields = {
        **_about(petition),
        "to_organ": petition.organ.name,
        "channel": petition.submission.get_channel_display(),
        "summary": petition.title,
        "authority_ground": judged or referral.AUTHORITY.format(petition.organ.name),
        "secrecy_mark": details.get("secrecy_mark", referral.SECRECY),
        "copy_no": f"{1 + petition.petition_letters.filter(letter__kind='F33').count():06d}",
        "article": "22-2" if sender.office.is_petition_office else "23-1",
        **({"attachments": attached} if attached else {}),
        **contact_of(petition, by, sender),
    }
    return [letter_content.issue_to(petition, "F33", fields, by, organ=sender)]


def answered(petition, *, by, details):
    """F14 to a suggestion, F13 where the organ itself acted under the fourth or fifth item; else nothing on paper."""
    if petition.path == LegalPath.SUGGESTION:
        fields = {"adoption": details["outcome"], "reason": details["reply"]}
        return letter_content.to_parties(
            petition, "F14", {**_about(petition), **fields, **contact_of(petition, by)}, by
        )
    if petition.path not in referral.PROCEDURAL:
        return []
    fields = {
        **_about(petition),
        "path": petition.path,
        "facts": details["facts"],
        "answer": details["reply"],
        "basis": [line.strip() for line in details["basis"].splitlines() if line.strip()],
        "reconsider_organ": details["reconsider_organ"],
        "court": details["court"],
        **({"reconsider_first": details["reconsider_first"]} if details.get("reconsider_first") else {}),
        **contact_of(petition, by),
    }
    return letter_content.to_parties(petition, "F13", fields, by)


def objected(petition, *, by, details):
    """F09 to whoever handed it over; the petitioner is not written to (第二十三条第三款)."""
    leg = petition.current_leg
    laws = [line.strip() for line in details.get("basis", "").splitlines() if line.strip()]
    fields = {
        "to_organ": leg.sender.name,
        "received_on": local_date(leg.arrived_at),
        "forwarded_on": local_date(leg.sent_at),
        "subject": petition.title,
        "reason": details["grounds"],
        "basis": [OBJECTING, *laws],
        "suggested_organ": leg.suggested_organ.name if leg.suggested_organ else "请转出方核定",
        **contact_of(petition, by),
    }
    return [letter_content.issue_to(petition, "F09", fields, by)]


def _about(petition) -> dict:
    return {"received_on": petition.received_on, "subject": petition.title}


MAKERS = {Act.LEAD_IN: led_in, Act.REFER: referred, Act.ANSWER: answered, Act.OBJECT: objected}
