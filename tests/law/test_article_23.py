"""第二十三条：其他机关15日内书面告知；对转送、交办件有异议的，5个工作日内提出。"""

from datetime import date

import pytest

from rulebook.acts import Act
from rulebook.clock import FactMissing, Happening
from rulebook.refusals import objection_refusal
from tests.law import BUREAU, codes, on, only, read

direct, notice, objection, review = only("D02"), only("D03"), only("D04"), only("D05")


def received(day, **facts):
    return on(Act.RECEIVE, day, organ_kind="other", **facts)


def arrived(day, **facts):
    return on(Act.ARRIVE, day, owed_by_organ=BUREAU, **facts)


class TestDirectReceipt:
    """第一、二款：直接提出的，自收到之日起15日内书面告知。"""

    def test_fifteen_calendar_days(self):
        assert direct(received("2026-03-02")).due_on == date(2026, 3, 17)

    def test_handed_in_online_during_the_holiday_counts_from_that_day(self):
        reading = direct(received("2025-10-02"))
        assert (reading.due_on, reading.rolled_on) == (date(2025, 10, 17), date(2025, 10, 17))

    @pytest.mark.parametrize("act", [Act.ACCEPT, Act.DECLINE, Act.REDIRECT, Act.FORWARD, Act.LEAD_IN, Act.ANSWER])
    def test_telling_the_petitioner_meets_it(self, act):
        assert direct(received("2026-03-02"), on(act, "2026-03-17")).ended_how == "met"

    def test_merging_does_not_release_from_telling_this_petitioner(self):
        """合并3件重复件：每名信访人都应收到告知。"""
        assert direct(received("2026-03-02"), on(Act.MERGE, "2026-03-05")).is_running
        told = direct(received("2026-03-02"), on(Act.MERGE, "2026-03-05", notified=True))
        assert (told.ended_how, told.met_on) == ("met", date(2026, 3, 5))

    def test_parting_again_lets_it_run_on_from_the_day_of_receipt(self):
        """拆并：如同没有并过；拆并不给机关多一天，也不少一天。"""
        merging = on(Act.MERGE, "2026-03-05", notified=True)
        history = [received("2026-03-02"), merging]
        parted = direct(*history, on(Act.UNMERGE, "2026-03-20", undoes=merging.seq))
        assert (parted.starts_on, parted.due_on, parted.is_running) == (date(2026, 3, 2), date(2026, 3, 17), True)
        told = direct(*history, on(Act.UNMERGE, "2026-03-10", undoes=merging.seq), on(Act.ACCEPT, "2026-03-12"))
        assert (told.ended_how, told.met_on) == ("met", date(2026, 3, 12))

    def test_parting_wakes_only_what_the_merging_ended(self):
        merging = on(Act.MERGE, "2026-03-06", notified=True)
        reopened = [received("2026-03-02"), on(Act.REDIRECT, "2026-03-04"), on(Act.REOPEN, "2026-03-05")]
        history = [*reopened, merging, on(Act.UNMERGE, "2026-03-09", undoes=merging.seq)]
        first, second = [reading for reading in read(*history) if reading.term.code == "D02"]
        assert (first.ended_how, second.is_running) == ("met", True)

    def test_parting_that_does_not_say_which_merging_it_undoes_is_no_answer(self):
        with pytest.raises(FactMissing, match="undoes"):
            direct(received("2026-03-02"), on(Act.UNMERGE, "2026-03-05"))

    def test_being_deemed_accepted_ends_it_unmet(self):
        reading = direct(received("2026-03-02"), on(Act.DEEM_ACCEPTED, "2026-03-17"))
        assert (reading.ended_how, reading.met_on, reading.ended_on) == ("lapsed", None, date(2026, 3, 17))

    def test_reopening_starts_fifteen_days_anew(self):
        history = [received("2026-03-02"), on(Act.REDIRECT, "2026-03-05"), on(Act.REOPEN, "2026-03-10")]
        first, second = [reading for reading in read(*history) if reading.term.code == "D02"]
        assert first.ended_how == "met"
        assert (second.due_on, second.is_running) == (date(2026, 3, 25), True)


class TestNoticeAfterForwarding:
    """第三款：自收到转送、交办之日起15日内书面告知。"""

    def test_it_runs_from_arrival_not_from_signing_for_it(self):
        assert notice(arrived("2026-03-02"), on(Act.SIGN_FOR, "2026-03-05")).due_on == date(2026, 3, 17)

    def test_it_runs_on_while_an_objection_is_considered_and_after_it_is_refused(self):
        history = [arrived("2026-03-02"), on(Act.OBJECT, "2026-03-06")]
        assert notice(*history).is_running
        refused = notice(*history, on(Act.OVERRULE, "2026-03-10"))
        assert (refused.is_running, refused.due_on) == (True, date(2026, 3, 17))

    def test_an_upheld_objection_ends_it(self):
        history = [arrived("2026-03-02"), on(Act.OBJECT, "2026-03-06"), on(Act.UPHOLD, "2026-03-10")]
        assert notice(*history).ended_how == "void"

    def test_silence_makes_it_overdue(self):
        reading = notice(arrived("2026-03-02"))
        assert not reading.is_overdue(date(2026, 3, 17))
        assert reading.is_overdue(date(2026, 3, 18))

    def test_silence_until_the_fifteenth_day_starts_the_sixty_days_that_day(self):
        history = [arrived("2026-03-02"), on(Act.DEEM_ACCEPTED, "2026-03-17")]
        assert notice(*history).ended_how == "lapsed"
        assert only("D06")(*history).due_on == date(2026, 5, 16)

    def test_the_organs_own_leg_and_an_assisting_leg_owe_no_notice(self):
        assert codes(arrived("2026-03-02", leg_kind="self")) == set()
        assert codes(arrived("2026-03-02", leg_role="co")) == set()

    def test_an_assigned_leg_owes_notice_as_a_forwarded_one_does(self):
        assert notice(arrived("2026-03-02", leg_kind="assign")).due_on == date(2026, 3, 17)

    def test_an_acceptance_that_names_no_leg_ends_no_legs_clock(self):
        accepted = Happening(Act.ACCEPT, date(2026, 3, 5), 9_999_999, {"petition": 1}, {"path": "31-6"})
        assert notice(arrived("2026-03-02"), accepted).is_running

    def test_a_death_ends_it_whichever_leg_it_stood_on(self):
        ended = Happening(Act.TERMINATE, date(2026, 3, 5), 9_999_999, {"petition": 1})
        assert notice(arrived("2026-03-02"), ended).ended_how == "void"

    def test_two_legs_do_not_end_each_others_clocks(self):
        history = [arrived("2026-03-02", seq=1, leg=1), arrived("2026-03-04", seq=2, leg=2)]
        history.append(on(Act.ACCEPT, "2026-03-09", seq=3, leg=2))
        first, second = [reading for reading in read(*history) if reading.term.code == "D03"]
        assert (first.scope_id, first.is_running) == (1, True)
        assert (second.scope_id, second.ended_how) == (2, "met")


class TestObjection:
    """第三款：自收到之日起5个工作日内提出异议，并详细说明理由。"""

    @pytest.mark.parametrize(
        ("day", "due"),
        [
            ("2025-09-26", date(2025, 10, 10)),  # 9月28日（日）上班
            ("2026-02-12", date(2026, 2, 26)),  # 2月14日（六）上班，15日至23日春节
            ("2025-10-01", date(2025, 10, 14)),  # 休息日收到
        ],
    )
    def test_five_working_days(self, day, due):
        assert objection(arrived(day)).due_on == due

    def test_the_fifth_working_day_is_in_time_the_sixth_is_not(self):
        reading = objection(arrived("2026-03-02"))
        assert objection_refusal(reading, date(2026, 3, 9)) is None
        assert "2026-03-09届满" in objection_refusal(reading, date(2026, 3, 10))

    def test_a_second_objection_goes_to_the_common_superior(self):
        once = objection(arrived("2026-03-02"), on(Act.OBJECT, "2026-03-04"), on(Act.OVERRULE, "2026-03-05"))
        assert "只能提出一次异议" in objection_refusal(once, date(2026, 3, 6))

    def test_no_objection_after_acceptance(self):
        accepted = objection(arrived("2026-03-02"), on(Act.ACCEPT, "2026-03-04"))
        assert accepted.ended_how == "void"
        assert "不能再提出异议" in objection_refusal(accepted, date(2026, 3, 5))

    def test_a_forwarded_question_that_was_answered_is_objected_to_no_more(self):
        assert objection(arrived("2026-03-02"), on(Act.ANSWER, "2026-03-04")).ended_how == "void"

    def test_no_objection_where_nothing_was_forwarded(self):
        assert "不存在职权异议" in objection_refusal(None, date(2026, 3, 5))

    def test_an_unused_right_lapses_and_is_never_overdue(self):
        unused = objection(arrived("2026-03-02"), today="2026-03-10")
        assert (unused.ended_how, unused.met_on) == ("lapsed", None)
        assert objection(arrived("2026-03-02"), today="2026-03-09").is_running
        assert not objection(arrived("2026-03-02")).is_overdue(date(2026, 4, 1))
        assert objection_refusal(unused, date(2026, 3, 10))

    def test_the_forwarding_organ_answers_within_two_working_days(self):
        history = [arrived("2026-03-02"), on(Act.OBJECT, "2026-03-06")]
        assert review(*history).due_on == date(2026, 3, 10)
        assert review(*history, on(Act.OVERRULE, "2026-03-11")).ended_how == "late"
