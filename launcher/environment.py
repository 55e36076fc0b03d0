"""Makes .venv from the hashed lock files. Runs on the system's Python, so standard library only."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import venv
from pathlib import Path

from launcher.console import CannotStart, Stopwatch, say, size, waiting
from launcher.places import ROOT, VENV, run_dir

RUN_LOCK, DEV_LOCK, UV_LOCK = "requirements.lock", "requirements-dev.lock", "requirements-uv.lock"
SCANS_LOCK = "requirements-scans.lock"  # 识读扫描件，可选；装过一次就一直跟着装
BIN = VENV / "bin"


def setup(*, dev: bool = False, scans: bool = False, quiet: bool = False) -> None:
    """Bring .venv to the state of the lock file; `dev` adds what tests and checks need, `scans` what reads scans.

    Raises CannotStart.
    """
    watch = Stopwatch()
    with open(run_dir() / "setup.lock", "w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)  # 几个人同时第一次启动时，只装一遍
        scans = scans or (VENV / ".fengqiao-scans").exists()
        if _current(dev, scans):
            if not quiet:
                say("依赖包：已是最新")
            return
        before = _cache_bytes()
        say("依赖包：正在取、正在装（第一次约 350 MB）…")
        with waiting("依赖包"):
            _make_venv()
            _install(DEV_LOCK if dev else RUN_LOCK)
            if scans:
                _add(SCANS_LOCK)
        for name, asked in (("run", True), ("dev", dev), ("scans", scans)):
            stamp = VENV / f".fengqiao-{name}"
            stamp.unlink(missing_ok=True)
            if asked:
                stamp.write_text(_fingerprint(name))
        say(f"依赖包：安装完毕，用时 {watch.total():.1f} 秒{_downloaded(before)}")


def _fingerprint(name: str) -> str:
    files = {"run": (RUN_LOCK,), "dev": (RUN_LOCK, DEV_LOCK), "scans": (RUN_LOCK, SCANS_LOCK)}[name]
    digest = hashlib.sha256()
    for file in files:
        digest.update((ROOT / file).read_bytes())
    return digest.hexdigest()


def _current(dev: bool, scans: bool) -> bool:
    if not (BIN / "python").exists():
        return False
    for name in ("run", *["dev"] * dev, *["scans"] * scans):
        stamp = VENV / f".fengqiao-{name}"
        if not stamp.exists() or stamp.read_text() != _fingerprint(name):
            return False
    return True


def _make_venv() -> None:
    if (BIN / "python").exists() and (BIN / "pip").exists() and _python_will_do():
        return
    try:
        import ensurepip  # noqa: F401 - Debian 把它拆在 python3-venv 里
    except ImportError as fault:
        raise CannotStart(
            "这台机器的 Python 不能建立虚拟环境：请先安装 python3-venv（Debian/Ubuntu：apt-get install python3-venv）。"
        ) from fault
    venv.EnvBuilder(with_pip=True, clear=True).create(VENV)


def _python_will_do() -> bool:
    """Whatever Python made it: several people may call run.py with different ones, the folder stays the same."""
    return _call([BIN / "python", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])


def _install(lock: str) -> None:
    pip = [BIN / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    with_uv = _call([*pip, "-r", UV_LOCK]) and _call(
        [BIN / "uv", "pip", "sync", "-q", "--require-hashes", "--python", BIN / "python", lock]
    )
    # uv 在这台机器上用不了时，pip 按同一份散列再装一遍，只是慢些
    if not with_uv and not _call([*pip, "-r", lock]):
        raise CannotStart("依赖包没有装上，原因见上面的输出。请检查网络或软件源设置后重试。")


def _add(lock: str) -> None:
    """Install beside what is there; nothing is taken away."""
    pip = [BIN / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    if not _call([*pip, "--no-deps", "-r", lock]):
        raise CannotStart("识读扫描件的包没有装上，原因见上面的输出；没有它们也能运行。")


def _call(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    except OSError as fault:
        say(f"{command[0]} 不能运行：{fault}")
        return False


def _cache_bytes() -> int | None:
    """Bytes on the network interfaces so far (Linux), to say afterwards how much was fetched."""
    table = Path("/proc/net/dev")
    if not table.exists():
        return None
    rows = (line.split(":", 1) for line in table.read_text().splitlines() if ":" in line)
    return sum(int(numbers.split()[0]) for name, numbers in rows if name.strip() != "lo")


def _downloaded(before: int | None) -> str:
    after = _cache_bytes()
    if before is None or after is None:
        return ""
    folder = sum(file.stat().st_size for file in VENV.rglob("*") if file.is_file() and not file.is_symlink())
    return f"，期间网卡收到 {size(after - before)}，虚拟环境共 {size(folder)}"


def node_packages() -> str:
    """Install what package-lock.json names into node_modules; "", or the reason why that is not possible here."""
    with open(run_dir() / "npm.lock", "w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        wanted = _versions(ROOT / "package-lock.json")
        if wanted == _versions(ROOT / "node_modules" / ".package-lock.json"):  # npm 装完自己写下的一份
            return ""
        npm = shutil.which("npm")
        if npm is None:
            return "没有 npm（请安装 nodejs 和 npm）"
        say("npm 包：正在取浏览器和 axe（约 75 MB）…")
        watch = Stopwatch()
        with waiting("npm 包"):
            done = _call([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        if not done:
            return "npm 包没有装上，原因见上面的输出（请检查网络或软件源设置）"
        say(f"npm 包：安装完毕，用时 {watch.total():.1f} 秒")
        return ""


def _versions(lock: Path) -> dict[str, str]:
    """Folder and version of every package that an npm lock file names; {} where there is no such file."""
    if not lock.exists():
        return {}
    packages = json.loads(lock.read_text())["packages"]
    return {folder: package["version"] for folder, package in packages.items() if folder}


def write_locks() -> None:
    """Resolve the .in files anew into hashed lock files for every platform, with no host name inside."""
    setup(dev=True, quiet=True)
    fixed = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    for source, lock in (
        ("requirements.in", RUN_LOCK),
        ("requirements-dev.in", DEV_LOCK),
        ("requirements-scans.in", SCANS_LOCK),
    ):
        if not _call([BIN / "uv", "pip", "compile", "-q", *fixed, "--no-header", "--no-annotate", source, "-o", lock]):
            raise CannotStart(f"{source} 解析失败，原因见上面的输出。")
