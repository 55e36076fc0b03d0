"""The whole system from start to stop: killed, started again, disturbed, stopped. Nothing may be left behind."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher.places import PYTHON, ROOT
from launcher.servers.postgres import free_port

pytestmark = pytest.mark.slow
PATIENCE = 300.0  # 秒：头一次启动要跑全部迁移，机器忙的时候几分钟也等得


def _until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what}：{seconds:.0f} 秒内没有等到")


def _processes_of(folder: Path) -> list[str]:
    """Command lines of every live process that belongs to this data folder, by its environment or its arguments."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if command and (str(folder) in command or f"DATA_DIR={folder}\0" in environment):
            found.append(f"{entry.name} {command}")
    return found


class Instance:
    """A running system in a data folder of its own, so that it never meets the developer's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.output = folder / "output.txt"
        hidden = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        self.environment = kept | {"DATA_DIR": str(folder), "PORT": str(self.port), "DEMO": "0"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with open(self.output, "wb") as log:
            self.process = subprocess.Popen(
                [PYTHON, "run.py"], cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        _until(lambda: self.process.poll() is not None or self._ready(), "启动")
        assert self.process.poll() is None, self.output.read_text()

    def state(self) -> dict:
        try:
            return json.loads((self.folder / "run" / "state.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def _ready(self) -> bool:
        state = self.state()
        return bool(state.get("ready")) and state["pid"] == self.process.pid

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PYTHON, "run.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def login_page(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/login/")
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture
def instance() -> Iterator[Instance]:
    folder = ROOT / "var" / "test" / f"life-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = Instance(folder)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.terminate()
        made.process.wait(60)
    for line in _processes_of(folder):  # 断言失败时也不留下数据库
        os.kill(int(line.split()[0]), signal.SIGINT)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_killed_system_is_taken_over_mended_and_stopped_without_a_trace(instance: Instance) -> None:
    instance.start()
    database_url = instance.state()["database_url"]

    # 监督进程被强杀：网页和后台跟着结束，数据库留下，下一次启动接管它
    instance.process.send_signal(signal.SIGKILL)
    instance.process.wait(10)
    _until(lambda: not [line for line in _processes_of(instance.folder) if "gunicorn" in line], "网页随之结束")
    instance.start()
    assert "接管上次留下的进程" in instance.output.read_text()
    assert instance.state()["database_url"] == database_url
    assert instance.login_page() < 500

    # 第二次启动说清楚已在运行，并告诉地址
    second = instance.run()
    assert second.returncode == 1
    assert "已经在运行" in second.stderr
    assert str(instance.port) in second.stderr

    # 管理命令接上正在运行的数据库，不另起一套
    joined = instance.run("manage", "showmigrations", "--plan")
    assert joined.returncode == 0, joined.stderr
    assert "[ ]" not in joined.stdout

    # 截图命令也接上它，两种屏幕各一张，并报出查询次数
    looked = instance.run("look", "/login/")
    assert "查询" in looked.stdout, looked.stderr
    assert {picture.name for picture in (instance.folder / "look").iterdir()} == {"login-1366.png", "login-390.png"}

    # 后台进程和缓存被杀，监督进程把它们补上，页面不受影响
    worker = instance.state()["children"]["任务"]
    os.kill(worker, signal.SIGKILL)
    valkey = json.loads((instance.folder / "valkey" / "server.json").read_text())["pid"]
    os.kill(valkey, signal.SIGKILL)
    assert instance.login_page() < 500
    _until(lambda: instance.state()["children"]["任务"] != worker, "任务进程重新启动")
    _until(lambda: json.loads((instance.folder / "valkey" / "server.json").read_text())["pid"] != valkey, "Valkey 复活")

    instance.process.terminate()
    assert instance.process.wait(60) == 0, instance.output.read_text()
    assert _processes_of(instance.folder) == []
