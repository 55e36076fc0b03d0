"""python3 run.py: the embedded servers, the web server, one worker and the beat, under one supervisor."""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from documents.files.ocr import is_installed as reads_scans
from launcher.account import die_with_parent
from launcher.console import CannotStart, Stopwatch, say, warn
from launcher.places import PYTHON, ROOT, RUN, STATE, VAR, VENV, run_dir
from launcher.servers.embedded import Servers, running_instance

BIN = VENV / "bin"
GRACE = 20.0  # 秒：手头的请求和任务做完的时间，之后强行结束
FIRST_PAGE = "/login/"
THREADS = "16"  # 个；每个进程里群众的请求连等的至多占 9 个（config.doors.Lane），7 个总留给工作人员
MEMORY = {"MALLOC_ARENA_MAX": "2"}  # 线程多，各占一块内存不还；两块够用
PUBLIC_NICE = "5"


class Interrupted(Exception):
    """Someone asked the supervisor to stop."""


@dataclass
class Child:
    """One process that the supervisor keeps alive; `vital` ones take everything down with them."""

    name: str
    command: list[str | Path]
    vital: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    begun: float = 0.0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own, tied to the life of the supervisor."""
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [str(word) for word in self.command],
            cwd=ROOT,
            env=os.environ | self.environment,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )

    def dead(self) -> bool:
        """Whether it was started and has ended."""
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the process and everything it forked."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


class Supervisor:
    """Starts everything in order, watches it, and stops it in the opposite order."""

    def __init__(self, port: int, public_port: int | None = None) -> None:
        self.host = os.environ.get("HOST", "127.0.0.1")
        self.port, self.public_port = port, public_port
        self.servers = Servers(VAR)
        self.stopping = False
        self.children: list[Child] = []

    @property
    def address(self) -> str:
        """What to type into the browser."""
        return f"http://{'localhost' if self.host in ('0.0.0.0', '127.0.0.1') else self.host}:{self.port}/"

    # ---- up ----

    def start(self) -> None:
        """Bring everything up and say how long it took. Raises CannotStart or Interrupted."""
        watch = Stopwatch()
        self.servers.start()
        say(f"数据库与缓存：{self._which_servers()}，{watch.lap():.1f} 秒")
        self._write_state()
        logins = RUN / "logins.txt"
        self._prepare(logins)
        watch.lap()
        self.children = self._plan()
        web, *background = self.children
        web.start()
        status = self._first_page()
        say(f"第一页 {FIRST_PAGE}：应答 {status}，{watch.lap():.1f} 秒；合计 {self._since_the_beginning(watch):.1f} 秒")
        if status >= 500:
            warn(f"{FIRST_PAGE} 出错了，原因见上面的日志；其余部分照常启动")
        for child in background:  # 页面先出来，后台随后跟上
            child.start()
        self._write_state(ready=True)
        if logins.exists() and (text := logins.read_text().strip()):
            say(text)
        if self.public_port:
            say(f"群众的页另有进程：{self.address.replace(f':{self.port}/', f':{self.public_port}/q')}")
        say(f"\n枫桥已启动：{self.address}   （Ctrl-C 停止）")

    def _which_servers(self) -> str:
        kinds = []
        for name, server in (("PostgreSQL", self.servers.postgres), ("Valkey", self.servers.valkey)):
            if server is None:
                kinds.append(f"{name} 用指定的地址")
            elif server.adopted:
                kinds.append(f"{name} 接管上次留下的进程 {server.pid}")
            else:
                kinds.append(f"{name} 自带")
        return "、".join(kinds)

    @staticmethod
    def _since_the_beginning(watch: Stopwatch) -> float:
        begun = os.environ.get("FENGQIAO_BEGUN")
        return time.time() - float(begun) if begun else watch.total()

    def _write_state(self, *, ready: bool = False) -> None:
        state = {
            "pid": os.getpid(),
            "address": self.address,
            "ready": ready,
            "database_url": os.environ["DATABASE_URL"],
            "redis_url": os.environ["REDIS_URL"],
            "children": {child.name: child.process.pid for child in self.children if child.process},
        }
        draft = STATE.with_suffix(".new")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(state))
        os.replace(draft, STATE)

    def _prepare(self, logins: Path) -> None:
        step = Child("准备", [PYTHON, "-m", "launcher.preparation", logins])
        step.start()
        while not step.dead():
            if self.stopping:
                step.signal_group(signal.SIGTERM)
                step.process.wait(GRACE)
                raise Interrupted
            time.sleep(0.05)
        if step.process.returncode:
            raise CannotStart("迁移、演示数据或静态文件没有准备好，原因见上面的输出。")

    def _plan(self) -> list[Child]:
        web = self._web(self.port, workers=2)
        staff = {"DOOR": "staff"} if self.public_port else {}
        celery = [BIN / "celery", "--quiet", "-A", "config.celery"]
        lean = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        tasks = [*celery, "worker", "-c", "1", "-l", "WARNING", *lean]
        scans = (
            [Child("识读", [*tasks, "-Q", "scans", "-n", f"fengqiao-scans-{self.port}@%h"])] if reads_scans() else []
        )
        public = []
        if self.public_port:  # 各有各的进程：群众那边再忙，也只忙那一个，而且让着工作人员
            command = ["nice", "-n", PUBLIC_NICE, *self._web(self.public_port, workers=1)]
            public = [Child("群众的页", command, environment=MEMORY | {"DOOR": "public"})]
        return [
            Child("网页", web, vital=True, environment=MEMORY | staff),
            *public,
            Child("任务", [*tasks, "-n", f"fengqiao-{self.port}@%h"]),
            Child("时刻表", [*celery, "beat", "-l", "WARNING", "--pidfile=", "-s", RUN / "beat-schedule"]),
            *scans,
        ]

    def _web(self, port: int, *, workers: int) -> list[str | Path]:
        web = [BIN / "gunicorn", "config.wsgi", "-k", "gthread", "-w", str(workers), "--threads", THREADS]
        web += ["-b", f"{self.host}:{port}", "--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning"]
        return [*web, "--reload"] if os.environ.get("DEBUG") == "1" else web

    def _first_page(self) -> int:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.stopping:
                raise Interrupted
            if self.children[0].dead():
                raise CannotStart("网页服务没有启动成功，原因见上面的输出。")
            host = "127.0.0.1" if self.host == "0.0.0.0" else self.host
            connection = http.client.HTTPConnection(host, self.port, timeout=20)
            try:
                connection.request("GET", FIRST_PAGE, headers={"Host": f"localhost:{self.port}"})
                return connection.getresponse().status
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise CannotStart("网页服务一分钟内没有应答。")

    # ---- watch ----

    def watch(self) -> None:
        """Keep everything alive until told to stop. Raises CannotStart when the web server ends by itself."""
        while not self.stopping:
            now = time.monotonic()
            for server in (self.servers.postgres, self.servers.valkey):
                if server is not None and server.revive():
                    warn(f"{server.name} 意外退出，已在原地址重新启动")
            for child in self.children:
                if child.dead():
                    self._mend(child, now)
            time.sleep(0.3)

    def _mend(self, child: Child, now: float) -> None:
        if child.vital:
            raise CannotStart(f"{child.name}服务意外退出（{child.process.returncode}），已全部停止。")
        if not child.due:
            child.pause = 1.0 if now - child.begun > 60 else min(child.pause * 2, 30.0)
            child.due = now + child.pause
            warn(f"{child.name}进程意外退出（{child.process.returncode}），{child.pause:.0f} 秒后重新启动")
        elif now >= child.due:
            child.due = 0.0
            child.start()
            self._write_state(ready=True)

    # ---- down ----

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """Signal handler: only a mark, so that no step is cut in half."""
        self.stopping = True

    def stop(self) -> None:
        """Stop everything that was started and wait until it is gone."""
        for child in reversed(self.children):
            if child.process is not None and not child.dead():
                child.process.send_signal(signal.SIGTERM)
        end = time.monotonic() + GRACE
        while time.monotonic() < end and not all(child.dead() for child in self.children if child.process):
            time.sleep(0.05)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process:
                child.process.wait()
        self.servers.stop(even_if_used=True)
        STATE.unlink(missing_ok=True)


def chosen_port(name: str = "PORT", usual: str = "8000") -> int:
    """The port in the environment, checked to be a number and free. Raises CannotStart."""
    text = os.environ.get(name) or usual
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"{name} 应是 1 到 65535 的数字，现在是“{text}”。")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST", "127.0.0.1"), int(text)))
        except OSError as fault:
            raise CannotStart(f"端口 {text} 已被占用或不能使用。换一个端口：{name}=8001 python3 run.py") from fault
    return int(text)


def serve(arguments: list[str]) -> int:
    """Run until SIGTERM, SIGINT or SIGHUP; the exit code."""
    if arguments:
        raise CannotStart(f"serve 不带参数（多出来的是：{' '.join(arguments)}）。端口用 PORT 指定。")
    with open(run_dir() / "serve.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            instance = running_instance()
            where = f"：{instance['address']}" if instance else ""
            raise CannotStart(f"枫桥已经在运行{where}。先停掉它（Ctrl-C 或 kill），或者直接使用。") from fault
        STATE.unlink(missing_ok=True)  # 上次被强杀时留下的
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        supervisor = Supervisor(chosen_port(), chosen_port("PUBLIC_PORT") if os.environ.get("PUBLIC_PORT") else None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, supervisor.ask_to_stop)
        try:
            supervisor.start()
            supervisor.watch()
        except Interrupted:
            pass
        finally:
            say("正在停止……")
            supervisor.stop()
        say("已全部停止。")
    return 0
