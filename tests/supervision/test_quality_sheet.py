"""城市包的评查表：错处一句话说清；改了另成一张，旧方案照旧表。"""

from pathlib import Path

import pytest
from django.conf import settings

from rulebook.books import rule_set_on
from rulebook.city.publication import PackRefused
from rulebook.timekeeping import today
from supervision.models import QualitySheet
from supervision.sampling import quality_pack

PACKS = Path(settings.BASE_DIR) / "citypacks"
GOOD = """
pass_mark = 80
[[part]]
code = "R"
label = "规范登记"
item = [
  { code = "R1", points = 6, article = "第二十二条", mark = "源", words = "收到即登记" },
  { code = "R2", points = 4, na = true, article = "内部管理要求", mark = "设", words = "材料有登记" },
]
"""


def folder(tmp_path, text):
    (tmp_path / "quality.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["reference", "yunzhou", "beijing"])
def test_the_packs_of_the_house_have_a_sheet_without_fault_worth_a_hundred(name):
    read = quality_pack.read(PACKS / name)
    assert read.complaints == []
    assert [part["label"] for part in read.parts] == ["规范登记", "规范告知", "规范调查", "规范文书", "规范送达"]
    assert sum(item["points"] for part in read.parts for item in part["items"]) == 100


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("pass_mark = 80", "pass_mark = 0", "合格分"),
        ("points = 6", "points = 0", "R1”的分值应为"),
        ("points = 6, ", "", "R1”缺少：points"),
        ('mark = "源"', 'mark = "真"', "R1”的可信度应为"),
        ('article = "第二十二条"', 'article = " "', "R1”的 article 不能为空"),
        ("na = true", 'na = "是"', "R2”的 na 应为"),
        ("na = true", "kind = 1", "R2”多出一项：kind"),
        ('code = "R2"', 'code = "R1"', "重复的项目代号"),
        ('code = "R2"', 'code = "R-2"', "代号应为"),
        ('label = "规范登记"', "", "要写 code、label"),
        ("points = 6", "points = 6, na = true", "至少要有一项不能答“不适用”"),
        ("[[part]]", "[[part", "写法不对"),
    ],
)
def test_every_fault_is_a_sentence(tmp_path, was, becomes, complaint):
    assert was in GOOD
    complaints = quality_pack.check(folder(tmp_path, GOOD.replace(was, becomes, 1)))
    assert any(complaint in said for said in complaints), complaints


def test_loading_twice_changes_nothing_and_a_changed_sheet_is_another(city, tmp_path):
    rules = rule_set_on(today())
    first = quality_pack.load(PACKS / "yunzhou", rule_set=rules)
    assert quality_pack.load(PACKS / "yunzhou", rule_set=rules) == first and QualitySheet.objects.count() == 1
    other = quality_pack.load(folder(tmp_path, GOOD), rule_set=rules)
    first.refresh_from_db()
    assert [one.pk for one in QualitySheet.objects.in_force_on(today())] == [other.pk]
    assert len(first.items) > len(other.items) == 2 and first.valid_to < today()
    with pytest.raises(PackRefused):
        quality_pack.load(folder(tmp_path, "pass_mark = 80"), rule_set=rules)


def test_points_that_do_not_apply_count_neither_way():
    sheet = QualitySheet(pass_mark=80, parts=[{"items": [{"code": "A", "points": 6}, {"code": "B", "points": 4}]}])
    assert sheet.score({"A": "yes", "B": "no"}) == 60
    assert sheet.score({"A": "yes", "B": "na"}) == 100
    assert sheet.score({"A": "na", "B": "na"}) is None
