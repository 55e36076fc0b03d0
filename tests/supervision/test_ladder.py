"""阶梯：到了哪一级就提醒，漏跑的补上，绝不重复。不用数据库。"""

from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from rulebook.calendar import Calendar
from supervision.ladder.rungs import Rung, due_rungs, next_rung_on, spans, standing_on

MAY_2026 = {date(2026, 5, n): "劳动节" for n in range(1, 6)}
CALENDAR = Calendar(
    years=frozenset({2026}),
    holidays=MappingProxyType(MAY_2026),
    makeup_workdays=MappingProxyType({date(2026, 5, 9): "劳动节"}),
)
LADDER = [
    Rung(code="L1", label="提醒", level=1, offset=-15),
    Rung(code="L2", label="催办", level=2, offset=-7),
    Rung(code="L3", label="黄牌预警", level=3, offset=-3),
    Rung(code="L4", label="红牌督办", level=4, offset=1),
    Rung(code="L5", label="约谈", level=5, offset=8),
    Rung(code="L6", label="三项建议", level=6, offset=16),
]
DUE = date(2026, 4, 28)


def codes(today, climbed=()):
    return [rung.code for rung in due_rungs(DUE, LADDER, climbed, today, CALENDAR)]


def test_nothing_is_due_the_day_before_the_first_rung():
    assert codes(DUE - timedelta(days=16)) == []


def test_each_rung_is_due_on_its_own_day():
    for rung in LADDER:
        below = [other.code for other in LADDER if other.offset < rung.offset]
        assert codes(DUE + timedelta(days=rung.offset), below) == [rung.code]


def test_three_missed_days_are_made_good_lowest_first_and_once():
    assert codes(DUE - timedelta(days=2), ["L1"]) == ["L2", "L3"]
    assert codes(DUE - timedelta(days=2), ["L1", "L2", "L3"]) == []


def test_a_working_day_rung_counts_around_the_may_holiday():
    rung = Rung(code="W", label="工作日", level=4, offset=1, unit="working")
    assert rung.day(date(2026, 5, 1), CALENDAR) == date(2026, 5, 6)
    assert Rung(code="W", label="工作日", level=1, offset=-1, unit="working").day(date(2026, 5, 6), CALENDAR) == date(
        2026, 4, 30
    )


def test_the_next_rung_is_the_first_after_today():
    assert next_rung_on(DUE, LADDER, DUE - timedelta(days=15), CALENDAR) == DUE - timedelta(days=7)
    assert next_rung_on(DUE, LADDER, DUE, CALENDAR) == DUE + timedelta(days=1)
    assert next_rung_on(DUE, LADDER, DUE + timedelta(days=16), CALENDAR) is None


def test_the_board_shows_the_highest_rung_reached():
    assert standing_on(DUE, LADDER, DUE - timedelta(days=16), CALENDAR) is None
    assert standing_on(DUE, LADDER, DUE, CALENDAR).code == "L3"
    assert standing_on(DUE, LADDER, DUE + timedelta(days=400), CALENDAR).code == "L6"


def test_the_words_of_the_ladder():
    assert spans(LADDER) == {
        1: "剩 15–8 日",
        2: "剩 7–4 日",
        3: "剩 3–0 日",
        4: "超期 1–7 日",
        5: "超期 8–15 日",
        6: "超期 16 日起",
    }
    assert spans([]) == {}


@given(days=st.lists(st.integers(-30, 60), min_size=1, max_size=12))
def test_whatever_days_the_sweep_runs_every_rung_is_climbed_exactly_once(days):
    climbed = []
    for offset in sorted(days):
        climbed += codes(DUE + timedelta(days=offset), climbed)
    reached = [rung.code for rung in LADDER if rung.offset <= max(days)]
    assert climbed == reached
