"""第三十六条：收到复核请求之日起30日内提出复核意见；听证所需时间不计算在内。"""

from datetime import date

import pytest

from rulebook.derivation import CannotCount, derive
from rulebook.terms import BY_CODE
from tests.law import CALENDAR


def recheck(start, hearing=None):
    return derive(BY_CODE["D11"], start, calendar=CALENDAR, hearing=hearing)


def test_thirty_days_from_the_day_the_request_arrived():
    assert recheck(date(2026, 8, 21)).due_on == date(2026, 9, 20)


def test_a_hearing_of_twelve_days_gives_twelve_days_first_and_last_included():
    assert recheck(date(2026, 8, 21), (date(2026, 9, 1), date(2026, 9, 12))).due_on == date(2026, 10, 2)


def test_a_hearing_of_one_day_gives_one_day():
    assert recheck(date(2026, 8, 21), (date(2026, 9, 1), date(2026, 9, 1))).due_on == date(2026, 9, 21)


def test_a_hearing_decided_on_the_last_day_still_counts():
    assert recheck(date(2026, 8, 21), (date(2026, 9, 20), date(2026, 9, 24))).due_on == date(2026, 9, 25)


def test_a_hearing_that_was_not_held_gives_nothing():
    assert recheck(date(2026, 8, 21), None).due_on == recheck(date(2026, 8, 21)).due_on == date(2026, 9, 20)


@pytest.mark.parametrize("code", ["D06", "D09", "D01", "D04"])
def test_no_other_term_leaves_a_hearing_out(code):
    with pytest.raises(CannotCount, match="第三十六条第二款"):
        derive(BY_CODE[code], date(2026, 8, 21), calendar=CALENDAR, hearing=(date(2026, 8, 22), date(2026, 8, 25)))


@pytest.mark.parametrize(
    ("hearing", "sentence"),
    [
        ((date(2026, 9, 12), date(2026, 9, 1)), "早于开始日"),
        ((date(2026, 8, 20), date(2026, 8, 25)), "早于收到复核请求之日"),
        ((date(2026, 9, 21), date(2026, 9, 25)), "期限已经届满"),
    ],
)
def test_a_hearing_outside_the_period_is_refused(hearing, sentence):
    with pytest.raises(CannotCount, match=sentence):
        recheck(date(2026, 8, 21), hearing)


def test_the_petitioner_has_thirty_days_to_ask_for_it_moved_past_a_holiday():
    assert derive(BY_CODE["D10"], date(2026, 5, 20), calendar=CALENDAR).due_on == date(2026, 6, 22)
