"""批量催办：确认以后先放两分钟，其间一个人撤回、另一个人得知；到时发出，每件恰好一次。"""

import threading
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Outbox
from petitions.act.decorator import Refused, Stale
from petitions.models import Petition
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, at
from supervision.models import Urging
from supervision.orders import acts as actions
from supervision.tasks import send_urgings
from supervision.urging import rules as urging
from tests.cast import accepted, load_city, on_day, someone
from tests.supervision.test_board import DAY

WORDS = "请于本周五前完成现场核查。"
TEN = datetime.combine(DAY, time(10), BEIJING)


def laid(n=2, by="super1"):
    with on_day(DAY):
        petitions = [accepted() for _ in range(n)]
    with at(TEN):
        return petitions, urging.lay(petitions, WORDS, by=someone(by))


def lines(petitions):
    return [petition.events.of_act(Act.URGE).count() for petition in petitions]


def messages_of(kind):
    return list(Outbox.objects.filter(dedupe_key__startswith=kind).values_list("recipient__username", flat=True))


def after(minutes, do):
    with at(TEN + timedelta(minutes=minutes)):
        return do()


def test_it_waits_the_minutes_the_city_has_set_and_is_then_sent_once(city):
    petitions, round_ = laid()
    assert round_.send_at - round_.made_at == timedelta(minutes=2)
    assert after(1, send_urgings) == 0 and lines(petitions) == [0, 0] and messages_of("urge:") == []
    assert after(2, send_urgings) == 1 and after(3, send_urgings) == 0
    assert lines(petitions) == [1, 1]
    line = petitions[0].events.of_act(Act.URGE).get()
    assert (line.by.username, line.text.body) == ("super1", WORDS)
    round_.refresh_from_db()
    assert round_.urged == [petition.number for petition in petitions] and round_.refused == []
    assert list(verify()) == []


def test_what_is_taken_back_tells_nobody_and_leaves_no_line(city):
    petitions, round_ = laid()
    after(1, lambda: urging.take_back(round_.pk, by=someone("super1")))
    assert after(5, send_urgings) == 0
    assert lines(petitions) == [0, 0] and messages_of("urg") == []
    round_.refresh_from_db()
    assert round_.taken_back_by == someone("super1") and round_.sent_at is None


def test_a_colleague_takes_it_back_and_the_other_is_told(city):
    _, round_ = laid()
    colleague = someone("dhead1")
    after(1, lambda: urging.take_back(round_.pk, by=colleague))
    assert messages_of("urging-back:") == ["super1"]
    with pytest.raises(Stale, match=f"刚被{colleague.name}于 10:01 撤回"):
        after(1, lambda: urging.take_back(round_.pk, by=someone("super1")))


def test_what_was_sent_can_no_longer_be_taken_back(city):
    _, round_ = laid()
    after(2, send_urgings)
    with pytest.raises(Stale, match="已于 10:02 发出，不能撤回"):
        after(3, lambda: urging.take_back(round_.pk, by=someone("super1")))


def test_another_office_may_not_take_it_back(city):
    _, round_ = laid()
    with pytest.raises(PermissionDenied, match="不是您单位的"):
        urging.take_back(round_.pk, by=someone("super2"))


def test_what_waits_already_is_not_laid_again(city):
    petitions, _ = laid()
    with pytest.raises(Refused, match="已在待发的催办里，10:02 发出"), at(TEN):
        urging.lay(petitions[:1], WORDS, by=someone("dhead1"))
    assert Urging.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_the_same_at_once_lay_it_once():
    load_city()
    with on_day(DAY):
        petitions = [accepted()]
    barrier, said = threading.Barrier(2), []

    def work(username):
        barrier.wait()
        try:
            with at(TEN):
                urging.lay(petitions, WORDS, by=someone(username))
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=[username]) for username in ("super1", "dhead1")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(said) == 1 and "已在待发的催办里" in said[0]
    assert Urging.objects.count() == 1


def test_a_worker_that_dies_in_the_middle_sends_each_once_all_the_same(city, monkeypatch):
    petitions, _ = laid(3)
    urge_one, seen = actions._urge_one, []

    def dies(pk, text, by):
        seen.append(pk)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return urge_one(pk, text, by)

    monkeypatch.setattr(actions, "_urge_one", dies)
    with pytest.raises(KeyboardInterrupt):
        after(2, send_urgings)
    assert lines(petitions) == [0, 0, 0]
    monkeypatch.undo()
    assert after(2, send_urgings) == 1 and lines(petitions) == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_once():
    load_city()
    petitions, _ = laid()
    barrier, sent = threading.Barrier(2), []

    def work():
        barrier.wait()
        sent.append(send_urgings())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    with at(TEN + timedelta(minutes=2)):
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        send_urgings()
    assert sum(sent) <= 1 and lines(petitions) == [1, 1]


def test_who_left_the_post_meanwhile_is_told_that_nothing_went_out(city):
    petitions, round_ = laid()
    someone("super1").appointments.update(until=DAY - timedelta(days=1))
    assert after(2, send_urgings) == 1
    round_.refresh_from_db()
    assert lines(petitions) == [0, 0] and len(round_.refused) == 2 and messages_of("urging-left:") == ["super1"]


def test_the_page_lays_shows_and_takes_back_without_a_script(city, client):
    with on_day(DAY):
        petition = accepted()
    client.force_login(someone("super1"))
    with at(TEN):
        asked = client.get("/supervision/urge/", {"case": petition.number}).content.decode()
        assert "确认后 2 分钟发出，其间可以撤回" in asked
        board = client.post("/supervision/urge/", {"case": petition.number, "text": WORDS}, follow=True)
        round_ = Urging.objects.get()
        html = board.content.decode()
        assert "催办 1 件，10:02 发出；发出以前可以撤回" in html
        assert f'action="/supervision/urge/{round_.pk}/"' in html and "撤回</button>" in html
        again = client.post("/supervision/urge/", {"case": petition.number, "text": WORDS})
        assert again.status_code == 422 and "先撤回那一批" in again.content.decode() and WORDS in again.content.decode()
        page = client.get(f"/supervision/urge/{round_.pk}/").content.decode()
        assert "还没有发" in page and petition.number in page and WORDS in page
        back = client.post(f"/supervision/urge/{round_.pk}/", {"back": "/supervision/?view=all"})
        assert back.headers["Location"] == "/supervision/?view=all"
        late = client.post(f"/supervision/urge/{round_.pk}/", follow=True).content.decode()
    assert "撤回，没有发出" in late and not Petition.objects.get().events.of_act(Act.URGE).exists()
    client.force_login(someone("super2"))
    assert client.get(f"/supervision/urge/{round_.pk}/").status_code == 404
    client.force_login(someone("clerk1"))
    assert client.get(f"/supervision/urge/{round_.pk}/").status_code == 403
