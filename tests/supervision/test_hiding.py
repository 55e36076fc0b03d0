"""公开的表：小的数隐去，凭行、列、总的合计推不出隐去的任何一个；零照写，不多藏。"""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.statistics.suppression import hidden, with_totals


def possible(cells, kept_back, most):
    """Every table a reader cannot exclude: what is shown stands, whatever is hidden is from one to `most`. Worked out
    by trying all of them, which owes nothing to how the hidden ones were chosen."""
    table = with_totals(cells)
    unknown = [place for place in cells if place in kept_back]
    seen = {place: set() for place in kept_back}
    for guess in product(range(1, most + 1), repeat=len(unknown)):
        told = with_totals({**cells, **dict(zip(unknown, guess, strict=True))})
        shown = all(told[place] == n for place, n in table.items() if place not in kept_back)
        if shown and all(told[place] >= 1 for place in kept_back):
            for place in kept_back:
                seen[place].add(told[place])
    return seen


def tables(rows, columns, most):
    places = [(row, column) for row in "abc"[:rows] for column in "xyz"[:columns]]
    return st.lists(st.integers(0, most), min_size=len(places), max_size=len(places)).map(
        lambda numbers: dict(zip(places, numbers, strict=True))
    )


@settings(max_examples=150, deadline=None)
@given(cells=st.one_of(tables(2, 2, 6), tables(2, 3, 4), tables(3, 1, 6)), least=st.integers(2, 4))
def test_no_hidden_number_can_be_computed_from_what_is_shown(cells, least):
    kept_back = hidden(cells, least)
    table = with_totals(cells)
    assert all(place in kept_back for place, n in table.items() if 0 < n < least)
    for place, numbers in possible(cells, kept_back, most=max(cells.values()) + 1).items():
        assert len(numbers) > 1, (place, cells, kept_back)


@settings(max_examples=200, deadline=None)
@given(cells=tables(3, 3, 12), least=st.integers(1, 5))
def test_nought_is_shown_and_without_a_small_number_nothing_is_hidden(cells, least):
    kept_back = hidden(cells, least)
    table = with_totals(cells)
    assert all(table[place] > 0 for place in kept_back)
    if not any(0 < n < least for n in table.values()):
        assert not kept_back
    assert hidden(dict(reversed(cells.items())), least) == kept_back  # 与书写的先后无关


def test_one_small_number_takes_three_more_cells_along_and_leaves_the_totals():
    cells = {("甲", "来访"): 3, ("甲", "来信"): 40, ("乙", "来访"): 50, ("乙", "来信"): 60, ("丙", "来访"): 70}
    cells["丙", "来信"] = 80
    kept_back = hidden(cells, 5)
    assert kept_back == {("甲", "来访"), ("甲", "来信"), ("乙", "来访"), ("乙", "来信")}


def test_five_single_cases_under_a_known_total_would_each_be_one_so_the_total_goes_too():
    cells = {(name, ""): 1 for name in "甲乙丙丁戊"}
    assert (None, None) in hidden(cells, 5)
