"""逐批重算的进程在半途被杀：成立的批留着，没成立的随进程没了，再跑一次接着改完。"""

import os
import signal
import subprocess
import sys
from datetime import date
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from petitions.clocks import republication
from petitions.models import Deadline, PetitionEvent
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.cast import load_city, on_day, someone
from tests.petitions.places import forwarded
from tests.petitions.test_new_table import flip

KILLED = """
import os, signal
import django
django.setup()
from datetime import date
from rulebook.timekeeping import at
from petitions.clocks import republication as recounting
record, batches = recounting._record, []
def record_and_die(moved):
    record(moved)
    batches.append(1)
    if len(batches) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
recounting._record = record_and_die
with at(date(2026, 3, 11)):
    recounting.apply(batch=2)
"""


@pytest.fixture
def committed_city(transactional_db):
    load_city()


def test_a_run_killed_in_its_second_batch_is_finished_by_the_next_and_no_line_is_written_twice(committed_city):
    with on_day("2026-03-10"):
        petitions = [forwarded() for _ in range(6)]
    with on_day("2026-03-11"):
        republication.publish(flip(date(2026, 3, 14)), by=someone("admin1"))
    known = connection.settings_dict
    who = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}@{known['HOST']}:{known['PORT']}"
    env = os.environ | {
        "DATABASE_URL": f"postgres://{who}/{known['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    done = subprocess.run([sys.executable, "-c", KILLED], env=env, cwd=settings.BASE_DIR, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    lines = PetitionEvent.objects.of_act(Act.RECOMPUTE)
    assert lines.count() == 2
    with on_day("2026-03-12"):
        rest = republication.apply(batch=2)
    assert len(rest.moves) == 4 and rest.is_finished
    assert sorted(lines.values_list("petition", flat=True)) == sorted(petition.pk for petition in petitions)
    assert set(Deadline.objects.filter(term="D04").values_list("due_on", flat=True)) == {date(2026, 3, 16)}
    assert republication.pending() == 0 and list(verify()) == []
