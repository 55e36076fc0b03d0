"""走一路、查一路：每一步以后都要成立的事，和它们怎么查。"""

import re
from collections import Counter
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import note

from accounts.authority import may
from accounts.models import User
from petitions.act.decorator import Refused, why_not
from petitions.act.states import FINAL, OPEN, UNDECIDED
from petitions.clocks import lapses
from petitions.closing.rules import REPLIES
from petitions.models import Deadline, Petition, PetitionEvent
from petitions.record.ledger import history
from petitions.record.verification import verify
from rulebook import books, clock
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from tests.petitions import transitions

PEOPLE = (
    *("clerk1", "officer1", "handler1", "chief1", "deputy1", "head1", "worker1"),
    *("dclerk1", "dchief1", "super1", "dhead1", "leader1", "legal1", "disc1", "disc0"),
    *("officer.yhzj", "handler.yhzj", "chief.yhzj", "deputy.yhzj", "head.yhzj"),
    *("officer.wh", "handler.wh", "chief.wh", "head.wh"),
    *("cclerk1", "cchief1", "csuper1", "chead1", "cleader1", "admin1", "audit1"),
    *("dclerk3", "dchief2", "super2"),
    *("review1", "chair1", "creview1", "cchair1", "officer.yzzj", "head.yzzj"),
)
SWEEPS = (lapses.deem_acceptances, lapses.settle_lapsed)  # 每夜的巡查中由时间办成的
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
BESIDE = ("order", "execution")  # 督办单、落实任务另有终点，不随程序终结
READ = ("starts_on", "due_on", "internal_on", "met_on", "extended_days")


def cast() -> list[User]:
    """Everyone who walks; read once for all walks, for what they may do does not change on the way."""
    found = User.objects.select_related("organ__office").in_bulk(PEOPLE, field_name="username")
    return [found[name] for name in PEOPLE]


class Walker:
    """One walk: its people, what has been seen of the tables, and the checks after every step."""

    def __init__(self, people: list[User], counts: Counter):
        self.people, self.counts = people, counts
        self.edges = {edge[1:] for edge in transitions.read() if edge.noun == "Petition"}
        self.beside = {edge.act for edge in transitions.read() if edge.noun != "Petition"}
        self.roads = {(edge.noun, edge.source, edge.target) for edge in transitions.read()}
        self.last_line = PetitionEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.seen: dict[int, str] = {}
        self.states = self.states_now()
        self.print = self.fingerprint()

    # looking

    @cached_property
    def question(self) -> str:
        """One statement that sums up every row of every table an act may write."""
        rooms = ("petitions_", "documents_", "supervision_", "routing_", "accounts_outbox")
        names = [name for name in connection.introspection.table_names() if name.startswith(rooms)]
        one = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {0} t"
        return " UNION ALL ".join(one.format(name) for name in sorted(names))

    def fingerprint(self) -> list:
        with connection.cursor() as cursor:
            cursor.execute(self.question)
            return sorted(cursor.fetchall())  # 表大了会并行地问，次序不定

    def states_now(self) -> dict:
        return {
            (name, pk): state
            for name, model in transitions.NOUNS.items()
            for pk, state in model.objects.values_list("pk", "state")
        }

    def petitions(self) -> list[Petition]:
        return list(Petition.objects.select_related("submission", "organ__office", "rule_set").order_by("pk"))

    def who_may(self, act: Act, petition) -> list[User]:
        return [person for person in self.people if may(person, act, petition)]

    def acts_from(self, state: str) -> list[Act]:
        """The acts with a road from the state, by the checked-in table."""
        return [Act(act) for act in dict.fromkeys(act for act, source, _ in sorted(self.edges) if source == state)]

    # walking

    def step(self, name: str, doing, *args, **kwargs) -> bool:
        """Do it, and hold it to the rules; whether it happened."""
        try:
            doing(*args, **kwargs)
        except (Refused, PermissionDenied) as said:
            assert CHINESE.search(str(said)), f"{name}：拒绝而没有一句话：{said!r}"
            assert self.fingerprint() == self.print, f"{name}：拒绝了，却改动了数据（{said}）"
            note(f"{now():%F %R} {name}：拒绝，{said}")
            self.counts["拒绝"] += 1
            return False
        note(f"{now():%F %R} {name}：办成")
        self.counts["办成"] += 1
        self.check(name)
        return True

    def check(self, name: str) -> None:
        """After every step: legal roads, an owner, no clock left running, deadlines as the log says."""
        self.look_at_lines(name)
        self.look_at_states(name)
        self.look_at_petitions(name)
        self.print = self.fingerprint()

    def look_at_petitions(self, name):
        """Those whose log has grown since they were looked at last."""
        for petition in self.petitions():
            if self.seen.get(petition.pk) != petition.last_hash:
                self.look_at_owner(name, petition)
                self.look_at_deadlines(name, petition)
                self.look_at_proceedings(name, petition)
            self.seen[petition.pk] = petition.last_hash

    def look_at_lines(self, name):
        """Every new line: an edge of the table, or an act beside that leaves the state as it was."""
        lines = list(PetitionEvent.objects.filter(pk__gt=self.last_line).order_by("pk"))
        for line in lines:
            self.last_line = line.pk
            if ("Petition", line.petition_id) not in self.states:  # 新登记或拆分出来的，从头几行起
                continue
            edge = (line.act, line.came_from, line.went_to)
            if line.act in {act for act, _, _ in self.edges}:
                assert edge in self.edges, f"{name}：表里没有的路 {edge}"
                self.counts[edge] += 1
            else:
                assert line.came_from in ("", line.went_to), f"{name}：{edge} 不是事项的行为，却改了状态"
                self.counts[line.act] += 1

    def look_at_states(self, name):
        now = self.states_now()
        for (noun, pk), state in now.items():
            was = self.states.get((noun, pk))
            if was is None:
                begins = (*UNDECIDED, "accepted")  # 受理以后拆分出来的，接着办
                assert noun != "Petition" or state in begins, f"{name}：新事项从 {state} 开始"
            elif was != state:
                assert (noun, was, state) in self.roads, f"{name}：{noun} {was} → {state} 没有这条路"
        self.states = now

    def look_at_owner(self, name, petition):
        held = (petition.holder_organ_id is not None, bool(petition.waiting_for))
        stray = petition.involvements.exclude(open=petition.state in OPEN)
        assert not stray.exists(), f"{name}：{petition.state}，关系却记作{'' if petition.state in OPEN else '还'}在办"
        if petition.state not in OPEN:
            assert held == (False, False), f"{name}：{petition.state} 还有主"
            return
        assert held == (True, True), f"{name}：{petition.state} 无主"
        assert self.can_go_on(petition), f"{name}：{petition.state}（{petition.kind} {petition.path}）走进了死路"

    def can_go_on(self, petition) -> bool:
        """Somebody may now do something that leads on and is not only 终止."""
        if petition.pending_acts.filter(state="waiting").exists():
            return True
        if petition.state == "issued":
            return bool(self.who_may(Act.SERVE, petition) and self.who_may(Act.CLOSE, petition))
        for act, source, target in sorted(self.edges):
            if source != petition.state or target == source or act == Act.TERMINATE:
                continue
            anybody = any(may(person, Act(act), petition) for person in self.people)
            if anybody and not why_not(petition, getattr(Petition, act)):
                return True
        return False

    def look_at_deadlines(self, name, petition):
        """The stored rows are the fold of the log, the nearest day is theirs, and a final state has no clock left."""
        rows = {(row.term, row.scope, row.scope_id, row.started_by): row for row in petition.deadlines.all()}
        terms, calendar = books.terms_of(petition.rule_set), books.calendar_in_force()
        for reading in clock.deadlines(history(petition), terms, calendar, today=today()):
            key = (reading.term.code, str(reading.term.scope), reading.scope_id, reading.started_by)
            row = rows.pop(key)
            told = (
                reading.starts_on,
                reading.due_on,
                reading.internal_on,
                reading.met_on,
                reading.extended,
            )
            assert tuple(getattr(row, column) for column in READ) == told, f"{name}：{key} 与日志不符"
            waits_for_sweep = reading.ended_how == "lapsed" and row.kind == "right" and not row.ended_how
            assert waits_for_sweep or row.ended_how == (reading.ended_how or ""), f"{name}：{key} 的结果与日志不符"
        assert {row.ended_how for row in rows.values()} <= {"void"}, f"{name}：日志里没有的期限还在走 {list(rows)}"
        running = [row for row in petition.deadlines.all() if not row.ended_how]
        if petition.state not in OPEN:  # 督办单是另开的一张单，权利是信访人的，程序终结时随巡查届满
            left = [row.term for row in running if row.kind != "right" and row.scope not in (*BESIDE, "proceeding")]
            assert left == [], f"{name}：{petition.state} 还有期限在走 {left}"
        if petition.state in FINAL:
            shut = ("execution",) if petition.state == "archived" else BESIDE
            left = [row.term for row in running if row.scope not in shut]
            assert left == [], f"{name}：{petition.state} 还有期限在走 {left}"
        duties = [row for row in running if row.kind == Deadline._meta.get_field("kind").default]
        if petition.state not in OPEN:
            duties = [row for row in duties if row.scope == "proceeding"]  # 办结以后只有复查复核还有人欠着
        nearest = min((row.due_on for row in duties), default=None)
        assert petition.next_due_on == nearest, f"{name}：最近届满日 {petition.next_due_on} 应为 {nearest}"

    def look_at_proceedings(self, name, petition):
        """复查、复核：没有办完的有一口钟、有人可办，件没有终结；办完的钟停了，听证也了结了。"""
        running = {(row.term, row.scope_id) for row in petition.deadlines.filter(ended_how="", scope="proceeding")}
        for one in petition.proceedings.select_related("organ__office"):
            one.petition = petition
            said = f"{name}：{one.get_kind_display()}{one.get_state_display()}"
            term = "D09" if one.kind == "review" else "D11"
            hearing = one.open_hearing()
            assert ((term, one.pk) in running) == one.is_open, f"{said}，期限 {running}"
            running.discard((term, one.pk))
            assert hearing is None or one.is_open, f"{said}，听证还开着"
            assert not one.is_open or petition.state not in FINAL, f"{said}，而本件{petition.state}"
            assert not one.is_open or self.can_be_decided(petition, one, hearing), f"{said}，没有人能办下去"
        if petition.state not in ("accepted", "submitted"):  # 随件了结，不留在别的状态里
            open_still = (
                petition.hearings.filter(state="called", proceeding=None).exists(),
                petition.mediations.filter(state="open").exists(),
            )
            assert not any(open_still), f"{name}：{petition.state}，听证、调解还开着 {open_still}"
        assert not running, f"{name}：没有对应的复查复核，期限在走 {running}"

    def can_be_decided(self, petition, proceeding, hearing) -> bool:
        """Somebody of the organ may now do what leads on."""
        if hearing is not None:
            return bool(self.who_may(Act.CANCEL_HEARING, petition))
        acts = [Act.ADMIT_REVIEW] if proceeding.state == "requested" else [Act.PROPOSE_REVIEW, Act.DECIDE_REVIEW]
        return all(self.of_the_organ(proceeding.organ, act, petition) for act in acts)

    def of_the_organ(self, organ, act: Act, petition) -> list[User]:
        """Those who may do it and sit in that organ (or in a section of it)."""
        return [person for person in self.who_may(act, petition) if person.organ.office_id == organ.office_id]

    def end(self) -> None:
        """At the end everything once more, and every chain."""
        self.seen = {}
        self.look_at_petitions("走完")
        assert list(verify()) == []

    def long_after(self) -> None:
        """Nobody came any more: rights have lapsed, and what time alone can end has ended."""
        for sweep in SWEEPS:
            self.step(sweep.__name__, sweep)
        assert not Deadline.objects.filter(kind="right", ended_how="").exists()
        for petition in Petition.objects.filter(state="closed"):
            unserved = petition.services.filter(served_on=None)
            waits = unserved.filter(required=True).exists() or unserved.filter(letter__kind__in=REPLIES).exists()
            contested = petition.proceedings.filter(state__in=["requested", "admitted"]).exists()
            assert waits or contested, f"{petition.number} 没有人还欠着什么，却没有终结"
