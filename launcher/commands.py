"""test, check, law, states, bench and manage: one subprocess each, or a row of them."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from launcher.browsing import executable
from launcher.console import CannotStart, Stopwatch, say
from launcher.docker import file_checks
from launcher.places import PYTHON, ROOT, VENV
from launcher.servers.embedded import servers_for_a_command

BIN = VENV / "bin"


def _run(*command: str | Path, **environment: str) -> int:
    """The exit code; Ctrl-C reaches the child by itself, so the parent only waits for it."""
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, env=os.environ | environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def test(arguments: list[str]) -> int:
    """pytest with the given arguments; the plugin launcher.testing brings the servers.

    The whole suite goes to one process for each core; files stay whole, for what they build once.
    """
    try:
        executable()  # 在这里取和解开，走到哪一步看得见
    except CannotStart as reason:
        say(f"没有浏览器，要用它的测试这次跳过：{reason}。")
    spread = ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"] if is_whole(arguments) else []
    return _run(PYTHON, "-m", "pytest", *spread, *arguments)


def is_whole(arguments: list[str]) -> bool:
    """Whether pytest, given these, runs the whole suite and nobody said in how many processes."""
    chosen = ("-n", "-k", "-m", "--lf", "--ff", "--co", "--collect-only", "--pdb")
    return not any(not word.startswith("-") or word.startswith(chosen) for word in arguments)


def law(arguments: list[str]) -> int:
    """Only the tests named after articles."""
    return _run(PYTHON, "-m", "pytest", "tests/law", *arguments)


def manage(arguments: list[str]) -> int:
    """A Django management command, joined to the running instance or with embedded servers of its own."""
    with servers_for_a_command():
        return _run(PYTHON, "manage.py", *arguments, STATEMENT_TIMEOUT_MS="0")


def states(arguments: list[str]) -> int:
    """Print the state map and write it to docs/states.md."""
    return manage(["states", *arguments])


def bench(arguments: list[str]) -> int:
    """Measure speed on servers and data of its own (var/bench); the demo is not touched. `--short` for a look."""
    if not os.environ.get("DATA_DIR") and not os.environ.get("DATABASE_URL"):
        return _run(PYTHON, "run.py", "bench", *arguments, DATA_DIR=str(ROOT / "var" / "bench"))
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    with servers_for_a_command():
        for command in (["migrate", "-v", "0"], ["demo_city", "--if-empty"], ["collectstatic", "--noinput", "-v", "0"]):
            if code := _run(PYTHON, "manage.py", *command, STATEMENT_TIMEOUT_MS="0", **settings):
                return code
        return _run(PYTHON, "-m", "bench", *arguments, **settings)


def check(arguments: list[str]) -> int:
    """Everything that must hold before a commit; goes on after a failure so that one run shows them all.

    Two steps at a time, the longest first; what each says is shown in one piece when it ends.
    """
    steps: list[tuple[str, list[str | Path]]] = [
        ("家规 tests/house", [PYTHON, "-m", "pytest", "-q", "tests/house"]),
        ("类型 mypy", [BIN / "mypy"]),
        ("迁移齐全 makemigrations --check", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "1"]),
        ("Django 检查", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
        ("代码规则 ruff", [BIN / "ruff", "check", "--output-format", "concise", "."]),
        ("代码排版 ruff format", [BIN / "ruff", "format", "--check", "--output-format", "concise", "."]),
        ("模板 djlint", [BIN / "djlint", "templates", "--lint", "--quiet"]),
        ("导入约定 import-linter", [BIN / "lint-imports", "--no-cache"]),
        *file_checks(),
    ]
    # 迁移检查用开发环境的库；家规测试自己起测试库
    with servers_for_a_command(), ThreadPoolExecutor(2) as both:
        passed = list(both.map(lambda step: _step(*step), steps))
    failed = [name for (name, _), good in zip(steps, passed, strict=True) if not good]
    if failed:
        say(f"未通过：{'、'.join(failed)}")
        return 1
    say("全部通过")
    return 0


def _step(name: str, command: list[str | Path]) -> bool:
    """Whether it passed; its words are said when it ends."""
    watch = Stopwatch()
    own_servers = {"DATABASE_URL": "", "REDIS_URL": ""} if "pytest" in command else {}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | own_servers,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    say(f"── {name}\n{done.stdout}   {'通过' if good else '未通过'}（{watch.total():.1f} 秒）")
    return good
