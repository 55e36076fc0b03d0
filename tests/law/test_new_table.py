"""新的放假安排公布以后：未届满的工作日期限与顺延日重算，机关的自然日期限不动，已届满的不追溯（规则 R10）。"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rulebook.acts import Act
from rulebook.calendar import Calendar
from rulebook.clock import LAPSED, LATE, MET, deadlines, span
from rulebook.recount import Change, Counting, Edition, Standing, changed_days, recount
from rulebook.terms import BY_CODE, NATIONAL_TERMS, Unit
from tests.law import CALENDAR, on

SATURDAYS = [date(2026, 1, 3) + timedelta(weeks=n) for n in range(48)]
COUNTED = [term for term in NATIONAL_TERMS if term.length and term.unit is not Unit.HOUR]
NATURAL = [term for term in COUNTED if term.unit is not Unit.WORKING_DAY and not term.rolls]
NEXT = CALENDAR.version + 1


def flipped(day: date, calendar: Calendar = CALENDAR) -> Calendar:
    """The same calendar with one day the other way round, as its next version."""
    holidays, makeup = dict(calendar.holidays), dict(calendar.makeup_workdays)
    if calendar.is_working(day):
        makeup.pop(day, None)
        holidays[day] = "临时放假"
    else:
        holidays.pop(day, None)
        makeup[day] = "临时上班"
    return replace(calendar, holidays=holidays, makeup_workdays=makeup, version=calendar.version + 1)


def standing(code: str, start: str, calendar: Calendar = CALENDAR) -> tuple[Counting, Standing]:
    clock = Counting(BY_CODE[code], date.fromisoformat(start))
    return clock, Standing.of(clock.counted(calendar), calendar.version)


def moved(code: str, start: str, day: str, published: str) -> tuple[str, str]:
    """The last day before and after that Saturday is flipped by a table published on a day."""
    clock, was = standing(code, start)
    edition = Edition(flipped(date.fromisoformat(day)), date.fromisoformat(published))
    return was.due_on.isoformat(), recount(clock, was, [edition]).due_on.isoformat()


class TestOneSaturday:
    def test_the_five_working_days_of_an_objection_end_earlier_when_it_is_worked(self):
        assert moved("D04", "2026-03-02", "2026-03-07", "2026-03-03") == ("2026-03-09", "2026-03-07")

    def test_they_end_later_when_a_worked_saturday_is_given_back(self):
        assert moved("D04", "2026-02-12", "2026-02-14", "2026-02-13") == ("2026-02-26", "2026-02-27")

    def test_the_rolled_last_day_of_the_petitioner_moves(self):
        # 2026-05-21 送达，30 日届满于 06-20（周六，端午），顺延至 06-22
        assert moved("D08", "2026-05-21", "2026-06-20", "2026-06-01") == ("2026-06-22", "2026-06-20")

    def test_the_organs_natural_days_stay_and_only_the_house_day_and_the_reference_move(self):
        clock, was = standing("D02", "2026-03-06")
        assert (was.due_on, was.internal_on) == (date(2026, 3, 21), date(2026, 3, 20))  # 周六
        calendar = flipped(date(2026, 3, 21))
        change = Change(was, recount(clock, was, [Edition(calendar, date(2026, 3, 10))]))
        assert (change.now.due_on, change.now.internal_on) == (date(2026, 3, 21), date(2026, 3, 21))
        assert change.is_day_moved and not change.is_due_moved
        assert clock.counted(CALENDAR).rolled_on == date(2026, 3, 23)
        assert clock.counted(calendar).rolled_on == date(2026, 3, 21)

    def test_an_appointed_day_never_moves(self):
        clock = Counting(BY_CODE["D12"], date(2026, 3, 2), appointed=date(2026, 3, 21))
        was = Standing.of(clock.counted(CALENDAR), 1)
        now = recount(clock, was, [Edition(flipped(date(2026, 3, 21)), date(2026, 3, 10))])
        assert (now.due_on, now.internal_on) == (was.due_on, date(2026, 3, 21))

    @given(st.sampled_from(COUNTED), st.dates(date(2026, 1, 5), date(2026, 9, 1)), st.sampled_from(SATURDAYS))
    def test_only_working_days_and_rolled_days_move(self, term, start, saturday):
        calendar = flipped(saturday)
        before, after = span(term, start, CALENDAR), span(term, start, calendar)
        assert changed_days(CALENDAR, calendar) == [saturday]
        if before.due_on != after.due_on:
            assert term.unit is Unit.WORKING_DAY or term.rolls
            assert start < saturday <= max(before.due_on, after.due_on)
        if before.internal_on != after.internal_on and term in NATURAL:
            assert saturday in (before.internal_on, after.internal_on)

    @given(st.sampled_from(COUNTED), st.dates(date(2026, 1, 5), date(2026, 9, 1)), st.sampled_from(SATURDAYS))
    def test_flipped_back_again_every_day_is_as_it_was(self, term, start, saturday):
        clock = Counting(term, start)
        was = Standing.of(clock.counted(CALENDAR), 1)
        there = flipped(saturday)
        back = replace(flipped(saturday, there), version=3)
        now = recount(clock, was, [Edition(there, start), Edition(back, start)])
        assume(now.version == 3)
        assert replace(now, version=1) == was


class TestWhatHasLapsed:
    def test_a_clock_whose_last_day_has_passed_is_never_counted_again(self):
        assert moved("D04", "2026-03-02", "2026-03-07", "2026-03-10") == ("2026-03-09", "2026-03-09")

    def test_on_the_last_day_itself_it_has_not_lapsed(self):
        # 末日 03-09 当天公布：03-07 本来就是补班日的话，期限倒着届满，所以仍是 03-09；改为放假的仍可往后
        assert moved("D04", "2026-02-12", "2026-02-14", "2026-02-26") == ("2026-02-26", "2026-02-27")

    def test_no_table_makes_a_clock_lapse_backwards(self):
        assert moved("D04", "2026-03-02", "2026-03-07", "2026-03-09") == ("2026-03-09", "2026-03-09")
        assert moved("D08", "2026-05-21", "2026-06-20", "2026-06-21") == ("2026-06-22", "2026-06-22")

    def test_once_lapsed_under_one_table_no_later_one_revives_it(self):
        clock, was = standing("D04", "2026-03-02")
        lapsed = Edition(flipped(date(2026, 3, 14)), date(2026, 3, 11))
        later = Edition(replace(flipped(date(2026, 3, 7)), version=3), date(2026, 3, 12))
        assert recount(clock, was, [lapsed, later]) == was

    @given(
        st.sampled_from(COUNTED),
        st.dates(date(2026, 1, 5), date(2026, 9, 1)),
        st.sampled_from(SATURDAYS),
        st.integers(-70, 70),
    )
    def test_nothing_that_had_lapsed_moves_and_nothing_is_made_to_lapse(self, term, start, saturday, days):
        clock = Counting(term, start)
        was = Standing.of(clock.counted(CALENDAR), 1)
        published = was.due_on + timedelta(days=days)
        now = recount(clock, was, [Edition(flipped(saturday), published)])
        if published > was.due_on:
            assert now == was
        else:
            assert now.due_on >= published

    def test_the_fold_keeps_the_tables_of_a_clock_that_ended(self):
        history = [on(Act.ARRIVE, "2026-03-02", seq=1), on(Act.OBJECT, "2026-03-09", seq=2)]
        calendar = flipped(date(2026, 3, 7))
        [ended] = [d for d in deadlines(history, [BY_CODE["D04"]], calendar) if d.term.code == "D04"]
        assert (ended.ended_how, ended.due_on) == (LATE, date(2026, 3, 7))
        key = ("D04", "leg", 7, 1)
        [kept] = deadlines(history, [BY_CODE["D04"]], calendar, kept={key: CALENDAR})
        assert (kept.ended_how, kept.due_on, kept.calendar_version) == (MET, date(2026, 3, 9), 1)

    def test_a_right_that_lapsed_stays_lapsed_under_its_own_tables(self):
        history = [on(Act.SERVE, "2026-05-21", seq=1)]
        calendar = flipped(date(2026, 6, 22))  # 周一改为放假
        [d08] = [d for d in deadlines(history, NATIONAL_TERMS, calendar, date(2026, 6, 23)) if d.term.code == "D08"]
        assert d08.ended_how is None
        kept = {("D08", "service", 70, 1): CALENDAR}
        readings = deadlines(history, NATIONAL_TERMS, calendar, date(2026, 6, 23), kept=kept)
        assert [d.ended_how for d in readings if d.term.code == "D08"] == [LAPSED]


class TestAYearThatWasNotPublished:
    @pytest.fixture
    def official(self) -> Calendar:
        """An invented table of 2027: 元旦 with a Sunday worked for it, 春节."""
        holidays = {date(2027, 2, day): "春节" for day in range(5, 12)} | {date(2027, 1, 1): "元旦"}
        return replace(
            CALENDAR,
            years=CALENDAR.years | {2027},
            holidays=CALENDAR.holidays | holidays,
            makeup_workdays=CALENDAR.makeup_workdays | {date(2027, 1, 3): "元旦"},
            version=NEXT,
        )

    def test_the_mark_is_cleared_and_the_days_are_the_published_ones(self, official):
        clock, was = standing("D04", "2026-12-28")
        assert (was.due_on, was.provisional) == (date(2027, 1, 5), True)
        now = recount(clock, was, [Edition(official, date(2026, 12, 29))])
        assert (now.due_on, now.provisional) == (date(2027, 1, 4), False)

    def test_a_mark_may_be_cleared_without_any_day_moving(self, official):
        clock, was = standing("D06", "2026-11-20")
        change = Change(was, recount(clock, was, [Edition(official, date(2026, 12, 1))]))
        assert change.is_mark_moved and not change.is_day_moved
        assert (change.was.due_on, change.was.provisional, change.now.provisional) == (date(2027, 1, 19), True, False)

    def test_the_days_that_changed_are_named(self, official):
        changed = changed_days(CALENDAR, official)
        assert date(2027, 1, 1) not in changed  # 元旦本来就猜对了
        assert date(2027, 1, 3) in changed and date(2027, 2, 8) in changed
        assert date(2027, 5, 1) not in changed  # 周六
        assert date(2027, 10, 1) in changed  # 这份表没有写国庆节
