"""manage demo_logins：演示城市可用来登录的人，供 run.py 打印。"""

import csv
import json as jsonlib
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import User
from config.management.commands.demo_city import PASSWORD


class Command(BaseCommand):
    help = "列出演示城市的登录名和口令"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, json: bool, **options) -> None:
        rows = _rows(Path(settings.CITY_PACK))
        if json:
            self.stdout.write(jsonlib.dumps(rows, ensure_ascii=False, indent=1))
            return
        if not rows:
            return
        self.stdout.write(f"演示登录（口令都是 {PASSWORD}）：")
        for row in rows:
            self.stdout.write(f"  {row['username']:<14} {row['name']}　{row['organ']}　{row['title']}")


def _rows(folder: Path) -> list[dict[str, str]]:
    """Those marked in people.csv who still can sign in with the demo password, in the order of the file."""
    path = folder / "people.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        marked = [row for row in csv.DictReader(source) if row.get("demo") == "1"]
    users = (
        User.objects.active()
        .select_related("organ")
        .in_bulk([row["username"] for row in marked], field_name="username")
    )
    return [
        {
            "username": row["username"],
            "name": users[row["username"]].name,
            "role": row["roles"],
            "organ": users[row["username"]].organ.short_name,
            "title": row["title"],
            "password": PASSWORD,
        }
        for row in marked
        if row["username"] in users
    ]
