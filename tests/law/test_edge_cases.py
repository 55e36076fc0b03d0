"""边界案例里只凭法律就能回答的：甄别、数日子，不用数据库（案例编号见用例名）。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.derivation import derive
from rulebook.terms import BY_CODE
from rulebook.triage import Facts, triage
from tests.law import CALENDAR, on, only

STREET = {"receiver": "street", "asks": "claim", "matter": "service"}


def advice(**told):
    return triage(Facts(**(STREET | told)))


def bans(found):
    return " ".join(f"{ban}" for ban in found.must_not)


def recheck(*hearings):
    return derive(BY_CODE["D11"], date(2026, 8, 21), calendar=CALENDAR, hearings=hearings).due_on


def test_e09_five_working_days_over_the_spring_festival():
    objection = only("D04")(on(Act.ARRIVE, "2026-02-12"))
    assert objection.due_on == date(2026, 2, 26)  # 2月14日（六）上班，15日至23日放假


def test_e20_twelve_days_of_hearing_lengthen_the_recheck_by_twelve_days():
    assert recheck() == date(2026, 9, 20)
    assert recheck((date(2026, 9, 1), date(2026, 9, 12))) == date(2026, 10, 2)


def test_e46_what_the_hotline_passes_on_runs_on_the_clocks_of_the_regulation_alone():
    found = advice(channel="hotline")
    assert set(found.clocks) == {"D02", "D06", "D08"} == set(advice(channel="web").clocks)
    assert "不继承12345的时限" in bans(found)
    assert "D01" in triage(Facts(receiver="office", asks="claim", matter="service", channel="hotline")).clocks


def test_e47_a_claim_in_court_does_not_enter_the_petition_procedure():
    for matter in ("service", "civil", "decision"):
        found = advice(matter=matter, status="in_court")
        assert found.branch == "31-1" and "D06" not in found.clocks and found.remedy != "review"
        assert "V07" in bans(found)


def test_e48_a_judgment_in_force_leads_to_retrial_or_supervision():
    found = advice(matter="civil", status="judged")
    assert (found.branch, found.path) == ("31-1", "P09")
    assert "D06" not in found.clocks and "再审" in found.why[0].say + found.remedy_text


def test_e49_a_claim_too_late_for_arbitration_is_not_decided_by_petition():
    found = advice(matter="labour", status="time_barred")
    assert (found.branch, found.path) == ("31-2", "P04") and "P01" in found.others
    assert "D06" not in found.clocks and found.remedy != "review"
    assert "不得因仲裁时效已过" in bans(found)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2023, 12, 31), date(2024, 2, 29)),
        (date(2024, 12, 30), date(2025, 2, 28)),
        (date(2026, 6, 30), date(2026, 8, 30)),
    ],
)
def test_e65_two_months_from_the_end_of_a_month_end_at_the_end_of_a_month(start, due):
    assert derive(BY_CODE["D19"], start, calendar=CALENDAR).due_on == due


def test_e65_sixty_days_run_through_the_leap_day():
    assert only("D06")(on(Act.ACCEPT, "2023-12-31")).due_on == date(2024, 2, 29)
