import json

from django.core.management.base import BaseCommand, CommandError

from petitions.clocks.provenance import explained
from petitions.models import Petition


class Command(BaseCommand):
    help = "说明一件的每一个期限是怎样数出来的：explain 编号"

    def add_arguments(self, parser):
        parser.add_argument("petition", help="信访件编号")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, **options):
        petition = Petition.objects.filter(number=options["petition"]).select_related("rule_set").first()
        if petition is None:
            raise CommandError(f"没有编号为“{options['petition']}”的信访件")
        found = explained(petition)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write(f"{found['petition']}（{found['state']}）")
            for clock in found["clocks"]:
                self.stdout.write("\n" + "\n".join(_plain(clock)))
        if not all(clock["agrees"] for clock in found["clocks"]):
            raise CommandError("重新推算的日期与登记的不符，请核对日历和规则")


def _plain(clock: dict) -> list[str]:
    ended = f"{_ENDED[clock['ended_how']]}{' ' + clock['met_on'] if clock['met_on'] else ''}"
    return [
        f"{clock['rule']} {clock['label']}（{clock['article']}）[{clock['certainty']}]{clock['remark']}",
        f"  责任单位 {clock['owed_by'] or '—'}；{ended}",
        *(f"  {step['day']}  {step['what']}" for step in clock["steps"]),
    ]


_ENDED = {None: "正在计算", "met": "按期完成", "late": "逾期完成", "void": "作废", "lapsed": "届满未办"}
