"""群众的门说的话与英文目录对照：缺哪一句、多哪一句；--write 收新词并编译。"""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "对照群众看得到的话与 locale/en；--write 收进新词、去掉不用的、编译成 .mo"

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="收新词并编译")

    def handle(self, *args, write: bool = False, **options):
        """Raises CommandError where a word has no English or the catalogue is not compiled."""
        from config import translations  # Babel 只在开发环境里有

        if write:
            translations.write()
        if faults := translations.faults():
            raise CommandError("\n".join(faults))
        self.stdout.write("每一句都有英文。")
