"""手工推算的日期表，逐条复算。"""

import pytest

from rulebook.clock import Happening, deadlines
from rulebook.derivation import derive
from rulebook.terms import BY_CODE
from tests.law import CALENDAR, PLAIN
from tests.law.golden import GOLDEN


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.name)
def test_the_derivation_reckons_the_table(case):
    hearings = [case.hearing] if case.hearing else []
    found = derive(BY_CODE[case.rule], case.start, calendar=CALENDAR, extend=case.extend, hearings=hearings)
    assert found.due_on == case.due_on
    assert case.internal_on in (None, found.internal_on)
    assert case.rolled_on in (None, found.rolled_on)
    assert found.steps[0].what == "起算日不计入"
    assert not found.provisional


FOLDED = [case for case in GOLDEN if BY_CODE[case.rule].is_folded and not case.extend and not case.hearing]


@pytest.mark.parametrize("case", FOLDED, ids=lambda case: case.name)
def test_the_fold_over_the_log_reckons_the_same(case):
    term = BY_CODE[case.rule]
    letter = {"letter": term.letter} if term.letter else {}
    facts = PLAIN | letter | {"organ_kind": "petition_office" if case.rule == "D01" else "other"}
    start = Happening(sorted(term.starts)[0], case.start, 1, {"leg": 7, "service": 70, "proceeding": 5}, facts)
    [found] = deadlines([start], [term], CALENDAR)
    assert found.due_on == case.due_on
    assert case.internal_on in (None, found.internal_on)
    assert case.rolled_on in (None, found.rolled_on)
