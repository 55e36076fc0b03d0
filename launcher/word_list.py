"""The words a developer says: python3 run.py serve · test · check · law · states · bench · look · manage · docker."""

import os
import sys
import time

from launcher.console import CannotStart, say, warn
from launcher.environment import setup, write_locks
from launcher.places import PYTHON, ROOT

HELP = """用法：python3 run.py [命令] [参数]

  serve              启动全部（默认）。PORT=8001 换端口；PUBLIC_PORT=8080 群众的页另用一个进程；
                     DATABASE_URL、REDIS_URL 指定外部服务器；
                     DEMO=0 不装演示城市，DEMO=full 装全部四百件（第一次启动多等半分钟到一分钟）；
                     DEBUG=1 改了模板和代码立即生效
  test [参数]        跑测试，不带参数时几个核就分几个进程；参数交给 pytest，例如 test tests/law -x；
                     要用的包、浏览器自己取来
  check              代码与模板检查、类型、导入约定、迁移是否齐全、家规测试
  law                只跑 tests/law（法条逐条的测试）
  states             打印状态图并写入 docs/states.md
  bench [--short]    量速度
  look 路径… [--as 登录名]   截图（1366×768 与 390×844）、无障碍检查、查询次数
  manage 命令…       Django 管理命令，自动接上数据库
  docker             核对 Dockerfile 和 docker-compose.yml；有 Docker 的机器上造镜像、起一遍、撤掉
  setup              只准备虚拟环境；setup --dev 连同测试与检查用的包，setup --scans 连同识读扫描件的包
  lock               重新生成带散列的锁文件
"""
# 这些要用到测试与检查的包；其余只要运行的包
NEED_DEV = frozenset({"test", "check", "law", "bench", "look", "docker"})
IN_VENV = frozenset({"serve", "test", "check", "law", "states", "bench", "look", "manage", "docker"})


def main(arguments: list[str]) -> int:
    """Prepare the virtual environment and hand over to the command inside it; the exit code where it comes back."""
    os.environ["FENGQIAO_BEGUN"] = str(time.time())
    compile_once()
    word, rest = (arguments[0], arguments[1:]) if arguments else ("serve", [])
    try:
        if word in ("help", "-h", "--help"):
            say(HELP)
            return 0
        if word == "setup":
            setup(dev="--dev" in rest, scans="--scans" in rest)
            return 0
        if word == "lock":
            write_locks()
            return 0
        if word not in IN_VENV:
            warn(f"没有这个命令：{word}\n\n{HELP}")
            return 2
        setup(dev=word in NEED_DEV, quiet=word != "serve")
    except CannotStart as reason:
        warn(f"不能继续：{reason}")
        return 1
    os.chdir(ROOT)
    sys.stdout.flush()
    # 换成虚拟环境里的 Python，进程号不变，信号直接到它
    return os.execv(PYTHON, [str(PYTHON), "-m", "launcher", word, *rest])


def compile_once() -> None:
    """Where nothing compiled may lie beside the sources, it lies under var/: else each process compiles all anew,
    which takes longer than all else at its start."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "var" / "pycache"))
