from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from petitions.act.state_map import state_map


class Command(BaseCommand):
    help = "印出状态图到 docs/states.md。"

    def handle(self, *args, **options):
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        path.write_text(state_map(), encoding="utf-8")
        self.stdout.write(f"已写入 {path.name}")
