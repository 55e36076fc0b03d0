"""复算：日志折叠一遍，与存下的期限逐个比。

The log decides the days; a stored deadline only adds which tables it was counted with. Where the log has a line
日历重算 for the clock, that line decides this too: the stored version may not be older.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from petitions.clocks.calendar_edition import key_of
from petitions.models import Deadline, Petition, PetitionEvent
from petitions.record.ledger import happening
from rulebook.acts import Act
from rulebook.books import calendar_in_force, calendar_of, terms_of
from rulebook.clock import FactMissing, deadlines
from rulebook.timekeeping import today

CHUNK = 500


def disagreements(petitions) -> Iterator[tuple[str, int | None, str]]:
    """(number, line or None, sentence) for each stored deadline that the petition's log does not give."""
    numbers = petitions.select_related("rule_set").only("number", "rule_set").order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := {petition.pk: petition for petition in islice(numbers, CHUNK)}:
        lines, rows = defaultdict(list), defaultdict(list)
        columns = ("petition_id", "act", "at", "seq", "scope", "details")
        for pk, *line in PetitionEvent.objects.filter(petition__in=chunk).order_by("seq").values_list(*columns):
            lines[pk].append(line)
        for row in Deadline.objects.filter(petition__in=chunk).order_by("pk"):
            rows[row.petition_id].append(row)
        for pk, stored in rows.items():
            for seq, sentence in _of_one(chunk[pk], lines[pk], stored):
                yield chunk[pk].number, seq, sentence


def _of_one(petition: Petition, lines: list, rows: list[Deadline]) -> Iterator[tuple[int | None, str]]:
    stored = {key_of(row): row for row in rows}
    kept = {key: calendar_of(row.calendar_version) for key, row in stored.items() if row.calendar_version}
    try:
        read = deadlines(
            [happening(petition.pk, *line) for line in lines],
            terms_of(petition.rule_set),
            calendar_in_force(),
            today(),
            kept,
        )
    except (FactMissing, ValueError) as missing:
        yield None, f"期限无法由日志复算：{missing}"
        return
    readings = {(d.term.code, str(d.scope), d.scope_id, d.started_by): d for d in read}
    for key, row in stored.items():
        reading = readings.get(key)
        if reading is None:
            if row.ended_how != Deadline.Ended.VOID:
                yield row.started_by, f"期限 {row.term} 在日志中没有起算"
        elif (row.due_on, row.internal_on) != (reading.due_on, reading.internal_on):
            yield row.started_by, f"期限 {row.term} 登记为 {row.due_on}，由日志复算为 {reading.due_on}"
    yield from _versions(lines, stored)


def _versions(lines: list, stored: dict) -> Iterator[tuple[int, str]]:
    """What lines 日历重算 say of versions that the stored rows do not follow."""
    for act, _, seq, _, details in lines:
        if act != Act.RECOMPUTE:
            continue
        for told in details["moved"]:
            rows = [row for key, row in stored.items() if (key[0], key[2], key[3]) == _named(told)]
            if not rows or rows[0].calendar_version < details["calendar"]:
                yield seq, f"期限 {told['term']} 已按第 {details['calendar']} 版放假安排重算，登记的不是"


def _named(told: dict) -> tuple[str, int, int]:
    return (told["term"], told["scope_id"], told["started_by"])
