"""走：按时间先后把每一步办成；每过一夜，到期的事由系统照常办，日志照常上锚。"""

import itertools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import monotonic

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from accounts.authority import may
from accounts.messages.outbox import drain
from accounts.models import Notice, Organ, OrganKind, User
from accounts.staff.areas import district_of
from config.demo import people
from config.demo.doing import calling, disputing, ending, judging, orders, proposing, quick, reviewing, seldom
from config.demo.doing import usual_steps as steps
from config.demo.story.pace import moment_of
from config.demo.story.plot import beats_of
from config.demo.story.reader import Phrases, Tale, id_number
from config.demo.story.script import Beat
from insight.search.indexing import index_all
from petitions.act.consequences import carry_out, register
from petitions.act.decorator import SYSTEM, Refused
from petitions.clocks import lapses
from petitions.intake.registration import Intake, PartyFacts
from petitions.joint.matter_group import relate
from petitions.models import Category, Deadline, Party, Person, Petition, Service
from petitions.record import verification
from routing.destination.acts import propose_for
from rulebook.acts import Act
from rulebook.books import calendar_held, calendar_in_force
from rulebook.timekeeping import at, now, today
from supervision.custody.custody_tally import tally_all
from supervision.ladder import digest, unanswered
from supervision.ladder.climb import sweep
from supervision.statistics import daily
from supervision.watch import heartbeat

THURSDAY = 3
MIDNIGHT = time(0, 5)
OPENING = time(8, 30)
UNREAD_FOR = timedelta(days=3)  # 更早的消息，演示里算已经读过
EVERY = 2.0  # 秒：等的人隔多久听到走到哪里
KEPT = timedelta(days=26 * 7)  # 往日的数：更早的，演示里没有人看
SPONSORED_FOR = "矛盾积累时间长、人数多，由区领导包案，逐户核清诉求，牵头协调责任单位一次解决。"
HELPERS = ("住建", "城管执法", "规自")

logger = logging.getLogger(__name__)

# 剧本里的一步 → 做法
HOW = (disputing, steps, orders, proposing, reviewing, ending, quick, seldom)
STEPS = {name: value for module in HOW for name, value in vars(module).items()}


@dataclass
class Walk:
    """The demo city on its way: who is who, which petition is whose tale, what was refused."""

    phrases: Phrases
    cast: people.Cast = field(default_factory=people.Cast)
    keys: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    registrar: dict[str, object] = field(default_factory=dict)
    refusals: list[tuple[str, str, str]] = field(default_factory=list)
    steps: int = 0
    loaded: dict[int, Petition] = field(default_factory=dict)

    def __post_init__(self):
        self.calendar = calendar_in_force()
        self.categories = {row.code: row for row in Category.objects.all()}

    def stop(self, beat: Beat, reason: str) -> None:
        """The tale goes no further; what others had loaded of it is read anew."""
        self.refusals.append((beat.tale.id, beat.step, reason))
        self.loaded.clear()

    # what the steps ask for

    def fresh(self, key: int) -> Petition:
        """As a request would load it; organs are taken from the cast instead of being read again."""
        petition = Petition.objects.select_related("submission", "rule_set").get(pk=key)
        organs = self.cast.by_key
        petition.organ, petition.submission.organ = organs[petition.organ_id], organs[petition.submission.organ_id]
        for name in ("accused_organ", "section", "holder_organ", "about_organ"):
            if key := getattr(petition, f"{name}_id"):
                setattr(petition, name, organs[key])
        if petition.handler_id:
            petition.handler = self.cast.users[petition.handler_id]
        return petition

    def petition(self, tale: Tale) -> Petition:
        """The tale's petition as it stands; kept until something else moves it (see `look_again`)."""
        key = self.keys[tale.id]
        found = self.loaded.get(key)
        if found is None:
            found = self.loaded[key] = self.fresh(key)
        return found

    def look_again(self, tales) -> None:
        """Drop the copies of those tales that somebody else has moved meanwhile: the night, a refused day."""
        keys = {self.keys[tale.id] for tale in tales if tale.id in self.keys} & self.loaded.keys()
        for key, seq in Petition.objects.filter(pk__in=keys).values_list("pk", "seq"):
            if self.loaded[key].seq != seq:
                del self.loaded[key]

    def forget(self, petition: Petition) -> None:
        self.loaded.pop(petition.pk, None)

    def say(self, kind: str, tale: Tale) -> str:
        return self.phrases.say(kind, tale.dice)

    def turn(self, tale: Tale) -> int:
        return int(tale.id[1:4])

    def area(self, tale: Tale) -> str:
        """云河区, 石桥区 …: the district the matter lies in."""
        codes = {organ.territory: organ.short_name for organ in self.cast.organs.values() if organ.kind == "government"}
        return codes[district_of(tale.territory)].removesuffix("政府")

    def helper_of(self, petition: Petition, besides=frozenset()):
        """A bureau of the same district that could help, is not in charge and not among the keys in `besides`."""
        near = petition.organ.district_code
        return next(
            organ
            for organ in self.cast.organs.values()
            if organ.function in HELPERS
            and organ.territory.startswith(near)
            and organ.pk != petition.organ_id
            and organ.pk not in besides
            and organ.in_force_on(today())
            and self.cast.seats.get(organ.pk)
        )

    # steps with more to them than one act

    def take_down(self, tale: Tale, received_on: date) -> None:
        organ = self.cast.organ(tale.organ)
        by = self.cast.of(organ, people.CLERK)
        petition = register(self._intake(tale, organ, received_on), by=by)
        self.keys[tale.id], self.registrar[tale.id] = petition.pk, by
        self._link(tale, petition)
        petition.category = self.categories.get(tale.category)
        propose_for(petition)

    def _intake(self, tale: Tale, organ, received_on: date) -> Intake:
        is_report = tale.kind == "report"
        return Intake(
            organ=organ,
            channel=tale.channel,
            original=tale.text,
            received_on=received_on,
            kind=tale.kind,
            claims=list(tale.claims),
            parties=_parties(tale),
            category=self.categories.get(tale.category),
            place=tale.place,
            territory=tale.territory,
            about_organ=self.cast.organ(tale.about) if tale.about else None,
            accused_organ=self.cast.organ(tale.accused_organ) if is_report and tale.accused_organ else None,
            accused_text=tale.accused if is_report else "",
            facts={
                "people_count": tale.people_count,
                "anonymous": "anonymous" in tale.flags,
                "urgent": "urgent" in tale.flags,
                "threat": "threat" in tale.flags,
                "is_joint": bool(tale.representatives) and tale.channel != "visit",
                "truth_pledged": tale.channel == "visit",
            },
        )

    def _link(self, tale: Tale, petition: Petition) -> None:
        """Repeats, groups and leaders in charge of a key case, each by the act of whoever may do it."""
        by = self.registrar[tale.id]
        if tale.repeat_of and tale.repeat_of in self.keys:
            earlier = self.fresh(self.keys[tale.repeat_of])
            who = by if may(by, Act.VIEW, earlier) else SYSTEM
            petition.mark_repeat(by=who, earlier=earlier)
        if tale.group_of:
            main = self.fresh(self.keys[tale.group_of])
            relate(petition, main, by=by)
            self.forget(main)
        if "sponsored" in tale.flags:
            supervisor = self.cast.over(petition.organ, ("DS_SUPERVISOR",))
            petition.mark_key(by=supervisor, key=True, reason="区领导包案")
            leader = self.cast.over(petition.organ, ("DS_LEADER",))
            carry_out(petition, Act.SPONSOR, by=supervisor, to=leader, reason=SPONSORED_FOR, note=SPONSORED_FOR)

    def serve(self, tale: Tale, kinds: tuple[str, ...], *, by: User | None = None) -> None:
        """Serve what waits of these kinds, each party in the way it was asked for; without `by`, whoever wrote it."""
        petition = self.petition(tale)
        waiting = Service.objects.filter(petition=petition, served_on=None, letter__kind__in=kinds)
        for service in waiting.select_related("letter__organ", "party").order_by("pk"):
            service.petition = petition
            server = by or self.cast.of(self._sender(petition, service), people.OFFICER)
            carry_out(service, Act.SERVE, by=server, on=today(), **_means(tale, service))

    @staticmethod
    def _sender(petition, service) -> Organ:
        """Who wrote the letter; where the government designated, the petition office that sent the petition on."""
        wrote = service.letter.organ
        return petition.current_leg.sender if wrote.kind == OrganKind.GOVERNMENT else wrote


def _means(tale: Tale, service) -> dict[str, str]:
    if service.party.e_delivery:
        return {"means": "electronic"}
    if tale.channel == "letter":
        return {"means": "post", "tracking": f"YZ{service.pk:09d}CN"}
    return {"means": "direct"}


def _parties(tale: Tale) -> list[PartyFacts]:
    if not tale.name:
        return []
    shows_card = tale.channel in ("visit", "web") and not tale.is_organisation and tale.birth
    status = {"visit": Party.IdStatus.VERIFIED, "web": Party.IdStatus.STATED}.get(tale.channel, Party.IdStatus.NONE)
    lead = PartyFacts(
        name=tale.name,
        kind=Person.Kind.ORGANISATION if tale.is_organisation else Person.Kind.NATURAL,
        sex=tale.sex,
        birth_year=tale.birth.year if tale.birth else None,
        id_status=status if shows_card else Party.IdStatus.NONE,
        id_number=id_number(tale.name, tale.birth, tale.sex) if shows_card else "",
        phone=tale.phone,
        address=tale.address,
        e_delivery=tale.channel == "web",
        name_withheld="confidential" in tale.flags,
    )
    others = [_representative(tale, name) for name in tale.representatives]
    return [lead, *others]


def _representative(tale: Tale, name: str) -> PartyFacts:
    """The others who came: born and living as the row's dice say, in the place the row names."""
    dice = tale.dice
    born = date(dice.randint(1952, 1992), dice.randint(1, 12), dice.randint(1, 28)) + timedelta(days=len(name) * 7)
    return PartyFacts(
        name=name,
        role=Party.Role.REPRESENTATIVE,
        birth_year=born.year,
        id_number=id_number(name, born, ""),
        address=tale.address.rpartition("号楼")[0] + "号楼" if "号楼" in tale.address else tale.address,
        interest="共同反映人推选的代表",
    )


def walk(tales: list[Tale], phrases: Phrases, say: Callable[[str], None] = lambda line: None) -> Walk:
    """Walk every tale to where it is now. Nothing is skipped silently: what was refused stands in `refusals`."""
    with calendar_held():
        return _walk(Walk(phrases), tales, now(), say)


def _walk(walking: Walk, tales: list[Tale], moment: datetime, say: Callable[[str], None]) -> Walk:
    with connection.cursor() as cursor:  # 演示数据断电可以重来，不必等每次落盘
        cursor.execute("SET synchronous_commit TO off")
    beats = sorted(beat for tale in tales for beat in beats_of(tale, walking.calendar, moment))
    by_day = {day: list(group) for day, group in itertools.groupby(beats, key=lambda beat: beat.at.date())}
    first, last = beats[0].at.date(), moment.date()
    said = monotonic()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        _day(walking, by_day.get(day, []))
        if day < last:
            with at(moment_of(day + timedelta(days=1), MIDNIGHT)), transaction.atomic():
                _night(day, busy=day in by_day)
                if last - day <= KEPT:
                    daily.keep(day)
            if day.weekday() == THURSDAY or (last - day).days < 10:
                _morning(min(moment_of(day + timedelta(days=1), OPENING), moment))
        if monotonic() - said >= EVERY:
            say(f"  走到 {day:%Y-%m-%d}：已登记 {len(walking.keys)} / {len(tales)} 件")
            said = monotonic()
    say("  收尾：回访、提醒、消息、检索……")
    with transaction.atomic():
        calling.catch_up(walking, moment, "云州")
    _tidy_up(moment)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
    return walking


def _day(walking: Walk, beats: list[Beat]) -> None:
    """All beats of one day in one transaction, without savepoints, which would be half of all queries.

    Where one is refused the whole day is undone and done again beat by beat, so that only that tale stops.
    """
    walking.look_again(beat.tale for beat in beats)
    try:
        with transaction.atomic(), no_savepoints():
            _perform(walking, beats)
    except (Refused, PermissionDenied, DatabaseError):
        _one_by_one(walking, beats)
    except Exception:
        logger.exception("演示城市：有一步出错，这一天一步一步重走")
        _one_by_one(walking, beats)


def _one_by_one(walking: Walk, beats: list[Beat]) -> None:
    """The day again: whatever is wrong with one step, the law's refusal or the script's own fault, stops one tale."""
    walking.loaded.clear()
    for beat in beats:
        try:
            with transaction.atomic():
                _perform(walking, [beat])
        except (Refused, PermissionDenied) as refused:
            walking.stop(beat, str(refused))
        except Exception as fault:
            logger.exception("演示城市：%s 的 %s 这一步出错", beat.tale.id, beat.step)
            walking.stop(beat, f"程序出错（{type(fault).__name__}），详见日志")


def _perform(walking: Walk, beats: list[Beat]) -> None:
    stopped = {tale for tale, _, _ in walking.refusals}
    for beat in beats:
        if beat.tale.id not in stopped:
            with at(beat.at):
                STEPS[beat.step](walking, beat.tale, **beat.details)
                walking.steps += 1


@contextmanager
def no_savepoints() -> Iterator[None]:
    """Inside, a nested transaction is no savepoint of its own: the first error undoes everything."""
    features = connection.features
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True


def _night(day: date, *, busy: bool) -> None:
    """What the clockwork does after midnight; a night in which nothing falls due is passed over quickly."""
    running = Deadline.objects.running()
    if running.filter(due_on__lt=today()).exists():
        lapses.deem_acceptances()
        lapses.settle_lapsed()
    reached = running.filter(next_rung_at__lte=now()).exists()
    if reached:
        sweep()
    if busy or reached:
        verification.anchor(day)


def _morning(moment: datetime) -> None:
    """What arrives when the day's work begins. Of long ago it comes week by week: all of it counts as read by now."""
    with at(moment), transaction.atomic():
        digest.compose()
        drain()


def _tidy_up(moment: datetime) -> None:
    """Now: a sample judged, reminders up to this minute, old notices read, everything to be found."""
    judging.draw_and_judge()
    with heartbeat.round_of(heartbeat.SWEEP) as counts:
        counts["reminders"] = sweep()
    digest.compose()
    drain()
    old = Notice.objects.filter(at__lt=moment - UNREAD_FOR)
    old.unread().update(read_at=F("at") + timedelta(hours=2))
    old.to_acknowledge().update(acknowledged_at=F("at") + timedelta(hours=2))
    unanswered.report()
    drain()
    index_all()
    tally_all()
