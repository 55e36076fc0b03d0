"""第三十五条：信访人自收到书面答复之日起30日内可以请求复查。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.derivation import derive
from rulebook.terms import BY_CODE
from tests.law import CALENDAR, codes, on, only, read

ask_review = only("D08")


def served(day, **facts):
    return on(Act.SERVE, day, **facts)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-05-20", date(2026, 6, 22)),  # 末日6月19日端午
        ("2026-01-16", date(2026, 2, 24)),  # 末日2月15日春节
        ("2026-03-02", date(2026, 4, 1)),  # 末日是工作日
    ],
)
def test_the_petitioners_last_day_moves_past_a_holiday(day, due):
    assert ask_review(served(day)).due_on == due


def test_only_a_served_opinion_opens_it():
    assert codes(served("2026-03-02")) == {"D08"}
    assert codes(served("2026-03-02", letter="F02")) == set()
    assert "D08" not in codes(on(Act.SIGN, "2026-03-02"))  # 签发而未送达，不起算


def test_asked_on_the_day_it_was_moved_to_is_in_time():
    assert ask_review(served("2026-05-20"), on(Act.REQUEST_REVIEW, "2026-06-22")).ended_how == "met"


def test_posted_in_time_and_received_late_is_in_time():
    """期满前交邮，在途时间不算。"""
    asked = on(Act.REQUEST_REVIEW, "2026-04-04", posted_on="2026-03-31")
    reading = ask_review(served("2026-03-02"), asked)
    assert (reading.ended_how, reading.met_on) == ("met", date(2026, 3, 31))


def test_asked_late_with_good_reason_is_recorded_as_late():
    assert ask_review(served("2026-03-02"), on(Act.REQUEST_REVIEW, "2026-04-02")).ended_how == "late"


def test_not_asking_lets_the_right_lapse():
    assert ask_review(served("2026-03-02"), today="2026-04-01").is_running
    lapsed = ask_review(served("2026-03-02"), today="2026-04-02")
    assert (lapsed.ended_how, lapsed.ended_on) == ("lapsed", date(2026, 4, 1))


def test_two_petitioners_have_clocks_of_their_own():
    """合并件的信访人分属不同人：逐人送达，各自起算。"""
    history = [
        served("2026-03-02", seq=1, service=70),
        served("2026-03-10", seq=2, service=71),
        on(Act.REQUEST_REVIEW, "2026-03-20", seq=3, service=71),
    ]
    first, second = (one for one in read(*history) if one.term.code == "D08")
    assert (first.scope_id, first.due_on, first.is_running) == (70, date(2026, 4, 1), True)
    assert (second.scope_id, second.due_on, second.ended_how) == (71, date(2026, 4, 9), "met")


def test_the_derivation_says_why_the_day_moved():
    told = derive(BY_CODE["D08"], date(2026, 5, 20), calendar=CALENDAR)
    words = [(step.day, step.what) for step in told.steps]
    assert (date(2026, 6, 19), "末日为端午节放假，信访人的期限顺延（参照民法典第二百零三条）") in words
    assert (date(2026, 6, 20), "端午节放假，继续顺延") in words
    assert told.steps[-1].day == date(2026, 6, 22)


def test_an_opinion_sent_back_to_be_made_anew_leaves_nothing_to_ask_for():
    """责令重作：原意见没有了，各人就它申请复查的权利随之结束，不论责令因谁的申请而来。"""
    reading = ask_review(served("2026-03-02", service=71), on(Act.REDO, "2026-03-20", service=70))
    assert (reading.ended_how, reading.ended_on) == ("void", date(2026, 3, 20))
