"""没有人知悉、也没有办理的提醒，报上一级，一条只报一次（承办人 → 科室负责人 → 分管领导 → 主要领导 → 信访部门）。"""

from django.db import transaction
from django.db.models import Max

from accounts.messages.notices import Word, tell_many
from petitions.act.states import ActorKind
from petitions.models import PetitionEvent
from rulebook.books import calendar_in_force
from rulebook.terms import BY_CODE
from rulebook.timekeeping import local_date, now, today
from supervision.ladder.addressees import LABELS, Seating
from supervision.ladder.climb import BATCH, ladders_on, owing
from supervision.ladder.reminder_text import Timing
from supervision.ladder.rungs import rung_called
from supervision.models import Reminder, Telling


def report(batch: int = BATCH) -> int:
    """Look once at every reminder whose day of acknowledgement has passed; returns how many were reported upwards."""
    raised = 0
    while found := _some(batch):
        looked_at, reported = found
        raised += reported
        if looked_at < batch:
            break
    return raised


@transaction.atomic
def _some(batch: int) -> tuple[int, int] | None:
    """One batch: (reminders looked at, reported). Several processes at once share the work."""
    due = list(
        Reminder.objects.unanswered_by(today())
        .select_related(
            "deadline__petition__submission",
            "deadline__petition__organ",
            "deadline__petition__category",
            "deadline__owed_by_organ",
        )
        .defer("deadline__petition__submission__original")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("answer_by", "pk")[:batch]
    )
    if not due:
        return None
    silent = [reminder for reminder in due if _is_still_wanted(reminder)]
    said = set(Telling.objects.filter(reminder__in=silent).acknowledged().values_list("reminder", flat=True))
    acted = _last_acts(silent)
    words, ladders = [], ladders_on(today())
    timing = Timing(calendar_in_force())
    seating = Seating({organ.pk: organ for organ in (owing(one.deadline) for one in silent)}.values())
    for reminder in silent:
        petition, organ = reminder.deadline.petition, owing(reminder.deadline)
        last = acted.get((petition.pk, organ.office_id))
        rung = rung_called(ladders.get(reminder.deadline.term, ()), reminder.rung, petition.category_code)
        if reminder.pk in said or (last and last > reminder.made_at) or rung is None:
            continue
        reminder.raised_to, people = seating.raised(rung, organ, petition, reminder.told_to)
        if people:
            reminder.raised_at = now()
            words.append(_word(reminder, rung, people, timing))
    for reminder in due:
        reminder.answer_by = None
    Reminder.objects.bulk_update(due, ["answer_by", "raised_to", "raised_at"])
    tell_many(words)
    return len(due), len(words)


def _is_still_wanted(reminder) -> bool:
    """Neither withdrawn, nor done, nor overtaken by a new due day."""
    deadline = reminder.deadline
    return reminder.withdrawn_at is None and deadline.is_running and deadline.due_on == reminder.due_on


def _last_acts(reminders) -> dict[tuple[int, int], object]:
    """When somebody of each office last acted on each petition: one query."""
    lines = PetitionEvent.objects.filter(
        petition__in={reminder.deadline.petition_id for reminder in reminders}, actor_kind=ActorKind.USER
    )
    found = lines.order_by().values_list("petition", "by_organ__office").annotate(last=Max("recorded_at"))
    return {(petition, office): last for petition, office, last in found}


def _word(reminder, rung, people, timing) -> Word:
    petition, term = reminder.deadline.petition, BY_CODE[reminder.deadline.term].label
    text = (
        f"{petition.number} {term}：{local_date(reminder.made_at):%m-%d} 的“{rung.label}”至今没有人知悉、也没有办理，"
        f"报{LABELS[reminder.raised_to]}；{reminder.due_on:%m-%d} 届满"
    )
    key = f"raised:{reminder.key}"
    return Word(people, text, f"/cases/{petition.number}/", key, not_before=timing.due_at(petition), receipt=True)
