"""末日的 23:59:59 与次日 00:00:00，两个真正的进程：零点以前成立，零点以后不成立；同时到的只成一件。"""

import multiprocessing
from datetime import date, timedelta

import pytest
from django.db import connection

from petitions.act.states import State
from petitions.models import PetitionEvent
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.cast import accepted, decided, fresh, load_city, on_day, registered
from tests.petitions import racer
from tests.petitions.places import ask, clock, forwarded

DAY = date(2026, 3, 2)
LAST_SECOND, MIDNIGHT = "23:59:59", "00:00:00"
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([racer.__name__])
OTHERS_FIRST = "本件刚被他人办理，请刷新后查看最新状态再办"


@pytest.fixture(autouse=True)
def committed_city(transactional_db):
    load_city()


class Racers:
    """Two processes, each at its own moment; both are ready before either may start."""

    def __init__(self, petition, *orders):
        self.ends, self.processes = [], []
        for order in orders:
            mine, its = FORKS.Pipe()
            process = FORKS.Process(target=racer.run, args=(connection.settings_dict["NAME"], its))
            process.start()
            its.close()
            mine.send({"told": {}, "by": "", "petition": petition.pk} | order)
            self.ends.append(mine)
            self.processes.append(process)
        assert [end.recv() for end in self.ends] == ["ready"] * len(orders)

    def one_after_the_other(self) -> list[str]:
        said = []
        for end in self.ends:
            end.send("go")
            said.append(end.recv())
        return self.over(said)

    def at_once(self) -> list[str]:
        for end in self.ends:
            end.send("go")
        return self.over([end.recv() for end in self.ends])

    def over(self, said) -> list[str]:
        for end, process in zip(self.ends, self.processes, strict=True):
            process.join(timeout=30)
            assert process.exitcode == 0
            process.close()
            end.close()
        assert list(verify()) == []
        return said


def lines(petition, act):
    return PetitionEvent.objects.filter(petition=petition, act=act).count()


def at_the_end_of(day, *orders):
    """Each order with its moment: LAST_SECOND of the day, or MIDNIGHT after it."""
    days = {LAST_SECOND: day, MIDNIGHT: day + timedelta(days=1)}
    return [order | {"moment": f"{days[hour]}T{hour}"} for hour, order in orders]


def extension_asked_for():
    """Sixty days end on 1 May; asked for in good time, not yet approved."""
    with on_day(DAY):
        petition = accepted()
    with on_day("2026-04-20"):
        ask(petition, Act.EXTEND, days=30, reason="需委托检测")
    assert clock(petition, "D06").due_on == date(2026, 5, 1)
    return petition


APPROVE = {"what": "approve", "by": "head1"}


def test_an_extension_approved_in_the_last_second_stands_and_its_repeat_at_midnight_does_not():
    petition = extension_asked_for()
    again = {"what": "extend", "by": "officer1", "told": {"days": 1, "reason": "仍需检测"}}
    orders = at_the_end_of(date(2026, 5, 1), (LAST_SECOND, APPROVE), (MIDNIGHT, again))
    first, second = Racers(petition, *orders).one_after_the_other()
    assert first == "done" and second == OTHERS_FIRST
    assert clock(petition, "D06").due_on == date(2026, 5, 31)


def test_an_extension_approved_at_midnight_is_too_late_and_the_approval_is_not_given():
    petition = extension_asked_for()
    [said] = Racers(petition, *at_the_end_of(date(2026, 5, 1), (MIDNIGHT, APPROVE))).at_once()
    assert "届满" in said and "当日批准" in said
    assert clock(petition, "D06").due_on == date(2026, 5, 1)
    pending = petition.pending_acts.get()
    assert pending.state == "waiting" and pending.approvals.count() == 0


@pytest.mark.parametrize("moments", [(LAST_SECOND, LAST_SECOND), (LAST_SECOND, MIDNIGHT), (MIDNIGHT, MIDNIGHT)])
def test_two_approvals_race_and_at_most_one_stands(moments):
    petition = extension_asked_for()
    said = Racers(petition, *at_the_end_of(date(2026, 5, 1), *((moment, APPROVE) for moment in moments))).at_once()
    in_time = LAST_SECOND in moments
    assert said.count("done") == lines(petition, Act.EXTEND) == lines(petition, Act.APPROVE) == in_time
    assert all("届满" in one or "刚被他人处理" in one or one == "done" for one in said)
    assert clock(petition, "D06").extended_days == (30 if in_time else 0)
    assert fresh(petition).petition_letters.filter(letter__kind="F10").count() == in_time


OBJECT = {"what": "object", "by": "officer1", "told": {"grounds": "属区住建委职责"}}
LAST_OF_FIVE = date(2026, 3, 9)


@pytest.mark.parametrize(("moment", "stands"), [(LAST_SECOND, True), (MIDNIGHT, False)])
def test_an_objection_in_the_last_second_of_the_fifth_working_day_stands_and_at_midnight_does_not(moment, stands):
    with on_day(DAY):
        petition = forwarded()
    [said] = Racers(petition, *at_the_end_of(LAST_OF_FIVE, (moment, OBJECT))).at_once()
    assert (said == "done") is stands and (stands or "已过 5 个工作日" in said)
    assert fresh(petition).state == (State.OBJECTED if stands else State.FORWARDED)


@pytest.mark.parametrize("moments", [(LAST_SECOND, LAST_SECOND), (LAST_SECOND, MIDNIGHT)])
def test_two_objections_race_and_exactly_one_is_made(moments):
    """However they meet at the lock: the one in time stands; the other finds it made, or is too late by itself."""
    with on_day(DAY):
        petition = forwarded()
    said = Racers(petition, *at_the_end_of(LAST_OF_FIVE, *((moment, OBJECT) for moment in moments))).at_once()
    assert said.count("done") == lines(petition, Act.OBJECT) == 1
    assert {one for one in said if one != "done"} <= {OTHERS_FIRST} or "已过 5 个工作日" in said[1]
    assert fresh(petition).state == State.OBJECTED


def test_an_objection_and_an_acceptance_race_on_the_fifth_day_and_exactly_one_stands():
    with on_day(DAY):
        petition = decided(forwarded())
    accept = {"what": "accept", "by": "officer1"}
    said = Racers(petition, *at_the_end_of(LAST_OF_FIVE, (LAST_SECOND, OBJECT), (LAST_SECOND, accept))).at_once()
    assert sorted(said) == sorted(["done", OTHERS_FIRST])
    assert lines(petition, Act.OBJECT) + lines(petition, Act.ACCEPT) == 1


ACCEPT, DEEM = {"what": "accept", "by": "officer1"}, {"what": "deem"}
FIFTEENTH = date(2026, 3, 17)


def undecided():
    with on_day(DAY):
        petition = decided(registered())
    assert clock(petition, "D02").due_on == FIFTEENTH
    return petition


def test_accepted_in_the_last_second_the_night_finds_nothing_to_deem():
    petition = undecided()
    orders = at_the_end_of(FIFTEENTH, (LAST_SECOND, ACCEPT), (MIDNIGHT, DEEM))
    assert Racers(petition, *orders).one_after_the_other() == ["done", "nothing"]
    assert (clock(petition, "D02").ended_how, clock(petition, "D06").starts_on) == ("met", FIFTEENTH)


def test_in_the_last_second_nothing_is_deemed_and_at_midnight_it_is():
    petition = undecided()
    orders = at_the_end_of(FIFTEENTH, (LAST_SECOND, DEEM), (MIDNIGHT, DEEM))
    assert Racers(petition, *orders).one_after_the_other() == ["nothing", "done"]
    assert (clock(petition, "D02").ended_how, clock(petition, "D06").starts_on) == ("lapsed", FIFTEENTH)


def test_deemed_at_midnight_the_clerk_is_told_that_it_was():
    petition = undecided()
    orders = at_the_end_of(FIFTEENTH, (MIDNIGHT, DEEM), (MIDNIGHT, ACCEPT))
    assert Racers(petition, *orders).one_after_the_other() == ["done", OTHERS_FIRST]
    assert lines(petition, Act.ACCEPT) == 0


@pytest.mark.parametrize("moment", [LAST_SECOND, MIDNIGHT])
def test_acceptance_and_the_night_race_and_it_is_accepted_exactly_once(moment):
    """At the lock the clerk's last second and the night's midnight are one instant: one acceptance, one clock."""
    petition = undecided()
    said = Racers(petition, *at_the_end_of(FIFTEENTH, (moment, ACCEPT), (MIDNIGHT, DEEM))).at_once()
    assert sorted(said) in (["done", "nothing"], sorted(["done", OTHERS_FIRST]))
    assert lines(petition, Act.ACCEPT) + lines(petition, Act.DEEM_ACCEPTED) == 1
    assert fresh(petition).state == State.ACCEPTED and petition.deadlines.filter(term="D06").count() == 1
