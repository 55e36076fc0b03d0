"""内部管理要求的节点时限：督查核查、送达、协办、督办；从不对外。"""

from datetime import date

from rulebook.acts import Act
from rulebook.clock import Happening
from rulebook.terms import NATIONAL_TERMS, Kind
from tests.law import on, only, read


def test_a_check_takes_five_working_days_each_time():
    history = [
        on(Act.SUBMIT, "2026-03-02"),
        on(Act.RETURN, "2026-03-05"),
        on(Act.SUBMIT, "2026-03-12"),
        on(Act.PASS, "2026-03-20"),
    ]
    first, second = [reading for reading in read(*history) if reading.term.code == "I01"]
    assert (first.due_on, first.ended_how) == (date(2026, 3, 9), "met")
    assert (second.due_on, second.ended_how) == (date(2026, 3, 19), "late")


def test_an_opinion_is_served_within_five_working_days_to_the_last_petitioner():
    history = [on(Act.SIGN, "2026-03-02", seq=1), on(Act.SERVE, "2026-03-04", seq=2, unserved=1)]
    assert only("I02")(*history).is_running
    served = only("I02")(*history, on(Act.SERVE, "2026-03-09", seq=3, service=71, unserved=0))
    assert (served.due_on, served.ended_how) == (date(2026, 3, 9), "met")


def test_serving_another_letter_does_not_count_as_serving_the_opinion():
    assert only("I02")(on(Act.SIGN, "2026-03-02"), on(Act.SERVE, "2026-03-04", letter="F10")).is_running


def test_assisting_organs_answer_within_ten_working_days_each_its_own():
    history = [
        on(Act.ASK_ASSIST, "2026-03-02", seq=1, leg=1),
        on(Act.ASK_ASSIST, "2026-03-02", seq=2, leg=2),
        on(Act.ANSWER_ASSIST, "2026-03-10", seq=3, leg=2),
    ]
    first, second = read(*history)
    assert (first.due_on, first.is_running, second.ended_how) == (date(2026, 3, 16), True, "met")


def test_closing_the_petition_releases_the_assisting_organ():
    closed = Happening(Act.CLOSE, date(2026, 3, 5), 9_999_999, {"petition": 1})
    assert only("I03")(on(Act.ASK_ASSIST, "2026-03-02"), closed).ended_how == "void"


def test_an_order_appoints_its_day_and_has_five_working_days_otherwise():
    assert only("SV")(on(Act.ORDER, "2026-03-02", due_on="2026-03-12")).due_on == date(2026, 3, 12)
    assert only("SV")(on(Act.ORDER, "2026-03-02")).due_on == date(2026, 3, 9)


def test_a_returned_answer_to_an_order_is_due_again():
    history = [on(Act.ORDER, "2026-03-02"), on(Act.ANSWER_ORDER, "2026-03-06"), on(Act.RETURN_ORDER, "2026-03-09")]
    answered, again = read(*history)
    assert (answered.ended_how, again.is_running, again.due_on) == ("met", True, date(2026, 3, 16))


def test_internal_terms_say_that_they_are_internal_and_statutory_ones_never_do():
    for term in NATIONAL_TERMS:
        says_internal = term.article.startswith("内部管理要求")
        if term.kind is not Kind.INTERNAL:
            assert not says_internal, term.code
        elif term.is_folded:
            by_another_rule = not term.article.startswith("《信访工作条例》") and "内部管理要求" in term.remark
            assert says_internal or by_another_rule, term.code
        elif term.article.startswith("《信访工作条例》"):
            assert "内部管理要求" in term.remark, term.code
