"""演示城市里的回访：隔几天打，最新的一件还没有轮到，打电话的人坐在被评价单位的上一级。"""

from datetime import datetime
from types import SimpleNamespace

import pytest

from config.demo import people
from config.demo.doing import calling
from petitions.models import CallBack
from petitions.service.callback.rules import office_above
from rulebook.books import calendar_in_force
from rulebook.timekeeping import BEIJING, local_date
from tests.cast import closed, on_day
from tests.rated import POOR, opinion, rate

pytestmark = pytest.mark.django_db


def test_all_are_called_but_the_newest_each_on_a_working_day(city):
    for day in ("2026-03-02", "2026-03-05", "2026-03-06"):
        with on_day(day):
            rate(opinion(closed()), {"organ": POOR})
    with on_day("2026-03-20"):
        walk = SimpleNamespace(cast=people.Cast(), calendar=calendar_in_force())
        made = calling.catch_up(walk, datetime(2026, 3, 20, 10, tzinfo=BEIJING), "云州")
    assert made == 2
    first, second, newest = CallBack.objects.select_related(
        "office", "rating__organ", "concluded_by__organ__office"
    ).order_by("pk")
    assert (first.state, second.state, newest.state) == ("done", "done", "open")
    for one, day in ((first, "2026-03-04"), (second, "2026-03-09")):
        assert one.concluded_by.office == one.office == office_above(one.rating.organ)
        assert local_date(one.concluded_at).isoformat() == day and one.tries.exists()
