"""Addresses, keys, cache, static files and the port: the small parts that everything else stands on."""

import gc
import gzip
import json
import os
import socket
import stat
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangosMigrate
from django.db import connection

from config.addresses import database
from config.cache import ForgivingRedisCache
from config.checks import the_database_can_search_chinese
from config.keys import key_list, local_keys
from config.management.commands.migrate import SELDOM
from launcher import console
from launcher.commands import is_whole
from launcher.console import CannotStart, waiting
from launcher.places import ROOT
from launcher.serve import Supervisor, chosen_port
from launcher.servers.postgres import free_port
from launcher.word_list import compile_once


def test_database_address_keeps_quoted_characters_and_options() -> None:
    entry = database("postgres://用户:p%40ss%2Fword@db:6432/fengqiao?sslmode=require", statement_timeout_ms=5000)
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"]) == ("用户", "p@ss/word", "db", "6432")
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert "statement_timeout=5000" in entry["OPTIONS"]["options"]


def test_database_address_without_a_name_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="缺少数据库名"):
        database("postgres://u:p@db:5432/", statement_timeout_ms=0)


def test_local_keys_are_made_once_and_only_their_owner_reads_them(tmp_path) -> None:
    path = tmp_path / "var" / "keys.json"
    first = local_keys(path)
    assert local_keys(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key_list(first["FIELD_KEYS"])) == 1
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.json"]


def test_cache_works_and_a_dead_server_is_a_miss() -> None:
    cache.set("a", 1, 60)
    assert cache.get("a") == 1
    dead = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {"OPTIONS": {"socket_connect_timeout": 1}})
    dead.set("a", 1)
    assert dead.get("a", "没有") == "没有"
    assert dead.get_many(["a"]) == {}
    assert dead.add("a", 1) is False


@pytest.mark.django_db
def test_chinese_trigrams_work_on_the_test_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT cardinality(show_trgm('油烟扰民'))")
        assert cursor.fetchone()[0] > 0


def test_static_files_are_hashed_and_have_a_gzip_copy(tmp_path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static.GzipManifestStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    hashed = names["django_htmx/htmx-2.min.js"]
    assert hashed != "django_htmx/htmx-2.min.js"
    assert gzip.decompress((tmp_path / f"{hashed}.gz").read_bytes()) == (tmp_path / hashed).read_bytes()
    assert not [name for name in names if name.endswith(".map") or "redoc" in name]


def test_every_answer_forbids_inline_scripts_and_styles() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]


def test_a_taken_or_senseless_port_is_refused_in_a_sentence(monkeypatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(CannotStart, match="已被占用"):
            chosen_port()
    monkeypatch.setenv("PORT", "八千")
    with pytest.raises(CannotStart, match="应是 1 到 65535 的数字"):
        chosen_port()


def test_the_public_pages_get_a_process_of_their_own_where_a_port_is_given(monkeypatch) -> None:
    monkeypatch.setenv("DEBUG", "")
    web, *others = Supervisor(8000)._plan()
    assert "DOOR" not in web.environment and "群众的页" not in {child.name for child in others}
    web, public, *_ = Supervisor(8000, 8080)._plan()
    assert (web.environment["DOOR"], public.environment["DOOR"]) == ("staff", "public")
    assert public.command[:2] == ["nice", "-n"] and "127.0.0.1:8080" in public.command
    assert web.vital and not public.vital


def test_the_launcher_leaves_the_settings_to_the_commands_it_starts() -> None:
    """What imports the project's wiring would choose the settings of production for every child."""
    told = "import os, launcher.__main__; print(os.environ.get('DJANGO_SETTINGS_MODULE'))"
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    said = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=bare, capture_output=True, text=True, check=True)
    assert said.stdout == "None\n"


def test_where_scans_can_be_read_a_worker_reads_them(monkeypatch) -> None:
    monkeypatch.setattr("launcher.serve.reads_scans", lambda: True)
    [reader] = [child for child in Supervisor(8000)._plan() if child.name == "识读"]
    assert reader.command[-4:-1] == ["-Q", "scans", "-n"]
    monkeypatch.setattr("launcher.serve.reads_scans", lambda: False)
    assert "识读" not in {child.name for child in Supervisor(8000)._plan()}


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        ([], True),
        (["-q", "--durations=5"], True),
        (["-n", "2"], False),
        (["-n0"], False),
        (["tests/law"], False),
        (["-k", "holiday"], False),
        (["-m", "nightly"], False),
        (["--lf"], False),
    ],
)
def test_only_the_whole_suite_is_shared_out_among_the_cores(arguments, whole) -> None:
    assert is_whole(arguments) is whole


def test_a_long_wait_says_that_it_goes_on_and_a_short_one_says_nothing(monkeypatch, capsys) -> None:
    with waiting("迁移"):
        pass
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(console, "SOON", 0.001)
    said = threading.Event()
    monkeypatch.setattr(console, "say", lambda text: (print(text), said.set()))
    with waiting("迁移"):
        assert said.wait(10)
    assert capsys.readouterr().out == "  迁移：0 秒了，还在进行…\n"


@pytest.mark.django_db
def test_the_database_check_passes_here_and_names_a_database_that_cannot_read_chinese() -> None:
    assert the_database_can_search_chinese(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS pg_trgm CASCADE")
        # 名叫 show_trgm、永远为空的替身：区域设置为 C 的库就是这个样子
        cursor.execute("CREATE FUNCTION show_trgm(text) RETURNS text[] LANGUAGE sql AS 'SELECT ARRAY[]::text[]'")
        cursor.execute(
            "INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) "
            "VALUES (999999, 'pg_trgm', 10, 2200, true, '0')"
        )
    assert [error.id for error in the_database_can_search_chinese(None, databases=["default"])] == ["fengqiao.E002"]


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ({}, {}),
        ({"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONPYCACHEPREFIX": str(ROOT / "var" / "pycache")}),
        ({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/else"}, {"PYTHONPYCACHEPREFIX": "/else"}),
    ],
)
def test_where_nothing_compiled_may_lie_beside_the_sources_it_is_kept_under_var(monkeypatch, told, then) -> None:
    monkeypatch.setattr(os, "environ", told)
    compile_once()
    assert told == then


def test_migrate_leaves_the_collector_as_it_found_it(monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(DjangosMigrate, "handle", lambda self, *args, **options: seen.append(gc.get_threshold()))
    usual = gc.get_threshold()
    call_command("migrate", skip_checks=True)
    assert seen == [SELDOM]
    assert gc.get_threshold() == usual
