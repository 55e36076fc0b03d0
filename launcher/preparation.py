"""Between servers and gunicorn, in one process: migrate, load the demo city, collect static files.

Run as `python -m launcher.preparation FILE`; the demo logins, where there are any, are written to FILE.
"""

import io
import logging
import os
import sys
from pathlib import Path

from launcher.console import Stopwatch, say, waiting


def prepare(logins_file: Path) -> None:
    """Bring the database and the static files up to date; any failure is raised to the caller."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ["STATEMENT_TIMEOUT_MS"] = "0"  # 迁移和装载演示数据可以久一些
    import django
    from django.conf import settings
    from django.core.management import call_command, get_commands

    django.setup()
    known = get_commands()
    watch = Stopwatch()
    with waiting("数据库迁移"):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    say(f"数据库迁移：{watch.lap():.1f} 秒")
    if "demo_city" in known and os.environ.get("DEMO") != "0":
        load_demo_city(settings.START_NOTICE)
        say(f"演示城市：{watch.lap():.1f} 秒")
    with waiting("静态文件"):
        call_command("collectstatic", verbosity=0, interactive=False)
    say(f"静态文件：{watch.lap():.1f} 秒")
    logins = io.StringIO()
    if "demo_logins" in known:
        call_command("demo_logins", stdout=logins)
    logins_file.write_text(logins.getvalue())


def load_demo_city(notice: Path) -> None:
    """Walk the demo city into an empty database. Whatever goes wrong with it is no reason for the site to stay down:
    the fault stands in the log, and a sentence in `notice`, which the login page shows."""
    from django.core.management import call_command

    try:
        call_command("demo_city", if_empty=True, first=os.environ.get("DEMO") != "full", notice=notice)
    except Exception as fault:
        logging.exception("演示城市没有装载完")
        notice.write_text(f"演示城市没有装载完（{type(fault).__name__}：{fault}），其余照常可用；原因见启动时的输出。")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
