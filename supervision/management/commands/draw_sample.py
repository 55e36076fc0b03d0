import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from petitions.act.decorator import Refused
from supervision.models import SamplePlan
from supervision.sampling import plans


class Command(BaseCommand):
    help = (
        "质量评查：印出抽样名单和指纹，不写库。draw_sample --plan 名称，或者 --by 用户名 --since --until --size --seed"
    )

    def add_arguments(self, parser):
        """A plan by its name, or everything a plan says; --json: one JSON object on standard output."""
        parser.add_argument("--plan", help="已抽定的方案：照它的条件再抽一遍，与固定的名单比对")
        parser.add_argument("--by", help="主持人的用户名：总体是此人评得到的件")
        parser.add_argument("--since", type=date.fromisoformat, help="了结日自，2026-01-01 的样子")
        parser.add_argument("--until", type=date.fromisoformat, help="了结日至")
        parser.add_argument("--size", type=int, help="抽取件数")
        parser.add_argument("--seed", help="种子")
        parser.add_argument("--least", type=int, default=1, help="每层至少几件")
        parser.add_argument("--no-category", action="store_true", help="不按内容分类分层")
        parser.add_argument("--no-ending", action="store_true", help="不按了结方式分层")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, **options):
        """CommandError where something is missing or the drawing is refused."""
        try:
            told = _of_plan(options["plan"]) if options["plan"] else _as_asked(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write("\n".join(told["list"]))
        self.stdout.write(f"总体 {told['population']} 件，抽取 {len(told['list'])} 件，名单指纹 {told['hash']}")
        if "agrees" in told:
            self.stdout.write("与抽定的名单一致" if told["agrees"] else f"与抽定的名单不同：{told['frozen_hash']}")


def _of_plan(name: str) -> dict:
    plan = SamplePlan.objects.select_related("owner__organ__office").filter(name=name).first()
    if plan is None:
        raise CommandError(f"没有名为“{name}”的方案")
    asked = {"plan": plan.name, "by": plan.owner.username, "seed": plan.seed}
    told = plans.as_data(plans.redrawn(plan), asked)
    return told | {"frozen_hash": plan.list_hash, "agrees": told["hash"] == plan.list_hash}


def _as_asked(options) -> dict:
    lacking = [name for name in ("by", "since", "until", "size", "seed") if not options[name]]
    if lacking:
        raise CommandError(f"还要写明：{'、'.join(f'--{name}' for name in lacking)}；或者用 --plan 写方案名称")
    user = User.objects.select_related("organ__office").filter(username=options["by"]).first()
    if user is None or user.organ is None:
        raise CommandError(f"没有用户“{options['by']}”，或者此人没有单位")
    told = {name: options[name] for name in ("since", "until", "size", "seed", "least")}
    drawn = plans.would_draw(user, by_category=not options["no_category"], by_ending=not options["no_ending"], **told)
    return plans.as_data(drawn, {"by": user.username, "seed": options["seed"]})
