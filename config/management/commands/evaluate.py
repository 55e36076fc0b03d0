"""manage evaluate duplicates|categories|routing|search：照 config/evaluating 里的各项量，印出每个数。"""

import json as jsonlib
import pkgutil
from argparse import ArgumentParser
from importlib import import_module

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import evaluating


class Command(BaseCommand):
    help = "用标注好的文件量判重、分类、分流、检索（百分数；每件毫秒）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        for found in pkgutil.iter_modules(evaluating.__path__):
            module = import_module(f"{evaluating.__name__}.{found.name}")
            if hasattr(module, "evaluate"):
                one = tasks.add_parser(found.name, help=(module.__doc__ or "").strip())
                module.add_arguments(one)
                one.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, task: str, json: bool, **options) -> None:
        module = import_module(f"{evaluating.__name__}.{task}")
        if getattr(module, "NEEDS_TABLES", False) and not connection.introspection.table_names():
            # 刚建的空库：先建表，量的时候不必先起网站
            call_command("migrate", verbosity=0)
        try:
            told = module.evaluate(options)
        except evaluating.Unreadable as unread:
            raise CommandError(str(unread)) from unread
        if json:
            self.stdout.write(jsonlib.dumps(told, ensure_ascii=False))
            return
        for name, value in told.items():
            self.stdout.write(f"{name:32} {value}")
