"""督办进展几个工作日报告一次：首日不计，迟报算迟，补报不抵下一期以外的各期（纯函数）。"""

from datetime import date

from rulebook.acts import Act
from rulebook.calendar import Calendar
from supervision.orders.progress_periods import Line, Period, next_due, periods

CALENDAR = Calendar(years=frozenset({2026}), holidays={date(2026, 3, 6): "放假"}, makeup_workdays={})
MON, TUE, WED, THU, NEXT_MON, NEXT_TUE = (date(2026, 3, day) for day in (2, 3, 4, 5, 9, 10))


def read(*lines, today):
    found = periods([Line(*line) for line in lines], today, CALENDAR)
    return [
        (period.due_on.day, period.made_on.day if period.made_on else None, period.is_late(today)) for period in found
    ]


def test_the_first_day_is_not_counted_and_only_worked_days_are():
    assert next_due(MON, 3, MON, CALENDAR) == THU
    assert next_due(MON, 4, MON, CALENDAR) == NEXT_MON  # 周五放假，周末不算
    assert next_due(MON, 0, MON, CALENDAR) is None


def test_a_report_in_its_period_is_in_time_and_the_next_is_counted_from_the_periods_end():
    lines = [(Act.ORDER, MON, 2), (Act.REPORT_ORDER, TUE)]
    assert read(*lines, today=TUE) == [(4, 3, False), (9, None, False)]
    assert next_due(MON, 2, TUE, CALENDAR) == NEXT_MON


def test_several_reports_in_one_period_do_not_pay_for_the_next():
    lines = [(Act.ORDER, MON, 2), (Act.REPORT_ORDER, TUE), (Act.REPORT_ORDER, WED)]
    assert read(*lines, today=NEXT_TUE)[1] == (9, None, True)


def test_a_report_on_the_day_of_issue_is_no_progress():
    assert read((Act.ORDER, MON, 2), (Act.REPORT_ORDER, MON), today=MON) == [(4, None, False)]
    assert next_due(MON, 2, MON, CALENDAR) == WED


def test_what_is_made_up_later_stays_late_and_stands_for_its_own_period_too():
    lines = [(Act.ORDER, MON, 2), (Act.REPORT_ORDER, NEXT_MON)]
    assert read(*lines, today=NEXT_MON) == [(4, 9, True), (9, 9, False), (11, None, False)]
    assert next_due(MON, 2, NEXT_MON, CALENDAR) == date(2026, 3, 11)


def test_nothing_reported_is_late_from_the_day_after():
    assert read((Act.ORDER, MON, 2), today=WED) == [(4, None, False)]
    assert read((Act.ORDER, MON, 2), today=THU) == [(4, None, True), (9, None, False)]


def test_an_answer_ends_the_reports_and_a_return_begins_them_anew():
    lines = [(Act.ORDER, MON, 2), (Act.ANSWER_ORDER, THU), (Act.RETURN_ORDER, NEXT_MON, 2)]
    assert read(*lines, today=NEXT_MON) == [(4, None, True), (11, None, False)]
    closed = [(Act.ORDER, MON, 2), (Act.CLOSE_ORDER, WED)]
    assert read(*closed, today=NEXT_TUE) == []  # 届满当日已办结，不再要报告


def test_a_new_card_counts_anew_and_leaves_what_was_missed():
    lines = [(Act.ORDER, MON, 2), (Act.RAISE_ORDER, THU, 1), (Act.REPORT_ORDER, NEXT_MON)]
    assert read(*lines, today=NEXT_MON) == [(4, None, True), (9, 9, False), (10, None, False)]


def test_a_period_is_late_by_its_own_report_whatever_today_is():
    assert not Period(WED, TUE).is_late(NEXT_TUE)
    assert Period(WED, THU).is_late(THU)
