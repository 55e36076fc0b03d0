"""manage bench：自己建一个库，造若干件，与裸 SQL 交错着比，印出每个目标守住没有，再把库删掉。"""

import json as jsonlib
from argparse import ArgumentParser
from dataclasses import replace

from django.core.management.base import BaseCommand, CommandError

from bench.door import measuring
from bench.million import steps
from bench.million.measuring import bench_report
from bench.million.plan import SHORT, WATCHED, Plan

DOOR = "public"
LEAST = 200  # 件


class Command(BaseCommand):
    help = "百万件测速：在自己的库里造件、量检索、判重、队列、登记，跑完删库；中断后再跑接着走"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--petitions", type=int, metavar="N", help=f"造多少件；只量巡查的，默认 {WATCHED}")
        parser.add_argument("--log-lines", type=int, metavar="N", help="日志共多少行，默认每件二十行")
        parser.add_argument("--only", action="append", default=[], choices=[*steps.MEASURED, DOOR], help="只量这一项")
        parser.add_argument("--apart", action="store_true", help="量群众的门时，群众的页另用一个进程")
        parser.add_argument("--short", action="store_true", help=f"短的一轮：{SHORT} 件")
        parser.add_argument("--keep", action="store_true", help="跑完不删库")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, petitions: int | None, log_lines: int | None, only: list[str], **options) -> None:
        if only == [DOOR]:
            self._door(
                replace(measuring.SHORT if options["short"] else measuring.Scale(), apart=options["apart"]), options
            )
            return
        if DOOR in only:
            raise CommandError("群众的门在演示城市里量，请单独量：--only public")
        petitions = petitions or (SHORT if options["short"] else None)
        if petitions is None and set(only) == {"sweep"}:
            petitions = WATCHED
        if petitions is None:
            raise CommandError("请写明造多少件：--petitions N，或用 --short")
        if petitions < LEAST:
            raise CommandError(f"至少 {LEAST} 件")
        if log_lines is not None and log_lines < petitions:
            raise CommandError("日志每件至少一行")
        plan = Plan.open(petitions, log_lines)
        quiet = options["json"]
        if plan.done and not quiet:
            self.stdout.write(f"接着上次的走：已办完 {len(plan.done)} 步")
        try:
            report = bench_report.run(
                plan, only, keep=options["keep"], say=(lambda line: None) if quiet else self.stdout.write
            )
        except steps.Stopped as stopped:
            raise CommandError(str(stopped)) from stopped
        self.stdout.write(jsonlib.dumps(report, ensure_ascii=False) if quiet else bench_report.told(report))
        missed = [line["name"] for line in report["lines"] if not line["held"]]
        if missed:
            raise CommandError(f"{len(missed)} 个目标未守住", returncode=1)

    def _door(self, scale: measuring.Scale, options: dict) -> None:
        """群众的门：在演示城市的一份拷贝里量。"""
        try:
            lines = measuring.measure(scale)
        except measuring.Stopped as stopped:
            raise CommandError(str(stopped)) from stopped
        said = jsonlib.dumps({"lines": lines}, ensure_ascii=False) if options["json"] else measuring.told(lines)
        self.stdout.write(said)
        if missed := [line["name"] for line in lines if not line["held"]]:
            raise CommandError(f"{len(missed)} 个目标未守住", returncode=1)
