"""撤销提醒：逾期是在别的单位、别的环节形成的，这条期限的提醒不算在承办单位头上，也不再往上走。

What was reminded stays on record; it counts no more. A new due day (延期) is reminded of anew.
"""

from django.db import transaction
from django.db.models import Count, F, Q

from accounts.authority import require
from petitions.act.decorator import Actor, Refused, Stale
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.models import Reminder, Telling


def withdrawable(petition):
    """The petition's deadlines with reminders that count, each with their number as `reminded`."""
    standing = Q(reminders__withdrawn_at=None, reminders__due_on=F("due_on"))
    found = petition.deadlines.exclude(ended_how="void").annotate(reminded=Count("reminders", filter=standing))
    return found.filter(reminded__gt=0).order_by("due_on", "pk")


@transaction.atomic
def withdraw(deadline, *, by, reason: str) -> int:
    """Withdraw what was reminded of for the deadline's due day, with a reason in the log; returns how many reminders.

    Raises Refused without a reason or without a reminder, PermissionDenied where the post does not carry the act.
    """
    petition = (
        Petition.objects.select_for_update(of=("self",)).select_related("organ__office").get(pk=deadline.petition_id)
    )
    seat = require(by, Act.WITHDRAW_REMINDERS, petition)
    if not reason.strip():
        raise Refused("请写明撤销提醒的理由：逾期的日子在哪个环节、由哪个单位形成")
    reminders = Reminder.objects.standing().filter(deadline=deadline, due_on=deadline.due_on)
    count = reminders.update(withdrawn_at=now(), answer_by=None)
    if not count:
        raise Stale("这条期限没有可撤销的提醒，可能刚被他人撤销，请刷新后查看")
    Telling.objects.filter(reminder__deadline=deadline, reminder__withdrawn_at__isnull=False, message=None).delete()
    details = {"term": deadline.term, "due_on": deadline.due_on.isoformat(), "reminders": count}
    petition.log(Act.WITHDRAW_REMINDERS, by=Actor.of(by), seat=seat, note=reason.strip(), details=details)
    petition.save(update_fields=["seq", "last_hash"])
    return count
