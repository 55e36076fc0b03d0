"""manage demo_city：发布演示城市、装载人员、把每一件演示件真办到今天。"""

import json as jsonlib
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import city
from config.demo.doing import announcing, suggesting
from config.demo.story.plot import STORIES
from config.demo.story.reader import FIRST, SMALL, Phrases, read, some
from config.demo.tally import tally
from config.demo.walker import walk
from petitions.models import Petition
from rulebook.timekeeping import now, today
from supervision.statistics import yearly

PASSWORD = "fengqiao-demo-2022"
SHOWN = 3  # 处：登录页上写出来的，其余看终端


class Command(BaseCommand):
    help = "装载演示城市：规则、机构、人员，以及真办到今天的信访件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有信访件的，什么也不做")
        size = parser.add_mutually_exclusive_group()
        size.add_argument("--small", action="store_true", help=f"只走约 {SMALL} 件，每种走向至少一件")
        size.add_argument("--first", action="store_true", help=f"只走约 {FIRST} 件：第一次启动不必等全城走完")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出清点结果")
        parser.add_argument(
            "--notice",
            type=Path,
            metavar="文件",
            help="没有走完的写进这个文件，给登录页看，命令照常结束；都走完的删去",
        )

    def handle(
        self, *args, if_empty: bool, small: bool, first: bool, json: bool, notice: Path | None = None, **options
    ) -> None:
        if Petition.objects.exists():
            if if_empty:
                return
            raise CommandError("库里已有信访件，演示城市只装进空库；只在空库时装载请加 --if-empty")
        folder, begun = Path(settings.CITY_PACK), perf_counter()
        if not (folder / "demo" / "petitions.csv").exists():
            self.stderr.write(f"城市包 {folder.name} 没有演示件，不装载")
            return
        say = self._progress(json)
        say("  规则与人员……")
        city.publish(folder, by="演示城市")
        city.load_people(folder, PASSWORD)
        prepared = perf_counter()
        tales = read(folder, STORIES)
        if small or first:
            tales = some(tales, SMALL if small else FIRST)
        walking = walk(tales, Phrases(folder), say=say)
        suggesting.carry_all(folder, now())
        announcing.carry_all(folder, today())
        yearly.keep_due()
        walked = perf_counter()
        say("  核对日志……")
        report = tally() | {
            "refusals": [{"id": tale, "step": step, "sentence": said} for tale, step, said in walking.refusals],
            "steps": walking.steps,
            "seconds": {
                "prepare": round(prepared - begun, 1),
                "walk": round(walked - prepared, 1),
                "check": round(perf_counter() - walked, 1),
            },
        }
        self._print(report, as_json=json)
        if notice:
            tell(notice, report)
        elif report["refusals"] or report["faults"]:
            raise CommandError("演示城市没有走完，或日志有误，见上")

    def _progress(self, quiet: bool):
        return (lambda line: None) if quiet else self.stdout.write

    def _print(self, report: dict, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(jsonlib.dumps(report, ensure_ascii=False, indent=1))
            return
        seconds = report["seconds"]
        self.stdout.write(
            f"演示城市：{report['petitions']} 件，{report['steps']} 步，日志 {report['log_lines']} 行；"
            f"规则与人员 {seconds['prepare']} 秒，走完 {seconds['walk']} 秒，核对 {seconds['check']} 秒"
        )
        for title, key in (("状态", "states"), ("环节", "stages"), ("形式", "channels"), ("灯", "lamps")):
            self.stdout.write(f"  {title}：" + "，".join(f"{name} {count}" for name, count in report[key].items()))
        self.stdout.write("  日志：" + ("完好" if not report["faults"] else "；".join(report["faults"][:10])))
        for row in report["refusals"]:
            self.stdout.write(f"  没有走完 {row['id']} {row['step']}：{row['sentence']}")


def tell(notice: Path, report: dict) -> None:
    """What the login page says of this demo city; nothing where all went as written."""
    said = [f"{row['id']}（{row['sentence']}）" for row in report["refusals"]] + report["faults"]
    if not said:
        notice.unlink(missing_ok=True)
        return
    rest = f"等 {len(said)} 处" if len(said) > SHOWN else ""
    notice.write_text(f"演示城市有 {len(said)} 处没有走完，其余照常可用：{'；'.join(said[:SHOWN])}{rest}。")
