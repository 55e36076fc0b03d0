from django.core.management.base import BaseCommand

from supervision.board import board_counts


class Command(BaseCommand):
    help = "把督查页的数从头数一遍，与存的数逐条对照；有出入时说明并以 1 退出，--mend 按数到的存下"

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="有出入时，按数到的存下")

    def handle(self, *args, **options):
        found = board_counts.differences()
        for sentence in found:
            self.stdout.write(sentence)
        self.stdout.write(f"发现 {len(found)} 处不符" if found else "督查页的数与从头数的一致")
        if found and options["mend"]:
            board_counts.recount()
            self.stdout.write("已按从头数的存下")
        elif found:
            raise SystemExit(1)
