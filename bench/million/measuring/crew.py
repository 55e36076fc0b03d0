"""四个巡查进程：和后台任务一样一轮一轮地扫，随时可以被杀；杀了补上，直到再没有到点的期限。"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import closing
from random import Random
from time import monotonic, perf_counter, sleep

from celery import current_app
from django.db import InterfaceError, OperationalError, connection, connections

from bench.million.making import throwaway_database
from rulebook.timekeeping import now
from supervision.ladder import climb

WORKERS = 4
REST = 0.1  # 秒：别人手里的还没放开、或连接断了，歇一歇再来
STALLED = 120.0  # 秒：这么久没有少一个，就是卡住了
CUT_FOR = 1.0  # 秒


class Crew:
    """Four processes that sweep until nothing is due, and what is done to them meanwhile."""

    def __init__(self, database: str, batch: int, broker: str, seed: int) -> None:
        self.database, self.batch, self.broker = database, batch, broker
        self.dice = Random(seed)
        self.context = multiprocessing.get_context("fork")
        self.workers: list[multiprocessing.Process] = []
        self.killed = 0
        self.moment = now()

    def due(self) -> int:
        """How many deadlines are due at the moment of this turn; asked on a connection that is closed before a worker
        is forked, since two processes cannot talk over one."""
        with closing(throwaway_database.session(self.database)) as link, link.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM petitions_deadline WHERE ended_how = '' AND NOT paused AND next_rung_at <= %s",
                [self.moment],
            )
            return cursor.fetchone()[0]

    def work_off(self, *moments: tuple[float, Callable[[int, float], None]]) -> int:
        """Until nothing is due; how many were due. A moment comes when no more than that share is left, with how many
        are left and the seconds since the start: nothing comes of it where everything was done before.

        Raises RuntimeError where a worker ends of itself with an error, or nothing moves any more.
        """
        self.moment = now()
        at_first = left = self.due()
        waiting = sorted(moments, key=lambda moment: moment[0])
        connections.close_all()
        started, moved_at = perf_counter(), monotonic()
        self.workers = [self._hired() for _ in range(WORKERS)]
        look_every = max(0.01, min(0.25, at_first / 100_000))
        while self.workers:
            sleep(look_every)
            before, left = left, self.due()
            if left < before:
                moved_at = monotonic()
            while left and waiting and left <= waiting[-1][0] * at_first:
                waiting.pop()[1](left, perf_counter() - started)
            self._replace()
            if monotonic() - moved_at > STALLED:
                self.dismiss()
                raise RuntimeError(f"巡查卡住了：还剩 {left} 个到点的期限")
        return at_first

    def kill_one(self, left: int, seconds: float) -> None:
        """SIGKILL, in the middle of whatever it is doing."""
        victim = self.dice.choice(self.workers)
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        self.killed += victim.exitcode == -signal.SIGKILL

    def cut_database(self, left: int, seconds: float) -> None:
        """Every connection to the database broken off and none let in for a while, as when the server restarts."""
        with closing(throwaway_database.session("postgres")) as link, link.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{self.database}" ALLOW_CONNECTIONS false')
            try:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.database]
                )
                sleep(CUT_FOR)
            finally:
                cursor.execute(f'ALTER DATABASE "{self.database}" ALLOW_CONNECTIONS true')

    def dismiss(self) -> None:
        """None is left behind."""
        for worker in self.workers:
            worker.kill()
            worker.join()
        self.workers = []

    def _replace(self) -> None:
        """Those that were killed by others that start anew; those that found nothing more to do go."""
        staying = []
        for worker in self.workers:
            if worker.is_alive():
                staying.append(worker)
            elif worker.exitcode == -signal.SIGKILL:
                staying.append(self._hired())
            elif worker.exitcode:
                self.dismiss()
                raise RuntimeError(f"巡查进程自己退出了（退出码 {worker.exitcode}），原因见上")
        self.workers = staying

    def _hired(self) -> multiprocessing.Process:
        worker = self.context.Process(target=_sweep, args=(self.batch, self.broker), daemon=True)
        worker.start()
        return worker


def _sweep(batch: int, broker: str) -> None:
    """As the task does every minute, without the minutes between."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    connections.close_all()
    current_app.conf.broker_url = broker
    while True:
        try:
            climb.sweep(batch)
            if not climb.waiting().exists():
                connections.close_all()
                return
        except (OperationalError, InterfaceError):
            # 后台任务这时失败，下一轮用新的连接；这里也一样
            connection.close()
        sleep(REST)
