"""python3 run.py docker: Dockerfile and compose file examined; where a daemon runs, the image built and the whole
started once, asked for its first page and taken away again."""

import base64
import os
import platform
import secrets
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from launcher.console import CannotStart, say, waiting
from launcher.places import ROOT, VENV
from launcher.servers.postgres import free_port

BIN = VENV / "bin"
FILES = ("Dockerfile", "docker-compose.yml")
TRIAL = "fengqiao-trial"  # 另起一个名字：机器上原有的容器和卷都不碰
PATIENCE = 30  # 秒，一页


def docker(arguments: list[str]) -> int:
    """The exit code. Without a daemon the files alone are examined, and that is said."""
    if arguments:
        raise CannotStart(f"docker 不带参数（多出来的是：{' '.join(arguments)}）。")
    good = [_passes(name, command) for name, command in file_checks()]
    if lack := _no_daemon():
        say(f"{lack}：只核对了 {'、'.join(FILES)}，镜像没有造、没有起。")
        return 0 if all(good) else 1
    return 0 if all(good) and _trial() else 1


def file_checks() -> list[tuple[str, list[str | Path]]]:
    """Name and command of each examination of the files; what this machine has no package for is left out, and said."""
    checks: list[tuple[str, list[str | Path]]] = []
    if (BIN / "hadolint").exists():
        checks.append(("Dockerfile hadolint", [BIN / "hadolint", ROOT / "Dockerfile"]))
    else:
        say(f"hadolint 没有 {platform.system()} {platform.machine()} 的包，Dockerfile 这次不核对。")
    schema = ["--builtin-schema", "vendor.compose-spec"]
    checks.append(("docker-compose.yml 格式", [BIN / "check-jsonschema", *schema, ROOT / "docker-compose.yml"]))
    return checks


def _no_daemon() -> str:
    """ "", or why nothing can be built here."""
    if shutil.which("docker") is None:
        return "这台机器没有 docker 命令"
    asked = subprocess.run(["docker", "info"], capture_output=True, check=False)
    return "" if asked.returncode == 0 else "这台机器的 Docker 守护进程没有应答"


def _passes(name: str, command: list[str | Path], environment: dict[str, str] | None = None) -> bool:
    with waiting(name):
        done = subprocess.run(
            [str(word) for word in command], cwd=ROOT, env=os.environ | (environment or {}), check=False
        )
    say(f"{name}：{'通过' if done.returncode == 0 else '未通过'}")
    return done.returncode == 0


def _trial() -> bool:
    compose = ["docker", "compose", "-p", TRIAL]
    port = free_port()
    # 试一遍用的钥匙，用过就扔；不引用 config 的那一份：引用它会替子进程定下生产设置
    settings = {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "LOOKUP_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "localhost",
        "POSTGRES_PASSWORD": "trial",
        "REDIS_PASSWORD": "trial",
        "PORT": str(port),
    }
    steps = [
        ("编排 compose config", [*compose, "config", "-q"]),
        ("镜像 compose build", [*compose, "build", "-q"]),
        ("启动 compose up", [*compose, "up", "-d", "--wait"]),
    ]
    try:
        return all(_passes(name, command, settings) for name, command in steps) and _answers(port)
    finally:
        _passes("撤掉 compose down", [*compose, "down", "-v"], settings)


def _answers(port: int) -> bool:
    """As the gateway in front would ask: the login page comes."""
    address = f"http://127.0.0.1:{port}/login/"
    request = urllib.request.Request(address, headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as page:
            status = page.status
    except urllib.error.HTTPError as answer:
        status = answer.code
    except OSError as fault:
        say(f"第一页没有应答：{fault}")
        return False
    say(f"第一页 /login/：应答 {status}")
    return status == 200
