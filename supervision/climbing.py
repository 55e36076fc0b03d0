"""上阶梯：期限到了哪一级，就记一条提醒、写好待发消息、算出下一次，同在一个事务里。

Any number of sweeps may run at once: each takes what nobody else holds. A sweep that dies leaves nothing behind; one
that was missed is made good by the next. What is reminded is unique by deadline, rung and due day.
"""

from collections import defaultdict
from datetime import datetime, time

from django.db import transaction
from django.utils.functional import SimpleLazyObject

from accounts.notices import tell
from petitions.acting import SYSTEM
from petitions.models import Deadline
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.terms import BY_CODE
from rulebook.timekeeping import BEIJING, now, today
from supervision.addressees import Seating
from supervision.ladder import Rung, due_rungs, next_rung_on
from supervision.models import LadderRow, Reminder

BATCH = 300


def sweep(batch: int = BATCH) -> int:
    """Climb every rung that is due now; returns how many reminders were made."""
    made = 0
    while True:
        looked_at, reminded = climb(batch)
        made += reminded
        if looked_at < batch:
            return made


@transaction.atomic
def climb(batch: int = BATCH) -> tuple[int, int]:
    """One batch in one transaction: (deadlines looked at, reminders made).

    Deadline and petition are locked together and nothing is waited for: a petition somebody is working on now is
    looked at a minute later, and no order of locks can meet that of an act.
    """
    due = list(
        Deadline.objects.running()
        .filter(next_rung_at__lte=now())
        .select_related("petition__submission", "petition__organ", "owed_by_organ")
        .defer("petition__submission__original", "petition__excerpt", "petition__accused_text")
        .select_for_update(skip_locked=True, of=("self", "petition"))
        .order_by("next_rung_at", "pk")[:batch]
    )
    if not due:
        return 0, 0
    day, ladders, calendar = today(), ladders_on(today()), SimpleLazyObject(calendar_in_force)
    climbed = _climbed(due)
    steps = []
    for deadline in due:
        ladder = ladders.get(deadline.term, ())
        on = next_rung_on(deadline.due_on, ladder, day, calendar)
        deadline.next_rung_at = datetime.combine(on, time.min, BEIJING) if on else None
        steps += [
            (deadline, rung)
            for rung in due_rungs(deadline.due_on, ladder, climbed[deadline.pk, deadline.due_on], day, calendar)
        ]
    if steps:
        _remind(steps, day, calendar)
    Deadline.objects.bulk_update(due, ["next_rung_at"])
    return len(due), len(steps)


def ladders_on(day) -> dict[str, list[Rung]]:
    """Term → its rungs in force on the day, lowest first."""
    found: dict[str, list[Rung]] = defaultdict(list)
    for row in LadderRow.objects.in_force_on(day).lowest_first():
        for term in row.terms:
            found[term].append(row.rung())
    return dict(found)


def _climbed(due):
    found = defaultdict(set)
    for deadline_id, due_on, rung in Reminder.objects.filter(deadline__in=due).values_list(
        "deadline_id", "due_on", "rung"
    ):
        found[deadline_id, due_on].add(rung)
    return found


def _remind(steps, day, calendar) -> None:
    seating = Seating({owing.pk: owing for deadline, _ in steps if (owing := _owing(deadline))}.values())
    petitions = {}
    reminders = []
    for deadline, rung in steps:
        petition = petitions.setdefault(deadline.petition_id, deadline.petition)
        quiet = _belongs_to_history(petition, rung.day(deadline.due_on, calendar))
        told = [] if quiet else seating.told(rung, _owing(deadline), petition)
        reminders.append(
            Reminder(
                deadline=deadline,
                rung=rung.code,
                level=rung.level,
                due_on=deadline.due_on,
                made_at=now(),
                told_to=told,
            )
        )
        tell(
            told,
            text=_words(petition, deadline, rung, day),
            url=f"/cases/{petition.number}/",
            dedupe_key=f"rung:{deadline.pk}:{rung.code}:{deadline.due_on}",
        )
        if rung.logged and not quiet:
            details = {"term": deadline.term, "rung": rung.code, "due_on": deadline.due_on.isoformat()}
            petition.log(Act.REMIND, by=SYSTEM, details=details | {"told": len(told)})
            petition.save(update_fields=["seq", "last_hash"])
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True)


def _owing(deadline):
    return deadline.owed_by_organ or deadline.petition.organ


def _belongs_to_history(petition, rung_on) -> bool:
    """导入的旧件：登记进系统以前就该提醒的，记下而不发消息。"""
    imported = bool(petition.submission.external_id)
    return imported and petition.registered_on is not None and rung_on <= petition.registered_on


def _words(petition, deadline, rung, day) -> str:
    left = deadline.days_left(day)
    when = f"剩 {left} 天" if left > 0 else "今日届满" if left == 0 else f"已超期 {-left} 天"
    return f"{petition.number} {BY_CODE[deadline.term].label}：{when}，{deadline.due_on:%m-%d} 届满（{rung.label}）"
