"""督查页的存数：任凭谁先谁后、谁回滚，存的数等于从头数的；哪条路写的都算在内。"""

import threading
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Organ
from petitions.act.states import OPEN, State
from petitions.models import Involvement, Petition, Submission
from rulebook.timekeeping import today
from supervision.board import board_counts, board_figures, case_list
from supervision.ladder import climb
from supervision.models import BoardCount, BoardRow, Reminder
from supervision.tasks import compare_board_counts, fold_board_counts
from tests.cast import accepted, fresh, load_city, on_day, registered, someone

DAY = date(2026, 3, 2)
WRITERS, WRITES = 4, 12


class Undone(Exception):
    """Thrown so that a transaction takes back what it wrote."""


def made():
    with on_day(DAY):
        return [accepted(), accepted(), accepted(), registered()]


# 一笔笔写：每一样都是看板数的一列


def _move_day(dice, petition):
    on = DAY + timedelta(days=dice.randrange(90))
    petition.deadlines.filter(ended_how="").update(due_on=on)
    Petition.objects.filter(pk=petition.pk).update(next_due_on=on)


def _end_or_reopen(dice, petition):
    state = dice.choice([State.CLOSED, State.ACCEPTED, State.REGISTERED])
    Petition.objects.filter(pk=petition.pk).update(state=state)


def _change_organ(dice, petition):
    Petition.objects.filter(pk=petition.pk).update(organ=dice.choice(Organ.objects.order_by("pk")[:6]))


def _more_people(dice, petition):
    Submission.objects.filter(pk=petition.submission_id).update(people_count=dice.choice([1, 4, 5, 30]))


def _keep_secret(dice, petition):
    Petition.objects.filter(pk=petition.pk).update(secrecy=dice.choice([0, 0, 1]))


def _involve(dice, petition):
    organ = dice.choice(Organ.objects.order_by("-pk")[:6])
    Involvement.objects.create(petition=petition, kind="assists", organ=organ, since=petition.registered_at)


def _let_go(dice, petition):
    Involvement.objects.filter(petition=petition, kind="assists").update(until=F("since"))


def _lapse(dice, petition):
    petition.deadlines.filter(term__in=("D02", "D03")).update(ended_how=dice.choice(["", "met", "lapsed"]))


def _withdraw(dice, petition):
    deadline = petition.deadlines.filter(term="D06").first()
    if deadline:
        Reminder.objects.update_or_create(
            deadline=deadline,
            rung="L1",
            due_on=deadline.due_on,
            defaults={
                "level": 1,
                "made_at": petition.registered_at,
                "withdrawn_at": dice.choice([None, petition.registered_at]),
            },
        )


def _look_again(dice, petition):
    petition.deadlines.update(next_rung_at=petition.registered_at + timedelta(hours=dice.randrange(900)))


DOINGS = [
    _move_day,
    _end_or_reopen,
    _change_organ,
    _more_people,
    _keep_secret,
    _involve,
    _let_go,
    _lapse,
    _withdraw,
    _look_again,
]


def _write(seed, keys, faults):
    dice = Random(seed)
    try:
        for _ in range(WRITES):
            petition = Petition.objects.get(pk=dice.choice(keys))
            try:
                with transaction.atomic():
                    # 像行为一样，先锁件
                    Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
                    for doing in dice.sample(DOINGS, dice.randrange(1, 4)):
                        doing(dice, petition)
                    if dice.randrange(4) == 0:
                        raise Undone
            except Undone:
                pass
            if dice.randrange(6) == 0:
                board_counts.fold()
    except Exception as fault:  # noqa: BLE001 线程里的错不能丢，交给测试断言
        faults.append(fault)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [11, 23])
def test_whatever_is_written_at_once_the_counts_equal_a_recount(seed):
    load_city()
    keys, faults = [petition.pk for petition in made()], []
    writers = [threading.Thread(target=_write, args=[seed * 100 + n, keys, faults]) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert board_counts.differences() == []
    board_counts.fold()
    assert board_counts.differences() == []
    assert BoardRow.objects.count() == Petition.objects.filter(state__in=OPEN).count()


def shown(found, scope):
    """Everything the board shows of figures and lists by them, so that two can be compared."""
    offices = {(one.pk, one.name, one.open, one.overdue, one.red, one.amber) for one in found.offices.values()}
    listed = {level: set(scope.filter(found.of_level(level)).values_list("pk", flat=True)) for level in range(1, 7)}
    return found.lamps, found.levels, found.due_this_week, found.withdrawn, found.lines, listed, offices


@pytest.mark.parametrize("who", ["super1", "csuper1", "dhead1", "officer1"])
def test_the_board_shows_of_counts_what_it_shows_of_petitions(city, who):
    with on_day(DAY):
        Submission.objects.filter(pk=accepted().submission_id).update(people_count=30)
        Petition.objects.filter(pk=accepted().pk).update(secrecy=1)
        registered()
    for n in (8, 16, 24):
        with on_day(DAY - timedelta(days=n)):
            accepted()
    user = someone(who)
    for days in (0, 16, 45, 58, 61, 90):
        with on_day(DAY + timedelta(days=days)):
            climb.sweep()
            scope, ladders = case_list.scope_of(user), climb.ladders_on(today())
            plain = board_figures.count(scope, ladders, today())
            kept, views = board_counts.of_board(user, ladders, today())
            board_counts.offices(user, kept)
            assert shown(kept, scope) == shown(plain, scope)
            assert {level: len(keys) for level, keys in shown(kept, scope)[-2].items() if keys} == dict(kept.levels)
            counted = board_figures.views(scope, today())
            assert views == counted | {"categories": sorted(counted["categories"])}
            assert board_counts.differences() == []


def test_only_those_whose_grant_asks_no_more_than_where_a_petition_is_read_counts(city):
    assert board_counts.overseen(someone("super1")) is not None
    assert board_counts.overseen(someone("csuper1")) is not None
    assert board_counts.overseen(someone("officer1")) is None


def test_folding_keeps_every_sum_and_leaves_one_row_of_a_kind(city):
    petitions = made()
    for petition in petitions[:2]:
        Petition.objects.filter(pk=petition.pk).update(next_due_on=DAY)
    before = set(BoardCount.objects.summed(*board_counts.KEY))
    fewer = fold_board_counts()
    rows = BoardCount.objects.values_list(*board_counts.KEY)
    assert fewer > 0 and len(rows) == len(set(rows))
    assert set(BoardCount.objects.summed(*board_counts.KEY)) == before
    assert fold_board_counts() == 0


def test_the_nightly_check_says_what_differs_and_stores_what_it_counted(city, caplog):
    petition = made()[0]
    assert compare_board_counts() == 0
    board_counts.fold()
    BoardRow.objects.filter(pk=petition.pk).update(group_visit=True)
    BoardCount.objects.filter(pk=BoardCount.objects.filter(what="due").first().pk).update(n=F("n") + 1)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("board_counts", stdout=said)
    assert f"{petition.number} 在督查页上的一行与件不符" in said.getvalue()
    assert "存的数多 1 件\n发现 2 处不符" in said.getvalue()
    assert compare_board_counts() > 0
    assert petition.number in caplog.text
    assert board_counts.differences() == []
    said = StringIO()
    call_command("board_counts", stdout=said)
    assert "一致" in said.getvalue()


def test_a_petition_that_ends_leaves_the_board_and_its_row_says_when_to_look_again(city):
    petition = made()[0]
    row = BoardRow.objects.get(pk=petition.pk)
    assert row.step_at == case_list.rows(Petition.objects.filter(pk=petition.pk)).get().step
    assert row.next_due_on == fresh(petition).next_due_on
    Petition.objects.filter(pk=petition.pk).update(state=State.CLOSED)
    assert not BoardRow.objects.filter(pk=petition.pk).exists()
    assert board_counts.differences() == []


def test_a_database_of_before_gets_its_counts(city):
    made()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM supervision_boardrow; DELETE FROM supervision_boardcount")
        assert board_counts.differences() != []
        cursor.execute(
            "SELECT supervision_stand_again(ARRAY(SELECT id FROM petitions_petition WHERE supervision_is_open(state)))"
        )
    assert board_counts.differences() == []
