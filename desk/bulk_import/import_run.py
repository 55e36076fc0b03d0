"""导入的过程：一百行一批，各批自成事务；一行不成不碍别行，重跑不添新件。"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction

from desk.bulk_import import mapping, table_reader
from desk.bulk_import.refused_rows import WHY, RefusedRows
from desk.bulk_import.row_check import Reason, Rows
from desk.bulk_import.seen_numbers import Seen, content_key
from desk.bulk_import.table_reader import Line
from petitions.act.consequences import register_many
from petitions.act.decorator import Refused
from petitions.intake.registration import Intake
from petitions.models import Deadline, Petition, Submission
from routing.destination.acts import proposals_for
from routing.models import RoutingRule
from rulebook.books import RulesMissing

BATCH = 100
CLOCKS = ("D01", "D02")  # 登记之后转送、告知的期限：每件至少一条
SHOWN = 20  # 没有 --errors 时，屏幕上最多列出几行的理由
REFUSALS = (Refused, PermissionDenied, RulesMissing)


@dataclass
class Tally:
    """What came of the file. rows = registered + already_there + refused."""

    rows: int = 0
    registered: int = 0
    already_there: int = 0
    refused: int = 0
    proposed: int = 0
    triage: int = 0
    clocks: Counter = field(default_factory=Counter)
    rules: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    first_refused: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return self.rows / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        plain = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return plain | {"per_second": round(self.per_second, 1), "seconds": round(self.seconds, 2)}


@dataclass
class Entry:
    """A row that may be registered."""

    line: Line
    intake: Intake

    @property
    def external_id(self) -> str:
        return self.intake.facts["external_id"]


@dataclass
class Outcome:
    """What came of some entries: for each its petition, the refusal, or None where it is there already."""

    found: list[Petition | Exception | None]
    proposals: list = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)


def import_file(
    path: Path,
    *,
    by,
    map_path: Path | None = None,
    errors: Path | None = None,
    notify: bool = False,
    dry_run: bool = False,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Register every row of the file as `by`. History: nobody is written to unless `notify`; lines are 补录.

    `errors` receives the refused rows. With `dry_run` everything is tried and nothing stays. `progress` is called after
    every batch. Raises Unreadable or MapRefused with sentences before any row is touched; an interrupted run is
    finished by running it again.
    """
    begun = monotonic()
    with table_reader.opened(path) as table, Seen() as seen:
        if map_path:
            field_map = mapping.from_file(map_path, table.columns)
        else:
            field_map = mapping.by_header(path, [column for column in table.columns if column != WHY])
        run = _Run(field_map, by, seen, notify, dry_run)
        run.out = RefusedRows(errors, table.columns) if errors else None
        while lines := list(islice(table.lines, BATCH)):
            run.take(lines)
            run.tally.seconds = monotonic() - begun
            progress(run.tally)
        if run.out:
            run.out.save()
        run.tally.rules = run.rules_by_code()
    run.tally.seconds = monotonic() - begun
    return run.tally


class _Run:
    def __init__(self, field_map, by, seen: Seen, notify: bool, dry_run: bool):
        self.field_map, self.by, self.seen, self.notify, self.dry_run = field_map, by, seen, notify, dry_run
        self.rows = Rows(field_map, by.office)
        self.tally = Tally()
        self.by_rule: Counter = Counter()
        self.out: RefusedRows | None = None

    def take(self, lines: Iterable[Line]) -> None:
        entries = []
        for line in lines:
            self.tally.rows += 1
            intake, reasons = self._read(line)
            if reasons:
                self._refuse(line, reasons)
            else:
                entries.append(Entry(line, intake))
        if entries:
            self._register(entries)

    def _read(self, line: Line) -> tuple[Intake | None, list[Reason]]:
        if line.fault:
            return None, [Reason("", line.fault)]
        intake, reasons = self.rows.read(line.cells)
        if reasons:
            return None, reasons
        told = self.field_map.read(line.cells)["external_id"]
        key = told or content_key({column: cell for column, cell in line.cells.items() if column != WHY})
        before = self.seen.times(key)
        if told and before:
            return None, [
                Reason(self.field_map.column_of("external_id"), f"外部编号“{told}”在文件里出现过，每个编号只登记一次")
            ]
        external_id = told or (f"{key}-{before}" if before else key)
        intake.facts |= {"external_source": self.field_map.source, "external_id": external_id}
        return intake, []

    def _register(self, entries: list[Entry]) -> None:
        """The batch at once; where the database refuses it, row by row, so that only the broken one is lost."""
        try:
            self._count(entries, self._together(entries))
        except (DataError, IntegrityError, *REFUSALS):
            for entry in entries:
                self._count([entry], self._alone(entry))

    @transaction.atomic
    def _together(self, entries: list[Entry]) -> Outcome:
        """Register what is not there already and propose where it goes, all in one transaction."""
        known = set(
            Submission.objects.filter(
                external_source=self.field_map.source,
                external_id__in=[entry.external_id for entry in entries],
            ).values_list("external_id", flat=True)
        )
        new = [entry.intake for entry in entries if entry.external_id not in known]
        made = iter(register_many(new, by=self.by, backfilled=not self.notify, letters_too=self.notify) if new else [])
        found = [None if entry.external_id in known else next(made) for entry in entries]
        petitions = [one for one in found if isinstance(one, Petition)]
        outcome = Outcome(found)
        if petitions:
            outcome.proposals = proposals_for(petitions)
            clocks = Deadline.objects.filter(petition__in=petitions, term__in=CLOCKS)
            outcome.clocks = list(clocks.values_list("term", flat=True))
        if self.dry_run:
            transaction.set_rollback(True)
        return outcome

    def _alone(self, entry: Entry) -> Outcome:
        try:
            return self._together([entry])
        except REFUSALS as refusal:
            return Outcome([refusal])
        except (DataError, IntegrityError) as fault:
            said = f"数据库不接受这一行（{type(fault).__name__}），请核对有无特殊字符、过长的内容"
            return Outcome([Refused(said)])

    def _count(self, entries: list[Entry], outcome: Outcome) -> None:
        tally = self.tally
        for entry, found in zip(entries, outcome.found, strict=True):
            if found is None:
                tally.already_there += 1
            elif isinstance(found, Petition):
                tally.registered += 1
            else:
                self._refuse(entry.line, [Reason("", str(found))])
        tally.clocks.update(outcome.clocks)
        for proposal in outcome.proposals:
            tally.proposed += proposal.petition.proposed
            tally.triage += proposal.is_triage
            if proposal.petition.proposed:
                self.by_rule[proposal.rule_id] += 1

    def rules_by_code(self) -> Counter:
        """How many petitions each named rule proposed for, most first."""
        codes = dict(RoutingRule.objects.filter(pk__in=self.by_rule).values_list("pk", "code"))
        return Counter({codes[pk]: count for pk, count in self.by_rule.most_common()})

    def _refuse(self, line: Line, reasons: list[Reason]) -> None:
        tally = self.tally
        tally.refused += 1
        tally.reasons.update(reason.column or "整行" for reason in reasons)
        if len(tally.first_refused) < SHOWN:
            tally.first_refused.append(f"第 {line.number} 行：{'；'.join(str(reason) for reason in reasons)}")
        if self.out:
            self.out.add(line.cells, reasons)
