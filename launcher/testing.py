"""pytest plugin (`-p launcher.testing`): a test cluster of its own before Django reads its settings.

Each pytest run holds one cluster folder under var/test/. FENGQIAO_TEST_CLUSTER names the folder; where another run
holds it, the next free one is taken, so several people can test at once. Workers of xdist inherit the addresses.

Where no browser starts, the tests that want one are skipped, and named at the end; with FENGQIAO_NO_SKIPS=1 that, and
any other skipped test, fails the run.
"""

import atexit
import fcntl
import hashlib
import os
import subprocess
from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

from launcher.browsing import executable
from launcher.console import CannotStart
from launcher.places import PYTHON, ROOT, VAR
from launcher.servers.embedded import Servers
from launcher.servers.postgres import EmbeddedPostgres, Session

CLUSTERS_AT_ONCE = 16
NO_SKIPS = "FENGQIAO_NO_SKIPS"


def _hold_free_cluster() -> tuple[Any, Any]:
    name = os.environ.get("FENGQIAO_TEST_CLUSTER", "main")
    for number in range(1, CLUSTERS_AT_ONCE + 1):
        folder = VAR / "test" / (name if number == 1 else f"{name}-{number}")
        folder.mkdir(parents=True, exist_ok=True)
        held = open(folder / "held.lock", "w")  # noqa: SIM115 - held until this process ends
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return folder, held
        except BlockingIOError:
            held.close()
    raise pytest.UsageError(f"同时跑着 {CLUSTERS_AT_ONCE} 套测试，没有空闲的测试库了")


def migrated_template(postgres: EmbeddedPostgres) -> str:
    """Name of a database with all migrations applied, made anew when one of them changes; "" where they fail.

    Test databases are copied from it, which takes a tenth of a second where migrating takes many. Where the
    migrations fail, pytest-django runs into the same fault by itself and shows it where one looks for it.
    """
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for file in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("config/settings/*.py")]):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    name = f"migrated_{digest.hexdigest()[:16]}"
    draft = f"{name}_draft"
    server = postgres.url.rsplit("/", 1)[0]
    with Session(f"{server}/postgres") as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'migrated\_%'")
        there = {row[0] for row in cursor.fetchall()}
        if name in there:
            return name
        for old in there:
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{draft}"')
        migrated = subprocess.run(
            [PYTHON, "manage.py", "migrate", "-v0", "--no-input"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": f"{server}/{draft}", "DJANGO_SETTINGS_MODULE": "config.settings.test"},
            capture_output=True,
            check=False,
        )
        if migrated.returncode:
            return ""
        cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, Any, Any]:
    """Runs around pytest-django's own hook: the addresses must be known before it imports the settings."""
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        folder, held = _hold_free_cluster()
        servers = Servers(folder, fast=True, tied=True)
        servers.start()
        if servers.postgres is not None:
            template = migrated_template(servers.postgres)
            if template:
                os.environ["FENGQIAO_TEST_TEMPLATE"] = template
        owner = os.getpid()

        def end() -> None:
            if os.getpid() == owner:  # fork 出来的子进程也会走到这里，它们不能停别人的服务器
                servers.stop(even_if_used=True)
                held.close()

        atexit.register(end)
    return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser, skip what asks for it."""
    wanting = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    if not wanting:
        return
    try:
        executable()
    except CannotStart as reason:
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason=f"没有浏览器：{reason}"))


def _skipped(config: pytest.Config) -> list[Any]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be skipped, a run that skipped is a failed run."""
    if os.environ.get(NO_SKIPS) and exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """One line for each reason: how many were skipped for it, and in which files."""
    files: dict[str, Counter[str]] = {}
    for report in _skipped(config):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        files.setdefault(reason, Counter())[report.nodeid.split("::")[0]] += 1
    for reason, counted in files.items():
        named = "、".join(f"{file}（{count}）" for file, count in sorted(counted.items()))
        verdict = f"；设了 {NO_SKIPS}，算作不通过" if os.environ.get(NO_SKIPS) else ""
        terminalreporter.write_line(f"跳过 {counted.total()} 个测试，{reason}{verdict}：{named}")
