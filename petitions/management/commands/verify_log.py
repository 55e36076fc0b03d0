import json

from django.core.management.base import BaseCommand

from petitions.models import PetitionEvent
from petitions.record.verification import verify


class Command(BaseCommand):
    help = "验证办理日志：链、序号、状态、说明文字与每日锚。有问题时逐条说明并以 1 退出。"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, **options):
        faults = [vars(fault) for fault in verify()]
        lines = PetitionEvent.objects.count()
        if options["json"]:
            self.stdout.write(json.dumps({"lines": lines, "holds": not faults, "faults": faults}, ensure_ascii=False))
        else:
            for fault in faults:
                where = f"第 {fault['seq']} 行：" if fault["seq"] else ""
                self.stdout.write(f"{fault['petition']} {where}{fault['sentence']}")
            self.stdout.write(f"共 {lines} 行，{'日志完好' if not faults else f'发现 {len(faults)} 处问题'}")
        if faults:
            raise SystemExit(1)
