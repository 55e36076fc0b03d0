"""Database and cache for whoever needs them: the given ones, those of a running instance, or embedded ones."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.places import RUN, STATE, VAR
from launcher.servers.postgres import EmbeddedPostgres
from launcher.servers.valkey import EmbeddedValkey


class Servers:
    """The two embedded servers of one folder. Several commands may use them at once; the last one out stops them."""

    def __init__(self, folder: Path, *, fast: bool = False, tied: bool = False) -> None:
        self.folder, self.fast, self.tied = folder, fast, tied
        self.postgres: EmbeddedPostgres | None = None
        self.valkey: EmbeddedValkey | None = None
        self.locks = folder / "run"
        self._in_use = None

    def start(self) -> None:
        """Put DATABASE_URL and REDIS_URL into the environment, starting what is not given there. Raises CannotStart."""
        self.locks.mkdir(parents=True, exist_ok=True)
        with self._starting():
            self._in_use = open(self.locks / "servers.lock", "w")  # noqa: SIM115 - held until stop()
            fcntl.flock(self._in_use, fcntl.LOCK_SH)
            if not os.environ.get("DATABASE_URL"):
                self.postgres = EmbeddedPostgres(self.folder / "pg", fast=self.fast, tied=self.tied)
                os.environ["DATABASE_URL"] = self.postgres.start()
            if not os.environ.get("REDIS_URL"):
                self.valkey = EmbeddedValkey(self.folder / "valkey", tied=self.tied, keep=not self.fast)
                os.environ["REDIS_URL"] = self.valkey.start()

    def stop(self, *, even_if_used: bool = False) -> None:
        """Stop what start() started, unless another command still uses it."""
        if self._in_use is None:
            return
        with self._starting():
            fcntl.flock(self._in_use, fcntl.LOCK_UN)
            try:
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = True
            except BlockingIOError:
                alone = False
            if alone or even_if_used:
                for server in (self.valkey, self.postgres):
                    if server is not None:
                        server.stop()
            self._in_use.close()
            self._in_use = None

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """Only one process at a time starts or stops servers."""
        with open(self.locks / "starting.lock", "w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield


def running_instance() -> dict[str, str] | None:
    """The addresses a running `python3 run.py` wrote down, or None where none runs."""
    lock = RUN / "serve.lock"
    if not lock.exists() or not STATE.exists():
        return None
    with open(lock) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return json.loads(STATE.read_text())
    return None


@contextmanager
def servers_for_a_command() -> Iterator[None]:
    """Inside, DATABASE_URL and REDIS_URL are set: as given, from the running instance, or from embedded servers."""
    instance = running_instance()
    if instance is not None:
        os.environ.setdefault("DATABASE_URL", instance["database_url"])
        os.environ.setdefault("REDIS_URL", instance["redis_url"])
    servers = Servers(VAR)
    try:
        servers.start()
        yield
    finally:
        servers.stop()
