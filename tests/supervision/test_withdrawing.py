"""撤销提醒：数回到没有提醒过一样；期限、停扫、被杀怎样交错，每级也恰好一次、一级不漏。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.act.decorator import Refused
from petitions.models import Deadline
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.timekeeping import now
from supervision.board import board_figures, case_list
from supervision.ladder import climb, digest, unanswered, withdrawal
from supervision.models import Reminder, SuggestedStep, Telling
from tests.cast import accepted, on_day, someone

ACCEPTED = date(2026, 3, 2)
DUE = ACCEPTED + timedelta(days=60)
LATE = DUE + timedelta(days=2)
WHY = "受理前在转送环节滞留二十日，逾期不在本单位形成。"


def taken_up(on=ACCEPTED):
    with on_day(on):
        return accepted()


def counted(day, who="super1"):
    with on_day(day):
        found = board_figures.count(case_list.scope_of(someone(who)), climb.ladders_on(day), day)
    return dict(+found.levels), {office.pk: office.overdue for office in found.offices.values()}


def withdraw(petition, day=LATE, by="super1", reason=WHY, term="D06"):
    with on_day(day):
        return withdrawal.withdraw(petition.deadlines.get(term=term), by=someone(by), reason=reason)


def test_counts_are_as_if_it_had_never_been_reminded_of(city):
    taken_up(ACCEPTED + timedelta(days=20))
    other, before_levels = counted(LATE)[1], counted(LATE)[0]
    petition = taken_up()
    with on_day(LATE):
        climb.sweep()
    levels, overdue = counted(LATE)
    assert levels == {**before_levels, 4: 1} and overdue[petition.organ_id] == other[petition.organ_id] + 1
    assert withdraw(petition) == 4
    assert counted(LATE) == (before_levels, other)
    assert not Reminder.objects.standing().filter(deadline__petition=petition).exists()
    assert not unanswered_left(petition)
    with on_day(LATE + timedelta(days=20)):
        climb.sweep()
        digest.compose()
        unanswered.report()
    assert Reminder.objects.filter(deadline__petition=petition).count() == 4  # 不再往上走
    levels, overdue = counted(LATE + timedelta(days=20))
    assert (sum(levels.values()), sum(overdue.values())) == (1, 1)  # 只有另外那一件


def unanswered_left(petition):
    waiting = Telling.objects.filter(reminder__deadline__petition=petition, message=None).exists()
    steps = SuggestedStep.objects.waiting().filter(petition=petition).exists()
    return waiting or steps or Reminder.objects.filter(deadline__petition=petition).exclude(answer_by=None).exists()


def test_the_list_agrees_with_the_counts_and_says_so(city, client):
    petition, plain = taken_up(), taken_up()
    with on_day(LATE):
        climb.sweep()
    withdraw(petition)
    client.force_login(someone("super1"))
    with on_day(LATE):
        level = client.get("/supervision/?view=all&level=4")
        red = client.get("/supervision/?view=all&lamp=r").content.decode()
    assert [row["petition"].number for row in level.context["rows"]] == [plain.number]
    assert petition.number in red and "提醒已撤销" in red  # 灯照亮：日子确实过了


def test_it_is_one_line_in_the_log_and_a_new_day_is_reminded_of_anew(city):
    petition = taken_up()
    with on_day(LATE):
        climb.sweep()
    withdraw(petition)
    line = petition.events.of_act(Act.WITHDRAW_REMINDERS).get()
    assert line.text.body == WHY and sentence(line) == "撤销“办结并出具处理意见”的提醒 4 次"
    assert list(verify()) == []
    Deadline.objects.filter(petition=petition, term="D06").update(due_on=LATE, next_rung_at=line.at)
    with on_day(LATE):
        assert climb.sweep() == 3


def test_it_wants_a_post_a_reason_and_a_reminder(city):
    petition = taken_up()
    with pytest.raises(Refused, match="没有可撤销的提醒"):
        withdraw(petition)
    with on_day(LATE):
        climb.sweep()
    with pytest.raises(Refused, match="请写明撤销提醒的理由"):
        withdraw(petition, reason=" ")
    for stranger in ("super2", "officer1", "head1", "clerk1"):
        with pytest.raises(PermissionDenied):
            withdraw(petition, by=stranger)
    assert Reminder.objects.withdrawn().count() == 0
    withdraw(petition)
    with pytest.raises(Refused, match="刚被他人撤销"):
        withdraw(petition)


def test_the_page_shows_who_was_told_and_withdraws(city, client):
    petition = taken_up()
    with on_day(LATE):
        climb.sweep()
        address = f"/supervision/reminders/{petition.number}/"
        client.force_login(someone("super1"))
        page = client.get(address).content.decode()
        assert "李致平" in page and "主要领导" in page and "已提醒 4 次" in page
        deadline = petition.deadlines.get(term="D06")
        bad = client.post(address, {"deadline": deadline.pk, "reason": ""})
        assert bad.status_code == 422 and "请写明撤销提醒的理由" in bad.content.decode()
        done = client.post(address, {"deadline": deadline.pk, "reason": WHY}, follow=True).content.decode()
        assert "已撤销 4 次提醒" in done and "撤销理由" not in done
        client.force_login(someone("officer1"))
        assert "撤销理由" not in client.get(address).content.decode()
        client.force_login(someone("super2"))
        assert client.get(address).status_code == 404


# 怎样交错都一样


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sweep"), st.integers(1, 40)),  # 隔多少天扫一次：停扫几十天也有
        st.tuples(st.just("killed"), st.integers(1, 20)),  # 写了一半被杀
        st.tuples(st.just("extend"), st.integers(1, 30)),  # 届满日后移
        st.tuples(st.just("void"), st.just(0)),
    ),
    min_size=2,
    max_size=9,
)


def test_each_rung_of_each_due_day_is_climbed_once_and_none_is_left_out(city):
    petitions = [taken_up(), taken_up()]

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(steps=STEPS)
    def whatever_happens(steps):
        with transaction.atomic():
            _walk(petitions, steps)
            transaction.set_rollback(True)

    whatever_happens()


class Killed(Exception):
    """The process is gone in the middle of a batch."""


def _walk(petitions, steps):
    found = Deadline.objects.filter(petition__in=petitions, term="D06")
    one = found.order_by("pk").first()
    day, reached = ACCEPTED, {}
    for what, days in [*steps, ("sweep", 1)]:
        if what == "extend":
            found.filter(pk=one.pk, ended_how="").update(
                due_on=one.due_on + timedelta(days=days), next_rung_at=_at(day)
            )
        elif what == "void":
            found.filter(pk=one.pk).update(ended_how="void", next_rung_at=None)
        else:
            day += timedelta(days=days)
            _sweep(day, killed=what == "killed")
            if what == "sweep":
                _expect(reached, found.filter(ended_how=""), day)
        one.refresh_from_db()
    climbed = list(Reminder.objects.filter(deadline__in=found).values_list("deadline", "due_on", "rung"))
    assert len(climbed) == len(set(climbed))
    assert set(climbed) == {(*key, rung) for key, rungs in reached.items() for rung in rungs}


def _expect(reached, running, day):
    with on_day(day):
        ladder, calendar = climb.ladders_on(day)["D06"], calendar_in_force()
    for deadline in running:
        due = {rung.code for rung in ladder if rung.day(deadline.due_on, calendar) <= day}
        reached.setdefault((deadline.pk, deadline.due_on), set()).update(due)


def _sweep(day, *, killed):
    """A whole sweep one deadline at a time; a killed one dies in its first batch after everything was written."""
    with on_day(day):
        if not killed:
            climb.sweep(batch=1)
            return
        with pytest.raises(Killed), transaction.atomic():
            climb.climb(batch=1)
            raise Killed


def _at(day):
    with on_day(day):
        return now()
