#!/usr/bin/env python3
"""Django 命令入口；平日用 `python3 run.py manage …`，它会先把数据库和缓存准备好。"""

import os
import sys


def main() -> None:
    """Hand the arguments to Django; settings default to the development ones."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
