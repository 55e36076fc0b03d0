"""第三十四条：应当自受理之日起60日内办结；情况复杂的，经批准可以延长，但延长期限不得超过30日。"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.acts import Act
from rulebook.derivation import CannotCount, derive
from rulebook.refusals import extension_refusal
from rulebook.terms import BY_CODE
from tests.law import CALENDAR, codes, on, only, read

conclude = only("D06")


def accepted(day, **facts):
    return on(Act.ACCEPT, day, **facts)


def extended(day, days, **facts):
    return on(Act.EXTEND, day, days=days, **facts)


def test_sixty_days_from_acceptance_not_counting_the_first():
    assert conclude(accepted("2026-02-27")).due_on == date(2026, 4, 28)
    assert conclude(accepted("2023-12-31")).due_on == date(2024, 2, 29)


def test_the_year_end_does_not_interrupt_it():
    assert conclude(accepted("2025-12-05")).due_on == date(2026, 2, 3)


def test_the_organs_day_does_not_move_for_a_holiday():
    assert conclude(accepted("2026-03-02")).due_on == date(2026, 5, 1)  # 劳动节


def test_only_the_petition_path_has_sixty_days():
    assert "D06" in codes(accepted("2026-03-02"))
    assert "D06" not in codes(accepted("2026-03-02", path="31-4"))


@pytest.mark.parametrize("act", [Act.LEAD_IN, Act.STUDY, Act.REFER, Act.TERMINATE, Act.MERGE])
def test_leaving_the_petition_path_ends_it(act):
    assert conclude(accepted("2026-03-02"), on(act, "2026-03-20")).ended_how == "void"


def test_it_is_met_by_the_signed_opinion_not_by_the_check_before_it():
    history = [accepted("2026-03-02"), on(Act.SUBMIT, "2026-04-20"), on(Act.RETURN, "2026-04-22")]
    assert conclude(*history).is_running
    assert conclude(*history, on(Act.SIGN, "2026-05-01")).ended_how == "met"
    assert conclude(*history, on(Act.SIGN, "2026-05-02")).ended_how == "late"


def test_a_mediated_petition_is_met_by_closing_it():
    assert conclude(accepted("2026-03-02"), on(Act.CLOSE, "2026-04-30")).ended_how == "met"


def test_accepted_again_after_reopening_is_a_clock_of_its_own():
    history = [accepted("2026-03-02"), on(Act.LEAD_IN, "2026-03-10"), on(Act.REOPEN, "2026-04-01")]
    assert conclude(*history).ended_how == "void"
    again = [reading for reading in read(*history, accepted("2026-04-03")) if reading.term.code == "D06"]
    assert [(r.ended_how, r.due_on) for r in again] == [("void", date(2026, 5, 1)), (None, date(2026, 6, 2))]


def test_a_hearing_an_expertise_or_a_publication_does_not_stop_it():
    """办理阶段的听证、鉴定、公示一律不扣除。"""
    history = [accepted("2026-03-02"), on(Act.CALL_HEARING, "2026-03-20", until="2026-03-25")]
    assert conclude(*history).due_on == date(2026, 5, 1)
    with pytest.raises(CannotCount, match="只有复核期限扣除听证时间"):
        derive(BY_CODE["D06"], date(2026, 3, 2), calendar=CALENDAR, hearings=[(date(2026, 3, 20), date(2026, 3, 25))])


class TestExtension:
    """经本机关、单位负责人批准，可以适当延长，但不得超过30日。"""

    def test_thirty_days_make_ninety(self):
        reading = conclude(accepted("2026-02-27"), extended("2026-04-20", 30))
        assert (reading.due_on, reading.extended, reading.extensions) == (date(2026, 5, 28), 30, 1)

    def test_recorded_extensions_are_summed_as_recorded(self):
        reading = conclude(accepted("2026-02-27"), extended("2026-04-20", 10), extended("2026-05-05", 15))
        assert (reading.due_on, reading.extended, reading.extensions) == (date(2026, 5, 23), 25, 2)

    def test_approved_on_the_last_day_a_saturday_is_valid(self):
        reading = conclude(accepted("2026-03-11"))
        assert reading.due_on == date(2026, 5, 10)  # 周日
        assert extension_refusal(reading, 30, date(2026, 5, 10)) is None
        saturday = conclude(accepted("2026-03-17"))
        assert (saturday.due_on, saturday.due_on.weekday()) == (date(2026, 5, 16), 5)
        assert extension_refusal(saturday, 30, date(2026, 5, 16)) is None

    def test_on_the_sixty_first_day_it_is_too_late(self):
        reading = conclude(accepted("2026-03-11"))
        assert "最迟应在届满当日" in extension_refusal(reading, 1, date(2026, 5, 11))

    def test_thirty_one_days_are_refused_not_cut_down(self):
        reading = conclude(accepted("2026-03-11"))
        assert "不得超过30日" in extension_refusal(reading, 31, date(2026, 4, 1))
        with pytest.raises(CannotCount, match="不得超过30日"):
            derive(BY_CODE["D06"], date(2026, 3, 11), calendar=CALENDAR, extend=31)

    def test_once_unless_the_city_allows_more_and_never_beyond_thirty_in_all(self):
        once = conclude(accepted("2026-03-11"), extended("2026-05-01", 15))
        assert "已延期1次" in extension_refusal(once, 15, date(2026, 5, 20))
        assert extension_refusal(once, 15, date(2026, 5, 20), max_extensions=2) is None
        assert "至多还可延15日" in extension_refusal(once, 16, date(2026, 5, 20), max_extensions=2)

    def test_no_days_a_finished_period_or_another_term_cannot_be_extended(self):
        assert "1日以上" in extension_refusal(conclude(accepted("2026-03-11")), 0, date(2026, 4, 1))
        signed = conclude(accepted("2026-03-11"), on(Act.SIGN, "2026-04-01"))
        assert "已经结束" in extension_refusal(signed, 10, date(2026, 4, 2))
        notice = only("D02")(on(Act.RECEIVE, "2026-03-02"))
        assert "没有延期的规定" in extension_refusal(notice, 10, date(2026, 3, 3))
        with pytest.raises(CannotCount, match="没有延期的规定"):
            derive(BY_CODE["D04"], date(2026, 3, 2), calendar=CALENDAR, extend=5)

    @given(st.dates(date(2022, 1, 1), date(2026, 6, 1)), st.integers(1, 30))
    def test_extending_is_the_same_as_a_longer_term(self, start, more):
        longer = conclude(accepted(start.isoformat()), extended((start + timedelta(50)).isoformat(), more))
        assert longer.due_on == start + timedelta(60 + more)
        told = derive(BY_CODE["D06"], start, calendar=CALENDAR, extend=more)
        assert (told.due_on, told.internal_on, told.rolled_on) == (longer.due_on, longer.internal_on, longer.rolled_on)
