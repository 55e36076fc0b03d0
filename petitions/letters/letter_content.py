"""哪个行为该出哪份文书、填什么：文书不认识信访件，要素从这里给它（rules §8.3）。"""

from django.conf import settings

from documents.letters import issuance as documents
from documents.letters.letter_dates import in_words
from petitions.acceptance.siblings import elsewhere
from petitions.act.states import LegalPath
from petitions.handling.opinion.models import PetitionLetter
from petitions.letters.amendment import amended
from petitions.letters.letter_contacts import contact_of
from petitions.parties.models import Party
from petitions.review import rules as reviewing
from petitions.service.models import Service
from petitions.service.rating import rules as rating
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now

PROCEDURE = {
    "31-6": "听取你陈述事实和理由，调查核实有关情况，依法作出处理并出具信访处理意见书",
    "29": "研究论证你提出的建议意见，采纳或者部分采纳的予以回复",
}
JOINED = "你反映的事项已在办理，本次提出的内容和材料并入原事项一并办理，办理期限不重新起算"
LAPSED = "的书面意见已经送达，你未在规定期限内申请复查、复核，也没有正当理由"


def issue_owed(petition, act: Act, *, by, details: dict, note: str = "") -> list:
    """Issue the letters the act owes, link them to the petition and open the services. Returns the letters.

    Where names and addresses are unclear nobody can be told (第二十三条第二款): no letter to the petitioner is made.
    """
    makers = MAKERS.get(act, ())
    return [letter for make in makers for letter in make(petition, by, details, note)]


def receipts(petition, by, details, note, *, only=None):
    """F01 for every party (`only` the one that came in later): each has a query code of their own."""
    if petition.submission.anonymous:
        return []
    made = []
    for party in [only] if only else petition.submission.parties.order_by("position"):
        fields = {
            "received_on": petition.received_on,
            "channel": petition.submission.get_channel_display(),
            "claims": [claim.text for claim in petition.claims.order_by("number")],
            "attachments": [kept.title for kept in petition.attachments.all()],
            "petitioner": party.shown_name,
            "subject": petition.title,
            "query_url": settings.PUBLIC_QUERY_URL,
            "query_code": party.query_code,
            "pin": party.pin,
            "contact_phone": petition.organ.phone,
        }
        made.append(issue_to(petition, "F01", fields, by, party=party))
    return made


def accepted(petition, by, details, note):
    deadline = petition.reading("D06")
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "handling_organ": petition.organ.name,
        "path": petition.path or LegalPath.PETITION,
        "procedure": "\n".join(filter(None, (PROCEDURE.get(petition.path, PROCEDURE["31-6"]), elsewhere(petition)))),
        "query_url": settings.PUBLIC_QUERY_URL,
        **contact_of(petition, by),
    }
    if deadline:
        fields |= {"accepted_on": local_date(petition.accepted_at), "due_on": deadline.due_on}
    else:
        fields["due_note"] = "本事项不适用六十日办理期限，我单位将尽快答复"
    return to_parties(petition, "F02", fields, by)


def merged(petition, by, details, note):
    """Whoever came again is told where the matter goes on (rules E58)."""
    into = petition.merged_into
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "handling_organ": into.organ.name,
        "path": into.path or LegalPath.PETITION,
        "procedure": JOINED,
        "query_url": settings.PUBLIC_QUERY_URL,
        **contact_of(petition, by),
    }
    deadline = into.deadlines.filter(term="D06").order_by("-started_by").first()
    if deadline:
        since = in_words(deadline.starts_on)
        fields |= {"due_on": deadline.due_on, "due_note": f"原事项于{since}受理，办理期限自该日起计算，不重新起算"}
    else:
        fields["due_note"] = "办理期限按原事项计算"
    return to_parties(petition, "F02", fields, by)


def forwarded(petition, by, details, note):
    office = petition.legs.latest("number").sender
    common = {"received_on": petition.received_on, "subject": petition.title, "to_organ": petition.organ.name}
    article = "22-1-1" if office.is_petition_office else "23-1"
    to_organ = issue_to(
        petition,
        "F07",
        {
            **common,
            "channel": petition.submission.get_channel_display(),
            "summary": petition.title,
            "requirements": "请自收到之日起十五日内书面告知信访人接收情况以及处理途径和程序，依法办理。",
            "article": article,
            **contact_of(petition, by, office),
        },
        by,
        organ=office,
    )
    told = to_parties(
        petition,
        "F03",
        {**common, "forwarded_on": local_date(now()), "article": article, **contact_of(petition, by, office)},
        by,
        organ=office,
    )
    return [to_organ, *told]


def assigned(petition, by, details, note):
    leg = petition.legs.latest("number")
    common = {"received_on": petition.received_on, "subject": petition.title, "to_organ": petition.organ.name}
    to_organ = issue_to(
        petition,
        "F08",
        {
            **common,
            "channel": petition.submission.get_channel_display(),
            "summary": petition.title,
            "requirements": "请依法按时办结，并书面反馈办结报告。",
            "due_on": leg.due_on,
            "report_back": "调查情况、处理意见及依据、送达情况、四个到位落实情况。",
            **contact_of(petition, by, leg.sender),
        },
        by,
        organ=leg.sender,
    )
    told = to_parties(
        petition,
        "F03",
        {**common, "forwarded_on": local_date(now()), "article": "22-1-1", **contact_of(petition, by, leg.sender)},
        by,
        organ=leg.sender,
    )
    return [to_organ, *told]


def declined(petition, by, details, note):
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "ground": details["ground"],
        "reason": f"{details['reason']}\n依据：{details['evidence']}",
        "way": details["way"],
        "to_organ": details["authority"],
        "to_address": details["authority_address"],
        "approver": _approver(petition, Act.DECLINE),
        **contact_of(petition, by),
    }
    return to_parties(petition, "F04", fields, by)


def redirected(petition, by, details, note):
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "reason": details["reason"],
        "to_organ": details["authority"],
        "to_address": details["authority_address"],
        **contact_of(petition, by),
    }
    return to_parties(petition, "F05", fields, by)


# 不再受理所凭的文书：复核意见书，或者涉法涉诉的终结文书
_FINAL_WORDS = ("recheck_organ", "recheck_no", "recheck_on", "final_organ", "final_no", "final_on")


def refused_again(petition, by, details, note):
    earlier = details.get("earlier")
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        **({"prior_case_no": earlier.number} if earlier else {}),
        "sameness": details["reason"],
        "help_channels": "当地政府做好疏导教育；生活困难的可以依法申请救助。",
        "approver": _approver(petition, Act.NOT_AGAIN),
        **{key: details[key] for key in _FINAL_WORDS if details.get(key)},
        **({"lapse": LAPSED} if details["ground"] == "35-late" else {}),
        **contact_of(petition, by),
    }
    return to_parties(petition, "F06", fields, by)


def extended(petition, by, details, note):
    deadline = petition.reading("D06")
    days = int(details["days"])
    fields = {
        "received_on": petition.received_on,
        "accepted_on": deadline.starts_on,
        "subject": petition.title,
        "original_due_on": deadline.due_on.fromordinal(deadline.due_on.toordinal() - days),
        "days": days,
        "reason": details["reason"],
        "new_due_on": deadline.due_on,
        "approver": _approver(petition, Act.EXTEND),
        **contact_of(petition, by),
    }
    return to_parties(petition, "F10", fields, by)


def signed(petition, by, details, note):
    """F12: the four elements from the draft that passed the check, and the reviewing organ's full name."""
    opinion = petition.latest_opinion
    findings = sorted(opinion.findings, key=lambda row: row["number"])
    fields = {
        "received_on": petition.received_on,
        "accepted_on": local_date(petition.accepted_at),
        "subject": petition.title,
        "claims": [claim.text for claim in petition.claims.order_by("number")],
        "facts": "\n".join(filter(None, (opinion.facts, elsewhere(petition)))),
        "opinions": [{"outcome": row["finding"], "text": row["answer"]} for row in findings],
        "basis": [line for line in opinion.basis.splitlines() if line.strip()],
        "review_organ": petition.organ.review_organ.name,
        **_heard(petition),
        **_anew(opinion),
        **rating.in_opinion(petition),
        **contact_of(petition, by),
    }
    return to_parties(petition, "F12", fields, by, required=True)


def _heard(petition) -> dict:
    """The day of the last hearing held while it was handled."""
    held = petition.hearings.filter(proceeding=None, state="concluded").order_by("held_on").last()
    return {"hearing_on": held.held_on} if held else {}


def _anew(opinion) -> dict:
    """What an opinion made anew says of the one that was sent back (rules §1.9.3)."""
    if not opinion.difference:
        return {}
    old = reviewing.sent_back_by(opinion.petition)
    return {"original_no": (old.earlier or old).service.letter.number, "difference": opinion.difference}


def terminated(petition, by, details, note):
    """F17. Where the only petitioner has died the notice lies in the file for the family; nobody is served."""
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "termination": details["ground"],
        "reason": details["reason"],
        **contact_of(petition, by),
    }
    parties = [party for party in petition.submission.parties.all() if party.petitions_too]
    if details["ground"] == "death" and len(parties) == 1 and not petition.merged.exists():
        family = f"{parties[0].shown_name}的近亲属"
        return [] if petition.submission.notice_exempt else [issue_to(petition, "F17", fields, by, addressee=family)]
    return to_parties(petition, "F17", fields, by)


def withdrawn(petition, by, details, note):
    """F16 as the petitioner signs it: who withdraws how much, why, and whether they may come again."""
    if details.get("ground", "withdrawn") != "withdrawn" or not petition.withdrawals.filter(seq=petition.seq).exists():
        return []
    told = petition.withdrawals.select_related("party").get(seq=petition.seq)
    parts = "、".join(f"第 {number} 项" for number in told.claims)
    fields = {
        "received_on": petition.received_on,
        "subject": petition.title,
        "petitioner": told.party.shown_name,
        "withdrawn_scope": f"撤回部分诉求：{parts}" if parts else "撤回全部诉求",
        "reason": told.reason,
        "again": told.get_again_display(),
    }
    return [issue_to(petition, "F16", fields, by, party=told.party)]


def entered(petition, by, details, note):
    """F01 for who came in later: they have a query code of their own."""
    new = petition.submission.parties.order_by("position").last()
    return receipts(petition, by, details, note, only=new)


def reissued(petition, by, details, note):
    """F01 with the new code; the old receipt, whose code opens nothing any more, is set aside."""
    party = details["party"]
    old = petition.petition_letters.filter(party=party, letter__kind="F01", letter__status="issued")
    for link in old.select_related("letter"):
        documents.void(link.letter, by=by.user, reason="查询码已经补发")
    return receipts(petition, by, details, note, only=party)


MAKERS = {
    Act.REISSUE_CODE: (reissued,),
    Act.REGISTER: (receipts,),
    Act.ACCEPT: (accepted,),
    Act.DEEM_ACCEPTED: (),
    Act.MERGE: (merged,),
    Act.FORWARD: (forwarded,),
    Act.ASSIGN: (assigned,),
    Act.DECLINE: (declined,),
    Act.REDIRECT: (redirected,),
    Act.NOT_AGAIN: (refused_again,),
    Act.EXTEND: (extended,),
    Act.SIGN: (signed,),
    Act.STUDY: (accepted,),
    Act.TERMINATE: (terminated, withdrawn),
    Act.LEAVE: (withdrawn,),
    Act.AUTHORISE: (entered,),
    Act.SUCCEED: (entered,),
    Act.AMEND: (amended,),
}


def receipt_of_service(service, *, by):
    """F15 送达回证 of a recorded service."""
    fields = {
        "letter_title": service.letter.title,
        "letter_number": service.letter.number or service.letter.about,
        "service_method": service.get_method_display(),
        "served_by": service.recorded_by.name if service.recorded_by else "",
        "served_on": service.served_on,
        "mail_no": service.tracking,
        "service_place": service.notice_place,
        "witness": _seen_by(service),
        "refusal": service.refusal or _refused(service),
        "proxy": f"{service.received_by}（{service.get_receiver_display()}）" if service.received_by else "",
    }
    filled = {key: value for key, value in fields.items() if value}
    return issue_to(service.petition, "F15", filled, by, party=service.party)


def _seen_by(service) -> str:
    """Who or what saw a letter left with somebody who refused it."""
    filmed = f"影像：{service.proof.name}" if service.proof_id and service.method == "witness" else ""
    return "；".join(filter(None, (service.witness, filmed)))


def _refused(service) -> str:
    last = service.attempts.filter(outcome="refused").last() if service.method == "witness" else None
    return last.reason if last else ""


def to_parties(petition, kind, fields, by, *, organ=None, required=False):
    """One letter to all who petition together, another to each whose repeat was merged into it (rules E59); a service
    for each person. Those who only joined their names are answered through their representatives (rules E43)."""
    letters, told = [], set()
    for submission in (petition.submission, *(one.submission for one in _joined(petition))):
        here = submission.parties.filter(standing=Party.Standing.PRESENT).order_by("position")
        parties = [party for party in here if party.person_id not in told]
        if submission.notice_exempt or not parties:
            continue
        told |= {party.person_id for party in parties}
        letter = issue_to(petition, kind, fields, by, organ=organ, addressee=_addressee(parties))
        Service.objects.bulk_create(
            Service(petition=petition, letter=letter, party=party, required=required and party.role != Party.Role.JOINT)
            for party in parties
        )
        letters.append(letter)
    return letters


def _joined(petition):
    return petition.merged.select_related("submission").order_by("pk")


def issue_to(petition, kind, fields, by, *, organ=None, party=None, addressee=None):
    """One letter of the petition, issued by `organ` (the one in charge unless told) and linked to the log's line."""
    letter = documents.issue_at_once(
        kind,
        organ=(organ or petition.organ).office,
        fields=fields,
        about=petition.number,
        addressee=addressee or (party.shown_name if party else fields.get("to_organ", petition.organ.name)),
        by=by.user,
        secrecy=petition.secrecy,
        accused=[petition.accused_organ.name] if petition.accused_organ else (),
    )
    PetitionLetter.objects.create(petition=petition, letter=letter, party=party, seq=petition.seq)
    return letter


def _addressee(parties) -> str:
    first = parties[0].shown_name
    return first if len(parties) == 1 else f"{first}等{len(parties)}人"


def _approver(petition, act) -> str:
    """The post that gave the last approval, as the letter must say."""
    done = petition.pending_acts.filter(act=act, state="done").order_by("-pk").first()
    last = done.approvals.select_related("post").order_by("-step").first() if done else None
    return last.post.title if last and last.post else "本单位负责人"
