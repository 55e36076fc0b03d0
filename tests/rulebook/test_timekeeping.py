"""全系统一口钟：北京时间，可拨动，生产环境不可拨动。"""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from rulebook import timekeeping
from rulebook.models import ClockShift

DAY = 86_400


@pytest.fixture(autouse=True)
def fresh_reading():
    timekeeping.forget_shift()
    yield
    timekeeping.forget_shift()


@contextmanager
def near(moment):
    """The clock read inside lies within a few seconds of the moment."""
    read = []
    yield read
    assert abs(read[0] - moment) < timedelta(seconds=5)


def test_now_is_aware_and_in_beijing(settings):
    settings.CLOCK_SHIFT_ALLOWED = False
    with near(datetime.now(UTC)) as read:
        read.append(timekeeping.now())
    assert read[0].utcoffset() == timedelta(hours=8)
    assert timekeeping.today() == timekeeping.now().date()


def test_a_held_clock_stands_still_and_is_released():
    moment = datetime(2026, 3, 2, 23, 50, tzinfo=timekeeping.BEIJING)
    with timekeeping.at(moment):
        assert timekeeping.now() == moment
        assert timekeeping.today() == date(2026, 3, 2)
        with timekeeping.at(date(2026, 5, 1)):
            assert timekeeping.now().hour == 9
            assert timekeeping.today() == date(2026, 5, 1)
        assert timekeeping.now() == moment


def test_a_moment_of_another_zone_is_held_as_the_day_it_is_in_beijing():
    with timekeeping.at(datetime(2026, 3, 2, 16, 30, tzinfo=UTC)):
        assert timekeeping.today() == date(2026, 3, 3)


@pytest.mark.django_db
def test_the_row_and_the_variable_shift_the_clock(monkeypatch):
    ClockShift.objects.put(3 * DAY)
    with near(datetime.now(UTC) + timedelta(days=3)) as read:
        read.append(timekeeping.now())
    monkeypatch.setenv(timekeeping.SHIFT_VARIABLE, str(2 * DAY))
    with near(datetime.now(UTC) + timedelta(days=5)) as read:
        read.append(timekeeping.now())


@pytest.mark.django_db
def test_the_row_is_read_at_most_once_a_second(django_assert_num_queries, monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr(timekeeping, "monotonic", lambda: seconds[0])
    with django_assert_num_queries(1):
        timekeeping.now()
        seconds[0] = 100.9
        timekeeping.now()
    seconds[0] = 101.0
    with django_assert_num_queries(1):
        timekeeping.now()


@pytest.mark.django_db
def test_production_never_shifts_and_never_asks(settings, monkeypatch, django_assert_num_queries):
    ClockShift.objects.put(3 * DAY)
    monkeypatch.setenv(timekeeping.SHIFT_VARIABLE, str(2 * DAY))
    settings.CLOCK_SHIFT_ALLOWED = False
    with near(datetime.now(UTC)) as read, django_assert_num_queries(0):
        read.append(timekeeping.now())
