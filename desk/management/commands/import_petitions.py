"""manage import_petitions FILE --by 用户名 [--map MAP.toml] [--dry-run] [--errors OUT.xlsx] [--notify] [--json]"""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from desk.bulk_import.import_run import Tally, import_file
from desk.bulk_import.mapping import MapRefused
from desk.bulk_import.table_reader import Unreadable


class Command(BaseCommand):
    help = "批量导入信访件：一行一件，经过与登记台相同的行为；同一来源、同一编号只登记一次"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV（UTF-8 或 GB18030）或 XLSX，第一行是列名")
        parser.add_argument("--by", required=True, metavar="用户名", help="由谁登记：按此人的职权核对每一行")
        parser.add_argument(
            "--map", type=Path, dest="map_path", metavar="MAP.toml", help="列名与本系统不同时的映射文件"
        )
        parser.add_argument("--dry-run", action="store_true", help="只核对，不留下任何件")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="退回的行连同原因写到这里")
        parser.add_argument("--notify", action="store_true", help="按现时登记对待：出回执、不标补录（历史件不要用）")
        parser.add_argument("--json", action="store_true", help="结果以 JSON 打印")

    def handle(self, *args, file, by, map_path, dry_run, errors, notify, **options):
        registrar = User.objects.active().select_related("organ__office").filter(username=by).first()
        if registrar is None or registrar.organ is None:
            raise CommandError(f"没有可以登记的用户“{by}”，请用 --by 写明在岗人员的用户名")
        try:
            tally = import_file(
                file,
                by=registrar,
                map_path=map_path,
                errors=errors,
                notify=notify,
                dry_run=dry_run,
                progress=self._progress,
            )
        except (MapRefused, Unreadable) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_as_json(tally) if options["json"] else _as_words(tally, dry_run, errors))

    def _progress(self, tally: Tally) -> None:
        """On a terminal one line that is rewritten; in a file a line a thousand rows."""
        on_screen = sys.stderr.isatty()
        if on_screen or tally.rows % 1000 < 100:
            line = f"已读 {tally.rows} 行：登记 {tally.registered}，已有 {tally.already_there}，退回 {tally.refused}"
            self.stderr.write(f"{line}（每秒 {tally.per_second:.0f} 行）", ending="\r" if on_screen else "\n")


def _as_json(tally: Tally) -> str:
    return json.dumps(tally.as_json(), ensure_ascii=False)


def _as_words(tally: Tally, dry_run: bool, errors: Path | None) -> str:
    lines = [
        "只核对，没有留下任何件。" if dry_run else "导入完毕。",
        f"共 {tally.rows} 行：登记 {tally.registered} 件，早已登记 {tally.already_there} 行，退回 {tally.refused} 行",
    ]
    if tally.registered:
        share = f"{tally.proposed / tally.registered:.1%}"
        lines.append(f"有名规则建议去向 {tally.proposed} 件（{share}），待甄别 {tally.triage} 件")
        lines.append("、".join(f"{term} 期限 {count} 条" for term, count in sorted(tally.clocks.items())))
    lines.append(f"用时 {tally.seconds:.1f} 秒，每秒 {tally.per_second:.0f} 行")
    if tally.refused:
        counted = "、".join(f"{column} {count}" for column, count in tally.reasons.most_common())
        lines.append(f"退回理由（按列）：{counted}")
        lines += [f"退回的行在 {errors}，改好后可以直接再导入"] if errors else tally.first_refused
    return "\n".join(lines)
