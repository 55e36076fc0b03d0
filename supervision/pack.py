"""城市包的 `ladder.toml` ↔ 提醒阶梯行。级、对象、天数都是城市数据；发给谁的角色写在 [addressees]。"""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Channel
from rulebook.publishing import PackRefused
from rulebook.terms import BY_CODE, Kind
from rulebook.timekeeping import today
from supervision.addressees import LABELS, above
from supervision.ladder import Opens
from supervision.models import LadderRow
from supervision.models.ladder import in_app

COLUMNS = {"code", "level", "label", "offset", "unit", "tells", "channels", "opens", "logged"}
LEVELS = range(1, 7)
FARTHEST = 365  # 日


@dataclass
class LadderPack:
    """What the file says, and the complaints about it. With complaints it is not loaded."""

    rungs: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def read(folder: Path) -> LadderPack:
    """The ladder of a city pack with every complaint found; a pack without one takes the reference pack's."""
    pack = LadderPack()
    path = Path(folder) / "ladder.toml"
    if not path.exists():
        path = Path(folder).parent / "reference" / "ladder.toml"
    if not path.exists():
        pack.complaints.append("缺少 ladder.toml（提醒阶梯）")
        return pack
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        pack.complaints.append(f"ladder.toml 写法不对：{error}")
        return pack
    addressees = _addressees(told.get("addressees", {}), pack)
    for group in told.get("ladder", []):
        _read_group(group, addressees, pack)
    seen = Counter((term, rung["code"]) for rung in pack.rungs for term in rung["terms"])
    for term, code in [key for key, times in seen.items() if times > 1]:
        pack.complaints.append(f"ladder.toml 中 {term} 有重复的代号 {code}")
    if not pack.rungs and not pack.complaints:
        pack.complaints.append("ladder.toml 没有写任何一级阶梯")
    return pack


def check(folder: Path) -> list[str]:
    """Complaints about a pack's ladder, in sentences."""
    return read(folder).complaints


@transaction.atomic
def load(folder: Path, *, rule_set) -> list[LadderRow]:
    """Put the ladder in force; one that says the same already is left alone. Returns the rows added.

    A first ladder holds from the rule set's own day; a changed one from today, and what it replaces ends yesterday.
    PackRefused where there are complaints.
    """
    pack = read(folder)
    if pack.complaints:
        raise PackRefused(pack.complaints)
    current = LadderRow.objects.filter(valid_to=None)
    if sorted(map(_said, pack.rungs)) == sorted(_said(_columns(row)) for row in current):
        return []
    starts = today() if current.exists() else rule_set.effective_from
    current.filter(Q(valid_from=None) | Q(valid_from__lte=starts)).update(valid_to=starts - timedelta(days=1))
    return LadderRow.objects.bulk_create(
        LadderRow(rule_set=rule_set, valid_from=_day(starts), **rung) for rung in pack.rungs
    )


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _columns(row: LadderRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in sorted(COLUMNS | {"terms", "above"})}


def _said(rung: dict[str, Any]) -> str:
    people = {name: sorted((who, list(roles)) for who, roles in rung[name].items()) for name in ("tells", "above")}
    return repr(sorted((rung | people).items()))


def _addressees(rows: dict[str, Any], pack: LadderPack) -> dict[str, list[str]]:
    found = {}
    for name, roles in rows.items():
        if name not in LABELS:
            pack.complaints.append(f"ladder.toml 的告知对象“{name}”不认识，可写：{'、'.join(LABELS)}")
        elif not isinstance(roles, list) or not all(isinstance(role, str) and role for role in roles):
            pack.complaints.append(f"ladder.toml 的告知对象“{name}”应写成角色代码的列表")
        else:
            found[name] = roles
    return found


def _read_group(group: dict[str, Any], addressees: dict[str, list[str]], pack: LadderPack) -> None:
    terms = group.get("terms", [])
    for code in terms:
        if code not in BY_CODE:
            pack.complaints.append(f"ladder.toml 的期限“{code}”不在规则簿之列")
        elif BY_CODE[code].kind is Kind.RIGHT:
            pack.complaints.append(f"ladder.toml 的期限“{code}”是权利期限，不用就届满，不提醒也不升级")
    if not terms:
        pack.complaints.append("ladder.toml 有一组阶梯没有写明适用的期限（terms）")
    for row in group.get("rung", []):
        named = f"ladder.toml 中 {'、'.join(terms)} 的“{row.get('code', '')}”"
        if complaint := _complaint(row, addressees):
            pack.complaints.append(f"{named}{complaint}")
            continue
        tells = {name: addressees[name] for name in row["tells"]}
        facts = {"unit": "natural", "channels": in_app(), "opens": "", "logged": False} | row
        pack.rungs.append(facts | {"terms": terms, "tells": tells, "above": above(tells, addressees)})


def _complaint(row: dict[str, Any], addressees: dict[str, list[str]]) -> str | None:
    if unknown := sorted(set(row) - COLUMNS):
        return f"多出一项：{'、'.join(unknown)}"
    if lacking := sorted({"code", "level", "label", "offset", "tells"} - set(row)):
        return f"缺少：{'、'.join(lacking)}"
    if row["level"] not in LEVELS:
        return "的级应为 1 至 6"
    if type(row["offset"]) is not int or abs(row["offset"]) > FARTHEST:
        return f"的天数应为 -{FARTHEST} 至 {FARTHEST} 的整数"
    if row.get("unit", "natural") not in LadderRow.Unit.values:
        return f"的单位应为 {'、'.join(LadderRow.Unit.values)}"
    if complaint := _channels(row.get("channels", in_app())):
        return complaint
    if row.get("opens", "") not in ("", *Opens):
        return f"开启的一步应为 {'、'.join(Opens)}"
    if type(row.get("logged", False)) is not bool:
        return "的 logged 应为 true 或 false"
    strangers = [name for name in row["tells"] if name not in addressees]
    if strangers or not row["tells"]:
        return f"的告知对象没有在 [addressees] 中写明：{'、'.join(strangers) or '空'}"
    return None


def _channels(told: Any) -> str | None:
    """站内消息不能省：知悉、上报都看它，别的渠道是另外再告诉一遍。"""
    if not isinstance(told, list) or not set(map(str, told)) <= set(Channel.values):
        return f"的渠道应写成列表，可写 {'、'.join(Channel.values)}"
    if len(told) != len(set(told)):
        return "的渠道写重了"
    return None if Channel.IN_APP in told else f"的渠道少了 {Channel.IN_APP}：站内消息不能省"
