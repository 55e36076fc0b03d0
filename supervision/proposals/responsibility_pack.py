"""城市包的 `responsibility.csv` ↔ 追责情形。条款是行：列 code,article,item,words,mark。"""

from datetime import timedelta
from pathlib import Path

from django.db import transaction

from petitions.intake.category_pack import table
from rulebook.city.base_pack import file_of
from rulebook.city.publication import PackRefused
from rulebook.terms.shape import Certainty
from rulebook.timekeeping import today
from supervision.models import ResponsibilityRule

NAME = "responsibility.csv"
COLUMNS = ("code", "article", "item", "words", "mark")
ARTICLES = ("第四十二条", "第四十三条", "第四十四条", "第四十五条", "第四十六条")


def read(folder: Path) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of the pack, or of its base, and every complaint about them in a sentence."""
    complaints: list[str] = []
    path = file_of(Path(folder), NAME)
    if not path.exists():
        path = Path(folder).parent / "reference" / NAME
    rows = table(path, COLUMNS, complaints)
    codes = [row["code"] for row in rows]
    for number, row in enumerate(rows, start=2):
        named = f"{NAME} 第{number}行"
        if not row["code"] or codes.count(row["code"]) > 1:
            complaints.append(f"{named}的代号为空或者重复")
        if row["article"] not in ARTICLES:
            complaints.append(f"{named}的条“{row['article']}”应为第四十二条至第四十六条之一")
        if not row["words"]:
            complaints.append(f"{named}没有写情形")
        if row["mark"] not in [one.value for one in Certainty]:
            complaints.append(f"{named}的可信度应为：{'、'.join(one.value for one in Certainty)}")
    if not rows and not complaints:
        complaints.append(f"{NAME} 没有写任何一种情形")
    return [{name: row[name] for name in COLUMNS} for row in rows], complaints


def check(folder: Path) -> list[str]:
    """Complaints about a pack's list, in sentences."""
    return read(folder)[1]


@transaction.atomic
def load(folder: Path, *, rule_set) -> int:
    """Put the list in force; rows that say the same stay, others end yesterday and begin today. Returns rows added.

    PackRefused where there are complaints.
    """
    rows, complaints = read(folder)
    if complaints:
        raise PackRefused(complaints)
    held = {_said(row): row for row in ResponsibilityRule.objects.filter(valid_to=None)}
    starts = today() if held else rule_set.effective_from
    told = {tuple(row[name] for name in COLUMNS): row for row in rows}
    gone = [row.pk for said, row in held.items() if said not in told]
    ResponsibilityRule.objects.filter(pk__in=gone).update(valid_to=starts - timedelta(days=1))
    fresh = [row for said, row in told.items() if said not in held]
    ResponsibilityRule.objects.bulk_create(
        ResponsibilityRule(rule_set=rule_set, valid_from=starts, **row) for row in fresh
    )
    return len(fresh)


def _said(row: ResponsibilityRule) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
