"""`manage calendar`: look at what next year's table would move, publish it, finish what was left half done."""

import json
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from petitions.clocks import republication
from rulebook.books import RulesMissing
from rulebook.city.rules_pack import CalendarTable, read_calendar

LINES = 200  # 不输出 JSON 时最多列这么多行


class Command(BaseCommand):
    help = (
        "放假安排：calendar --file 2027.csv --year 2027 --source 依据 [--provisional] --preview|--publish --by 用户名；"
        "--resume 把没有改完的期限接着改完"
    )

    def add_arguments(self, parser):
        step = parser.add_mutually_exclusive_group(required=True)
        step.add_argument("--preview", action="store_true", help="列出会动的每一个期限，不写库")
        step.add_argument("--publish", action="store_true", help="发布，并把这些期限改到位")
        step.add_argument("--resume", action="store_true", help="上次没有改完的，接着改")
        parser.add_argument("--file", type=Path, help="CSV：日期,休/班,名称")
        parser.add_argument("--year", type=int)
        parser.add_argument("--source", default="", help="依据的文件")
        parser.add_argument("--provisional", action="store_true", help="尚未正式公布，先暂定")
        parser.add_argument("--by", help="发布人的用户名，须有“系统配置”职权")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, **options):
        if options["resume"]:
            return self._say(self._apply(options["json"]), {}, options["json"])
        table = self._table(options)
        told = {"year": table.year, "provisional": table.provisional, "source": table.source}
        try:
            if options["preview"]:
                return self._say(republication.preview(table), told, options["json"])
            version = republication.publish(table, by=self._user(options["by"]))
        except (PermissionDenied, RulesMissing) as refusal:
            raise CommandError(str(refusal)) from None
        told |= {"version": version.version, "published_by": version.published_by}
        return self._say(self._apply(options["json"]), told, options["json"])

    def _table(self, options) -> CalendarTable:
        path, year = options["file"], options["year"]
        if not path or not year:
            raise CommandError("请写明 --file 和 --year")
        if not path.is_file():
            raise CommandError(f"没有找到文件 {path.name}")
        table, complaints = read_calendar(
            path.read_bytes(), year, options["source"], provisional=options["provisional"], named=path.name
        )
        if complaints:
            raise CommandError("\n".join(complaints))
        return table

    def _user(self, username) -> User:
        if not username:
            raise CommandError("发布须写明 --by 用户名")
        user = User.objects.select_related("organ__office").filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"没有用户“{username}”，或者已停用")
        return user

    def _apply(self, quiet: bool) -> republication.Difference:
        def progress(done: int, total: int) -> None:
            if not quiet:
                self.stderr.write(f"已重算 {done} / {total} 件")

        return republication.apply(progress=progress)

    def _say(self, found: republication.Difference, told: dict, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told | found.as_json(), ensure_ascii=False))
            return
        for move in found.moves[:LINES]:
            self.stdout.write(_plain(move))
        if len(found.moves) > LINES:
            self.stdout.write(f"……另有 {len(found.moves) - LINES} 个，用 --json 看全部")
        by_term = "，".join(f"{term} {count}" for term, count in found.by_term().items())
        moved = f"日子变动的期限 {len(found.moves)} 个{f'（{by_term}）' if by_term else ''}"
        self.stdout.write(f"{moved}；只变暂定标记的 {found.marks} 个")


def _plain(move: republication.Move) -> str:
    days = f"{move.was.due_on} → {move.now.due_on}"
    if move.was.due_on == move.now.due_on:
        days = f"{move.was.due_on}（内控 {move.was.internal_on} → {move.now.internal_on}）"
    return f"{move.number or '（保密件）'}  {move.term} {move.label}  {days}"
