"""提醒只在上班时刻送到：夜里、周末、节假日的等到下一个上班时刻，调休上班的照常。不用数据库。"""

from datetime import date, datetime
from types import MappingProxyType

import pytest

from rulebook.calendar import Calendar
from rulebook.city.options import OPTIONS
from rulebook.timekeeping import BEIJING
from supervision.ladder.sending_hours import Hours

CALENDAR = Calendar(
    years=frozenset({2026}),
    holidays=MappingProxyType({date(2026, 5, n): "劳动节" for n in range(1, 6)}),
    makeup_workdays=MappingProxyType({date(2026, 5, 9): "劳动节"}),
)
HOURS = Hours.read("08:30-17:30")


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        ("2026-04-28 00:00", "2026-04-28 08:30"),  # 零点到级，当天上班时刻
        ("2026-04-28 08:30", "2026-04-28 08:30"),
        ("2026-04-28 10:17", "2026-04-28 10:17"),
        ("2026-04-28 17:29", "2026-04-28 17:29"),
        ("2026-04-28 17:30", "2026-04-29 08:30"),  # 下班以后，次日
        ("2026-04-30 22:00", "2026-05-06 08:30"),  # 五一五天
        ("2026-05-08 20:00", "2026-05-09 08:30"),  # 调休的周六上班
        ("2026-05-10 09:00", "2026-05-11 08:30"),  # 周日
    ],
)
def test_a_rung_reached_out_of_hours_is_told_at_the_next_working_moment(reached, told):
    moment = datetime.fromisoformat(reached).replace(tzinfo=BEIJING)
    assert HOURS.next_moment(moment, CALENDAR) == datetime.fromisoformat(told).replace(tzinfo=BEIJING)


@pytest.mark.parametrize("said", ["8:30-17:30", "17:30-08:30", "08:30", "08:30-25:00", "全天", 8])
def test_hours_written_wrongly_are_refused_in_a_sentence(said):
    assert "08:30-17:30 的样子" in OPTIONS["reminder_hours"].check(said)


def test_hours_written_rightly_pass():
    assert OPTIONS["reminder_hours"].check("09:00-12:00") is None
