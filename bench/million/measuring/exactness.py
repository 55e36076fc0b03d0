"""一次不多，一次不少：提醒、告知、消息、日志行各按它的“一次”数一遍，与纯阶梯算出来该有的比。"""

from collections import Counter
from dataclasses import dataclass

from django.db import connection

from bench.million.making.due import Prepared, loaded, standings
from petitions.models import Deadline, PetitionEvent
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.ladder.climb import ladders_on
from supervision.ladder.rungs import rung_called
from supervision.models import Reminder, Telling

ALONE_ABOVE = 2  # 这一级以上的每人另有一条消息，以下的等着并进摘要


@dataclass(frozen=True)
class Exactness:
    """How many are there too often, and how many are missing."""

    duplicates: int
    omissions: int
    reminders: int  # 铺底的不算
    lines: int


def count(prepared: Prepared) -> Exactness:
    """Over all running deadlines that were loaded, with what was laid down or loaded before left out of account."""
    of_loaded = Reminder.objects.filter(deadline__in=loaded(Deadline.objects.all()))
    climbed = Counter(of_loaded.values_list("deadline_id", "rung", "due_on"))
    owed = {(one.pk, rung.code, one.due_on) for one in standings() for rung in one.reached}
    duplicates = [_over(climbed), climbed.keys() - owed]
    omissions = [owed - climbed.keys()]

    made = Reminder.objects.filter(pk__gt=prepared.past)
    told = {(key, person) for key, people in made.values_list("pk", "told_to") for person in people}
    new_tellings = Telling.objects.filter(reminder_id__gt=prepared.past)
    tellings = Counter(new_tellings.values_list("reminder_id", "person_id"))
    duplicates += [_over(tellings), tellings.keys() - told]
    omissions += [told - tellings.keys(), new_tellings.filter(reminder__level__gt=ALONE_ABOVE, message=None)]

    logged, lines = _logged(made), _lines(prepared.lines)
    duplicates.append((lines - logged).elements())
    omissions.append((logged - lines).elements())
    return Exactness(
        duplicates=sum(len(list(found)) for found in duplicates) + _messages_twice(),
        omissions=sum(len(list(found)) for found in omissions),
        reminders=made.count(),
        lines=lines.total(),
    )


def _over(counted: Counter) -> list:
    """What is there more than once, so many times as it is too many."""
    return list((counted - Counter(set(counted))).elements())


def _logged(made) -> Counter:
    """Which lines the rungs climbed should have left: petition, term, rung, due day."""
    ladders, found = ladders_on(today()), Counter()
    keys = made.values_list(
        *("deadline__petition_id", "deadline__term", "rung", "due_on", "deadline__petition__category__code")
    )
    for petition, term, code, due_on, category in keys:
        rung = rung_called(ladders[term], code, category or "")
        if rung is None or rung.logged:  # 没有这一级的，是多出来的
            found[petition, term, code, f"{due_on}"] += 1
    return found


def _lines(loaded_up_to: int) -> Counter:
    lines = PetitionEvent.objects.filter(act=Act.REMIND, pk__gt=loaded_up_to).values_list("petition_id", "details")
    return Counter((petition, told["term"], told["rung"], told["due_on"]) for petition, told in lines.iterator())


def _messages_twice() -> int:
    """Messages of one reminder to one person on one channel beyond the first, whatever key they go by."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) - count(DISTINCT (substring(dedupe_key from '^rung:[^:]+:[^:]+:[^:]+'), recipient_id, "
            "channel)) FROM accounts_outbox WHERE dedupe_key LIKE 'rung:%'"
        )
        return cursor.fetchone()[0]
