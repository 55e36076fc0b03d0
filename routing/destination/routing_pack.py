"""城市包的分流规则：routing.csv 逐行成规则；categories.csv 的 default_target 成“仅凭分类”的规则。

categories.csv may say the lawful paths of a category in a column `paths` (P01–P27, apart by ";"): they are shown in
the responsibility list.

routing.csv: code,priority,words,category_code,place_territory,target,exclude,reason,certainty; words apart by ";". A
column `above` may say who takes it where the organ of the target is itself the accused (第三十条): the organ one level
up with the same function. A bureau's own superior needs no such line.
A rule whose row changed or left the file is ended and a new row begun: a proposal keeps the rule it was made by.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import OrganKind
from petitions.intake.category_pack import table, words_of
from routing.destination.rules import AFTER_ALL_WORDS
from routing.models import RoutingRule
from rulebook.city.publication import PackRefused
from rulebook.timekeeping import today
from rulebook.triage.paths import PATHS

RULE_COLUMNS = (
    *("code", "priority", "words", "category_code", "place_territory", "target", "exclude", "reason", "certainty"),
)
CATEGORY_COLUMNS = ("code", "level1", "level2", "level3", "default_target")
FACTS = (
    *("priority", "words", "exclude", "category_code", "by_category"),
    *("territory", "target", "above", "reason", "certainty"),
)
CERTAINTIES = ("源", "知", "设", "疑")
BY_FUNCTION = ("bureau", "city")
BY_KIND = ("street", OrganKind.DISCIPLINE, OrganKind.POLITICAL_LEGAL, OrganKind.PETITION_OFFICE, OrganKind.PARTY)


def check(folder: Path) -> list[str]:
    """Every complaint about the rules, in sentences; empty where they may be loaded."""
    complaints: list[str] = []
    rules = table(folder / "routing.csv", RULE_COLUMNS, complaints)
    categories = table(folder / "categories.csv", CATEGORY_COLUMNS, complaints)
    organs = table(folder / "organs.csv", ("code", "kind", "level", "function"), complaints)
    territories = table(folder / "territories.csv", ("code",), complaints)
    if complaints:
        return complaints
    functions = {row["function"] for row in organs if row["function"]}
    codes = {row["code"] for row in categories}
    areas = {row["code"] for row in territories}
    for number, row in enumerate(rules, start=2):
        named = f"routing.csv 第{number}行“{row['code']}”"
        complaints += [f"{named}{said}" for said in faults(row, codes, areas, functions).values()]
    held = [row["code"] for row in rules]
    complaints += [f"分流规则“{code}”写了两次" for code in sorted({code for code in held if held.count(code) > 1})]
    for row in categories:
        if unknown := [code for code in words_of(row.get("paths", "")) if code not in PATHS]:
            complaints.append(f"分类“{row['code']}”的法定途径“{'、'.join(unknown)}”不认识，应为 P01 至 P{len(PATHS)}")
        if row["default_target"] and (said := target_complaint(row["default_target"], functions)):
            complaints.append(f"分类“{row['code']}”{said}")
    return complaints


@transaction.atomic
def load(folder: Path, *, rule_set=None) -> dict[str, int]:
    """Put the folder's rules in force; returns how many stand, begin and end. PackRefused with complaints."""
    if complaints := check(folder):
        raise PackRefused(complaints)
    wanted = {row.code: row for row in _rules(folder)}
    standing = {row.code: row for row in RoutingRule.objects.filter(valid_to=None)}
    ended = [row.pk for code, row in standing.items() if code not in wanted or _says(row) != _says(wanted[code])]
    RoutingRule.objects.filter(pk__in=ended).update(valid_to=today() - timedelta(days=1))
    begun = [row for code, row in wanted.items() if code not in standing or standing[code].pk in set(ended)]
    for row in begun:
        row.rule_set = rule_set
        # a first load reaches back: petitions of earlier days are proposed for by the same rules
        row.valid_from = today() if row.code in standing else None
    RoutingRule.objects.bulk_create(begun)
    return {"rules": len(wanted), "begun": len(begun), "ended": len(ended)}


def facts_of(code: str) -> dict[str, Any] | None:
    """What the rule of that code says as it stands; None where none does."""
    row = RoutingRule.objects.filter(valid_to=None, code=code).first()
    return {name: getattr(row, name) for name in FACTS} if row else None


@transaction.atomic
def put_in_force(code: str, facts: dict[str, Any] | None, *, rule_set) -> None:
    """The rule of that code says this from today on (None: there is none); the one that stood ends yesterday, and the
    proposals made by it keep it."""
    RoutingRule.objects.filter(valid_to=None, code=code).update(valid_to=today() - timedelta(days=1))
    if facts is not None:
        RoutingRule.objects.create(code=code, rule_set=rule_set, valid_from=today(), **facts)


def _rules(folder: Path) -> list[RoutingRule]:
    rules = [
        RoutingRule(
            code=row["code"],
            priority=int(row["priority"]),
            words=words_of(row["words"]),
            exclude=words_of(row["exclude"]),
            category_code=row["category_code"],
            territory=row["place_territory"],
            target=row["target"],
            above=row.get("above", ""),
            reason=row["reason"],
            certainty=row["certainty"],
        )
        for row in table(folder / "routing.csv", RULE_COLUMNS)
    ]
    for row in table(folder / "categories.csv", CATEGORY_COLUMNS):
        if row["default_target"]:
            label = " › ".join(part for part in (row["level1"], row["level2"], row["level3"]) if part)
            rules.append(
                RoutingRule(
                    code=f"C{row['code']}",
                    priority=AFTER_ALL_WORDS,
                    category_code=row["code"],
                    by_category=True,
                    target=row["default_target"],
                    reason=f"内容分类为“{label}”，按分类对应的职能办理",
                )
            )
    return rules


def _says(row: RoutingRule) -> list[Any]:
    return [getattr(row, name) for name in FACTS]


def faults(row: Mapping[str, str], codes: Collection[str], areas: Collection[str], functions: set[str]):
    """What is wrong with a row of routing.csv, column by column, as the rest of a sentence.

    A row that goes by its category alone (column `by_category`) needs no words.
    """
    found: dict[str, str] = {}
    if not row["code"]:
        found["code"] = "没有代码"
    if not row["priority"].isdigit() or not 1 <= int(row["priority"]) < AFTER_ALL_WORDS + bool(row.get("by_category")):
        found["priority"] = f"的次序“{row['priority']}”应为 1 至 {AFTER_ALL_WORDS - 1} 的整数"
    if not words_of(row["words"]) and not row.get("by_category"):
        found["words"] = "没有词语，永远不会用到"
    if both := set(words_of(row["words"])) & set(words_of(row["exclude"])):
        found["exclude"] = f"的词语同时被排除：{'、'.join(sorted(both))}"
    if row["category_code"] and row["category_code"] not in codes:
        found["category_code"] = f"的内容分类“{row['category_code']}”不在 categories.csv 中"
    if row["place_territory"] and row["place_territory"] not in areas:
        found["place_territory"] = f"的辖区“{row['place_territory']}”不在 territories.csv 中"
    if not row["reason"]:
        found["reason"] = "没有写明理由：每条建议都要说得出依据"
    if row["certainty"] not in CERTAINTIES:
        found["certainty"] = f"的可信度“{row['certainty']}”应为 {'、'.join(CERTAINTIES)} 之一"
    for column in ("target", "above"):
        if (column == "target" or row.get(column)) and (said := target_complaint(row[column], functions)):
            found[column] = said
    return found


def target_complaint(target: str, functions: set[str]) -> str:
    what, _, function = target.partition(":")
    if what in BY_FUNCTION:
        return "" if function in functions else f"的去向“{target}”：organs.csv 中没有单位承担“{function}”职能"
    if what in BY_KIND and not function:
        return ""
    return f"的去向“{target}”不认识，可写 street、bureau:职能、city:职能、{'、'.join(BY_KIND[1:])}"
