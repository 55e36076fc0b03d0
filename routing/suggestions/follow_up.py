"""跟踪：形成的政策、项目和进展，感谢信，公布采纳的建议。"""

from datetime import date

from django.db import transaction

from accounts.privacy import mask_text
from documents.letters import issuance as documents
from documents.letters.impediments import LetterRefused
from documents.models import Letter
from petitions.act.decorator import Refused
from petitions.models import Party
from routing.models import Outcome, Step, Suggestion
from routing.suggestions import suggestion_log
from rulebook.timekeeping import now, today

State = Suggestion.State
SETTLED = (State.DECIDED, State.REPLIED)
THANKS = "F38"


@transaction.atomic
def became(
    suggestion: Suggestion, by, *, kind: str, name: str, on: date, document_number: str = "", seen: int | None = None
) -> Outcome:
    """因建议形成的政策、项目或措施：名称、文号、日子。PermissionDenied; Refused where it was not adopted."""
    held = suggestion_log.locked(suggestion, *SETTLED, seen=seen)
    suggestion_log.require(held, by)
    _require_adopted(held)
    if kind not in Outcome.Kind.values:
        raise Refused("请选择形成的是政策、项目还是措施")
    if not held.decided_on <= on <= today():
        raise Refused(f"印发日、立项日应在研究结果作出日（{held.decided_on:%Y-%m-%d}）至今天之间")
    made = Outcome.objects.create(
        suggestion=held,
        kind=kind,
        name=suggestion_log.said(name, "请写明政策、项目的名称"),
        document_number=document_number.strip(),
        on=on,
        recorded_by=by,
        recorded_at=now(),
    )
    suggestion_log.add(held, Step.BECAME, by, words=f"{made.name} {made.document_number}".strip())
    return made


@transaction.atomic
def progress(suggestion: Suggestion, by, *, words: str, seen: int | None = None) -> Suggestion:
    """登记进展；采纳的建议办到哪一步。公开查询页上看得到。PermissionDenied; Refused."""
    held = suggestion_log.locked(suggestion, *SETTLED, seen=seen)
    suggestion_log.require(held, by)
    _require_adopted(held)
    suggestion_log.add(held, Step.PROGRESSED, by, words=suggestion_log.said(words, "请写明进展"))
    return held


@transaction.atomic
def thank(suggestion: Suggestion, by, *, seen: int | None = None) -> Letter:
    """感谢信：给留了姓名、建议被采纳的人；并入的跟着它并入的那一条。PermissionDenied; Refused with a sentence."""
    held = suggestion_log.locked(suggestion, State.REPLIED, State.MERGED, seen=seen)
    suggestion_log.require(held, by)
    main = held.merged_into or held
    _require_adopted(main)
    if main.state != State.REPLIED:
        raise Refused("先回复建议人，再发感谢信")
    if held.thanks_id:
        raise Refused("已经发过感谢信")
    try:
        held.thanks = documents.issue_at_once(
            THANKS,
            organ=main.organ.office,
            fields={
                "received_on": held.received_on,
                "subject": held.title,
                "adoption": main.result,
                "arrangement": main.arrangement,
                "contact": main.organ.short_name,
                "contact_phone": main.organ.phone,
            },
            about=held.number,
            addressee=addressee_of(held),
            by=by,
        )
    except LetterRefused as refused:
        raise Refused("；".join(refused.sentences)) from refused
    suggestion_log.add(held, Step.THANKED, by)
    return held.thanks


def addressee_of(suggestion: Suggestion) -> str:
    """By what name a letter goes to whoever suggested it. Refused where no name was left, or it is withheld."""
    if suggestion.petition_id:
        lead = Party.objects.filter(submission__petitions=suggestion.petition_id).order_by("position").first()
        if lead is not None and not lead.name_withheld:
            return lead.name
    name = suggestion.name or (suggestion.contributor.name if suggestion.contributor else "")
    if not name:
        raise Refused("没有留姓名，写不了感谢信；可以在公布的内容里致谢")
    return name


@transaction.atomic
def publish(suggestion: Suggestion, by, *, title: str, words: str, seen: int | None = None) -> Suggestion:
    """公布采纳的建议：另写题目和几句话，不写人。PermissionDenied; Refused where a name or a number stands in it."""
    held = suggestion_log.locked(suggestion, State.REPLIED, seen=seen)
    suggestion_log.require(held, by)
    _require_adopted(held)
    title, words = suggestion_log.said(title, "请写公布的题目"), suggestion_log.said(words, "请写公布的内容")
    _require_nobody(held, f"{title}\n{words}")
    held.public_title, held.public_words, held.published_on = title, words, held.published_on or today()
    suggestion_log.add(held, Step.PUBLISHED, by, words=title)
    return held


@transaction.atomic
def withdraw(suggestion: Suggestion, by, *, reason: str, seen: int | None = None) -> Suggestion:
    """撤下公布，写明原因；公布过什么留在步骤里。PermissionDenied; Refused where it is not published."""
    held = suggestion_log.locked(suggestion, State.REPLIED, seen=seen)
    suggestion_log.require(held, by)
    if held.published_on is None:
        raise Refused("没有公布，不用撤下")
    held.published_on = None
    suggestion_log.add(held, Step.WITHDRAWN, by, words=suggestion_log.said(reason, "请写明撤下的原因"))
    return held


@transaction.atomic
def reveal(suggestion: Suggestion, by) -> Suggestion:
    """查看姓名、电话：记下谁看了。PermissionDenied."""
    held = suggestion_log.locked(suggestion)
    suggestion_log.require(held, by)
    suggestion_log.add(held, Step.REVEALED, by)
    return held


def _require_adopted(suggestion: Suggestion) -> None:
    if not suggestion.is_adopted:
        raise Refused("采纳、部分采纳的建议才有这一步")


def _require_nobody(suggestion: Suggestion, words: str) -> None:
    names = [suggestion.name, suggestion.contributor.name if suggestion.contributor else ""]
    if suggestion.petition_id:
        names += Party.objects.filter(submission__petitions=suggestion.petition_id).values_list("name", flat=True)
    if any(name and name in words for name in names) or mask_text(words) != words:
        raise Refused("公布的内容里有姓名、电话或者证件号，请去掉以后再公布")
