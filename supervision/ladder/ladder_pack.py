"""城市包的 `ladder.toml` ↔ 提醒阶梯行。级、对象、天数都是城市数据；发给谁的角色写在 [addressees]。"""

import json
import tomllib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Channel
from petitions.intake.category_pack import table
from petitions.models import Category, Deadline
from rulebook.city.publication import PackRefused
from rulebook.terms import BY_CODE, Kind
from rulebook.timekeeping import now, today
from supervision.ladder.addressees import LABELS, above
from supervision.ladder.models import in_app
from supervision.ladder.rungs import Opens
from supervision.models import LadderRow

COLUMNS = {"code", "level", "label", "offset", "unit", "tells", "channels", "opens", "logged", "category"}
LEVELS = range(1, 7)
FARTHEST = 365  # 日


@dataclass
class LadderPack:
    """What the file says, and the complaints about it. With complaints it is not loaded."""

    rungs: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def read(folder: Path) -> LadderPack:
    """The ladder of a city pack with every complaint found; a pack without one takes the reference pack's."""
    path = Path(folder) / "ladder.toml"
    if not path.exists():
        path = Path(folder).parent / "reference" / "ladder.toml"
    if not path.exists():
        return LadderPack(complaints=["缺少 ladder.toml（提醒阶梯）"])
    listed = Path(folder) / "categories.csv"
    return understood(path.read_text(encoding="utf-8"), [row["code"] for row in table(listed, ("code",))])


def understood(text: str, categories: Collection[str] | None = None) -> LadderPack:
    """What the text of a ladder.toml says, with every complaint found. `categories`: the codes a rung may be meant for,
    or be the first digits of; None, those of the city as it stands."""
    pack = LadderPack()
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        pack.complaints.append(f"ladder.toml 写法不对：{error}")
        return pack
    addressees = _addressees(told.get("addressees", {}), pack)
    for group in told.get("ladder", []):
        _read_group(group, addressees, pack)
    pack.complaints += _category_complaints(pack.rungs, categories)
    seen = Counter((term, rung["code"], rung["category"]) for rung in pack.rungs for term in rung["terms"])
    for term, code, category in [key for key, times in seen.items() if times > 1]:
        pack.complaints.append(f"ladder.toml 中 {term} 有重复的代号 {code}{f'（分类 {category}）' if category else ''}")
    if not pack.rungs and not pack.complaints:
        pack.complaints.append("ladder.toml 没有写任何一级阶梯")
    return pack


def _category_complaints(rungs: list[dict[str, Any]], categories: Collection[str] | None) -> list[str]:
    named = {rung["category"]: rung["code"] for rung in rungs if rung["category"]}
    if not named:
        return []
    known = Category.objects.filter(valid_to=None).values_list("code", flat=True) if categories is None else categories
    codes = list(known)
    return [
        f"ladder.toml 中“{code}”的内容分类“{category}”不在分类表中：请写分类的代码，或者它的前两位、前四位"
        for category, code in sorted(named.items())
        if len(category) % 2 or not any(one.startswith(category) for one in codes)
    ]


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
    if is_in_force(pack.rungs):
        return []
    starts = today() if LadderRow.objects.filter(valid_to=None).exists() else rule_set.effective_from
    return put_in_force(pack.rungs, rule_set=rule_set, starts=_day(starts))


def rungs_in_force() -> list[dict[str, Any]]:
    """The ladder that stands, rung by rung, as the pack reads them."""
    return [_columns(row) for row in LadderRow.objects.filter(valid_to=None).lowest_first()]


def is_in_force(rungs: list[dict[str, Any]]) -> bool:
    """Whether the ladder that stands says just this."""
    return sorted(map(_said, rungs)) == sorted(map(_said, rungs_in_force()))


@transaction.atomic
def put_in_force(rungs: list[dict[str, Any]], *, rule_set, starts: date) -> list[LadderRow]:
    """These rungs from a day on in the place of those that stand, which end the day before; running deadlines are
    looked at again by the next sweep."""
    current = LadderRow.objects.filter(valid_to=None)
    current.filter(Q(valid_from=None) | Q(valid_from__lte=starts)).update(valid_to=starts - timedelta(days=1))
    rows = LadderRow.objects.bulk_create(LadderRow(rule_set=rule_set, valid_from=starts, **rung) for rung in rungs)
    terms = {term for row in rows for term in row.terms}
    Deadline.objects.running().filter(term__in=terms).update(next_rung_at=now())
    return rows


def written(rungs: list[dict[str, Any]]) -> str:
    """The rungs as the text of a ladder.toml: reading it again gives the same rungs."""
    people: dict[str, list[str]] = {}
    for rung in rungs:
        for who, roles in {**rung.get("above", {}), **rung["tells"]}.items():
            people[who] = list(dict.fromkeys([*people.get(who, []), *roles]))
    lines = ["[addressees]", *(f"{who} = {_list(people[who])}" for who in LABELS if who in people)]
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for rung in rungs:
        groups.setdefault(tuple(rung["terms"]), []).append(rung)
    for terms in sorted(groups):
        lines += ["", f"# {'、'.join(BY_CODE[code].label for code in terms)}", "[[ladder]]", f"terms = {_list(terms)}"]
        lines += ["rung = [", *(f"  {_row(rung)}," for rung in groups[terms]), "]"]
    return "\n".join(lines) + "\n"


def _row(rung: dict[str, Any]) -> str:
    told = [f"code = {_word(rung['code'])}", f"level = {rung['level']}", f"label = {_word(rung['label'])}"]
    told.append(f"offset = {rung['offset']}")
    if rung["unit"] != LadderRow.Unit.NATURAL:
        told.append(f'unit = "{rung["unit"]}"')
    told.append(f"tells = {_list(rung['tells'])}")
    if list(rung["channels"]) != in_app():
        told.append(f"channels = {_list(rung['channels'])}")
    if rung["opens"]:
        told.append(f'opens = "{rung["opens"]}"')
    if rung["logged"]:
        told.append("logged = true")
    if rung.get("category"):
        told.append(f'category = "{rung["category"]}"')
    return "{ " + ", ".join(told) + " }"


def _list(words) -> str:
    return "[" + ", ".join(map(_word, words)) + "]"


def _word(word: str) -> str:
    """Quoted as TOML quotes it: a quotation mark in a label does not end it."""
    return json.dumps(word, ensure_ascii=False)


def differences(was: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
    """What changes from one ladder to another, a sentence for each rung that came, went or moved."""
    before = {(term, rung["code"], rung.get("category", "")): rung for rung in was for term in rung["terms"]}
    after = {(term, rung["code"], rung.get("category", "")): rung for rung in new for term in rung["terms"]}
    said: dict[str, list[str]] = {}
    for key in sorted(before.keys() | after.keys()):
        words = _difference(before.get(key), after.get(key))
        if words:
            said.setdefault(words, []).append(BY_CODE[key[0]].label)
    return [f"{'、'.join(dict.fromkeys(labels))}：{words}" for words, labels in said.items()]


def _difference(was: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    one = new or was
    about = f"（分类 {one['category']}）" if one and one.get("category") else ""
    named = f"{one['code']} {one['label']}{about}" if one else ""
    if was is None:
        return f"新设{named}（{_when(one)}）"
    if new is None:
        return f"取消{named}（{_when(one)}）"
    moved = []
    if (was["offset"], was["unit"]) != (new["offset"], new["unit"]):
        moved.append(f"由{_when(was)}改为{_when(new)}")
    if {**was["tells"]} != {**new["tells"]}:
        moved.append(f"改告知{'、'.join(LABELS[who] for who in new['tells'])}")
    if (was["level"], was["label"], was["opens"], was["logged"], list(was["channels"])) != (
        new["level"],
        new["label"],
        new["opens"],
        new["logged"],
        list(new["channels"]),
    ):
        moved.append("级、名称、渠道、打开的事或者记日志有改动")
    return f"{named}{'，'.join(moved)}" if moved else ""


def _when(rung: dict[str, Any] | None) -> str:
    if rung is None:
        return ""
    unit = LadderRow.Unit(rung["unit"]).label
    offset = rung["offset"]
    return f"届满前 {-offset} 个{unit}" if offset < 0 else "届满当日" if not offset else f"超期 {offset} 个{unit}"


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _columns(row: LadderRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in sorted(COLUMNS | {"terms", "above"})}


def _said(rung: dict[str, Any]) -> str:
    people = {name: sorted((who, list(roles)) for who, roles in rung[name].items()) for name in ("tells", "above")}
    return repr(sorted(({"category": ""} | rung | people).items()))


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
        facts = {"unit": "natural", "channels": in_app(), "opens": "", "logged": False, "category": ""} | row
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
    if not isinstance(row.get("category", ""), str):
        return "的内容分类应写成代码，加引号"
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
