"""办结以后出的两份：F34 办结报告交回交办的机关，F35 归档目录留在卷里（rules §8.3）。"""

from documents.letters.letter_dates import in_words
from petitions.closing import archive, closing_report
from petitions.letters.letter_contacts import contact_of
from petitions.letters.letter_content import issue_to
from rulebook.acts import Act
from rulebook.timekeeping import local_date


def reported(petition, *, by, details):
    """F34 of the assignment just reported on."""
    leg = petition.legs.select_related("sender").filter(reported_at__isnull=False).latest("reported_at")
    opinion = petition.latest_opinion
    ends = closing_report.ends_of(petition)
    fields = {
        "to_organ": leg.sender.name,
        "received_on": local_date(leg.arrived_at or leg.sent_at),
        "subject": petition.title,
        "letter_number": _assigned_by(petition, leg),
        "facts": details["facts"],
        "handling": details["handling"],
        "execution": details["execution"],
        "delivered": closing_report.delivered_in_words(petition),
        "basis": [line for line in opinion.basis.splitlines() if line.strip()] if opinion else [],
        **{f"end_{kind}": ends[kind].in_words for kind in closing_report.kinds()},
        **contact_of(petition, by),
    }
    return issue_to(petition, "F34", fields, by)


def _assigned_by(petition, leg) -> str:
    """The number of the letter that assigned it; where it was assigned without one, the day."""
    letters = petition.petition_letters.filter(letter__kind="F08", letter__organ=leg.sender.office_id)
    found = letters.select_related("letter").order_by("pk").last()
    return found.letter.number if found and found.letter.number else f"{in_words(local_date(leg.sent_at))}交办"


def catalogued(petition, *, by, details):
    """F35: what lies in the volume, in order, with pages and 保管期限."""
    volume = archive.file_away(petition, by, **details)
    fields = {
        "subject": petition.title,
        "fonds": volume.organ.name,
        "archive_class": archive.ARCHIVE_CLASS,
        "archive_no": volume.number,
        "contents": [item.in_words for item in volume.items.order_by("position")],
        "pages": volume.pages,
        "retention": volume.get_retention_display(),
        "filed_by": by.user.name if by.user else "系统",
        "filed_on": volume.filed_on,
    }
    volume.letter = issue_to(petition, "F35", fields, by, addressee=volume.organ.name)
    volume.save(update_fields=["letter"])
    return volume.letter


MAKERS = {Act.REPORT_BACK: reported, Act.ARCHIVE: catalogued}
