"""时钟往前拨几天：每天该提醒的提醒了，时刻表里的每件事都办到。"""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rulebook import timekeeping
from rulebook.models import ClockShift
from rulebook.timekeeping import at, now
from supervision.models import Reminder
from tests.cast import accepted, fresh

pytestmark = pytest.mark.django_db


def test_days_pass_one_by_one_and_the_ladder_is_climbed(city, settings):
    petition = accepted()
    due = petition.deadlines.get(term="D06").due_on
    before = (due - now().date()).days - 16
    with at(now() + timedelta(days=before)):
        out = StringIO()
        call_command("pass_days", 3, json=True, stdout=out)
        days = json.loads(out.getvalue())
    assert [day["日期"] for day in days] == sorted(day["日期"] for day in days) and len(days) == 3
    assert Reminder.objects.filter(deadline__petition=petition, rung="L1").count() == 1
    assert sum(day["上阶梯"] for day in days) == Reminder.objects.count()
    assert all(day["在办"] == 1 and day["红灯"] == 0 for day in days)
    assert 3 * 86_400 <= ClockShift.objects.seconds() < 4 * 86_400  # 末一天办到傍晚，钟不回到那以前
    assert fresh(petition).state == "accepted"
    timekeeping.forget_shift()


def test_the_clock_of_the_real_office_is_not_moved(city, settings):
    settings.CLOCK_SHIFT_ALLOWED = False
    with pytest.raises(CommandError, match="正式环境的时钟不能拨动"):
        call_command("pass_days", 1)
