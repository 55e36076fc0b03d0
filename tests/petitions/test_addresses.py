"""住址的写法：写法不同的同一住址是同一把键，门牌、楼栋、房号不同的不是。"""

import pytest

from petitions.parties.address_keys import address_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柳岸路1号", "柳岸路一号"),
        ("柳岸路12号", "柳岸路十二号"),
        ("柳岸路１２号", "柳岸路12号，"),
        ("春柳苑3号楼2单元501室", "春柳苑三幢二单元501"),
        ("春柳苑3号楼2单元501室", "春柳苑3-2-501"),
        ("春柳苑 3－2－501", "春柳苑3栋2单元501室"),
        ("春柳苑3号楼", "春柳苑3栋"),
        ("河沿村二组", "河沿村2组"),
        ("春柳苑a座", "春柳苑Ａ座"),
    ],
)
def test_one_address_written_otherwise(one, other):
    assert address_key(one) == address_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柳岸路1号", "柳岸路11号"),
        ("柳岸路1号", "柳岸路2号"),
        ("春柳苑3号楼2单元501室", "春柳苑32单元501室"),
        ("春柳苑3-2-501", "春柳苑3-25-01"),
        ("春柳苑3栋", "春柳苑3单元"),
        ("柳岸路1号", "柳堤路1号"),
    ],
)
def test_another_address(one, other):
    assert address_key(one) != address_key(other)


def test_no_address_no_key():
    assert address_key("") == address_key(" ，") == ""
