"""法律法规名录：条号怎么读，引得对不对，名录写错了怎么说。"""

import csv
from datetime import date
from pathlib import Path

import pytest

from rulebook.city.publication import PackRefused
from rulebook.models import Statute
from rulebook.statute import statutes
from rulebook.statute.citations import Citation, citations, number_of, plain_name

PACKS = Path(__file__).parents[2] / "citypacks"
DAY = date(2026, 3, 20)
HEAD = "name,short_names,articles,ended_on,replaced_by,earlier_facts,certainty,source\n"


@pytest.fixture(scope="module")
def book():
    rows, complaints = statutes.read(PACKS / "yunzhou")
    assert complaints == []
    return statutes.StatuteBook(rows.values())


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三十一", 31),
        ("31", 31),
        ("十", 10),
        ("二十", 20),
        ("一百零二", 102),
        ("一百一十八", 118),
        ("一千二百六十", 1260),
        ("二〇", 20),
        ("1百", 100),
    ],
)
def test_numbers_of_articles(words, number):
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("《信访工作条例》第三十一条第六项、第三十二条", [("信访工作条例", 31), ("信访工作条例", 32)]),
        ("《中华人民共和国民法典》（2020年）第二百七十八条第一款", [("民法典", 278)]),
        ("《消防法》第二十八条和《民法典》第30条", [("消防法", 28), ("民法典", 30)]),
        ("《民法典》第二百七十五条至第二百七十七条", [("民法典", 275), ("民法典", 277)]),
        ("《城市绿化条例》有关规定", [("城市绿化条例", None)]),
        ("依照消防法第二十八条，该法第六十条另有规定", [("消防法", 28), ("消防法", 60)]),
        ("《物业服务合同》第三条、双方协议第五条", []),
        ("《受理告知书》已经送达", []),
        ("第三十五条", [("", 35)]),
        ("《民法典》第一千零一条\n第二条", [("民法典", 1001), ("", 2)]),
    ],
)
def test_what_is_cited(text, cited):
    found = [(one.law, one.article) for one in citations(text, ["消防法", "物业管理条例"])]
    assert found == cited


def test_the_many_ways_to_write_one_name():
    for written in ("民法典", "中华人民共和国民法典", " 民法典（2020年）", "民法典（2020年5月公布）"):
        assert plain_name(written) == "民法典"
    assert plain_name("信访事项简易办理办法（试行）") == "信访事项简易办理办法（试行）"


def test_what_is_wrong_with_a_reference(book):
    def kind(law, article):
        flaw = book.flaw(Citation(law, article, f"《{law}》第{article}条"), DAY)
        return flaw and (flaw.kind, flaw.certain)

    assert kind("信访工作条例", 50) is None and kind("条例", 31) is None
    assert kind("信访工作条例", 51) == ("beyond", True) and kind("民法典", 0) == ("beyond", True)
    assert kind("仲裁法", 200) == ("beyond", False), "条数没有核对过的，只请核对"
    assert kind("某某规定", 1) == ("unknown", False)
    assert kind("信访条例", 32) == ("ended", True)
    assert kind("物权法", 79) == ("ended", False), "适用于废止前的事实的，由核查人定"
    assert kind("", 3) == ("nameless", False)
    assert book.flaw(Citation("信访条例", 32, ""), date(2022, 4, 30)) is None, "废止以前还有效"


def test_every_law_the_demo_city_cites_stands(book):
    with (PACKS / "yunzhou" / "demo" / "replies.csv").open(encoding="utf-8", newline="") as source:
        told = [row["basis"] for row in csv.DictReader(source)]
    cited = [one for basis in told for one in book.cited_in(basis) if one.article is not None]
    assert len(cited) > 40
    assert [one.words for one in cited if not book.stands(one, DAY)] == []


def test_the_laws_of_the_field_are_listed(book):
    for name, articles in {
        "信访工作条例": 50,
        "行政复议法": 90,
        "行政诉讼法": 103,
        "民法典": 1260,
        "劳动合同法": 98,
    }.items():
        assert book.by_name[name].articles == articles
    assert book.by_name["信访条例"].replaced_by == "信访工作条例"
    assert "云州市物业管理办法" in book.by_name, "本市的规定加在全国的后面"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",,10,,,,源,出处", "缺少名称或者出处"),
        ("某法,,十,,,,源,出处", "应为1以上的整数"),
        ("某法,,10,,,,猜,出处", "可信度“猜”不认识"),
        ("某法,,10,去年,,,源,出处", "废止日“去年”应写成"),
        ("某法,,10,,,或许,源,出处", "应为“是”或者空"),
        ("某法,,10", "列数与表头不符"),
        ("某法,甲,10,,,,源,出处\n另法,甲,10,,,,源,出处", "“甲”写了两次"),
    ],
)
def test_a_list_with_faults_is_told_and_not_loaded(tmp_path, line, said, db):
    (tmp_path / "statutes.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    assert any(said in complaint for complaint in statutes.check(tmp_path)), statutes.check(tmp_path)
    with pytest.raises(PackRefused):
        statutes.load(tmp_path)
    assert not Statute.objects.exists()


def test_no_list_is_a_complaint_and_a_wrong_head_too(tmp_path):
    assert statutes.check(tmp_path) == ["缺少 statutes.csv（法律法规名录）"]
    (tmp_path / "statutes.csv").write_text("name,articles\n某法,10\n", encoding="utf-8")
    assert "缺少列" in statutes.check(tmp_path)[0]


def test_loading_again_changes_nothing_and_what_left_the_list_goes(tmp_path, db):
    path = tmp_path / "statutes.csv"
    path.write_text(f"{HEAD}甲法,,10,,,,源,出处\n乙法,乙,20,,,,知,出处\n", encoding="utf-8")
    assert (statutes.load(tmp_path), statutes.load(tmp_path)) == (2, 2)
    path.write_text(f"{HEAD}甲法,,12,,,,源,出处\n", encoding="utf-8")
    statutes.load(tmp_path)
    assert list(Statute.objects.values_list("name", "articles")) == [("甲法", 12)]
