"""第三十六条：收到复核请求之日起30日内提出复核意见；听证所需时间不计算在内。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.derivation import CannotCount, derive
from rulebook.terms import BY_CODE
from rulebook.triage import Facts, triage
from tests.law import CALENDAR, on, read


def recheck(start, hearing=None):
    return derive(BY_CODE["D11"], start, calendar=CALENDAR, hearings=[hearing] if hearing else [])


def test_thirty_days_from_the_day_the_request_arrived():
    assert recheck(date(2026, 8, 21)).due_on == date(2026, 9, 20)


def test_a_hearing_of_twelve_days_gives_twelve_days_first_and_last_included():
    assert recheck(date(2026, 8, 21), (date(2026, 9, 1), date(2026, 9, 12))).due_on == date(2026, 10, 2)


def test_a_hearing_of_one_day_gives_one_day():
    assert recheck(date(2026, 8, 21), (date(2026, 9, 1), date(2026, 9, 1))).due_on == date(2026, 9, 21)


def test_a_hearing_decided_on_the_last_day_still_counts():
    assert recheck(date(2026, 8, 21), (date(2026, 9, 20), date(2026, 9, 24))).due_on == date(2026, 9, 25)


def test_a_hearing_that_was_not_held_gives_nothing():
    assert recheck(date(2026, 8, 21), None).due_on == recheck(date(2026, 8, 21)).due_on == date(2026, 9, 20)


@pytest.mark.parametrize("code", ["D06", "D09", "D01", "D04"])
def test_no_other_term_leaves_a_hearing_out(code):
    with pytest.raises(CannotCount, match="第三十六条第二款"):
        derive(BY_CODE[code], date(2026, 8, 21), calendar=CALENDAR, hearings=[(date(2026, 8, 22), date(2026, 8, 25))])


@pytest.mark.parametrize(
    ("hearing", "sentence"),
    [
        ((date(2026, 9, 12), date(2026, 9, 1)), "早于开始日"),
        ((date(2026, 8, 20), date(2026, 8, 25)), "早于收到复核请求之日"),
        ((date(2026, 9, 21), date(2026, 9, 25)), "期限已经届满"),
    ],
)
def test_a_hearing_outside_the_period_is_refused(hearing, sentence):
    with pytest.raises(CannotCount, match=sentence):
        recheck(date(2026, 8, 21), hearing)


def test_the_petitioner_has_thirty_days_to_ask_for_it_moved_past_a_holiday():
    assert derive(BY_CODE["D10"], date(2026, 5, 20), calendar=CALENDAR).due_on == date(2026, 6, 22)


def asked(*later):
    """A recheck asked for on 21 August; what followed."""
    [d11] = [one for one in read(on(Act.REQUEST_RECHECK, "2026-08-21"), *later) if one.term.code == "D11"]
    return d11


def called(day, until, hearing=1):
    return on(Act.CALL_HEARING, day, hearing=hearing, until=until)


class TestTheClockItself:
    """听证从决定之日到作出结论之日，含首尾；没有举行的不扣。"""

    def test_a_hearing_counts_to_its_planned_end_until_it_is_concluded(self):
        assert asked(called("2026-09-01", "2026-09-12")).due_on == date(2026, 10, 2)
        ended = asked(called("2026-09-01", "2026-09-12"), on(Act.CONCLUDE_HEARING, "2026-09-05", hearing=1))
        assert ended.due_on == date(2026, 9, 25)
        assert ended.hearings == ((date(2026, 9, 1), date(2026, 9, 5)),)

    def test_e21_a_hearing_that_is_cancelled_gives_no_day(self):
        cancelled = asked(called("2026-09-01", "2026-09-12"), on(Act.CANCEL_HEARING, "2026-09-03", hearing=1))
        assert cancelled.due_on == date(2026, 9, 20) and cancelled.hearings == ()

    def test_two_hearings_are_left_out_together(self):
        twice = asked(
            called("2026-09-01", "2026-09-03"),
            on(Act.CONCLUDE_HEARING, "2026-09-03", hearing=1),
            called("2026-09-21", "2026-09-22", hearing=2),
        )
        assert twice.due_on == date(2026, 9, 25)
        derived = derive(BY_CODE["D11"], date(2026, 8, 21), calendar=CALENDAR, hearings=twice.hearings)
        assert derived.due_on == twice.due_on

    def test_a_hearing_of_a_review_gives_no_day(self):
        review = read(on(Act.REQUEST_REVIEW, "2026-08-21"), called("2026-09-01", "2026-09-12"))
        assert [one.due_on for one in review if one.term.code == "D09"] == [date(2026, 9, 20)]

    def test_the_hearing_of_another_proceeding_gives_no_day(self):
        other = on(Act.CALL_HEARING, "2026-09-01", proceeding=6, hearing=1, until="2026-09-12")
        assert asked(other).due_on == date(2026, 9, 20)


# 甄别：收到的是复查、复核申请


def applied(what, earlier, **told):
    return triage(Facts.read({"receiver": "district", "asks": what, "earlier": earlier} | told))


@pytest.mark.parametrize(
    ("what", "earlier", "told", "letter", "clocks", "remedy"),
    [
        ("review", "opinion_open", {}, "F18", ("D09", "D10"), "recheck"),
        ("review", "opinion_lapsed", {"excuse": True}, "F18", ("D09", "D10"), "recheck"),
        ("review", "opinion_lapsed", {}, "F20", (), "none"),
        ("review", "opinion_open", {"competent": False}, "F20", (), "way"),
        ("review", "opinion_open", {"status": "judged"}, "F20", (), "way"),
        ("review", "none", {}, "F20", (), "way"),
        ("review", "here", {}, "F20", (), "way"),
        ("review", "review_open", {}, "F20", (), "recheck"),
        ("review", "review_lapsed", {}, "F20", (), "none"),
        ("review", "rechecked", {"excuse": True}, "F20", (), "none"),
        ("recheck", "review_open", {}, "F19", ("D11",), "none"),
        ("recheck", "review_open", {"urgent": True}, "F19", ("D11", "D14"), "none"),
        ("recheck", "review_lapsed", {"excuse": True}, "F19", ("D11",), "none"),
        ("recheck", "review_lapsed", {}, "F20", (), "none"),
        ("recheck", "review_open", {"competent": False}, "F20", (), "way"),
        ("recheck", "opinion_open", {}, "F20", (), "review"),
        ("recheck", "opinion_lapsed", {"excuse": True}, "F20", (), "review"),
        ("recheck", "opinion_lapsed", {}, "F20", (), "none"),
        ("recheck", "rechecked", {}, "F20", (), "none"),
        ("review", "opinion_open", {"receiver": "office"}, "F07", ("D01",), "way"),
    ],
)
def test_an_application_is_decided_or_refused_with_its_reason(what, earlier, told, letter, clocks, remedy):
    advice = applied(what, earlier, **told)
    assert (advice.letter, advice.clocks, advice.remedy) == (letter, clocks, remedy)
    assert (advice.kind, advice.branch, advice.path, advice.end) == ("appeal", "31-6", "P24", "")
    assert all(reason.rule and reason.say for reason in (*advice.why, *advice.must_not))
    assert "行政复议" not in advice.remedy_text


def test_a_final_opinion_names_no_further_review_and_a_new_claim_is_a_petition_of_its_own():
    final = applied("recheck", "review_open", new_facts=True)
    assert "不得告知再复查、再复核" in "；".join(ban.say for ban in final.must_not)
    assert "另件登记" in final.why[-1].say and final.remedy_text == ""
