"""往后的日子有人上班：新的件登记进来，各单位办该办的一步，督查岗位签发、核销，一份督办单走到底。

同一个库、同一颗种子，走出来的日子相同；每一步走与页面同一扇门，被拒的数出来，不掩盖。
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Prefetch, Q

from config.demo.daily import overseeing
from config.demo.daily.carrying import Carried
from config.demo.daily.desks import SLOW, USUAL, File, Habits, next_step
from config.demo.daily.newcomers import Teller
from config.demo.daily.retelling import Known
from config.demo.doing import calling
from config.demo.people import NobodyThere
from config.demo.story.plot import STORIES
from config.demo.story.reader import Phrases, Tale, read
from config.demo.walker import STEPS, Walk, no_savepoints
from petitions.act.decorator import Refused
from petitions.act.states import OPEN, State
from petitions.models import Leg, Petition, PetitionEvent
from rulebook.books import calendar_held
from rulebook.timekeeping import BEIJING, at

MORNING, AFTERNOON = time(9, 5), time(13, 5)
EVERY = timedelta(seconds=25)
RECENT = 60  # 自然日：照这些天的来件量来
REPEATS = 0.08
CHAIN = 5  # 一件一天至多走几步
FOLLOWED = timedelta(days=42)  # 办结以后还有评价、落实
SHELVED_AFTER = timedelta(days=46)
STREETS = ("street", "town")


@dataclass(frozen=True)
class Refusal:
    """What was tried on which petition and refused, with the sentence."""

    number: str
    step: str
    sentence: str


class _Clock:
    """The moments of half a day, one after the other."""

    def __init__(self, day: date, begins: time):
        self.at = datetime.combine(day, begins, BEIJING)

    def tick(self) -> datetime:
        self.at += EVERY
        return self.at


class Office:
    """Everybody of the demo city at work, one day after the other."""

    def __init__(self, folder: Path, seed: str):
        tales = read(folder, STORIES)
        self.seed = seed
        self.walk = Walk(Phrases(folder))
        organs = self.walk.cast.organs.values()
        streets = {one.territory: one.code for one in organs if one.kind in STREETS}
        self.teller, self.known = Teller(tales, streets), Known(tales, streets)
        self.carried = Carried(self.walk)
        self.slow = self._slow([organ for organ in organs if organ.kind in STREETS])
        self.ranks = {key: n for n, key in enumerate(Petition.objects.order_by("pk").values_list("pk", flat=True), 1)}
        self.told: list[Tale] = []
        self.refusals: list[Refusal] = []
        self.stuck: set[int] = set()

    def _slow(self, streets):
        """The street office that has had the most petitions: the same one in every run."""
        return max(streets, key=lambda organ: (Petition.objects.in_charge_of(organ).count(), organ.code))

    @contextmanager
    def at_work(self) -> Iterator["Office"]:
        """While it is open: the calendar is held, and a commit does not wait for the disk (it can be done again)."""
        with calendar_held(), connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
            yield self
            cursor.execute("SET synchronous_commit TO on")

    def is_open(self, day: date) -> bool:
        return self.walk.calendar.is_working(day)

    # the two halves of a working day

    def morning(self, day: date) -> None:
        """The post is opened; what the watch lays before the supervisors is decided."""
        clock, dice = _Clock(day, MORNING), Random(f"{self.seed}:{day}")
        self.walk.loaded.clear()
        for _ in range(self._arriving(day, dice)):
            self._register(self._newcomer(dice), day, clock)
        carried = self.carried.due(day, self.slow)
        kept = self.carried.kept_out() | ({carried[0]} if carried else set())
        laid = overseeing.lawful_steps(self.walk, day, self.seed, kept | self.stuck)
        for key, what, act in [*([carried] if carried else []), *laid]:
            self._try(key, what, act, clock)
        for key, what, act in calling.lawful_calls(self.walk, day, self.seed):
            self._try(key, what, act, clock)
        overseeing.acknowledge(self.slow, clock.at - timedelta(days=1))

    def afternoon(self, day: date) -> None:
        """Each organ goes through its desk, what is due first, as far as a day's strength goes."""
        clock, done = _Clock(day, AFTERNOON), Counter[int]()
        kept = self.carried.kept_out()
        for petition in _on_desks(day):
            habits = SLOW if petition.organ_id == self.slow.pk else USUAL
            if petition.pk not in kept | self.stuck and done[petition.organ_id] < habits.capacity:
                done[petition.organ_id] += self._work_on(petition, habits, day, clock)

    # arrivals

    def _arriving(self, day: date, dice: Random) -> int:
        """As many as came in on a working day of late, now one more, now one fewer; on no working day nobody."""
        first = day - timedelta(days=RECENT)
        came = Petition.objects.filter(received_on__range=(first, day - timedelta(days=1))).count()
        working = sum(self.is_open(first + timedelta(days=n)) for n in range(RECENT))
        return max(1, int(max(1.0, came / working) + dice.random()) + dice.choice((-1, 0, 0, 1)))

    def _newcomer(self, dice: Random) -> Tale:
        key = f"N{len(self.ranks) + 1:04d}"
        if self.told and dice.random() < REPEATS:
            return self.teller.once_more(key, dice.choice(self.told), dice)
        return self.teller.told(key, dice)

    def _register(self, tale: Tale, day: date, clock: _Clock) -> None:
        if self._try(None, "register", partial(self.walk.take_down, tale, day), clock):
            self.ranks[self.walk.keys[tale.id]] = len(self.ranks) + 1
            self.told.append(tale)

    # the desks

    def _work_on(self, petition: Petition, habits: Habits, day: date, clock: _Clock) -> bool:
        """Whether anything was done about it today."""
        rank = f"N{self.ranks[petition.pk]:04d}"
        tale = self.known.tale_of(petition, rank, self.walk.cast)
        self.walk.keys[rank] = petition.pk
        self.walk.registrar[rank] = self.walk.cast.users.get(petition.submission.registered_by_id)
        self.walk.loaded.pop(petition.pk, None)
        steps = 0
        while steps < CHAIN and (step := next_step(File(petition, tale, habits, day, self.seed))):
            name, details = step
            if not self._try(petition.pk, name, partial(STEPS[name], self.walk, tale, **details), clock):
                break
            steps += 1
            petition = self.walk.petition(tale)
        self.walk.loaded.pop(petition.pk, None)
        return steps > 0

    def _try(self, key: int | None, what: str, act: Callable[[], None], clock: _Clock) -> bool:
        """Done, or written down as refused; what is refused once is left alone for the rest of the run."""
        try:
            with at(clock.tick()), transaction.atomic(), no_savepoints():
                act()
        except (Refused, PermissionDenied, NobodyThere) as said:
            number = Petition.objects.values_list("number", flat=True).filter(pk=key).first() or ""
            self.refusals.append(Refusal(number, what, str(said)))
            self.walk.loaded.clear()
            self.stuck |= {key} if key else set()
            return False
        return True


def _on_desks(day: date) -> list[Petition]:
    """Every petition somebody may still have something to do about, the nearest day first."""
    closed = Q(state=State.CLOSED, closed_at__date__gte=day - FOLLOWED) | Q(
        state=State.CLOSED, executions__state="owed"
    )
    shelf = Q(state=State.SETTLED, closed_at__date__range=(day - SHELVED_AFTER * 2, day - SHELVED_AFTER))
    keys = Petition.objects.filter(Q(state__in=OPEN) | closed | shelf).values("pk")
    lines = PetitionEvent.objects.only("petition", "act", "at").order_by("seq")
    found = Petition.objects.filter(pk__in=keys).select_related("submission", "category", "organ").soonest_first()
    legs = Leg.objects.select_related("sender", "receiver")
    others = ("services__letter", "opinions", "deadlines", "pending_acts", "executions")
    return list(found.prefetch_related(Prefetch("events", lines), Prefetch("legs", legs), *others))
