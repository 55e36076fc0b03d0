"""登记簿：一批来件的行先在内存里写齐，再成批入库；同一套行为、同样的行，只是少跑数据库。

A page holds everything one registration writes. While a petition lies on its page nobody else can see it: the ledger
appends its log lines and deadlines here instead of saving them (see ledger.py), and `write` puts all pages into the
database inside the caller's transaction. A page that is refused is simply never written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import connection

from petitions.clocks.models import Deadline
from petitions.handling.opinion.models import Claim
from petitions.intake.models import NumberCounter, Submission
from petitions.parties.models import Party
from petitions.parties.persons import settle_people
from petitions.petition.involvement import Involvement
from petitions.petition.models import Petition
from petitions.record.models import EventText, PetitionEvent
from rulebook.books import calendar_in_force, rule_set_on, settings_of
from rulebook.calendar import Calendar
from rulebook.models import RuleSet


@dataclass
class Page:
    """The rows of one registration. `parties` come with the kind of person each is."""

    book: "DayBook"
    submission: Submission | None = None
    petition: Petition | None = None
    parties: list[tuple[Party, str]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    lines: list[PetitionEvent] = field(default_factory=list)
    texts: list[EventText] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)

    def add_line(self, line: PetitionEvent, salt: str, note: str) -> None:
        self.lines.append(line)
        if note:
            self.texts.append(EventText(event=line, salt=salt, body=note))


class DayBook:
    """The registrations of one transaction: rule sets and calendar read once, petition keys drawn ahead."""

    def __init__(self, most: int):
        """`most`: how many petitions may be registered with it."""
        self._rule_sets: dict[date, RuleSet] = {}
        self._keys = _draw_keys(most)

    def new_page(self) -> Page:
        return Page(self)

    def next_key(self) -> int:
        """The key the next petition will have; its log lines are sealed with it before the row exists."""
        return next(self._keys)

    def rule_set_on(self, day: date) -> RuleSet:
        """Raises RulesMissing where none was in force."""
        if day not in self._rule_sets:
            self._rule_sets[day] = rule_set_on(day)
        return self._rule_sets[day]

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_in_force()

    def write(self, pages: list[Page]) -> None:
        """Put the pages into the database: people, numbers, then every table once."""
        settle_people([entry for page in pages for entry in page.parties])
        _give_numbers(pages)
        Submission.objects.bulk_create([page.submission for page in pages])
        Party.objects.bulk_create([party for page in pages for party, _ in page.parties])
        Petition.objects.bulk_create([page.petition for page in pages])
        for model, rows in (
            (Claim, [row for page in pages for row in page.claims]),
            (Involvement, [row for page in pages for row in page.involvements]),
            (PetitionEvent, [row for page in pages for row in page.lines]),
            (EventText, [row for page in pages for row in page.texts]),
            (Deadline, [row for page in pages for row in page.deadlines]),
        ):
            model.objects.bulk_create(rows)
        for page in pages:
            del page.petition.__dict__["page"]


def _draw_keys(count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Petition._meta.db_table, count],
        )
        return iter([key for (key,) in cursor.fetchall()])


def _give_numbers(pages: list[Page]) -> None:
    """Gap-free numbers, one counter row per district and year; counters are locked in one order, as late as can be:
    everything that may be refused has been refused by now."""
    wanted = Counter((page.submission.organ.district_code, page.submission.registered_at.year) for page in pages)
    last: dict[tuple[str, int], int] = {}
    for (district, year), count in sorted(wanted.items()):
        last[district, year] = NumberCounter.objects.take(district, year, count) - count
    for page in pages:
        submission = page.submission
        key = district, year = submission.organ.district_code, submission.registered_at.year
        last[key] += 1
        pattern = settings_of(submission.rule_set)["petition_number"]
        submission.number = pattern.format(region=district, year=year, seq=last[key])
        page.petition.number = submission.number
