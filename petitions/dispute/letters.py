"""指定管辖出的文书：F28 协调单给被指定的机关和各方，F03 告知信访人现在由谁办理（第二十四条，rules §8.3）。"""

from documents.letters.letter_dates import in_words
from petitions.dispute import rules as disputing
from petitions.letters.letter_content import contact_of, issue_to, to_parties
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now, today


def ruled(petition, *, by):
    """F28 with the ruling and F03 to every petitioner, both in the name of the organ that ruled. Returns F28."""
    dispute = petition.disputes.select_related("organ__office", "to", "leg").latest("number")
    contact = contact_of(petition, by, dispute.organ)
    term, scope = ("D06", petition.pk) if dispute.cause == disputing.TAKEN_UP else ("D03", dispute.leg_id)
    due = next((d.due_on for d in petition.deadlines.all() if (d.term, d.scope_id) == (term, scope)), today())
    letter = issue_to(
        petition,
        "F28",
        {
            "subject": petition.title,
            "held_at": dispute.held_at or in_words(today()),
            "place": dispute.place or "书面协调",
            "host": dispute.host,
            "present": [organ.name for organ in dict.fromkeys([*disputing.heard_by_the_ruling(petition), dispute.to])],
            "positions": dispute.positions,
            "decisions": [line for line in dispute.decisions.splitlines() if line.strip()],
            "handling_organ": dispute.to.name,
            "due_on": max(due, today()),  # 争议期间已经届满的，当日告知、答复
            "recorder": by.user.name if by.user else "",
            **contact,
        },
        by,
        organ=dispute.organ,
        addressee=dispute.to.name,
    )
    type(dispute).objects.filter(pk=dispute.pk).update(letter=letter)
    told = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "to_organ": dispute.to.name,
        "forwarded_on": local_date(now()),
        "article": "24",
        **contact,
    }
    to_parties(petition, "F03", told, by, organ=dispute.organ)
    return letter


MAKERS = {Act.DESIGNATE: ruled}
