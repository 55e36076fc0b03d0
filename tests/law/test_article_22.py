"""第二十二条：信访部门收到信访事项，应当登记，并在15日内转送、交办；交办的指定办理期限。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.clock import FactMissing, Happening
from tests.law import OFFICE, STREET, codes, on, only, read

forwarding, reporting = only("D01"), only("D12")


def received(day, **facts):
    return on(Act.RECEIVE, day, organ_kind="petition_office", owed_by_organ=OFFICE, **facts)


def test_fifteen_days_from_receipt_on_a_sunday_too():
    assert forwarding(received("2026-03-08")).due_on == date(2026, 3, 23)  # 周日收到，周一是第1日


def test_registering_three_days_later_does_not_move_the_day():
    late_desk = forwarding(received("2026-03-02"), on(Act.REGISTER, "2026-03-05"))
    assert late_desk.starts_on == date(2026, 3, 2)
    assert late_desk.due_on == date(2026, 3, 17)


def test_a_letter_counts_from_the_day_it_was_signed_for_not_from_the_postmark():
    letter = forwarding(received("2026-01-12", postmark_on="2026-01-05"))
    assert letter.starts_on == date(2026, 1, 12)


def test_the_organs_day_does_not_move_for_spring_festival():
    reading = forwarding(received("2026-02-01"))
    assert (reading.due_on, reading.internal_on, reading.rolled_on) == (
        date(2026, 2, 16),
        date(2026, 2, 14),
        date(2026, 2, 24),
    )


def test_forwarding_on_the_fifteenth_day_is_in_time_whenever_it_is_signed_for():
    history = [received("2026-03-02"), on(Act.FORWARD, "2026-03-17"), on(Act.SIGN_FOR, "2026-03-20")]
    reading = forwarding(*history)
    assert (reading.ended_how, reading.met_on) == ("met", date(2026, 3, 17))


def test_forwarding_on_the_sixteenth_day_is_late():
    reading = forwarding(received("2026-03-02"), on(Act.FORWARD, "2026-03-18"))
    assert (reading.ended_how, reading.met_on) == ("late", date(2026, 3, 18))


@pytest.mark.parametrize(
    "act",
    [
        Act.FORWARD,
        Act.ASSIGN,
        Act.ACCEPT,
        Act.REDIRECT,
        Act.DECLINE,
        Act.NOT_AGAIN,
        Act.LEAD_IN,
        Act.REFER,
        Act.STUDY,
        Act.FILE,
    ],
)
def test_what_the_petition_office_may_do_with_it_meets_the_term(act):
    assert forwarding(received("2026-03-02"), on(act, "2026-03-05", due_on="2026-04-01")).ended_how == "met"


def test_looking_at_it_or_allotting_it_does_not_meet_the_term():
    history = [received("2026-03-02"), on(Act.CLASSIFY, "2026-03-03"), on(Act.ALLOT, "2026-03-04")]
    assert forwarding(*history).is_running


def test_merging_ends_the_duty_to_forward():
    assert forwarding(received("2026-03-02"), on(Act.MERGE, "2026-03-05")).ended_how == "void"


def test_each_petition_office_of_the_chain_has_fifteen_days_of_its_own():
    """市信访办 → 区信访办 → 街道：每一级各自15日，承办单位另计。"""
    history = [
        received("2026-03-02", seq=1),
        on(Act.FORWARD, "2026-03-12", seq=2),
        on(Act.ARRIVE, "2026-03-12", seq=3, leg=1, organ_kind="petition_office"),
        on(Act.FORWARD, "2026-03-28", seq=4, leg=2),
        on(Act.ARRIVE, "2026-03-28", seq=5, leg=2, owed_by_organ=STREET),
    ]
    city, district = [reading for reading in read(*history) if reading.term.code == "D01"]
    assert (city.due_on, city.ended_how) == (date(2026, 3, 17), "met")
    assert (district.due_on, district.ended_how) == (date(2026, 3, 27), "late")
    street = only("D03")(*history)
    assert (street.due_on, street.owed_by_organ) == (date(2026, 4, 12), STREET)


def test_an_upheld_objection_does_not_start_fifteen_new_days_but_an_internal_term():
    history = [
        received("2026-03-02", seq=1),
        on(Act.FORWARD, "2026-03-16", seq=2),
        on(Act.ARRIVE, "2026-03-16", seq=3),
        on(Act.OBJECT, "2026-03-20", seq=4),
        on(Act.UPHOLD, "2026-03-24", seq=5, owed_by_organ=OFFICE),
    ]
    assert forwarding(*history).met_on == date(2026, 3, 16)  # 只有一口钟，且已完成
    again = only("I04")(*history)
    assert (again.due_on, again.owed_by_organ) == (date(2026, 3, 26), OFFICE)
    assert only("I04")(*history, on(Act.FORWARD, "2026-03-25", seq=6)).ended_how == "met"


def test_a_direct_receipt_has_one_of_the_two_clocks_never_both():
    assert codes(received("2026-03-02")) == {"D01"}
    assert codes(on(Act.RECEIVE, "2026-03-02", organ_kind="other")) == {"D02"}


def test_a_receipt_that_does_not_say_what_organ_received_it_is_not_counted():
    with pytest.raises(FactMissing, match="organ_kind"):
        read(Happening(Act.RECEIVE, date(2026, 3, 2), 1))


class TestAppointedTerm:
    """第一款第三项：交办，要求在指定办理期限内反馈结果，提交办结报告。"""

    def test_the_day_is_the_one_the_assignment_appoints(self):
        assert reporting(on(Act.ASSIGN, "2026-03-02", due_on="2026-03-22")).due_on == date(2026, 3, 22)

    def test_an_assignment_without_a_day_is_not_counted(self):
        with pytest.raises(FactMissing, match="due_on"):
            read(on(Act.ASSIGN, "2026-03-02"))

    def test_a_shorter_appointed_day_stands_beside_the_sixty_days(self):
        """指定20日，实办60日：交办反馈超期，办结不超期。"""
        history = [
            on(Act.ASSIGN, "2026-03-02", seq=1, due_on="2026-03-22"),
            on(Act.ARRIVE, "2026-03-02", seq=2, leg_kind="assign"),
            on(Act.ACCEPT, "2026-03-03", seq=3),
            on(Act.SIGN, "2026-05-02", seq=4),
            on(Act.REPORT_BACK, "2026-05-02", seq=5),
        ]
        assert reporting(*history).ended_how == "late"
        assert only("D06")(*history).ended_how == "met"

    def test_a_longer_appointed_day_does_not_lengthen_the_sixty_days(self):
        history = [
            on(Act.ASSIGN, "2026-03-02", seq=1, due_on="2026-08-31"),
            on(Act.ARRIVE, "2026-03-02", seq=2, leg_kind="assign"),
            on(Act.ACCEPT, "2026-03-03", seq=3),
        ]
        assert only("D06")(*history).due_on == date(2026, 5, 2)

    def test_an_upheld_objection_ends_it(self):
        history = [on(Act.ASSIGN, "2026-03-02", due_on="2026-03-22"), on(Act.UPHOLD, "2026-03-06")]
        assert reporting(*history).ended_how == "void"

    def test_closing_the_petition_meets_it_without_naming_the_leg(self):
        closed = Happening(Act.CLOSE, date(2026, 3, 20), 9_999_999, {"petition": 1})
        assert reporting(on(Act.ASSIGN, "2026-03-02", due_on="2026-03-22"), closed).ended_how == "met"

    @pytest.mark.parametrize(
        "act", [Act.ANSWER, Act.DECLINE, Act.NOT_AGAIN, Act.REDIRECT, Act.LEAD_IN, Act.REFER, Act.FILE]
    )
    def test_what_ends_the_matter_answers_every_assignment_on_its_way(self, act):
        """市交办区、区再交办街道，街道了结：两级都不再欠反馈；过了指定期限的，仍记逾期。"""
        history = [
            on(Act.ASSIGN, "2026-03-02", leg=1, due_on="2026-03-10"),
            on(Act.ASSIGN, "2026-03-04", leg=2, due_on="2026-03-22"),
            on(act, "2026-03-12", leg=2),
        ]
        assert [one.ended_how for one in read(*history) if one.term.code == "D12"] == ["late", "met"]


def test_a_petition_office_that_answers_a_question_itself_owes_no_forwarding():
    assert forwarding(received("2026-03-02"), on(Act.ANSWER, "2026-03-03")).ended_how == "met"
