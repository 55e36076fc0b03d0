"""What every test may count on. Servers come from launcher.testing, people and petitions from tests/cast.py."""

import gc
import threading
from collections.abc import Iterator
from time import monotonic

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from launcher.browsing import chromium

_flush = TransactionTestCase._fixture_teardown
LIVE_SERVER_THREAD = "process_request_thread"
PATIENCE = 10.0  # 秒
YOUNG = 10_000  # 个：新对象攒到这么多才查一遍循环引用，Django 的一页就要造出几千个
# 机器忙的时候生成例子也慢：用例不量时间
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
# 一个文件归一个进程跑：久的先跑，末了不会一个进程还在跑、另一个闲着
LONGEST = (
    "journeys/test_browser.py",
    "petitions/test_midnight.py",
    "authority/test_canary.py",
    "launcher/test_one_life.py",
    "journeys/test_letters.py",
    "bench/test_million.py",
    "authority/test_page_matrix.py",
    "landings/test_landings.py",
    "citypacks/test_beijing.py",
    "public/test_fuzz.py",
    "demo/test_demo_city.py",
    "accounts/test_authority.py",
    "supervision/test_withdrawing.py",
    "supervision/test_sweep.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest go first; within a file the order stays."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get("/".join(item.path.parts[-2:]), len(place)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def _let_the_live_server_finish() -> None:
    """Wait for requests a closed page left running: a draft half saved would meet the flush in a deadlock."""
    until = monotonic() + PATIENCE
    for thread in threading.enumerate():
        if LIVE_SERVER_THREAD in thread.name:
            thread.join(max(0.0, until - monotonic()))


def _flush_past_the_log(self: TransactionTestCase) -> None:
    """The log refuses TRUNCATE by trigger; the flush between tests, and only that, goes past it."""
    _let_the_live_server_finish()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    try:
        _flush(self)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")


TransactionTestCase._fixture_teardown = _flush_past_the_log


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A second database for the standing city; before the first is dropped, the sessions that a live server's threads
    left open on it are ended."""
    from tests import standing_city

    with django_db_blocker.unblock():
        standing_city.set_apart()
    yield
    with django_db_blocker.unblock():
        standing_city.pull_down()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> Iterator[None]:
    """Before a test's transaction is opened: those that want the city and commit nothing go to its database."""
    if fixturedef.argname == "_django_db_helper":
        from tests import standing_city

        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock():
            standing_city.enter() if _stands_in_the_city(request.node) else standing_city.leave()
    return (yield)


def _stands_in_the_city(item: pytest.Item) -> bool:
    asked = item._fixtureinfo.name2fixturedefs.get("city")
    mark = item.get_closest_marker("django_db")
    commits = {"live_server", "transactional_db"} & set(item.fixturenames) or (mark and mark.kwargs.get("transaction"))
    return bool(asked) and asked[-1].func.__code__.co_filename == __file__ and not commits


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all browser tests of this process; a missing Chromium fails them with the apt line."""
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser, live_server) -> Iterator[object]:
    """A fresh page in Chinese at the size of an office screen; addresses are relative to the live server."""
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1366, "height": 768}
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def city(db) -> None:
    """云州市 with its rules, organs, people, letters and routing; the petitions are the test's own."""
    from tests.cast import load_city

    load_city()


@pytest.fixture
def a_new_quarter_of_an_hour() -> Iterator[None]:
    """Tries at the public door of one test do not count against the next."""
    from django.core.cache import cache

    from public import throttle

    cache.clear()
    throttle.forget()
    yield
    cache.clear()
    throttle.forget()
