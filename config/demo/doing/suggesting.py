"""人民建议的演示：照城市包的 demo/suggestions.toml，一步一步真办到今天；没有这个文件的城市包不演示。"""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.models import Organ, User
from config.demo.story.pace import moment_of
from routing.models import Campaign, Suggestion
from routing.suggestions import campaigns, follow_up, merge, receipt, study
from rulebook.timekeeping import at, today

NAME = "suggestions.toml"
HOW: dict[str, Callable[..., Any]] = {
    "merge": merge.merge,
    "pass": study.pass_on,
    "take_up": study.take_up,
    "decide": study.decide,
    "reply": study.reply,
    "became": follow_up.became,
    "progress": follow_up.progress,
    "publish": follow_up.publish,
    "thank": follow_up.thank,
}


def carry_all(folder: Path, moment: datetime) -> int:
    """Open the campaigns and carry every step, each on its own day. Returns how many steps were carried."""
    path = Path(folder) / "demo" / NAME
    if not path.exists():
        return 0
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    campaign = _start(dict(told["campaign"]), moment)
    _start(dict(told["standing"]), moment)
    made: dict[str, Suggestion] = {}
    for number, step in enumerate(told["steps"]):
        _carry(dict(step), campaign, made, moment, minute=number)
    return len(told["steps"])


def _start(told: dict[str, Any], moment: datetime) -> Campaign:
    with at(_day(told.pop("days_ago"), moment, 0)):
        length = told.pop("closes_in", None)
        return campaigns.start(
            _person(told.pop("by")),
            organ=_organ(told.pop("organ")),
            opens_on=today(),
            closes_on=moment.date() + timedelta(days=length) if length else None,
            **told,
        )


def _carry(step: dict[str, Any], campaign: Campaign, made: dict[str, Suggestion], moment: datetime, minute: int):
    do, key, by = step.pop("do"), step.pop("key"), step.pop("by", None)
    with at(_day(step.pop("days_ago"), moment, minute)):
        for name in ("organ", "to"):
            if name in step:
                step[name] = _organ(step[name])
        if "into" in step:
            step["into"] = made[step["into"]]
        if "within" in step:
            step["due_on"] = today() + timedelta(days=step.pop("within"))
        if "on_days_ago" in step:
            step["on"] = moment.date() - timedelta(days=step.pop("on_days_ago"))
        if do == "receive":
            made[key] = receipt.receive(campaign=campaign, by=_person(by) if by else None, **step)
        else:
            HOW[do](made[key], _person(by), **step)


def _day(days_ago: int, moment: datetime, minute: int) -> datetime:
    day = moment.date() - timedelta(days=days_ago)
    return moment_of(day, datetime.min.replace(hour=10, minute=minute % 60).time())


def _person(username: str) -> User:
    return User.objects.select_related("organ__office").get(username=username)


def _organ(code: str) -> Organ:
    return Organ.objects.select_related("office").get(code=code)
