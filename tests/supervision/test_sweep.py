"""期限巡查：提醒恰好一次——同时跑、漏三天、跑到一半被杀、消息服务断开都一样。"""

import os
import signal
import subprocess
import sys
import threading
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from accounts.messages import notices
from accounts.models import Outbox
from config.celery import TIMETABLE
from petitions.approval.rules import approve, request
from petitions.models import Deadline, Petition
from rulebook.acts import Act
from rulebook.timekeeping import now
from supervision.ladder import climb
from supervision.ladder import digest as digests
from supervision.models import LadderRow, Reminder, Telling
from supervision.orders.acts import open_order
from supervision.tasks import sweep_deadlines
from tests.cast import accepted, decided, do, fresh, on_day, registered, someone

ACCEPTED = date(2026, 3, 2)
DUE = ACCEPTED + timedelta(days=60)


def rungs_of(petition, term="D06"):
    return list(
        Reminder.objects.filter(deadline__petition=petition, deadline__term=term)
        .order_by("due_on", "pk")
        .values_list("rung", flat=True)
    )


def sweep_on(day):
    with on_day(day):
        return climb.sweep()


def taken_up(**told):
    with on_day(ACCEPTED):
        return accepted(**told)


def exactly_once():
    """No reminder twice; everyone told is told of each reminder once, by a message of its own or in one digest."""
    rows = list(Reminder.objects.values_list("pk", "deadline_id", "rung", "due_on", "level", "told_to"))
    assert len({row[1:4] for row in rows}) == len(rows)
    told = sorted((pk, person) for pk, *_, people in rows for person in people)
    assert told == sorted(Telling.objects.values_list("reminder", "person"))
    alone = {f"rung:{row[1]}:{row[2]}:{row[3]}:{person}" for row in rows if row[4] > 2 for person in row[5]}
    assert alone == set(Outbox.objects.filter(dedupe_key__startswith="rung:").values_list("dedupe_key", flat=True))
    assert not Telling.objects.filter(reminder__level__gt=2, message=None).exists()
    return len(rows)


def test_the_first_sweep_looks_at_a_new_deadline_and_puts_it_off_to_its_first_rung(city):
    petition = taken_up()
    assert sweep_on(ACCEPTED) == 0
    deadline = petition.deadlines.get(term="D06")
    assert deadline.due_on == DUE
    assert deadline.next_rung_at.astimezone().date() == DUE - timedelta(days=15)
    with on_day(ACCEPTED + timedelta(days=1)):
        assert not Deadline.objects.running().filter(next_rung_at__lte=now()).exists()


def test_each_rung_tells_whom_the_pack_names(city):
    petition = taken_up()
    assert sweep_on(DUE - timedelta(days=15)) == 1
    first = Reminder.objects.get(deadline__petition=petition)
    assert (first.rung, first.told_to) == ("L1", [someone("officer1").pk])  # 未分派：信访专员代收
    with on_day(DUE - timedelta(days=14)):
        do(petition, Act.ALLOT, "chief1", to=someone("handler1"))
    sweep_on(DUE - timedelta(days=7))
    told = Reminder.objects.get(deadline__petition=petition, rung="L2").told_to
    assert told == sorted(someone(name).pk for name in ("handler1", "officer1", "chief1"))
    sweep_on(DUE + timedelta(days=1))
    told = Reminder.objects.get(deadline__petition=petition, rung="L4").told_to
    assert told == sorted(someone(name).pk for name in ("head1", "super1"))


def test_the_message_holds_number_and_days_and_nothing_of_the_person(city):
    petition = taken_up()
    sweep_on(DUE - timedelta(days=3))
    texts = list(Outbox.objects.filter(dedupe_key__contains=":L3:").values_list("text", "url"))
    assert texts == [
        (f"{petition.number} 办结并出具处理意见：剩 3 天，05-01 届满（黄牌预警）", f"/cases/{petition.number}/")
    ] * len(texts)
    assert texts


def test_three_days_without_a_sweep_are_made_good_once(city):
    petition = taken_up()
    sweep_on(DUE - timedelta(days=8))
    assert rungs_of(petition) == ["L1"]
    assert sweep_on(DUE + timedelta(days=2)) == 3
    assert rungs_of(petition) == ["L1", "L2", "L3", "L4"]
    assert sweep_on(DUE + timedelta(days=2)) == 0
    assert exactly_once() == 4


def test_an_extension_warns_again_for_the_new_day(city):
    petition = taken_up()
    sweep_on(DUE - timedelta(days=5))
    assert rungs_of(petition) == ["L1", "L2"]
    with on_day(DUE - timedelta(days=4)):
        pending = request(fresh(petition), Act.EXTEND, by=someone("officer1"), days=10, reason="需第三方鉴定")
        approve(pending, by=someone("head1"))
    assert petition.deadlines.get(term="D06").due_on == DUE + timedelta(days=10)
    sweep_on(DUE - timedelta(days=4))
    assert rungs_of(petition) == ["L1", "L2", "L1"]
    sweep_on(DUE + timedelta(days=4))
    assert rungs_of(petition) == ["L1", "L2", "L1", "L2"]
    exactly_once()


def test_a_deadline_that_was_met_is_left_alone(city):
    with on_day(ACCEPTED):
        petition = registered()
    with on_day(ACCEPTED + timedelta(days=9)):
        do(decided(petition), Act.ACCEPT)
    sweep_on(ACCEPTED + timedelta(days=30))
    assert rungs_of(petition, "D02") == []


def test_only_escalation_leaves_a_line_in_the_log(city):
    petition = taken_up()
    sweep_on(DUE - timedelta(days=7))
    assert not petition.events.of_act(Act.REMIND).exists()
    sweep_on(DUE + timedelta(days=1))
    lines = petition.events.of_act(Act.REMIND).in_order()
    assert [line.details["rung"] for line in lines] == ["L3", "L4"]
    call_command("verify_log")


def test_a_right_of_the_petitioner_is_never_reminded(city):
    petition = taken_up()
    Deadline.objects.filter(petition=petition).update(kind="right", term="D08")
    assert sweep_on(DUE + timedelta(days=40)) == 0
    assert not petition.deadlines.exclude(next_rung_at=None).exists()


def test_imported_history_is_noted_but_nobody_is_woken(city):
    with on_day(DUE + timedelta(days=40)):
        petition = registered(
            letters_too=False,
            received_on=ACCEPTED,
            facts={"external_source": "旧系统", "external_id": "A-1"},
        )
        assert climb.sweep() == 6
    assert rungs_of(petition, "D02") == ["L1", "L2", "L3", "L4", "L5", "L6"]
    assert not Outbox.objects.filter(dedupe_key__startswith="rung:").exists()
    assert not petition.events.of_act(Act.REMIND).exists()


def test_the_day_a_confidential_report_falls_due_only_those_who_may_see_it_are_told(city):
    petition = taken_up()
    Petition.objects.filter(pk=petition.pk).update(secrecy=1)
    sweep_on(DUE + timedelta(days=1))
    told = {person for row in Reminder.objects.filter(deadline__petition=petition) for person in row.told_to}
    assert not told & {someone(name).pk for name in ("super1", "head1", "chief1")}


def test_a_worker_that_dies_after_its_inserts_leaves_nothing_and_the_next_makes_it_good(city, monkeypatch):
    petitions = [taken_up() for _ in range(3)]

    def die(*args, **kwargs):
        assert Reminder.objects.exists()  # 已经写了，尚未提交
        raise MemoryError

    monkeypatch.setattr("petitions.clocks.models.DeadlineQuerySet.look_again", die)
    with pytest.raises(MemoryError):
        sweep_on(DUE - timedelta(days=7))
    monkeypatch.undo()
    assert not Reminder.objects.exists()
    assert not Outbox.objects.filter(dedupe_key__startswith="rung:").exists()
    assert sweep_on(DUE - timedelta(days=7)) == 6
    assert all(rungs_of(petition) == ["L1", "L2"] for petition in petitions)
    exactly_once()


def test_the_broker_is_dead_and_the_act_and_the_sweep_stand(committed_city, monkeypatch, caplog):
    def unreachable(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(notices.current_app, "send_task", unreachable)
    monkeypatch.setattr(notices, "_silent_until", 0.0)
    petition = taken_up()
    with on_day(ACCEPTED + timedelta(days=2)):
        order = open_order(
            petition,
            by=someone("super1"),
            to=petition.organ,
            ground="SV04",
            problem="未听取信访人意见。",
            requirement="三日内听取并记录。",
            due_on=DUE,
        )
    assert "定时任务补发" in caplog.text
    assert fresh(petition).events.filter(act="order").count() == 1
    assert Outbox.objects.filter(sent_at=None, dedupe_key__startswith=f"order:{order.pk}:").exists()
    assert sweep_on(DUE - timedelta(days=15)) == 1
    assert exactly_once() == 1
    with on_day(DUE - timedelta(days=15)):
        assert digests.compose() == 1
    assert Outbox.objects.filter(sent_at=None, dedupe_key__startswith="digest:").count() == 1


def at_once(what, day, hands=4):
    """What each of several processes got, all starting together on the day."""
    barrier, made = threading.Barrier(hands), []

    def work():
        barrier.wait()
        try:
            with on_day(day):
                made.append(what())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def test_sweeps_at_once_remind_each_petition_once_and_digests_at_once_tell_each_person_once(committed_city):
    for _ in range(12):
        taken_up()
    day = DUE - timedelta(days=7)
    assert sum(at_once(lambda: climb.sweep(batch=3), day)) == 24
    assert exactly_once() == 24
    at_once(digests.compose, day)
    sweep_on(day)
    assert not Telling.objects.filter(message=None).exists()
    digest = Outbox.objects.filter(dedupe_key__startswith="digest:")
    assert sorted(digest.values_list("recipient__username", flat=True)) == ["chief1", "officer1"]


KILLED = """
import os, signal
import django
django.setup()
from datetime import date
from rulebook.timekeeping import at
from supervision.ladder import climb as climbing
told, tell = [], climbing.tell_many
def tell_and_die(*args, **kwargs):
    tell(*args, **kwargs)
    told.append(1)
    if len(told) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
climbing.tell_many = tell_and_die
with at(date.fromisoformat(os.environ["SWEEP_DAY"])):
    climbing.sweep(batch=4)
"""


def test_a_worker_killed_in_its_second_batch_repeats_and_loses_nothing(committed_city):
    for _ in range(6):
        taken_up()
    day = DUE - timedelta(days=15)
    known = connection.settings_dict
    who = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}@{known['HOST']}:{known['PORT']}"
    env = os.environ | {
        "DATABASE_URL": f"postgres://{who}/{known['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "SWEEP_DAY": day.isoformat(),
    }
    done = subprocess.run([sys.executable, "-c", KILLED], env=env, cwd=settings.BASE_DIR, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert Reminder.objects.count() == 4  # 第一批已成立，第二批随进程一起没了
    assert sweep_on(day) == 2
    assert exactly_once() == 6


def test_a_petition_somebody_is_working_on_is_looked_at_a_minute_later(committed_city):
    busy, free = taken_up(), taken_up()
    held, release = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Petition.objects.select_for_update().get(pk=busy.pk)
            held.set()
            release.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    assert sweep_on(DUE - timedelta(days=15)) == 1
    assert rungs_of(free) == ["L1"]
    release.set()
    holder.join()
    assert sweep_on(DUE - timedelta(days=15)) == 1
    assert rungs_of(busy) == ["L1"]
    exactly_once()


def test_the_task_of_the_timetable_is_the_sweep(city):
    petition = taken_up()
    with on_day(DUE):
        assert sweep_deadlines() == 3
    assert rungs_of(petition) == ["L1", "L2", "L3"]
    assert (sweep_deadlines.name, 60) in TIMETABLE.values()


def test_a_changed_ladder_holds_from_its_own_day(city):
    petition = taken_up()
    LadderRow.objects.filter(code="L1").update(valid_from=DUE - timedelta(days=10))
    sweep_on(DUE - timedelta(days=15))
    assert rungs_of(petition) == []
