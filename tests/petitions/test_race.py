"""两人同时办一件：一人办成，其余各得一句话。"""

import threading

import pytest
from django.db import connection

from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.models import PetitionEvent
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.cast import decided, fresh, load_city, registered, someone


@pytest.mark.django_db(transaction=True)
def test_six_people_press_accept_at_once():
    load_city()
    petition = decided(registered())
    officer = someone("officer1")
    windows = [fresh(petition) for _ in range(6)]
    barrier, outcomes = threading.Barrier(6), []

    def press(window):
        barrier.wait()
        try:
            carry_out(window, Act.ACCEPT, by=officer)
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[window]) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["done"] + ["本件刚被他人办理，请刷新后查看最新状态再办"] * 5)
    assert PetitionEvent.objects.filter(petition=petition, act="accept").count() == 1
    assert fresh(petition).petition_letters.filter(letter__kind="F02").count() == 1
    assert list(verify()) == []


@pytest.mark.django_db
def test_an_act_that_keeps_the_state_is_also_done_once():
    load_city()
    petition = registered()
    first, second = fresh(petition), fresh(petition)
    carry_out(first, Act.NOTE, by=someone("officer1"), note="第一人")
    with pytest.raises(Refused, match="他人"):
        carry_out(second, Act.NOTE, by=someone("officer1"), note="第二人")
