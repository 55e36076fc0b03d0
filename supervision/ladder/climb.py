"""上阶梯：期限到了哪一级，就记一条提醒、写好待发消息、算出下一次，同在一个事务里。

Any number of sweeps may run at once: each takes what nobody else holds. A sweep that dies leaves nothing behind; one
that was missed is made good by the next. What is reminded is unique by deadline, rung and due day. A batch asks the
same few questions however many deadlines are in it.
"""

from collections import defaultdict
from datetime import datetime, time

from django.db import transaction
from django.db.models import Count, Max
from django.utils.functional import SimpleLazyObject

from accounts.messages.notices import tell_many
from accounts.query_text import added_again, asked_again
from petitions.act.decorator import SYSTEM
from petitions.models import Deadline
from petitions.record.bulk_log import append
from petitions.record.ledger import next_line
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.timekeeping import BEIJING, now, today
from supervision.ladder.addressees import Seating
from supervision.ladder.reminder_text import Timing, words
from supervision.ladder.rungs import Rung, due_rungs, next_rung_on, of_category
from supervision.models import LadderRow, Reminder, SuggestedStep, Telling

BATCH = 300
BUNDLED_TO = 2  # 一、二级的并成摘要（supervision.ladder.digest），以上的单发
ANSWERED_FROM = 2  # 二级以上的要有人知悉（supervision.ladder.unanswered）


def sweep(batch: int = BATCH) -> int:
    """Climb every rung that is due now; returns how many reminders were made."""
    # 多数时候一个也没有到点：先只看一个索引，不去联结、加锁。要最早的一个，不问“有没有”：刚响过几万个，
    # 库还以为到点的很多，问“有没有”就会把整张表从头找起
    if waiting().order_by("next_rung_at").values_list("pk").first() is None:
        return 0
    made = 0
    while True:
        looked_at, reminded = climb(batch)
        made += reminded
        if looked_at < batch:
            return made


def waiting():
    """Running deadlines whose next rung has come."""
    return Deadline.objects.running().filter(next_rung_at__lte=now())


@transaction.atomic
def climb(batch: int = BATCH) -> tuple[int, int]:
    """One batch in one transaction: (deadlines looked at, reminders made).

    Deadline and petition are locked together and nothing is waited for: a petition somebody is working on now is
    looked at a minute later, and no order of locks can meet that of an act.
    """
    due = list(
        waiting()
        .select_related("petition__submission", "petition__organ", "petition__category", "owed_by_organ")
        .defer("petition__submission__original", "petition__excerpt", "petition__accused_text")
        .select_for_update(skip_locked=True, of=("self", "petition"))
        .order_by("next_rung_at", "pk")[:batch]
    )
    if not due:
        return 0, 0
    day, ladders, calendar = today(), ladders_on(today()), SimpleLazyObject(calendar_in_force)
    climbed, withdrawn = _climbed(due)
    steps = []
    for deadline in due:
        ladder = of_category(ladders.get(deadline.term, ()), deadline.petition.category_code)
        key = deadline.pk, deadline.due_on
        if key in withdrawn:  # 撤销了的，这一届满日不再上阶梯；另定了届满日的重新提醒
            deadline.next_rung_at = None
            continue
        on = next_rung_on(deadline.due_on, ladder, day, calendar)
        deadline.next_rung_at = datetime.combine(on, time.min, BEIJING) if on else None
        steps += [(deadline, rung) for rung in due_rungs(deadline.due_on, ladder, climbed[key], day, calendar)]
    if steps:
        _remind(steps, calendar)
    Deadline.objects.look_again(due)
    return len(due), len(steps)


def ladders_on(day) -> dict[str, list[Rung]]:
    """Term → its rungs in force on the day, of whatever category, lowest first."""
    found: dict[str, list[Rung]] = defaultdict(list)
    rows = asked_again(("ladders", day), lambda: LadderRow.objects.in_force_on(day).lowest_first())
    for row in rows:
        for term in row.terms:
            found[term].append(row.rung())
    return dict(found)


def version_on(day) -> dict:
    """How many ladders have been in force up to the day, one a first day, and since when the last: {number, since}. One
    query."""
    sums = {"number": Count("valid_from", distinct=True), "since": Max("valid_from")}
    return added_again(("ladder version", day), lambda: LadderRow.objects.begun_by(day), sums)


def owing(deadline):
    """The organ that owes what the deadline wants."""
    return deadline.owed_by_organ or deadline.petition.organ


def _climbed(due):
    """What was climbed, by deadline and due day; and for which of these the reminders were withdrawn."""
    found, withdrawn = defaultdict(set), set()
    for deadline_id, due_on, rung, withdrawn_at in Reminder.objects.filter(deadline__in=due).values_list(
        "deadline_id", "due_on", "rung", "withdrawn_at"
    ):
        found[deadline_id, due_on].add(rung)
        if withdrawn_at:
            withdrawn.add((deadline_id, due_on))
    return found, withdrawn


def _remind(steps, calendar) -> None:
    """Reminders, who is told of each, words and log lines of a batch: one statement for each kind of row."""
    seating = Seating({organ.pk: organ for organ in (owing(deadline) for deadline, _ in steps)}.values())
    timing, petitions = Timing(calendar), {}
    reminders, tellings, told_alone, lines, opened = [], [], [], [], []
    for deadline, rung in steps:
        # 一件的几个期限读成了几份：日志要接着同一份的末行写
        petition = deadline.petition = petitions.setdefault(deadline.petition_id, deadline.petition)
        quiet = _belongs_to_history(petition, rung.day(deadline.due_on, calendar))
        told = {} if quiet else seating.told(rung, owing(deadline), petition)
        due_at = timing.due_at(petition)
        reminder = Reminder(
            deadline=deadline,
            rung=rung.code,
            level=rung.level,
            due_on=deadline.due_on,
            made_at=now(),
            told_to=sorted(told),
            answer_by=timing.answer_by(due_at) if told and rung.level >= ANSWERED_FROM and rung.above else None,
        )
        reminders.append(reminder)
        alone = told and (rung.level > BUNDLED_TO or petition.submission.urgent)
        said = words(reminder, rung, told, due_at) if alone else []
        told_alone += said
        tellings += [
            Telling(
                reminder=reminder,
                person_id=person,
                addressee=addressee,
                due_at=due_at,
                message_id=said[0].key_for(person) if said else None,
            )
            for person, addressee in told.items()
        ]
        if rung.opens and not quiet:
            opened.append(_step(reminder, rung))
        if rung.logged and not quiet:
            details = {"term": deadline.term, "rung": rung.code, "due_on": deadline.due_on.isoformat()}
            lines.append(next_line(petition, Act.REMIND, by=SYSTEM, details=details | {"told": len(told)}))
    Reminder.objects.bulk_create(reminders)
    tell_many(told_alone)
    Telling.objects.bulk_create(tellings)
    SuggestedStep.objects.bulk_create(opened)
    append(lines)


def _step(reminder, rung) -> SuggestedStep:
    """What the rung opens, laid before the supervisors of the area: nothing is done to the organ by itself."""
    return SuggestedStep(
        reminder=reminder,
        petition=reminder.deadline.petition,
        opens=rung.opens,
        to_id=owing(reminder.deadline).office_id,
        made_at=now(),
    )


def _belongs_to_history(petition, rung_on) -> bool:
    """导入的旧件：登记进系统以前就该提醒的，记下而不发消息。"""
    imported = bool(petition.submission.external_id)
    return imported and petition.registered_on is not None and rung_on <= petition.registered_on
