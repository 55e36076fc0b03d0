"""《信访事项简易办理办法（试行）》的三口钟，与 60 日并行（rules §3、表 D16、G9）。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.city.options import OPTIONS
from rulebook.terms import BY_CODE
from tests.law import on, read


def clocks(*history):
    return {
        f"{r.term.code}{'' if r.is_running else f' {r.ended_how}'}": (r.starts_on, r.due_on) for r in read(*history)
    }


TAKEN = on(Act.ACCEPT_SIMPLY, "2026-04-30", seq=1)
TEN, SIXTY = (date(2026, 4, 30), date(2026, 5, 18)), (date(2026, 4, 30), date(2026, 6, 29))


def test_g9_ten_working_days_beside_the_sixty_days():
    assert clocks(TAKEN) == {"D16c": TEN, "D06": SIXTY}


def test_an_answer_meets_both():
    assert clocks(TAKEN, on(Act.ANSWER_SIMPLY, "2026-05-18", seq=2)) == {"D16c met": TEN, "D06 met": SIXTY}
    assert "D16c late" in clocks(TAKEN, on(Act.ANSWER_SIMPLY, "2026-05-19", seq=2))


def test_a_conversion_ends_the_ten_days_and_leaves_the_sixty_alone():
    assert clocks(TAKEN, on(Act.CONVERT, "2026-05-15", seq=2)) == {"D16c void": TEN, "D06": SIXTY}


def test_a_conversion_after_the_answer_begins_the_sixty_days_anew_from_the_day_it_names():
    history = (TAKEN, on(Act.ANSWER_SIMPLY, "2026-05-18", seq=2))
    again = on(Act.CONVERT, "2026-06-01", seq=3, since="2026-04-30")
    assert clocks(*history, again) == {"D16c met": TEN, "D06 met": SIXTY, "D06": SIXTY}


def test_where_the_city_counts_from_the_conversion_the_first_period_is_void():
    again = on(Act.CONVERT, "2026-05-15", seq=2, since="2026-05-15")
    assert clocks(TAKEN, again) == {
        "D16c void": TEN,
        "D06 void": SIXTY,
        "D06": (date(2026, 5, 15), date(2026, 7, 14)),
    }


def test_what_was_extended_after_the_conversion_is_extended_from_the_same_day():
    extended = on(Act.EXTEND, "2026-06-20", seq=3, days=30)
    assert clocks(TAKEN, on(Act.CONVERT, "2026-05-15", seq=2), extended)["D06"] == (SIXTY[0], date(2026, 7, 29))


def test_the_simple_clocks_are_the_houses_own_and_are_never_extended():
    for code in ("D16a", "D16b", "D16c"):
        term = BY_CODE[code]
        assert str(term.kind) == "internal" and term.unit.label == "个工作日" and not term.extension


@pytest.mark.parametrize(
    ("key", "mark"), [("simple_to_normal_clock", "疑"), ("simple_convert_within", "设"), ("simple_bars", "疑")]
)
def test_what_the_measure_leaves_open_is_the_citys_to_decide_and_marked(key, mark):
    option = OPTIONS[key]
    assert str(option.certainty) == mark
    assert option.check(option.default) is None
    assert option.check("whatever") is not None and option.check(["whatever"]) is not None
