"""领导接访公告的演示：照城市包的 demo/receptions.toml，由有权的人起草、公布、取消；没有这个文件的城市包不演示。"""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path

from accounts.models import User
from config.demo.story.pace import moment_of
from petitions.intake.reception import rules as receptions
from rulebook.timekeeping import at

NAME = "receptions.toml"


def carry_all(folder: Path, day: date) -> int:
    """Announce what the file says, each some days before or after `day`. Returns how many were announced."""
    path = Path(folder) / "demo" / NAME
    if not path.exists():
        return 0
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["reception"]
    for row in rows:
        _carry(dict(row), day)
    return len(rows)


def _carry(row: dict, day: date) -> None:
    by = User.objects.select_related("organ__office").get(username=row.pop("by"))
    on, reason = day + timedelta(days=row.pop("in_days")), row.pop("cancelled", "")
    announced = min(day, on - timedelta(days=7))
    with at(moment_of(announced, time(9))):
        told = row | {"day": on, "shown_from": announced, "shown_until": on}
        made = receptions.publish(receptions.draft(by, organ=by.organ, **told), by, version=1)
        if reason:
            receptions.cancel(made, by, reason=reason)
