"""城市包的阶梯：错处一句话说清；装两次不变；改了从改的那天起。"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from rulebook.books import rule_set_on
from rulebook.city.publication import PackRefused
from rulebook.terms import NATIONAL_TERMS, Kind
from supervision.ladder import ladder_pack
from supervision.ladder.climb import ladders_on
from supervision.models import LadderRow
from tests.cast import on_day

PACKS = Path(settings.BASE_DIR) / "citypacks"
GOOD = """
[addressees]
handler = ["ST_OFFICER"]
head = ["ST_HEAD"]
[[ladder]]
terms = ["D06"]
rung = [
  { code = "L1", level = 1, label = "提醒", offset = -10, tells = ["handler"] },
  { code = "L4", level = 4, label = "红牌督办", offset = 1, unit = "working", tells = ["head"], logged = true },
]
"""


def folder(tmp_path, text):
    (tmp_path / "ladder.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["reference", "yunzhou"])
def test_the_packs_of_the_house_have_no_fault_and_leave_no_duty_out(name):
    read = ladder_pack.read(PACKS / name)
    assert read.complaints == []
    covered = {term for rung in read.rungs for term in rung["terms"]}
    duties = [term for term in NATIONAL_TERMS if term.kind is not Kind.RIGHT]
    assert {term.code for term in duties if term.is_folded} <= covered <= {term.code for term in duties}


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"D06"', '"D99"', "期限“D99”不在规则簿之列"),
        ('"D06"', '"D08"', "期限“D08”是权利期限"),
        ("level = 1", "level = 7", "的级应为 1 至 6"),
        ("offset = -10", "offset = -1000", "的天数应为"),
        ("offset = -10,", "", "缺少：offset"),
        ('tells = ["head"]', 'tells = ["mayor"]', "没有在 [addressees] 中写明：mayor"),
        ('unit = "working"', 'unit = "week"', "的单位应为"),
        ('head = ["ST_HEAD"]', 'boss = ["ST_HEAD"]', "告知对象“boss”不认识"),
        ('code = "L4"', 'code = "L1"', "有重复的代号"),
        ("logged = true", 'logged = "yes"', "logged 应为"),
        ("logged = true", "via = 1", "多出一项：via"),
        ("logged = true", 'channels = ["in_app", "fax"]', "的渠道应写成列表，可写 in_app"),
        ("logged = true", 'channels = ["sms"]', "少了 in_app"),
        ("logged = true", 'channels = ["in_app", "in_app"]', "的渠道写重了"),
        ("logged = true", 'opens = "arrest"', "开启的一步应为 urge、order"),
        ("[addressees]", "[addressees", "写法不对"),
    ],
)
def test_each_fault_is_a_sentence(tmp_path, was, becomes, complaint):
    assert was in GOOD
    complaints = ladder_pack.check(folder(tmp_path, GOOD.replace(was, becomes, 1)))
    assert any(complaint in said for said in complaints), complaints


def test_a_pack_with_faults_loads_nothing(city, tmp_path):
    before = LadderRow.objects.count()
    with pytest.raises(PackRefused):
        ladder_pack.load(folder(tmp_path, "[[ladder]]\n"), rule_set=rule_set_on(date(2026, 3, 2)))
    assert LadderRow.objects.count() == before


def test_loading_twice_changes_nothing_and_a_change_holds_from_its_day(city, tmp_path):
    rule_set, day = rule_set_on(date(2026, 3, 2)), date(2026, 3, 10)
    assert ladder_pack.load(PACKS / "yunzhou", rule_set=rule_set) == []
    assert {row.valid_from for row in LadderRow.objects.all()} == {rule_set.effective_from}
    with on_day(day):
        added = ladder_pack.load(folder(tmp_path, GOOD), rule_set=rule_set)
        assert len(added) == 2
        assert ladder_pack.load(tmp_path, rule_set=rule_set) == []
    yesterday, now = ladders_on(day - timedelta(days=1)), ladders_on(day)
    assert [rung.offset for rung in yesterday["D06"]] == [-15, -7, -3, 1, 8, 16]
    assert [(rung.code, rung.offset, rung.unit, rung.logged) for rung in now["D06"]] == [
        ("L1", -10, "natural", False),
        ("L4", 1, "working", True),
    ]
    assert "SV" in yesterday and "SV" not in now


def test_a_city_without_a_ladder_takes_the_reference_one(tmp_path):
    (tmp_path / "reference").mkdir()
    folder(tmp_path / "reference", GOOD)
    (tmp_path / "somewhere").mkdir()
    assert ladder_pack.check(tmp_path / "somewhere") == []
    assert len(ladder_pack.read(tmp_path / "somewhere").rungs) == 2


def test_a_rung_says_by_which_channels_it_goes_what_it_opens_and_whom_silence_is_reported_to(tmp_path):
    text = GOOD.replace('head = ["ST_HEAD"]', 'chief = ["ST_CHIEF"]\nhead = ["ST_HEAD"]\nconvenor = ["DS_LEADER"]')
    text = text.replace("logged = true", 'channels = ["in_app", "sms"], opens = "red"')
    first, fourth = ladder_pack.read(folder(tmp_path, text)).rungs
    assert (first["channels"], first["opens"]) == (["in_app"], "")
    assert (fourth["channels"], fourth["opens"]) == (["in_app", "sms"], "red")
    assert list(first["above"]) == ["chief", "head"] and fourth["above"] == {}  # 召集人不在上报之列


def test_the_same_code_twice_for_one_term_is_named_even_in_two_groups(tmp_path):
    group = GOOD[GOOD.index("[[ladder]]") :]
    assert "ladder.toml 中 D06 有重复的代号 L1" in ladder_pack.check(folder(tmp_path, GOOD + group))


def test_the_packs_of_the_house_open_nothing_by_themselves_and_call_the_convenor_last():
    rungs = ladder_pack.read(PACKS / "reference").rungs
    assert {rung["opens"] for rung in rungs} == {""}
    assert {rung["level"] for rung in rungs if "convenor" in rung["tells"]} == {6}
    assert {tuple(rung["channels"]) for rung in rungs} == {("in_app",)}
