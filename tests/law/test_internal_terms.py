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


def test_each_task_of_execution_has_the_day_it_was_given_and_its_own_clock():
    """落实期限由签发人确定；一项落实了，别的照走；申请复查不停止落实。"""
    history = [
        on(Act.PROMISE, "2026-03-02", seq=1, execution=1, due_on="2026-04-01"),
        on(Act.PROMISE, "2026-03-02", seq=2, execution=2, due_on="2026-03-12"),
        on(Act.REQUEST_REVIEW, "2026-03-10", seq=3),
        on(Act.PERFORM, "2026-03-13", seq=4, execution=2),
    ]
    first, second = [reading for reading in read(*history) if reading.term.code == "I06"]
    assert (first.due_on, first.is_running) == (date(2026, 4, 1), True)
    assert (second.ended_how, second.met_on) == ("late", date(2026, 3, 13))


def test_an_adjusted_task_ends_and_a_redone_opinion_ends_them_all():
    given = [on(Act.PROMISE, "2026-03-02", seq=n, execution=n, due_on="2026-04-01") for n in (1, 2)]
    adjusted = read(*given, on(Act.REPLAN, "2026-03-05", seq=3, execution=1))
    assert [one.ended_how for one in adjusted if one.term.code == "I06"] == ["void", None]
    redone = read(*given, on(Act.REDO, "2026-03-20", seq=3, due_on="2026-05-01"))
    assert [one.ended_how for one in redone if one.term.code == "I06"] == ["void", "void"]


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
