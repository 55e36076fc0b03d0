"""`manage triage`: the advice for one matter's facts, read from a JSON file or standard input."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rulebook.triage import Advice, BadFacts, Facts, triage
from rulebook.triage.paths import PATHS


class Command(BaseCommand):
    help = "甄别一件事项：triage --facts 事实.json（- 表示从标准输入读），写法见 docs/triage.md"

    def add_arguments(self, parser):
        parser.add_argument("--facts", required=True, help="事实文件，一个 JSON 对象")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, **options):
        try:
            advice = triage(Facts.read(_told(options["facts"])))
        except BadFacts as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(advice.as_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_plain(advice)))


def _told(where: str) -> dict:
    try:
        text = sys.stdin.read() if where == "-" else Path(where).read_text(encoding="utf-8")
        told = json.loads(text)
    except OSError as missing:
        raise CommandError(f"读不了 {where}：{missing.strerror}") from None
    except ValueError:
        raise CommandError(f"{where} 不是 JSON") from None
    if not isinstance(told, dict):
        raise CommandError("事实应是一个 JSON 对象")
    return told


def _plain(advice: Advice) -> list[str]:
    path = PATHS.get(advice.path)
    return [
        f"类别 {advice.kind}  条款 {advice.branch or '—'}  途径 {f'{path.code} {path.label}' if path else '—'}",
        f"承办 {advice.organ}",
        f"文书 {advice.letter or '—'}  结果文书 {advice.end or '—'}",
        f"期限 {'、'.join(advice.clocks) or '—'}",
        f"救济 {advice.remedy_text or '不写救济'}",
        "不得：",
        *(f"  {ban.say}（{ban.rule}）" for ban in advice.must_not),
        "理由：",
        *(f"  {reason.say}（{reason.rule}）" for reason in advice.why),
    ]
