"""A database dumped at an earlier landing, its log full, migrates to this version, ends up with the same tables as
a new one, and every case still opens."""

import json
import lzma
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from launcher.places import ROOT
from tests.landings.schema import described

HERE = Path(__file__).parent
LANDINGS = sorted(path.name.removesuffix(".sql.xz") for path in HERE.glob("*.sql.xz"))

OPEN_EVERY_PAGE = """
import json
from django.test import Client
from accounts.models import User
from petitions.models import Petition
tried = {}
for user in User.objects.filter(username__in=("officer1", "super1")):
    page = Client(); page.force_login(user)
    for address in ("/", "/cases/", "/supervision/"):
        tried[f"{user} {address}"] = page.get(address).status_code
    for case in Petition.objects.visible_to(user):
        tried[f"{user} {case.number}"] = page.get(f"/cases/{case.number}/").status_code
        for row in case.deadlines.all():
            tried[f"{user} {case.number} {row.term}"] = page.get(f"/cases/{case.number}/why/{row.pk}/").status_code
print("TRIED", json.dumps(tried))
"""


@pytest.fixture(params=LANDINGS)
def landed(request, tmp_path, db):
    """The environment of a database filled as it was at that landing."""
    shutil.copy(HERE / f"{request.param}.keys.json", tmp_path / "keys.json")
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    name = f"landed_{request.param.replace('-', '')}_{os.getpid()}"
    _run(f"{server}/postgres", f'CREATE DATABASE "{name}"')
    try:
        _run(f"{server}/{name}", lzma.decompress((HERE / f"{request.param}.sql.xz").read_bytes()).decode())
        yield os.environ | {
            "DATABASE_URL": f"{server}/{name}",
            "NEW_DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
    finally:
        _run(f"{server}/postgres", f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(url: str, sql: str) -> None:
    link = psycopg2.connect(url)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(sql)
    link.close()


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_there_is_a_landing_to_migrate_from():
    assert LANDINGS


@pytest.mark.django_db  # 要有一个新建的库来比
def test_earlier_landing_migrates_with_its_log_whole_and_its_cases_open(landed):
    """Nothing is lost on the way: the same petitions and log lines, the chain unbroken, no page that fails."""
    before = _count(landed["DATABASE_URL"])
    _manage(landed, "migrate", "-v0", "--no-input")
    assert _count(landed["DATABASE_URL"]) == before
    assert set(described(landed["DATABASE_URL"])) ^ set(described(landed["NEW_DATABASE_URL"])) == set()
    assert json.loads(_manage(landed, "verify_log", "--json"))["holds"] is True
    tried = json.loads(_manage(landed, "shell", "-v0", "-c", OPEN_EVERY_PAGE).rsplit("TRIED", 1)[1])
    assert len(tried) > 100
    assert {address: status for address, status in tried.items() if status != 200} == {}


def _count(url: str) -> list[tuple[int]]:
    link = psycopg2.connect(url)
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM petitions_petition), (SELECT count(*) FROM petitions_petitionevent)"
        )
        found = cursor.fetchone()
    link.close()
    return found
