"""怎样数日子：起算日不计入；自然日与工作日；调休；跨年；未公布的年份。"""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook import timekeeping
from rulebook.acts import Act
from rulebook.calendar import Calendar
from rulebook.clock import FactMissing, Happening, deadlines
from rulebook.derivation import CannotCount, derive
from rulebook.terms import BY_CODE, NATIONAL_TERMS, Scope, Unit
from rulebook.terms.regulation import REGULATION
from tests.law import CALENDAR, PLAIN, on, only, read

OF_THE_REGULATION = ("《信访工作条例》第", "《信访事项办理群众满意度评价工作办法")
OF_OTHERS = ("《", "内部管理要求", "国信发〔2014〕16号")
DAYS_OF = (Unit.DAY, Unit.WORKING_DAY)  # 月和小时另数（test_recount.py）
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 1))


class TestWorkingDays:
    def test_a_weekend_may_be_worked_and_a_weekday_may_be_free(self):
        assert CALENDAR.is_working(date(2026, 2, 14))  # 周六，春节调休
        assert CALENDAR.is_working(date(2026, 9, 20))  # 周日，国庆调休
        assert not CALENDAR.is_working(date(2026, 2, 16))  # 周一，春节
        assert CALENDAR.explain(date(2026, 2, 14)).why == "调休上班（春节）"
        assert CALENDAR.explain(date(2026, 2, 16)).why == "春节放假"
        assert CALENDAR.explain(date(2026, 3, 7)).why == "周六休息"

    def test_a_day_may_stand_in_the_table_of_the_next_year(self):
        assert CALENDAR.explain(date(2022, 12, 31)).why == "元旦放假"

    @given(DAYS, st.integers(0, 20))
    def test_they_are_counted_one_by_one(self, start, length):
        end = CALENDAR.step(start, length)
        between = [start + timedelta(n) for n in range(1, (end - start).days + 1)]
        assert sum(CALENDAR.is_working(day) for day in between) == length
        assert length == 0 or CALENDAR.is_working(end)

    @given(DAYS, st.integers(1, 20))
    def test_stepping_back_returns_to_where_the_steps_began(self, start, length):
        first = CALENDAR.roll_forward(start)
        assert CALENDAR.step(CALENDAR.step(first, length), -length) == first

    @given(DAYS, st.integers(0, 10), st.integers(0, 10))
    def test_two_shorter_steps_make_a_longer_one(self, start, some, more):
        assert CALENDAR.step(CALENDAR.step(start, some), more) == CALENDAR.step(start, some + more)

    @given(DAYS)
    def test_the_internal_day_is_worked_and_no_worked_day_lies_between(self, day):
        internal, rolled = CALENDAR.last_working_on_or_before(day), CALENDAR.roll_forward(day)
        assert internal <= day <= rolled
        assert CALENDAR.is_working(internal)
        assert CALENDAR.is_working(rolled)
        rest = [internal + timedelta(n) for n in range(1, (rolled - internal).days)]
        assert not any(CALENDAR.is_working(between) for between in rest)


class TestUnpublishedYear:
    def test_it_is_answered_by_the_week_and_the_fixed_holidays_and_marked(self):
        assert not CALENDAR.is_working(date(2027, 10, 1))  # 周五，国庆节
        assert CALENDAR.explain(date(2027, 10, 1)).why == "国庆节放假"
        assert CALENDAR.is_working(date(2027, 3, 1))
        assert CALENDAR.explain(date(2027, 3, 1)).is_provisional
        assert not CALENDAR.explain(date(2026, 3, 2)).is_provisional

    def test_a_deadline_that_reaches_into_it_is_provisional(self):
        objection = only("D04")
        assert objection(on(Act.ARRIVE, "2026-12-28")).provisional
        assert not objection(on(Act.ARRIVE, "2026-12-01")).provisional
        assert derive(BY_CODE["D06"], date(2026, 12, 1), calendar=CALENDAR).steps[-1].what.startswith("所涉年份")

    def test_a_published_table_may_itself_be_provisional(self):
        draft = Calendar(frozenset({2026, 2027}), {}, {}, frozenset({2027}))
        assert draft.is_provisional(date(2027, 6, 1))
        assert not draft.is_provisional(date(2026, 6, 1))

    def test_a_day_listed_by_the_neighbouring_year_is_settled(self):
        alone = Calendar(frozenset({2023}), {date(2022, 12, 31): "元旦"}, {})
        assert not alone.is_provisional(date(2022, 12, 31))
        assert alone.is_provisional(date(2022, 12, 30))


class TestTheDay:
    def test_ten_to_midnight_is_still_that_day_in_beijing(self):
        late = datetime(2026, 3, 2, 23, 50, tzinfo=timekeeping.BEIJING)
        assert timekeeping.local_date(late) == date(2026, 3, 2)

    def test_a_moment_without_a_zone_has_no_legal_day(self):
        with pytest.raises(ValueError, match="时区"):
            timekeeping.local_date(datetime(2026, 3, 2, 23, 50))


class TestSubjects:
    """一口钟只管一个对象：起和止说的是同一件、同一次流转、同一次送达。"""

    @given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=6, unique=False))
    def test_whichever_legs_are_accepted_only_those_legs_are_met(self, accepted):
        history = [on(Act.ARRIVE, "2026-03-02", seq=leg, leg=leg) for leg in (1, 2, 3)]
        history += [on(Act.ACCEPT, "2026-03-03", seq=10 + n, leg=leg) for n, leg in enumerate(accepted)]
        notices = {r.scope_id: r for r in read(*history) if r.term.code == "D03"}
        assert {leg for leg, reading in notices.items() if reading.ended_how == "met"} == set(accepted)

    def test_two_siblings_of_one_letter_do_not_touch_each_other(self):
        def sibling(petition, act, day, seq):
            return Happening(act, date.fromisoformat(day), seq, {"petition": petition}, PLAIN)

        history = [
            sibling(1, Act.ACCEPT, "2026-03-02", 1),
            sibling(2, Act.ACCEPT, "2026-03-04", 2),
            sibling(2, Act.EXTEND, "2026-03-05", 3),
            sibling(2, Act.SIGN, "2026-03-20", 4),
        ]
        history[2] = Happening(Act.EXTEND, date(2026, 3, 5), 3, {"petition": 2}, {"days": 10})
        first, second = deadlines(history, [BY_CODE["D06"]], CALENDAR)
        assert (first.scope_id, first.due_on, first.extended, first.is_running) == (1, date(2026, 5, 1), 0, True)
        assert (second.scope_id, second.extended, second.ended_how) == (2, 10, "met")

    def test_a_start_that_names_no_subject_is_refused(self):
        with pytest.raises(FactMissing, match="没有计时对象"):
            read(Happening(Act.SERVE, date(2026, 3, 2), 1, {"petition": 1}, PLAIN))

    def test_the_log_is_read_in_its_own_order(self):
        arrived, accepted = on(Act.ARRIVE, "2026-03-02", seq=1), on(Act.ACCEPT, "2026-03-03", seq=2)
        assert read(accepted, arrived) == read(arrived, accepted)

    def test_an_end_recorded_later_but_backfilled_earlier_is_still_the_end(self):
        accepted, signed = on(Act.ACCEPT, "2026-03-10", seq=1), on(Act.SIGN, "2026-03-09", seq=2)
        assert only("D06")(accepted, signed).met_on == date(2026, 3, 9)


class TestDerivation:
    def test_every_skipped_and_every_made_up_day_is_named(self):
        told = derive(BY_CODE["D04"], date(2025, 9, 26), calendar=CALENDAR)
        words = {step.day: step.what for step in told.steps[:-1]}
        assert words[date(2025, 9, 26)] == "起算日不计入"
        assert words[date(2025, 9, 27)] == "周六休息，不计入"
        assert words[date(2025, 9, 28)] == "第1个工作日，调休上班（国庆节、中秋节）"
        assert words[date(2025, 10, 3)] == "国庆节、中秋节放假，不计入"
        assert words[date(2025, 10, 10)] == "第5个工作日"
        assert len(words) == (told.due_on - told.start).days + 1  # 一日不漏

    @given(DAYS, st.sampled_from([term for term in NATIONAL_TERMS if term.length and term.unit in DAYS_OF]))
    def test_its_days_agree_with_the_count(self, start, term):
        told = derive(term, start, calendar=CALENDAR)
        counted = [step.count for step in told.steps if step.count]
        assert max(counted) == term.length
        assert told.internal_on <= told.due_on <= told.rolled_on
        if term.rolls or term.unit is Unit.WORKING_DAY:
            assert CALENDAR.is_working(told.due_on)
        else:
            assert told.due_on == start + timedelta(term.length)

    def test_an_organ_whose_day_is_a_holiday_reads_all_three_days(self):
        told = derive(BY_CODE["D01"], date(2026, 2, 1), calendar=CALENDAR).as_json()
        assert (told["due_on"], told["internal_on"], told["rolled_on"]) == ("2026-02-16", "2026-02-14", "2026-02-24")
        assert any("不顺延" in step["what"] for step in told["steps"])

    def test_an_appointed_term_wants_its_day_and_no_other_term_takes_one(self):
        assert derive(BY_CODE["D12"], date(2026, 3, 2), calendar=CALENDAR, due_on=date(2026, 3, 22)).due_on == date(
            2026, 3, 22
        )
        with pytest.raises(CannotCount, match="指定期限"):
            derive(BY_CODE["D12"], date(2026, 3, 2), calendar=CALENDAR)
        with pytest.raises(CannotCount, match="不能另行指定期限"):
            derive(BY_CODE["D01"], date(2026, 3, 2), calendar=CALENDAR, due_on=date(2026, 3, 22))
        with pytest.raises(CannotCount, match="早于起算日"):
            derive(BY_CODE["D12"], date(2026, 3, 2), calendar=CALENDAR, due_on=date(2026, 3, 1))


class TestTheTable:
    """期限表本身。"""

    @pytest.mark.parametrize("term", NATIONAL_TERMS, ids=lambda term: term.code)
    def test_every_term_cites_what_it_stands_on(self, term):
        assert term.article.startswith(OF_THE_REGULATION if term in REGULATION else OF_OTHERS)
        assert term.length or term.appointed

    def test_codes_are_unique(self):
        assert len(BY_CODE) == len(NATIONAL_TERMS)

    @pytest.mark.parametrize("term", NATIONAL_TERMS, ids=lambda term: term.code)
    def test_a_clock_that_starts_can_end(self, term):
        ends = term.met_by | term.met_if_told | term.voided_by | term.lapsed_by
        assert bool(term.starts) is bool(term.met_by)
        assert term.petition_wide <= ends
        assert not term.starts & ends

    def test_the_only_working_days_of_the_regulation_are_the_five_of_article_23(self):
        assert [term.code for term in REGULATION if term.unit is Unit.WORKING_DAY] == ["D04"]

    def test_only_the_petitioners_terms_move_past_a_rest_day(self):
        assert {term.code for term in NATIONAL_TERMS if term.rolls} == {"D08", "D10"}

    def test_only_article_34_is_extended_and_only_a_recheck_leaves_a_hearing_out(self):
        assert {term.code for term in NATIONAL_TERMS if term.extension} == {"D06"}
        assert {term.code for term in NATIONAL_TERMS if term.hearing_excluded} == {"D11"}

    def test_every_clock_has_its_subject(self):
        subjects = {
            Scope.PETITION: (
                "D01 D01b1 D01b2 D01b3 D01b4 D02 D06 D06r D07 D07n D14a D14b D16a D16c D19 D20a D20b "
                "I01 I02 I04 I05 I07 P15"
            ),
            Scope.LEG: "D03 D03d D04 D05 D12 D16b I03",
            Scope.REQUEST: "I08",
            Scope.SERVICE: "D08 D10 D17 I09",
            Scope.PROCEEDING: "D09 D11",
            Scope.EXECUTION: "I06",
            Scope.ORDER: "D13 D15 D18a D18b D18c D18d SV",
        }
        for scope, listed in subjects.items():
            assert {term.code for term in NATIONAL_TERMS if term.scope is scope} == set(listed.split())
