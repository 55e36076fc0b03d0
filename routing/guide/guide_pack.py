"""法定途径导航与登记提示的表：topics.csv、topic_ways.csv、prompts.csv。读、查、装；写错的用句子说出来。

topics.csv: code,keywords,city,district,street,certainty — the second-level matters of the six key fields.
topic_ways.csv: topic,situation,matter,paths,law,certainty — what is asked for → paths, the first one to be taken.
prompts.csv: code,kind,words,exclude,says,article,certainty — words shown to the clerk. Words and paths apart by ";".

A pack with `base` adds its rows to those of the pack of that name beside it. A row of the same code takes the place of
the base's; a matter whose ways the city writes itself has only those.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from petitions.intake.category_pack import table, words_of
from routing.models import PromptRule, Topic, TopicWay
from rulebook.city.base_pack import folders
from rulebook.city.publication import PackRefused
from rulebook.terms import Certainty
from rulebook.triage.facts import MATTERS
from rulebook.triage.paths import PATHS, TOPICS

TOPIC_COLUMNS = ("code", "keywords", "city", "district", "street", "certainty")
WAY_COLUMNS = ("topic", "situation", "matter", "paths", "law", "certainty")
PROMPT_COLUMNS = ("code", "kind", "words", "exclude", "says", "article", "certainty")
# 不是申诉求决的两类，也各有一条路
BESIDE_CLAIMS = {"suggestion": "建议意见", "accusation": "检举控告"}
CERTAINTIES = {one.value for one in Certainty}


@dataclass
class Tables:
    """The three tables as read, the city's rows laid over the base's, and the complaints about them."""

    topics: dict[str, dict[str, str]] = field(default_factory=dict)
    ways: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    prompts: dict[str, dict[str, str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def check(folder: Path) -> list[str]:
    """Every complaint about the three tables, in sentences; empty where they may be loaded."""
    return read(folder).complaints


@transaction.atomic
def load(folder: Path) -> dict[str, int]:
    """Put the pack's tables in the place of the last ones; returns how many of each. PackRefused with complaints."""
    told = read(folder)
    if told.complaints:
        raise PackRefused(told.complaints)
    Topic.objects.all().delete()
    PromptRule.objects.all().delete()
    topics = {code: _topic(row) for code, row in told.topics.items()}
    Topic.objects.bulk_create(topics.values())
    ways = [_way(topics[code], at, row) for code, rows in told.ways.items() for at, row in enumerate(rows, start=1)]
    TopicWay.objects.bulk_create(ways)
    PromptRule.objects.bulk_create(_prompt(row) for row in told.prompts.values())
    return {"topics": len(topics), "ways": len(ways), "prompts": len(told.prompts)}


def read(folder: Path) -> Tables:
    """The pack's tables over those of its base."""
    told = Tables()
    for place in folders(folder):
        told.topics |= {row["code"]: row for row in _rows(place / "topics.csv", TOPIC_COLUMNS, told)}
        told.prompts |= {row["code"]: row for row in _rows(place / "prompts.csv", PROMPT_COLUMNS, told)}
        own: dict[str, list[dict[str, str]]] = {}
        for row in _rows(place / "topic_ways.csv", WAY_COLUMNS, told):
            own.setdefault(row["topic"], []).append(row)
        told.ways |= own
    told.complaints += [said for row in told.topics.values() if (said := _topic_complaint(row))]
    told.complaints += [said for rows in told.ways.values() for row in rows if (said := _way_complaint(row, told))]
    told.complaints += [said for row in told.prompts.values() if (said := _prompt_complaint(row))]
    return told


def _rows(path: Path, columns: tuple[str, ...], told: Tables) -> list[dict[str, str]]:
    return table(path, columns, told.complaints) if path.exists() else []


def _topic_complaint(row: dict[str, str]) -> str:
    named = f"topics.csv 的“{row['code']}”"
    if row["code"] not in TOPICS:
        return f"{named}不是六大领域的二级码"
    if not words_of(row["keywords"]):
        return f"{named}没有关键词"
    return "" if row["certainty"] in CERTAINTIES else f"{named}的可信度“{row['certainty']}”不认识"


def _way_complaint(row: dict[str, str], told: Tables) -> str:
    named = f"topic_ways.csv 的“{row['topic']} {row['situation']}”"
    if row["topic"] not in told.topics:
        return f"{named}：“{row['topic']}”不在 topics.csv 中"
    if not row["situation"]:
        return f"{named}没有写明情形"
    if row["matter"] not in MATTERS | BESIDE_CLAIMS or not row["matter"]:
        return f"{named}的“{row['matter']}”不认识，应为争议种类（docs/triage.md）或者 {'、'.join(BESIDE_CLAIMS)}"
    unknown = [code for code in words_of(row["paths"]) if code not in PATHS]
    if unknown or not words_of(row["paths"]):
        return f"{named}的途径“{'、'.join(unknown)}”应为 P01 至 P27"
    if row["certainty"] == Certainty.SOURCE and not _law_of(row):
        return f"{named}标为“源”，须写明依据"
    return "" if row["certainty"] in CERTAINTIES else f"{named}的可信度“{row['certainty']}”不认识"


def _law_of(row: dict[str, str]) -> str:
    """A way without a law of its own stands on that of its first path."""
    return row["law"] or PATHS[words_of(row["paths"])[0]].law


def _prompt_complaint(row: dict[str, str]) -> str:
    named = f"prompts.csv 的“{row['code']}”"
    if row["kind"] not in PromptRule.Kind.values:
        return f"{named}的种类“{row['kind']}”应为 {'、'.join(PromptRule.Kind.values)} 之一"
    if not words_of(row["words"]):
        return f"{named}没有词语"
    if row["kind"] in (PromptRule.Kind.THREAT, PromptRule.Kind.URGENT) and not row["says"]:
        return f"{named}没有写明提示什么"
    if not row["article"]:
        return f"{named}没有写明依据的条文"
    return "" if row["certainty"] in CERTAINTIES else f"{named}的可信度“{row['certainty']}”不认识"


def _topic(row: dict[str, str]) -> Topic:
    told = {name: row[name].replace(";", "、") for name in ("city", "district", "street")}
    return Topic(code=row["code"], keywords=words_of(row["keywords"]), certainty=row["certainty"], **told)


def _way(topic: Topic, position: int, row: dict[str, str]) -> TopicWay:
    return TopicWay(
        topic=topic,
        position=position,
        situation=row["situation"],
        matter=row["matter"],
        paths=words_of(row["paths"]),
        law=row["law"],
        certainty=row["certainty"],
    )


def _prompt(row: dict[str, str]) -> PromptRule:
    words = {name: words_of(row[name]) for name in ("words", "exclude")}
    return PromptRule(**{name: row[name] for name in ("code", "kind", "says", "article", "certainty")}, **words)
