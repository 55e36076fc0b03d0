"""值守：心跳留在库里；扫描停了五分钟，督查人员的每一页都报警，/health 答 503。"""

from datetime import datetime, timedelta

import pytest

from accounts.messages import notices, outbox
from accounts.models import Outbox
from config.celery import TIMETABLE
from rulebook.timekeeping import BEIJING, at
from supervision import tasks
from supervision.ladder import climb
from supervision.models import Heartbeat
from supervision.watch import heartbeat
from tests.cast import someone

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=BEIJING)
ALARM = "值守报警"


def swept(moment=NOON):
    with at(moment):
        tasks.sweep_deadlines()


def page(client, who, url="/cases/", moment=NOON):
    client.force_login(someone(who))
    with at(moment):
        return client.get(url).content.decode()


def test_a_sweep_leaves_its_start_its_end_and_what_it_did(city, monkeypatch):
    swept()
    row = Heartbeat.objects.get(name="sweep")
    assert (row.started_at, row.finished_at, row.counts) == (NOON, NOON, {"reminders": 0})

    def die(*args):
        raise MemoryError

    monkeypatch.setattr(climb, "sweep", die)
    with pytest.raises(MemoryError):
        swept(NOON + timedelta(minutes=1))
    row.refresh_from_db()
    assert (row.started_at, row.finished_at) == (NOON + timedelta(minutes=1), NOON)  # 开始了，没有做完


def test_beat_and_workers_are_on_the_timetable_and_leave_rows(city):
    assert (tasks.beat.name, 60) in TIMETABLE.values()
    assert {tasks.tell_digests.name, tasks.report_unanswered.name} <= {task for task, _ in TIMETABLE.values()}
    with at(NOON):
        tasks.beat()
        with heartbeat.round_of("sweep", "worker-1"), heartbeat.round_of("digests", "worker-2"):
            pass
        assert heartbeat.state().workers == 2 and heartbeat.state().beat_at == NOON
    with at(NOON + timedelta(minutes=6)):
        assert heartbeat.state().workers == 0


def test_health_tells_a_monitor_and_nobody_signs_in(city, client):
    notices.tell([someone("super1")], "……", "", "k:1")
    Outbox.objects.create(
        dedupe_key="k:2", recipient=someone("super1"), text="……", created_at=NOON, not_before=NOON, dead=True
    )
    with at(NOON):
        never = client.get("/health")
    assert never.status_code == 503 and never.json()["seconds_since_sweep"] is None
    swept()
    with at(NOON + timedelta(minutes=2)):
        Outbox.objects.update(not_before=NOON)
        going = client.get("/health")
    assert going.status_code == 200 and "no-cache" in going["Cache-Control"]
    assert going.json() == {
        "watch": "going",
        "seconds_since_sweep": 120,
        "last_sweep": "2026-03-10T04:00:00+00:00",
        "last_beat": None,
        "workers": 0,
        "outbox_waiting": 1,
        "outbox_dead": 1,
    }
    with at(NOON + timedelta(minutes=5, seconds=1)):
        stopped = client.get("/health")
    assert (stopped.status_code, stopped.json()["watch"]) == (503, "stopped")


def test_a_stopped_watch_is_an_alarm_on_every_page_of_a_supervisor_and_of_nobody_else(city, client):
    swept()
    assert ALARM not in page(client, "super1", moment=NOON + timedelta(minutes=5))
    later = NOON + timedelta(minutes=6)
    for url in ("/", "/cases/", "/supervision/", "/notices/"):
        html = page(client, "super1", url, later)
        assert html.count(ALARM) == 1 and "上次是 03-10 12:00" in html
    assert ALARM not in page(client, "officer1", moment=later)
    swept(later)
    assert ALARM not in page(client, "super1", moment=later)


def test_the_clock_moved_forward_three_days_is_noticed_and_made_good(city, client):
    swept()
    later = NOON + timedelta(days=3)
    assert ALARM in page(client, "super1", "/supervision/", later)
    swept(later)
    assert ALARM not in page(client, "super1", "/supervision/", later)


def test_the_board_has_one_line_of_the_watch(city, client):
    swept()
    with at(NOON):
        notices.tell([someone("super1")], "……", "", "k:1", channel="sms")
        Outbox.objects.update(dead=True)
    html = page(client, "super1", "/supervision/")
    assert "03-10 12:00 扫描，待发消息 0" in html and "发不出 1" in html
    with at(NOON):
        assert outbox.drain()["sent"] == 0


def test_the_alarm_costs_no_question(city, client, django_assert_max_num_queries):
    swept()
    page(client, "super1", "/notices/")
    with at(NOON), django_assert_max_num_queries(7):
        client.get("/notices/")
