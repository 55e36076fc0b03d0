"""法定途径导航的表：与甄别规则对得上，写错的说得出哪一行，城市包盖得过参照包；按文字猜事项只看词语。"""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Organ
from routing.guide import guide_pack, pathways
from routing.models import PromptRule, Topic, TopicWay
from rulebook.city.publication import PackRefused
from rulebook.triage import Facts, branches, ways
from rulebook.triage.paths import PATHS, TOPICS

REFERENCE = Path(settings.BASE_DIR) / "citypacks" / "reference"
TABLES = ("topics", "topic_ways", "prompts")


@pytest.fixture
def folder(tmp_path):
    """The reference pack's tables, in a pack that has no base."""
    for name in TABLES:
        shutil.copy(REFERENCE / f"{name}.csv", tmp_path)
    return tmp_path


def add(folder, name, line):
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def test_the_reference_tables_are_sound_and_cover_all_six_fields():
    told = guide_pack.read(REFERENCE)
    assert told.complaints == []
    assert set(told.topics) == set(told.ways) == set(TOPICS)


def test_the_table_and_the_rules_of_triage_say_the_same():
    """Two readings of the same law: whatever triage answers for a matter is among the paths the table lists for it."""
    apart = []
    for code, rows in guide_pack.read(REFERENCE).ways.items():
        for row in rows:
            kinds = {"suggestion": "suggestion", "accusation": "accusation"}
            asks = kinds.get(row["matter"], "claim")
            matter = row["matter"] if asks == "claim" else ""
            way = ways.of(Facts(receiver="bureau", asks=asks, matter=matter, topic=code))
            if way.path not in row["paths"].split(";"):
                apart.append((code, row["situation"], row["paths"], way.path))
    assert apart == []


def test_every_path_belongs_to_a_branch_but_mediation():
    """P13（行政裁决）也在第四项；P15 调解可以与各条并用。"""
    assert [code for code in PATHS if not branches.of_path(code)] == ["P15"]
    assert branches.of_path("P06") == ("31-2", "31-4")
    assert (branches.of_path("P17"), branches.of_path("P25"), branches.of_path("P24")) == (("30",), ("29",), ("31-6",))


@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        ("topics", "XX01,某词,,,,知", "“XX01”不是六大领域的二级码"),
        ("topics", "CX01,,,,,知", "“CX01”没有关键词"),
        ("topics", "CX01,某词,,,,猜", "可信度“猜”不认识"),
        ("topic_ways", "CX99,某事,civil,P01,,设", "“CX99”不在 topics.csv 中"),
        ("topic_ways", "CX01,,civil,P01,,设", "没有写明情形"),
        ("topic_ways", "CX01,某事,quarrel,P01,,设", "“quarrel”不认识"),
        ("topic_ways", "CX01,某事,civil,P28,,设", "途径“P28”应为 P01 至 P27"),
        ("topic_ways", "CX01,某事,civil,,,设", "应为 P01 至 P27"),
        ("prompts", "U99,danger,某词,,某事,某条,设", "种类“danger”"),
        ("prompts", "U99,urgent,,,某事,某条,设", "“U99”没有词语"),
        ("prompts", "U99,threat,某词,,,某条,设", "没有写明提示什么"),
        ("prompts", "U99,urgent,某词,,某事,,设", "没有写明依据的条文"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_loaded(folder, name, line, sentence):
    add(folder, name, line)
    assert any(sentence in said for said in guide_pack.check(folder)), guide_pack.check(folder)


@pytest.mark.django_db
def test_a_refused_pack_leaves_the_last_one_standing(city, folder):
    before = Topic.objects.count()
    add(folder, "topics", "XX01,某词,,,,知")
    with pytest.raises(PackRefused):
        guide_pack.load(folder)
    assert Topic.objects.count() == before == len(TOPICS)


@pytest.mark.django_db
def test_a_citys_own_rows_take_the_place_of_the_bases(city, folder, tmp_path_factory):
    own = folder.parent / f"{folder.name}-own"
    own.mkdir()
    (own / "pack.toml").write_text(f'[pack]\nbase = "{folder.name}"\n', encoding="utf-8")
    (own / "topics.csv").write_text(
        "code,keywords,city,district,street,certainty\nCX07,物业费;门禁,市房管局,区房管局,街道,知\n", encoding="utf-8"
    )
    (own / "topic_ways.csv").write_text(
        "topic,situation,matter,paths,law,certainty\nCX07,门禁收费,civil,P15;P01,,设\n", encoding="utf-8"
    )
    counted = guide_pack.load(own)
    assert counted["topics"] == len(TOPICS) and PromptRule.objects.count() == counted["prompts"] > 0
    card = next(one for one in pathways.cards() if one.code == "CX07")
    assert card.city == "市房管局" and [one.situation for one in card.courses] == ["门禁收费"]
    assert pathways.guess("门禁坏了，物业费照收").hits == ("物业费", "门禁")
    assert TopicWay.objects.filter(topic__code="CX01").count() > 1, "没有改写的还是参照包的"


@pytest.mark.django_db
def test_the_matter_is_guessed_from_words_and_says_from_which(city):
    found = pathways.guess("包工头拖欠工资，我们十七个农民工讨薪三次没有结果")
    assert found.card.code == "LD01" and {"拖欠工资", "农民工", "讨薪"} <= set(found.hits)
    assert pathways.guess("今天天气很好") is None


@pytest.mark.django_db
def test_three_answers_lead_to_branch_organ_limit_and_letter(city):
    street, office = Organ.objects.get(code="YHQL"), Organ.objects.get(code="YHXF")
    wages = pathways.answer(street, asks="claim", matter="wages", topic="LD01")
    assert (wages.branch, wages.path, wages.letter, wages.end) == ("31-5", "P05", "F02", "F13")
    assert pathways.answer(office, asks="claim", matter="wages", topic="LD01").letter == "F07"
    court = pathways.answer(street, asks="claim", matter="wages", topic="LD01", status="in_court")
    assert (court.branch, court.path) == ("31-1", "P01")
    assert pathways.answer(street, asks="suggestion").path == "P25"
    assert pathways.answer(street, asks="claim", matter="service", competent=False).letter == "F05"
    assert pathways.answer(street, asks="claim") is None, "没有说争的是什么"
