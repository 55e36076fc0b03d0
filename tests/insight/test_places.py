"""地点与对象：写在话里的路、小区、学校、单位、楼栋、线路都认得出；“这条路”“本小区”不是名字。"""

import pytest

from insight.places.place_names import (
    AREA,
    ESTATE,
    FIRM,
    HOSPITAL,
    LINE,
    NUMBER,
    ROAD,
    SCHOOL,
    VILLAGE,
    Named,
    named_in,
)


def names(text, kind, **more):
    return [named.name for named in named_in(text, **more) if named.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("我住在桐荫路，夜里很吵", ROAD, "桐荫路"),
        ("反映建设路积水", ROAD, "建设路"),
        ("家住春柳苑三号楼", ESTATE, "春柳苑"),
        ("投诉锦帆花园物业", ESTATE, "锦帆花园"),
        ("石桥村的路坏了", VILLAGE, "石桥村"),
        ("青柳小学门口", SCHOOL, "青柳小学"),
        ("在云河医院看病", HOSPITAL, "云河医院"),
        ("被棠溪食品厂拖欠工资", FIRM, "棠溪食品厂"),
        ("位于A3区的工地", AREA, "a3区"),
        ("青塘街道不作为", AREA, "青塘街道"),
        ("希望805路公交延长", LINE, "805路"),
    ],
)
def test_a_name_is_found_where_it_stands(text, kind, name):
    assert name in names(text, kind)


@pytest.mark.parametrize(
    "text", ["这条路太窄", "我们小区没有车位", "本村的公路", "工作组进驻", "孩子上的幼儿园", "这家公司不讲理"]
)
def test_what_names_nothing_is_no_name(text):
    assert named_in(text) == ()


def test_numbers_are_the_same_in_signs_and_digits():
    (one,), (another,) = (
        [named for named in named_in(text) if named.kind == NUMBER] for text in ("住在二十一栋", "住在21幢")
    )
    assert one.agrees(another)
    assert [named.core for named in named_in("地铁十二号线")] == ["地铁12"]


def test_no_name_reaches_across_punctuation():
    assert names("谢谢桐荫，路灯坏了", ROAD) == []


def test_a_name_of_the_gazetteer_needs_no_telling_ending():
    assert names("望河里停电了", ESTATE, gazetteer={"望河里": "小区"}) == ["望河里"]


def test_a_longer_way_to_write_a_name_agrees_and_another_name_does_not():
    assert Named(ESTATE, "青柳春柳苑", "青柳春柳").agrees(Named(ESTATE, "春柳苑", "春柳"))
    assert not Named(ESTATE, "春柳苑", "春柳").agrees(Named(ESTATE, "柳岸苑", "柳岸"))
    assert not Named(NUMBER, "3栋", "3栋").agrees(Named(NUMBER, "13栋", "13栋"))
