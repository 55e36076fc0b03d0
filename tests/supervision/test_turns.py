"""看板的数按届满日一段段合着数：一段里的日子在今天都一样，早一天、晚一天才变。"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rulebook.calendar import Calendar
from supervision.ladder.rungs import NATURAL, WORKING, Rung, last_day_on

FEAST = {date(2026, 10, day): "国庆节" for day in range(1, 8)}
CALENDAR = Calendar(
    years=frozenset({2025, 2026, 2027}),
    holidays=FEAST,
    makeup_workdays={date(2026, 10, 10): "国庆节补班"},
    provisional_years=frozenset(),
    version=1,
)


@given(
    today=st.dates(date(2026, 3, 1), date(2026, 12, 1)),
    offset=st.integers(-30, 60),
    unit=st.sampled_from([NATURAL, WORKING]),
)
def test_up_to_its_last_day_due_a_matter_stands_on_the_rung_and_after_it_does_not(today, offset, unit):
    rung = Rung(code="x", label="提醒", level=1, offset=offset, unit=unit)
    last = last_day_on(rung, today, CALENDAR)
    for days in range(20):
        assert rung.day(last - timedelta(days=days), CALENDAR) <= today
        assert rung.day(last + timedelta(days=1 + days), CALENDAR) > today
