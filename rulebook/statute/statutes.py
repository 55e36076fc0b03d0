"""引得对不对：城市包里的法律法规名录（statutes.csv），和一处引用是否成立。

statutes.csv: name,short_names,articles,ended_on,replaced_by,earlier_facts,certainty,source. `articles` is the number
of the last article; `earlier_facts` 是 marks an ended law that may still apply to facts from before its end. A pack
with `base` adds its own laws to those of the pack of that name beside it.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from rulebook.city.base_pack import folders
from rulebook.city.publication import PackRefused
from rulebook.models import Statute
from rulebook.statute.citations import Citation, citations
from rulebook.terms.shape import Certainty

COLUMNS = ("name", "short_names", "articles", "ended_on", "replaced_by", "earlier_facts", "certainty", "source")
SURE = (Certainty.SOURCE, Certainty.DESIGNED)  # 其余的条数还要人核对


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a reference; `certain` where the list can be relied on."""

    kind: str  # unknown | beyond | ended | nameless
    sentence: str
    certain: bool


class StatuteBook:
    """The laws a city's opinions may cite, by every name they go by. Pure."""

    def __init__(self, statutes: Iterable[Statute]):
        self.by_name: dict[str, Statute] = {}
        for statute in statutes:
            for name in (statute.name, *statute.short_names):
                self.by_name[name] = statute

    def cited_in(self, text: str) -> list[Citation]:
        """Every reference of the text; a law of the list counts without 书名号 too."""
        return citations(text, [name for name in self.by_name if len(name) > 2])  # “条例”二字只在书名号里才认

    def flaw(self, cited: Citation, day: date) -> Flaw | None:
        """What is wrong with the reference in a paper of that day, or None."""
        if not cited.law:
            return Flaw("nameless", f"“{cited.words}”没有写明是哪部法律法规，请写出名称", False)
        statute = self.by_name.get(cited.law)
        if statute is None:
            return Flaw("unknown", f"“{cited.law}”不在法律法规名录中，请核对名称、效力和条号", False)
        if statute.ended_on and statute.ended_on <= day:
            return Flaw("ended", _ended(statute), not statute.earlier_facts)
        if cited.article is not None and not 1 <= cited.article <= statute.articles:
            said = f"《{statute.name}》共{statute.articles}条，没有“{cited.words}”"
            sure = Certainty(statute.certainty) in SURE
            return Flaw("beyond", said if sure else f"{said}（名录所载条数待核：{statute.source}）", sure)
        return None

    def stands(self, cited: Citation, day: date) -> bool:
        """Whether it names an article that exists in a law in force that day."""
        return cited.article is not None and self.flaw(cited, day) is None


def _ended(statute: Statute) -> str:
    said = f"《{statute.name}》已于{statute.ended_on:%Y年%-m月%-d日}废止"
    if statute.replaced_by:
        said += f"，请改引《{statute.replaced_by}》"
    return f"{said}；确属适用于废止前的事实的，请写明理由" if statute.earlier_facts else said


def check(folder: Path) -> list[str]:
    """Every complaint about the list, in sentences; empty where it may be loaded."""
    return read(folder)[1]


@transaction.atomic
def load(folder: Path) -> int:
    """Put the list of the pack in the place of the last one; returns how many laws. PackRefused with complaints."""
    rows, complaints = read(folder)
    if complaints:
        raise PackRefused(complaints)
    Statute.objects.exclude(name__in=rows).delete()
    Statute.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=[field.name for field in Statute._meta.concrete_fields if field.name not in ("id", "name")],
    )
    return len(rows)


def read(folder: Path) -> tuple[dict[str, Statute], list[str]]:
    """The laws of the pack by name, not saved, and every complaint about the list."""
    rows: dict[str, Statute] = {}
    complaints: list[str] = []
    places = folders(folder)
    for place in places:
        path = place / "statutes.csv"
        if path.exists():
            _read_file(path, rows, complaints)
    if not rows and not complaints:
        complaints.append("缺少 statutes.csv（法律法规名录）")
    names = [name for row in rows.values() for name in (row.name, *row.short_names)]
    complaints += [f"statutes.csv 的名称“{name}”写了两次" for name in sorted({n for n in names if names.count(n) > 1})]
    return rows, complaints


def _read_file(path: Path, rows: dict[str, Statute], complaints: list[str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if lacking := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
            complaints.append(f"{path.name} 缺少列：{'、'.join(lacking)}")
            return
        for number, row in enumerate(reader, start=2):
            made = _statute(row)
            if isinstance(made, str):
                complaints.append(f"{path.name} 第{number}行{made}")
            else:
                rows[made.name] = made


def _statute(row: dict[str, str]) -> Statute | str:
    if None in row or None in row.values():
        return "的列数与表头不符"
    cell = {key: value.strip() for key, value in row.items()}
    if not cell["name"] or not cell["source"]:
        return "缺少名称或者出处"
    if not cell["articles"].isdecimal() or int(cell["articles"]) < 1:
        return f"的条数“{cell['articles']}”应为1以上的整数"
    if cell["certainty"] not in {one.value for one in Certainty}:
        return f"的可信度“{cell['certainty']}”不认识"
    if cell["earlier_facts"] not in ("", "是"):
        return "的 earlier_facts 应为“是”或者空"
    try:
        ended = date.fromisoformat(cell["ended_on"]) if cell["ended_on"] else None
    except ValueError:
        return f"的废止日“{cell['ended_on']}”应写成 2022-05-01 的样子"
    return Statute(
        name=cell["name"],
        short_names=[name for name in cell["short_names"].split(";") if name],
        articles=int(cell["articles"]),
        ended_on=ended,
        replaced_by=cell["replaced_by"],
        earlier_facts=cell["earlier_facts"] == "是",
        certainty=cell["certainty"],
        source=cell["source"],
    )
