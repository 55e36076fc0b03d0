"""列入联席会议、登记会议决定：行为之外还欠的消息，与行为同一事务。"""

from django.db import transaction

from accounts.authority import holds, may, require
from accounts.messages.notices import tell
from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.ladder.addressees import holding
from supervision.models import ConferenceItem

PAGE = "/supervision/conference/"
State = ConferenceItem.State


def holds_any(user) -> bool:
    """Whether the user has any part in the list of matters."""
    return holds(user, Act.LIST_FOR_CONFERENCE) or holds(user, Act.DECIDE_AT_CONFERENCE)


def seen_by(user):
    """The matters of petitions the user may list or decide on; what became confidential since is nobody else's."""
    acts = [act for act in (Act.LIST_FOR_CONFERENCE, Act.DECIDE_AT_CONFERENCE) if holds(user, act)]
    reached = Petition.objects.none()
    for act in acts:
        reached = reached | Petition.objects.visible_to(user, act)
    found = ConferenceItem.objects.filter(petition__in=reached.values("pk"))
    return found.select_related("petition__organ", "office", "to", "listed_by", "decided_by")


def may_decide(item: ConferenceItem, user) -> bool:
    """Whether the user's post records the decision: in the office whose conference it is."""
    return user.organ.office_id == item.office_id and may(user, Act.DECIDE_AT_CONFERENCE, item.petition)


@transaction.atomic
def enlist(petition, *, by, reason: str, on) -> ConferenceItem:
    """列入联席会议, for the day `on`: one log line; those who record the decisions are told.

    Raises Refused, PermissionDenied, and then nothing was written.
    """
    seat = require(by, Act.LIST_FOR_CONFERENCE, petition)
    petition.lock()
    if ConferenceItem.objects.waiting().filter(petition=petition).exists():
        raise Refused("本件已经列入联席会议，还没有议定，不必再列")
    told = {"office": seat.organ.office, "on": on, "reason": reason.strip()}
    item = ConferenceItem.objects.create(petition=petition, listed_by=by, listed_at=now(), **told)
    item.list_for_conference(by=by, note=item.reason)
    heads = [person for person in holding(item.office, Act.DECIDE_AT_CONFERENCE) if person.pk != by.pk]
    tell(
        heads,
        text=f"{petition.number} 列入联席会议，拟 {on:%m-%d} 上会",
        url=PAGE,
        dedupe_key=f"conference:{item.pk}:listed",
    )
    return item


@transaction.atomic
def decide(item: ConferenceItem, *, by, on, decision: str, to, due_on) -> ConferenceItem:
    """登记联席会议决定: one log line; who listed it is told, and those of the responsible organ who have the petition.

    Raises Refused where somebody recorded it meanwhile or the words do not do, PermissionDenied.
    """
    require(by, Act.DECIDE_AT_CONFERENCE, item.petition)
    held = (
        ConferenceItem.objects.select_for_update(of=("self",))
        .select_related("petition__organ__office", "petition__submission", "petition__rule_set", "office", "listed_by")
        .get(pk=item.pk)
    )
    if held.state != State.LISTED:
        raise Refused("这一件的决定刚被他人登记，请刷新后查看")
    held.decide_at_conference(by=by, note=decision.strip(), on=on, decision=decision, to=to, due_on=due_on)
    people = [person for person in holding(to, Act.ANSWER_ORDER) if may(person, Act.VIEW, held.petition)]
    tell(
        [person for person in {held.listed_by, *people} if person.pk != by.pk],
        text=f"{held.petition.number} 联席会议已议定，请{to.short_name}于 {due_on:%m-%d} 前落实",
        url=f"/cases/{held.petition.number}/",
        dedupe_key=f"conference:{held.pk}:decided",
    )
    return held
