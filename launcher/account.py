"""PostgreSQL refuses to run as root: which account runs it instead, and which folders that account can reach."""

import ctypes
import hashlib
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from launcher.console import CannotStart


def die_with_parent(number: int) -> Callable[[], None]:
    """For Popen(preexec_fn=…): the child gets signal `number` when its parent dies, however it dies (Linux only)."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def tie() -> None:
        if libc is not None:
            libc.prctl(1, number)

    return tie


class Account:
    """Who runs the database: the caller, or an unprivileged account that already exists when the caller is root."""

    def __init__(self) -> None:
        self.entry = self._unprivileged() if os.geteuid() == 0 else None

    @staticmethod
    def _unprivileged() -> pwd.struct_passwd:
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise CannotStart(
            "以 root 启动时需要一个普通账号来运行数据库，但系统里没有 postgres 或 nobody。请换普通用户启动。"
        )

    def popen_arguments(self, **environment: str) -> dict[str, Any]:
        """Keyword arguments that make subprocess run as this account, with a bare environment."""
        clean = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
        arguments: dict[str, Any] = {"env": clean | environment, "cwd": "/"}
        if self.entry:
            arguments |= {"user": self.entry.pw_uid, "group": self.entry.pw_gid, "extra_groups": []}
        return arguments

    def own(self, path: Path, mode: int) -> None:
        """Give a file or folder to this account with the given mode."""
        if self.entry:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)
        path.chmod(mode)

    def succeeds(self, *command: str | Path) -> bool:
        """Whether the account can run the command at all and it ends well."""
        try:
            return subprocess.run(command, capture_output=True, check=False, **self.popen_arguments()).returncode == 0
        except (PermissionError, FileNotFoundError):
            return False

    def reachable(self, folder: Path) -> Path:
        """The folder itself, made and owned; or its stand-in under /var/tmp where the account cannot get that far."""
        folder.mkdir(parents=True, exist_ok=True)
        self.own(folder, 0o700)
        if self.succeeds("/bin/ls", str(folder)):
            return folder
        stand_in = self.private_root(folder) / "cluster"
        stand_in.mkdir(exist_ok=True)
        self.own(stand_in, 0o700)
        return stand_in

    def private_root(self, folder: Path) -> Path:
        """A folder outside the closed home of root, named after `folder`, refused when someone else made it."""
        root = Path("/var/tmp") / f"fengqiao-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
        root.mkdir(mode=0o755, exist_ok=True)
        if root.is_symlink() or root.stat().st_uid != os.geteuid():
            raise CannotStart(f"{root} 属于别的用户，不能用来存放数据库。请删除它后重试。")
        return root


def process_alive(pid: int, word: str) -> bool:
    """Whether `pid` is alive and its command line holds `word` (so a recycled number is not taken for ours)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # 别的账号的进程：活着，下面再看是不是我们的
    command = Path(f"/proc/{pid}/cmdline")
    try:
        text = command.read_text(errors="replace")
    except OSError:
        return sys.platform != "linux"
    return bool(text) and word in text


def stop_process(pid: int, number: signal.Signals) -> None:
    """Send a signal; a process that is gone already is what was wanted."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
