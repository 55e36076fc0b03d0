"""延期要告知：原届满日以前没有送达的，延期未告知，算超期（第三十四条）。"""

from datetime import date

import pytest

from petitions.act.consequences import carry_out
from petitions.approval import rules as approvals
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.board import board_figures
from tests.cast import accepted, do, fresh, on_day, passed, someone

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def extended_on(day):
    """Extended by thirty days with approval; the sixty days were to end on 2026-05-01."""
    with on_day(DAY):
        petition = accepted()
    with on_day(day):
        asked = approvals.request(fresh(petition), Act.EXTEND, by=someone("officer1"), days=30, reason="需要鉴定")
        approvals.approve(asked, by=someone("head1"), note="同意")
    return fresh(petition)


def serve_notice(petition, day):
    with on_day(day):
        service = petition.services.select_related("letter", "party").get(letter__kind="F10")
        service.petition = fresh(petition)
        carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())


def lamps_on(petition, day):
    """The lamps the supervision board counts on that day, of this petition alone."""
    return dict(board_figures.count(type(petition).objects.filter(pk=petition.pk), {}, day).lamps)


def untold_on(petition, day):
    return type(petition).objects.filter(board_figures.untold(day), pk=petition.pk).exists()


def test_an_extension_that_was_told_in_time_is_an_extension():
    petition = extended_on("2026-04-20")
    serve_notice(petition, "2026-05-01")
    told = fresh(petition).deadlines.get(term="D07n")
    assert (told.due_on, told.ended_how) == (date(2026, 5, 1), "met")
    assert lamps_on(petition, date(2026, 5, 2)).get("r", 0) == 0
    assert not untold_on(petition, date(2026, 5, 2))


def test_an_extension_not_told_by_the_day_first_due_counts_as_late():
    petition = extended_on("2026-04-20")
    assert lamps_on(petition, date(2026, 5, 1)).get("r", 0) == 0
    assert lamps_on(petition, date(2026, 5, 2)) == {"r": 1}
    assert untold_on(petition, date(2026, 5, 2))
    serve_notice(petition, "2026-05-06")
    assert fresh(petition).deadlines.get(term="D07n").ended_how == "late"


def test_a_letter_of_extension_left_at_the_door_was_not_told():
    petition = extended_on("2026-04-20")
    with on_day("2026-04-22"):
        service = petition.services.select_related("letter", "party").get(letter__kind="F10")
        service.petition = fresh(petition)
        carry_out(service, Act.ATTEMPT_SERVICE, by=someone("officer1"), means="direct", on=today(), outcome="nobody")
    assert lamps_on(petition, date(2026, 5, 2)) == {"r": 1}


def test_where_nobody_can_be_told_nobody_has_to_be():
    with on_day(DAY):
        petition = accepted(facts={"notice_exempt": True})
    with on_day("2026-04-20"):
        asked = approvals.request(fresh(petition), Act.EXTEND, by=someone("officer1"), days=30, reason="需要鉴定")
        approvals.approve(asked, by=someone("head1"), note="同意")
    assert not fresh(petition).deadlines.filter(term="D07n").exists()


@pytest.mark.parametrize(("day", "how"), [("2026-04-28", "void"), ("2026-05-10", "lapsed")])
def test_an_extension_nobody_needed_is_not_held_against_anyone(day, how):
    """已经延期而在原届满日以前签发的，没有用上；之后才签发的，仍是延期未告知。"""
    with on_day(DAY):
        petition = passed()
    with on_day("2026-04-20"):
        asked = approvals.request(fresh(petition), Act.EXTEND, by=someone("officer1"), days=30, reason="需要鉴定")
        approvals.approve(asked, by=someone("head1"), note="同意")
    with on_day(day):
        petition = do(petition, Act.SIGN, "deputy1")
    assert petition.deadlines.get(term="D07n").ended_how == how
    assert untold_on(petition, date(2026, 5, 20)) == (how == "lapsed")
