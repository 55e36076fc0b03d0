"""责任持有时长：一件的一生分成一段一段，首尾相接、不重不漏；逾期的日子出在哪里就记在哪里。"""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.acts import Act
from rulebook.timekeeping import BEIJING
from supervision.custody.intervals import CLOSES, OPENS, Interval, Kind, Line, Step, charge, days_down, intervals

START = datetime(2026, 3, 2, 9, tzinfo=BEIJING)
OFFICE, BUREAU, STREET, ABOVE = 1, 2, 3, 4


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def line(number, act=Act.NOTE, organ=BUREAU, **told):
    return Line(act=act, at=day(number), organ=organ, **told)


def told(found: list[Interval]):
    return [(one.kind, one.answers, one.length.days) for one in found]


def test_each_stretch_belongs_to_whoever_held_the_matter():
    lines = [
        line(0, Act.REGISTER, OFFICE, waiting_for="甄别分流"),
        line(3, Act.FORWARD, BUREAU, waiting_for="受理告知"),
        line(5, Act.ACCEPT, BUREAU, waiting_for="调查办理、起草意见", at_work=True),
        line(45, Act.SUBMIT, OFFICE, waiting_for="督查核查"),
        line(52, Act.RETURN, BUREAU, waiting_for="调查办理、起草意见", at_work=True),
    ]
    found = intervals(lines, day(60))
    assert [(one.organ, one.waiting_for, one.length.days) for one in found] == [
        (OFFICE, "甄别分流", 3),
        (BUREAU, "受理告知", 2),
        (BUREAU, "调查办理、起草意见", 40),
        (OFFICE, "督查核查", 7),
        (BUREAU, "调查办理、起草意见", 8),
    ]


def test_time_spent_waiting_for_an_assisting_organ_is_that_organs():
    asked = {"scope": {"leg": 7}, "details": {"owed_by_organ": STREET}, "at_work": True}
    lines = [
        line(0, Act.ACCEPT, at_work=True),
        line(10, Act.ASK_ASSIST, **asked),
        line(18, Act.NOTE, at_work=True),
        line(25, Act.ANSWER_ASSIST, scope={"leg": 7}, at_work=True),
    ]
    found = intervals(lines, day(30))
    assert told(found) == [(Kind.WORKING, BUREAU, 10), (Kind.OTHER, STREET, 15), (Kind.WORKING, BUREAU, 5)]
    assert found[1].organ == BUREAU


def test_an_opinion_on_its_way_by_post_waits_for_the_petitioner():
    lines = [
        line(0, Act.SIGN, waiting_for="送达"),
        line(2, Act.POST, waiting_for="送达", scope={"service": 5}),
        line(9, Act.ATTEMPT_SERVICE, waiting_for="送达", scope={"service": 5}),
        line(12, Act.SERVE, None, scope={"service": 5}),
    ]
    assert told(intervals(lines, day(90))) == [
        (Kind.WORKING, BUREAU, 2),
        (Kind.PETITIONER, BUREAU, 7),
        (Kind.WORKING, BUREAU, 3),
    ]


def test_a_rest_between_conclusion_and_review_is_nobodys_and_the_last_rest_is_left_out():
    asked = {"scope": {"proceeding": 3}, "details": {"owed_by_organ": ABOVE, "kind": "review"}}
    lines = [
        line(0, Act.ACCEPT, at_work=True),
        line(40, Act.SERVE, None),
        line(60, Act.REQUEST_REVIEW, None, **asked),
        line(85, Act.DECIDE_REVIEW, None, scope={"proceeding": 3}),
    ]
    found = intervals(lines, day(400))
    assert told(found) == [(Kind.WORKING, BUREAU, 40), (Kind.REST, None, 20), (Kind.WORKING, ABOVE, 25)]
    assert found[-1].until == day(85)


def test_only_the_hearing_of_a_recheck_stops_the_clock():
    """第三十六条第二款。"""

    def of(kind):
        asked = {"scope": {"proceeding": 3}, "details": {"owed_by_organ": ABOVE, "kind": kind}}
        lines = [
            line(0, Act.SERVE, None),
            line(1, Act.REQUEST_REVIEW if kind == "review" else Act.REQUEST_RECHECK, None, **asked),
            line(5, Act.CALL_HEARING, None, scope={"hearing": 1, "proceeding": 3}),
            line(15, Act.CONCLUDE_HEARING, None, scope={"hearing": 1}),
        ]
        return told(intervals(lines, day(20)))[1:]

    assert of("recheck") == [(Kind.WORKING, ABOVE, 4), (Kind.PAUSED, ABOVE, 10), (Kind.WORKING, ABOVE, 5)]
    assert of("review") == [(Kind.WORKING, ABOVE, 19)]


def test_a_line_recorded_late_takes_effect_on_its_own_day_but_never_before_the_line_in_front():
    lines = [
        line(0, Act.SIGN, BUREAU),
        line(10, Act.NOTE, BUREAU),
        Line(act=Act.SERVE, at=day(6), organ=None),
    ]
    found = intervals(lines, day(30))
    assert (found[0].since, found[-1].until) == (day(0), day(10))


acts = st.sampled_from([Act.NOTE, Act.FORWARD, Act.ACCEPT, Act.SIGN, *OPENS, *CLOSES])
subjects = st.fixed_dictionaries(
    {name: st.integers(1, 2) for name in ("leg", "service", "mediation", "proceeding", "hearing")}
)
lives = st.lists(
    st.builds(
        Line,
        act=acts,
        at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=BEIJING)),
        organ=st.sampled_from([None, OFFICE, BUREAU, STREET]),
        user=st.sampled_from([None, 11, 12]),
        at_work=st.booleans(),
        scope=subjects,
        details=st.fixed_dictionaries(
            {"owed_by_organ": st.sampled_from([STREET, ABOVE]), "kind": st.sampled_from(["review", "recheck"])}
        ),
    ),
    max_size=25,
)


@given(lives, st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30)).map(lambda at: at.replace(tzinfo=BEIJING)))
def test_custody_partitions_the_life_of_every_case(lines, until):
    """No gap, no overlap, nothing of no length; from the first line to the last moment anybody held it."""
    found = intervals(lines, until)
    assert all(one.length > timedelta() for one in found)
    assert all(before.until == after.since for before, after in zip(found, found[1:], strict=False))
    if not found:
        return
    assert found[0].since >= min(lines[0].at, until)
    assert found[-1].until <= until
    assert sum((one.length for one in found), timedelta()) == found[-1].until - found[0].since
    assert all((one.answers is None) == (one.kind is Kind.REST) for one in found)


@given(lives, st.integers(0, 400))
def test_what_has_been_held_does_not_change_as_time_goes_on(lines, later):
    """The stretches up to a moment are a part of those up to any later moment."""
    until = datetime(2026, 12, 31, tzinfo=BEIJING)
    early, late = intervals(lines, until), intervals(lines, until + timedelta(days=later))
    cut = [one for one in late if one.since < until]
    shared = [(one.since, one.organ, one.kind) for one in early]
    assert [(one.since, one.organ, one.kind) for one in cut][: len(shared)] == shared


# 逾期


def lateness(ended, *steps, owed_by=BUREAU):
    return charge(
        starts_on=date(2026, 3, 2), due_on=date(2026, 5, 1), ended_on=ended, owed_by=owed_by, steps=list(steps)
    )


def test_what_nobody_else_lost_is_the_owing_organs():
    assert lateness(date(2026, 5, 11)) == {BUREAU: 10}


def test_days_that_the_checker_took_beyond_its_own_term_are_the_checkers():
    check = Step(organ=OFFICE, due_on=date(2026, 4, 10), ended_on=date(2026, 4, 16))
    assert lateness(date(2026, 5, 11), check) == {OFFICE: 6, BUREAU: 4}


def test_no_more_is_charged_upstream_than_there_was_lateness():
    check = Step(organ=OFFICE, due_on=date(2026, 4, 1), ended_on=date(2026, 4, 30))
    assert lateness(date(2026, 5, 4), check) == {OFFICE: 3}


def test_a_step_that_kept_its_term_costs_nobody_anything():
    check = Step(organ=OFFICE, due_on=date(2026, 4, 10), ended_on=date(2026, 4, 9))
    assert lateness(date(2026, 5, 3), check) == {BUREAU: 2}


def test_two_organs_late_on_the_same_day_lose_it_once():
    first = Step(organ=OFFICE, due_on=date(2026, 4, 10), ended_on=date(2026, 4, 14))
    second = Step(organ=STREET, due_on=date(2026, 4, 12), ended_on=date(2026, 4, 18))
    assert lateness(date(2026, 5, 31), first, second) == {OFFICE: 4, STREET: 4, BUREAU: 22}


@pytest.mark.parametrize("ended", [date(2026, 5, 1), date(2026, 4, 20)])
def test_in_time_nobody_is_charged(ended):
    assert lateness(ended, Step(organ=OFFICE, due_on=date(2026, 3, 5), ended_on=date(2026, 4, 1))) == {}


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
steps = st.lists(
    st.builds(
        Step,
        organ=st.sampled_from([OFFICE, BUREAU, STREET]),
        due_on=days,
        ended_on=st.one_of(st.none(), days),
    ),
    max_size=6,
)


@given(days, days, days, steps, st.frozensets(days, max_size=40))
def test_the_shares_and_the_days_the_system_was_down_are_together_the_late_days(
    starts_on, due_on, ended_on, taken, down
):
    shares = charge(starts_on=starts_on, due_on=due_on, ended_on=ended_on, owed_by=BUREAU, steps=taken, down=down)
    apart = days_down(due_on, ended_on, down)
    assert sum(shares.values()) + apart == max((ended_on - due_on).days, 0)
    assert all(share > 0 for share in shares.values()) and apart >= 0


@given(days, days, days, steps, st.frozensets(days, max_size=40))
def test_an_outage_adds_to_no_organs_lateness_as_a_whole(starts_on, due_on, ended_on, taken, down):
    told = {"starts_on": starts_on, "due_on": due_on, "ended_on": ended_on, "owed_by": BUREAU, "steps": taken}
    assert sum(charge(**told, down=down).values()) <= sum(charge(**told).values())
    assert charge(**told, down=frozenset()) == charge(**told)


def test_days_on_which_the_system_was_down_are_nobodys():
    down = {date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 4)}
    told = {"starts_on": date(2026, 3, 2), "due_on": date(2026, 5, 1), "ended_on": date(2026, 5, 11), "owed_by": BUREAU}
    assert charge(**told, steps=[], down=down) == {BUREAU: 8}
    assert days_down(told["due_on"], told["ended_on"], down) == 2  # 届满以前停的，不动期限，也不另列


def test_a_day_the_checker_lost_while_the_system_was_down_is_not_the_checkers():
    check = Step(organ=OFFICE, due_on=date(2026, 5, 1), ended_on=date(2026, 5, 5))
    down = {date(2026, 5, 2), date(2026, 5, 3)}
    told = {"starts_on": date(2026, 3, 2), "due_on": date(2026, 5, 1), "ended_on": date(2026, 5, 11), "owed_by": BUREAU}
    assert charge(**told, steps=[check], down=down) == {OFFICE: 2, BUREAU: 6}
