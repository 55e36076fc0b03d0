"""manage city check|publish|duties DIR：核对、发布一个城市包，印出它的责任清单。"""

import json as jsonlib
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config import city
from routing.destination import responsibility_list

STEPS = {
    "check": "只核对，不写库",
    "publish": "核对后发布，一次成立或都不成立",
    "duties": "印出责任清单（Markdown）",
}


class Command(BaseCommand):
    help = "核对或发布城市包（规则、机构、角色、分类、分流规则、提醒阶梯、文书样式）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        steps = parser.add_subparsers(dest="step", required=True)
        for name, words in STEPS.items():
            one = steps.add_parser(name, help=words)
            one.add_argument("folder", type=Path, metavar="DIR")
            one.add_argument("--json", action="store_true", help="以 JSON 输出")
            if name == "publish":
                one.add_argument("--effective", type=date.fromisoformat, metavar="DATE", help="施行日，默认照包中所写")

    def handle(self, *args, step: str, folder: Path, json: bool, **options) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有这个文件夹：{folder}")
        complaints = city.check(folder)
        if complaints or step == "check":
            self._say(json, {"complaints": complaints}, complaints or [f"{folder.name} 可以发布"])
        if complaints:
            raise CommandError(f"{folder.name} 有 {len(complaints)} 处问题，不能发布")
        if step == "duties":
            self.stdout.write(responsibility_list.markdown(folder), ending="")
        if step == "publish":
            try:
                rule_set = city.publish(folder, by="命令行", effective_from=options["effective"])
            except city.REFUSED as refused:
                raise CommandError(str(refused)) from refused
            told = {"code": rule_set.code, "effective_from": rule_set.effective_from.isoformat()}
            self._say(json, told, [f"已发布 {rule_set.code}，自 {rule_set.effective_from} 施行"])

    def _say(self, as_json: bool, told: dict, lines: list[str]) -> None:
        if as_json:
            self.stdout.write(jsonlib.dumps(told, ensure_ascii=False))
            return
        for line in lines:
            self.stdout.write(line)
