"""GB 11643 与 GB 32100 的校验位；输错一位就看得出。"""

from datetime import date

import pytest

from petitions.parties.identity import check_sign, examine, examine_code

DAY = date(2026, 3, 1)
GOOD = "110199195406152" + "42" + check_sign("11019919540615242")


def test_a_good_number_tells_sex_and_age():
    found = examine(GOOD, DAY)
    assert found.ok and found.sex == "女" and found.born == date(1954, 6, 15)
    assert found.age_on(date(2026, 6, 14)) == 71 and found.age_on(date(2026, 6, 15)) == 72


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_digit_is_seen(place):
    digit = "0" if GOOD[place] != "0" else "1"
    wrong = GOOD[:place] + digit + GOOD[place + 1 :]
    assert not examine(wrong, DAY).ok


def test_x_spaces_and_full_width_are_read():
    body = next(b for n in range(1000) if check_sign(b := f"11019919540615{n:03d}") == "X")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in body)
    assert examine(f" {wide[:6]} {wide[6:]}ｘ ", DAY).number == body + "X"
    assert examine(body + "x", DAY).ok


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("11019919540615", "14 位"),
        ("11019919541332" + "2423", "出生日期"),
        ("11019920990101" + "2423", "不合常理"),
        ("1101991954061524AB", "只能是数字"),
    ],
)
def test_refusals_say_what_is_wrong(number, said):
    assert said in examine(number, DAY).problem


def test_nothing_typed_is_no_problem():
    assert examine("", DAY).ok and examine_code("").ok


def test_credit_code_of_an_organisation():
    assert examine_code("91350100M000100Y43").ok
    assert "校验位" in examine_code("91350100M000100Y44").problem
    assert "18 位" in examine_code("91350100M").problem
