"""辖区代码里哪几位是区、哪几位是街道：六位的区（全国区划）和八位的区（市代码已有六位）都读得出。"""

import pytest

from accounts.staff.areas import district_of, street_of


@pytest.mark.parametrize(
    ("code", "district", "street"),
    [
        ("", "", ""),
        ("11", "11", ""),  # 市
        ("110105", "110105", ""),  # 区
        ("110105026", "110105", "110105026"),  # 街道
        ("110105026001", "110105", "110105026"),  # 社区
        ("110199", "110199", ""),
        ("11019901", "11019901", ""),
        ("11019901003", "11019901", "11019901003"),
        ("11019901003002", "11019901", "11019901003"),
    ],
)
def test_a_code_alone_tells_district_and_street(code, district, street):
    assert (district_of(code), street_of(code)) == (district, street)
