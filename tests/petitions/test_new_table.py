"""新的放假安排公布：先看会动哪些期限，公布后动的就是这些；已届满、已结束的不动；断了接着改，结果一样。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Outbox
from config.celery import TIMETABLE
from petitions.act.decorator import Refused
from petitions.clocks import republication
from petitions.clocks.lapses import settle_lapsed
from petitions.clocks.provenance import explained
from petitions.models import Deadline, Petition
from petitions.record.verification import verify
from petitions.tasks import recount_deadlines
from rulebook.acts import Act
from rulebook.books import calendar_in_force, calendar_of
from rulebook.city import publication, rules_pack
from rulebook.city.rules_pack import CalendarTable
from rulebook.models import CalendarVersion, RuleSet
from rulebook.recount import changed_days
from rulebook.terms import BY_CODE, Unit
from supervision.ladder import climb
from tests.cast import accepted, closed, do, fresh, issued, on_day, passed, registered, someone, submitted
from tests.petitions.places import assigned, at_office, forwarded, organ
from tests.rulebook import REFERENCE

pytestmark = pytest.mark.usefixtures("city")

MONDAY = date(2026, 3, 2)
TABLE = {table.year: table for table in rules_pack.read(REFERENCE).calendars}
COLUMNS = ("due_on", "internal_on", "provisional", "calendar_version", "ended_how", "met_on")


def flip(day: date, table: CalendarTable | None = None) -> CalendarTable:
    """The year's table with one day the other way round."""
    table = table or TABLE[day.year]
    days = dict(table.days)
    if calendar_in_force().is_working(day):
        days.pop(day, None)
        if day.weekday() < 5 or day in table.days:
            days[day] = (False, "临时放假")
    else:
        days[day] = (True, "临时上班")
    return CalendarTable(day.year, f"关于{day}的通知", days, table.provisional)


def publish(table: CalendarTable, **told) -> republication.Difference:
    republication.publish(table, by=someone("admin1"))
    return republication.apply(**told)


def standings() -> dict[int, tuple]:
    return {pk: tuple(rest) for pk, *rest in Deadline.objects.values_list("pk", *COLUMNS)}


def days_of(stored: dict[int, tuple]) -> dict[int, tuple]:
    return {pk: row[:2] for pk, row in stored.items()}


def a_mixed_set() -> list[Petition]:
    """Clocks of every sort, begun in the first week of March 2026: running, met, and one that will have lapsed."""
    with on_day(MONDAY):
        made = [registered(), forwarded(), assigned(days=19), accepted(), closed(), at_office()]
    with on_day(MONDAY + timedelta(days=2)):
        made += [submitted(), issued(), passed()]
        helped = do(accepted(), Act.ASK_ASSIST, to=organ("YHCG"), request="请核对维修资金账目")
    with on_day(MONDAY + timedelta(days=4)):
        made += [forwarded(), closed(), registered(), do(forwarded(), Act.OBJECT, grounds="该事项属住建部门职权")]
    return [*made, helped]


def clock(petition, term) -> Deadline:
    return petition.deadlines.get(term=term)


def test_flip_of_one_day_previewed_list_equals_the_applied_difference_and_only_w_clocks_and_rolled_days_move():
    a_mixed_set()
    kinds, moved_terms = set(), set()
    published = MONDAY + timedelta(days=5)
    weekends = [MONDAY + timedelta(days=n) for n in range(5, 42) if n % 7 in (5, 6)]
    for day in [*weekends, date(2026, 3, 9), date(2026, 4, 6)]:
        with on_day(published), transaction.atomic():
            before, table = standings(), flip(day)
            seen = republication.preview(table)
            assert standings() == before  # 只看不动
            done = publish(table)
            after = standings()
            assert versions_aside(done) == versions_aside(seen)
            listed = {move.deadline_id for move in seen.moves}
            assert listed == {pk for pk in before if days_of(before)[pk] != days_of(after)[pk]}
            assert {move.deadline_id: (move.was.due_on, move.now.due_on) for move in seen.moves} == {
                pk: (before[pk][0], after[pk][0]) for pk in listed
            }
            for row in Deadline.objects.filter(pk__in=listed):
                term = BY_CODE[row.term]
                was = before[row.pk]
                if row.due_on != was[0]:
                    assert term.unit is Unit.WORKING_DAY or term.rolls, row.term
                    moved_terms.add(row.term)
                assert was[0] >= published and not was[4]
                kinds.add((row.due_on != was[0], row.internal_on != was[1]))
            assert list(verify()) == []
            assert republication.pending() == 0 and republication.apply().counted == 0
            transaction.set_rollback(True)
    assert {"D04", "D05", "D08", "I02", "I03"} <= moved_terms and (False, True) in kinds


def versions_aside(difference):
    """The preview cannot know the key of a version that is not there yet."""
    return [(m.deadline_id, m.was, m.now.due_on, m.now.internal_on, m.now.provisional) for m in difference.moves], (
        difference.marks,
        difference.counted,
    )


def test_e64_a_published_table_recounts_what_runs_tells_the_handler_and_leaves_what_has_lapsed():
    """E64：节假日安排公布后重算——未届满的 W 与顺延日重算，通知经办；已届满不追溯（规则 R10）。"""
    saturday = date(2026, 3, 14)
    with on_day("2026-03-02"):
        old = forwarded()  # 异议期届满于 03-09
    with on_day("2026-03-10"):
        running = forwarded()  # 异议期届满于 03-17
        remedied = closed()  # 复查申请期 04-09
    with on_day("2026-03-11"):
        assert settle_lapsed() == 0
        publish(flip(saturday))
    assert (clock(old, "D04").due_on, clock(old, "D04").ended_how) == (date(2026, 3, 9), "lapsed")
    assert clock(running, "D04").due_on == date(2026, 3, 16)
    assert clock(running, "D03").due_on == date(2026, 3, 25) and clock(remedied, "D08").due_on == date(2026, 4, 9)
    [line] = running.events.of_act(Act.RECOMPUTE)
    assert line.details["moved"] == [
        {
            "term": "D04",
            "scope_id": clock(running, "D04").scope_id,
            "started_by": clock(running, "D04").started_by,
            "due_on": ["2026-03-17", "2026-03-16"],
            "internal_on": ["2026-03-17", "2026-03-16"],
        }
    ]
    assert line.actor_kind == "system" and line.details["calendar"] == CalendarVersion.objects.newest_id()
    told = Outbox.objects.filter(dedupe_key__startswith=f"recompute:{running.pk}:")
    assert {row.recipient.username for row in told} >= {"officer1"}
    assert {row.text for row in told} == {f"{running.number} 放假安排公布，期限重算：提出职权异议 03-17 → 03-16"}
    assert all(clock["agrees"] for clock in explained(running)["clocks"] + explained(old)["clocks"])
    assert not old.events.of_act(Act.RECOMPUTE).exists() and not remedied.events.of_act(Act.RECOMPUTE).exists()
    assert list(verify()) == []


def test_interrupted_between_two_batches_and_resumed_the_next_day_gives_the_same(monkeypatch):
    a_mixed_set()
    table = flip(date(2026, 3, 7))
    with on_day("2026-03-06"), transaction.atomic():
        whole = publish(table, batch=2)
        at_once = days_of(standings())
        transaction.set_rollback(True)
    assert len(whole.moves) > 4
    with on_day("2026-03-06"):
        republication.publish(table, by=someone("admin1"))
        store, batches = republication._store, []

        def die(*args):
            store(*args)
            batches.append(1)
            if len(batches) == 3:
                raise KeyboardInterrupt

        monkeypatch.setattr(republication, "_store", die)
        with pytest.raises(KeyboardInterrupt):
            republication.apply(batch=2)
        monkeypatch.undo()
        assert 0 < republication.pending() < whole.counted  # 前两批已成立，第三批随着中断没了
    with on_day("2026-03-07"):
        rest = republication.apply(batch=2)
    assert days_of(standings()) == at_once and rest.moves
    assert republication.pending() == 0 and list(verify()) == []


def test_a_run_stops_when_its_time_is_up_and_says_how_far_it_came():
    a_mixed_set()
    told = []
    with on_day("2026-03-06"):
        republication.publish(flip(date(2026, 3, 7)), by=someone("admin1"))
        waiting = republication.pending()
        assert not republication.apply(seconds=-1).is_finished and republication.pending() == waiting > 0
        done = republication.apply(batch=3, seconds=60, progress=lambda *numbers: told.append(numbers))
    assert done.is_finished and done.counted == waiting
    assert told[-1][0] == told[-1][1] and len(told) > 2


def test_the_task_of_the_timetable_finishes_what_was_left():
    with on_day("2026-03-10"):
        petition = forwarded()
    with on_day("2026-03-11"):
        assert recount_deadlines() == 0
        republication.publish(flip(date(2026, 3, 14)), by=someone("admin1"))
        assert recount_deadlines() == 2 and clock(petition, "D04").due_on == date(2026, 3, 16)
    assert (recount_deadlines.name, 300) in TIMETABLE.values()


def test_an_act_that_comes_before_the_batches_takes_up_the_table_itself_with_a_line_of_its_own():
    with on_day("2026-03-10"):
        petition = forwarded()
    with on_day("2026-03-11"):
        republication.publish(flip(date(2026, 3, 14)), by=someone("admin1"))
        do(petition, Act.NOTE, note="已联系")
    assert clock(petition, "D04").due_on == date(2026, 3, 16)
    assert [line.act for line in petition.events.in_order()][-2:] == ["note", "recompute"]
    with on_day("2026-03-11"):
        assert republication.apply().counted == 0
    assert list(verify()) == []


def test_a_clock_that_ended_keeps_its_tables_whatever_is_done_later():
    with on_day("2026-03-02"):
        petition = forwarded()
    with on_day("2026-03-09"):
        petition = do(petition, Act.OBJECT, grounds="该事项属住建部门职权")
    before = clock(petition, "D04")
    assert (before.ended_how, before.due_on) == ("met", date(2026, 3, 9))
    with on_day("2026-03-10"):
        publish(flip(date(2026, 3, 7)))
        do(petition, Act.OVERRULE, "dchief1", answer="仍由你单位办理")
    after = clock(petition, "D04")
    assert (after.ended_how, after.due_on, after.calendar_version) == ("met", before.due_on, before.calendar_version)
    assert list(verify()) == []


def test_a_right_that_lapsed_is_not_opened_again_by_a_table():
    with on_day("2026-03-02"):
        petition = forwarded()
    with on_day("2026-03-10"):
        publish(flip(date(2026, 3, 9)))  # 末日改为放假，但昨天已经届满
        with pytest.raises(Refused, match="已过 5 个工作日异议期"):
            do(petition, Act.OBJECT, grounds="该事项属住建部门职权")


def test_a_right_does_not_lapse_because_its_batch_was_not_reached_in_time():
    with on_day("2026-03-02"):
        petition = forwarded()
    with on_day("2026-03-09"):  # 末日当天公布：这一天改为放假；还没改到就到了第二天
        republication.publish(flip(date(2026, 3, 9)), by=someone("admin1"))
    with on_day("2026-03-10"):
        settle_lapsed()
    assert (clock(petition, "D04").due_on, clock(petition, "D04").ended_how) == (date(2026, 3, 10), "")
    assert list(verify()) == []


def test_a_last_day_given_back_as_a_rest_day_lets_the_organ_object_on_the_next():
    with on_day("2026-03-02"):
        petition = forwarded()
    with on_day("2026-03-06"):
        publish(flip(date(2026, 3, 9)))
    with on_day("2026-03-10"):
        petition = do(petition, Act.OBJECT, grounds="该事项属住建部门职权")
    assert (clock(petition, "D04").due_on, clock(petition, "D04").ended_how) == (date(2026, 3, 10), "met")
    assert list(verify()) == []


def test_a_year_that_was_provisional_is_published_and_the_marks_are_cleared():
    with on_day("2026-12-28"):
        handled, sent = accepted(), forwarded()
    marked = Deadline.objects.filter(ended_how="", provisional=True)
    assert marked.filter(term="D06").exists() and marked.filter(term="D04").exists()
    provisional = CalendarTable(2027, "暂定", {date(2027, 1, 1): (False, "元旦")}, provisional=True)
    official = CalendarTable(
        2027,
        "国务院办公厅关于2027年部分节假日安排的通知",
        {date(2027, 1, 1): (False, "元旦"), date(2027, 1, 3): (True, "元旦")},
    )
    with on_day("2026-12-29"):
        assert publish(provisional).moves == [] and marked.exists()
        seen = republication.preview(official)
        done = publish(official)
    assert not marked.exists()
    assert done.marks == seen.marks > 0
    assert clock(sent, "D04").due_on == date(2027, 1, 4)
    assert clock(handled, "D06").due_on == date(2027, 2, 26)
    assert not handled.events.of_act(Act.RECOMPUTE).exists()  # 只去掉标记，日子没动
    assert list(verify()) == []


def test_the_ladder_looks_again_at_the_new_day_and_reminds_once():
    with on_day("2026-03-10"):
        petition = do(forwarded(), Act.OBJECT, grounds="该事项属住建部门职权")
        climb.sweep()
    review = clock(petition, "D05")
    assert review.due_on == date(2026, 3, 12)
    with on_day("2026-03-10"):
        publish(flip(date(2026, 3, 11)))
        assert clock(petition, "D05").due_on == date(2026, 3, 13)
        climb.sweep()
    assert clock(petition, "D05").next_rung_at.astimezone().date() == date(2026, 3, 12)
    with on_day("2026-03-12"):
        climb.sweep()
        climb.sweep()
    assert list(review.reminders.values_list("rung", "due_on")) == [("L1", date(2026, 3, 13))]


def test_the_nearest_day_of_a_petition_follows_a_duty_that_moves():
    with on_day("2026-03-10"):
        petition = forwarded()
    Deadline.objects.filter(petition=petition, term="D04").update(kind="duty")
    with on_day("2026-03-11"):
        publish(flip(date(2026, 3, 14)))
    assert (fresh(petition).next_due_on, fresh(petition).next_term) == (date(2026, 3, 16), "D04")


def test_a_confidential_petition_is_counted_but_not_named():
    with on_day("2026-03-10"):
        petition = forwarded()
        Petition.objects.filter(pk=petition.pk).update(secrecy=1)
        [move] = republication.preview(flip(date(2026, 3, 14))).moves
    assert (move.number, move.term) == ("", "D04")


def test_only_the_rule_keeper_publishes_and_the_table_says_who():
    with pytest.raises(PermissionDenied, match="系统配置"):
        republication.publish(flip(date(2026, 3, 14)), by=someone("officer1"))
    version = republication.publish(flip(date(2026, 3, 14)), by=someone("admin1"))
    assert (version.version, version.published_by) == (2, "admin1")


def test_each_petition_keeps_the_rule_set_it_met():
    with on_day("2026-03-02"):
        earlier = at_office()
    shorter = rules_pack.Pack("yunzhou", "云州市", date(2026, 3, 4), ["试行规定"], {"D03": (10, "云州信发〔2026〕1号")})
    publication.publish(shorter, by="admin1")
    with on_day("2026-03-05"):
        later = forwarded()
        earlier = do(earlier, Act.FORWARD, "dclerk1", to=organ("YHQL"))
        publish(flip(date(2026, 3, 14)))
    assert (clock(earlier, "D03").due_on, clock(later, "D03").due_on) == (date(2026, 3, 20), date(2026, 3, 15))
    assert earlier.rule_set.status == RuleSet.Status.FROZEN and later.rule_set.status == RuleSet.Status.PUBLISHED
    assert list(verify()) == []


def test_verify_finds_a_deadline_that_the_log_does_not_give():
    with on_day("2026-03-10"):
        petition = forwarded()
    Deadline.objects.filter(petition=petition, term="D04").update(due_on=date(2026, 3, 18))
    assert [fault.sentence for fault in verify()] == ["期限 D04 登记为 2026-03-18，由日志复算为 2026-03-17"]


def test_verify_finds_a_deadline_put_back_to_the_tables_before_the_line_that_moved_it():
    with on_day("2026-03-10"):
        petition = forwarded()
    before = clock(petition, "D04")
    with on_day("2026-03-11"):
        publish(flip(date(2026, 3, 14)))
    assert changed_days(calendar_of(before.calendar_version), calendar_in_force()) == [date(2026, 3, 14)]
    Deadline.objects.filter(pk=before.pk).update(
        due_on=before.due_on, internal_on=before.internal_on, calendar_version=before.calendar_version
    )
    [fault] = verify()
    assert "D04 已按第" in fault.sentence and fault.seq == petition.events.of_act(Act.RECOMPUTE).get().seq
