"""姓名怎么读：听来的名字写成别的字、拼音、首字母，都对得上；不是姓名的不算。"""

import pytest

from insight.search.sounds import asked_as, sound_alike, sounds


def heard(asked: str, name: str) -> bool:
    return bool(asked_as(asked) & sounds(name))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("陈育兰", "陈玉兰"),
        ("林秋芬", "林秋分"),
        ("程玉兰", "陈玉兰"),  # 前后鼻音
        ("孙志强", "孙自强"),  # 平翘舌
        ("chenyulan", "陈玉兰"),
        ("cyl", "陈玉兰"),
        ("善成", "单成"),  # 单，作姓读 shàn
        ("shancheng", "单成"),
        ("增国", "曾国"),
        ("吕绿", "闾律"),
        ("lvlv", "吕绿"),
        ("阿依古丽", "阿衣古丽"),
    ],
)
def test_what_sounds_alike_is_heard(asked, name):
    assert heard(asked, name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [("陈玉梅", "陈玉兰"), ("王玉兰", "陈玉兰"), ("chenyu", "陈玉兰"), ("cy", "陈玉兰"), ("玉兰", "陈玉兰")],
)
def test_what_does_not_is_not(asked, name):
    assert not heard(asked, name)


@pytest.mark.parametrize("word", ["", "陈", "12号楼", "春柳苑物业服务公司", "a1", "x", "电梯2"])
def test_what_is_no_name_has_no_sound(word):
    assert asked_as(word) == set()


@pytest.mark.parametrize(("one", "other"), [("金贸", "金茂"), ("惠富天下", "惠伏天下"), ("明升壹城", "明昇壹城")])
def test_most_signs_the_same_and_the_rest_by_ear_is_one_name(one, other):
    assert sound_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("金贸", "金贸"), ("金贸", "锦茂"), ("金贸", "金槐"), ("金贸", "金贸城"), ("a3", "a4")]
)
def test_other_signs_or_other_sounds_are_two(one, other):
    assert not sound_alike(one, other)


def test_a_name_of_many_readings_stays_small():
    assert len(sounds("单解曾查朴盖")) <= 3 * 24
