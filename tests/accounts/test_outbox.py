"""The outbox: what was owed is delivered once, whatever happens to the broker."""

import threading
import time

import pytest
from django.core import mail
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from accounts.messages import notices, outbox
from accounts.messages.channels import Mail, NotConfigured, carrier_for
from accounts.models import AccountEvent, Channel, Notice, Outbox
from accounts.tasks import drain_outbox
from rulebook.timekeeping import at, now
from tests.accounts.conftest import PASSWORD, build_town

KEY = "deadline:7:amber:2026-03-01"


def owe(town, key=KEY, **more):
    with transaction.atomic():
        notices.tell([town.clerk, town.head.pk], "有 1 件距书面告知期限还有 3 天。", "/cases/1/", key, **more)


@pytest.fixture
def broken_broker(monkeypatch):
    calls = []

    def send_task(*args, **kwargs):
        calls.append(args)
        raise OperationalError("no broker")

    monkeypatch.setattr(notices.current_app, "send_task", send_task)
    return calls


def test_told_twice_is_owed_once_and_double_drain_delivers_once(town):
    owe(town)
    owe(town)
    assert Outbox.objects.count() == 2
    assert outbox.drain()["sent"] == 2
    assert outbox.drain()["sent"] == 0
    assert drain_outbox() == {"sent": 0, "put_off": 0, "given_up": 0}
    assert Notice.objects.filter(user=town.clerk).count() == 1
    assert Notice.objects.filter(user=town.head).count() == 1


def test_message_falls_with_the_transaction(town):
    with pytest.raises(RuntimeError), transaction.atomic():
        notices.tell([town.clerk], "……", "", KEY)
        raise RuntimeError
    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_dead_broker_neither_raises_nor_delays_and_warns_once(broken_broker, caplog):
    town = build_town()
    began = time.monotonic()
    for n in range(5):
        owe(town, f"{KEY}:{n}")
    assert time.monotonic() - began < 2
    assert len(broken_broker) == 1  # 第一次失败后不再每次都去试
    assert [record.levelname for record in caplog.records if "消息服务" in record.message] == ["WARNING"]
    assert Outbox.objects.count() == 10
    assert outbox.drain()["sent"] == 10
    assert Notice.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_one_wake_for_one_transaction(monkeypatch):
    town, woken = build_town(), []
    monkeypatch.setattr(notices.current_app, "send_task", lambda *args, **kwargs: woken.append(args))
    with transaction.atomic():
        for n in range(20):
            notices.tell([town.clerk], "……", "", f"{KEY}:{n}")
    assert woken == [(notices.TASK,)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_and_do_not_repeat():
    town = build_town()
    for n in range(60):
        notices.tell([town.clerk, town.head, town.deputy], "……", "", f"{KEY}:{n}")
    results, start = [], threading.Barrier(4)

    def work():
        start.wait()
        try:
            results.append(outbox.drain()["sent"])
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(results) == 180
    assert Notice.objects.count() == Notice.objects.values("outbox").distinct().count() == 180


def test_not_before_waits(town):
    moment = now()
    later = moment.replace(year=moment.year + 1)
    owe(town, not_before=later)
    assert outbox.drain()["sent"] == 0
    with at(later):
        assert outbox.drain()["sent"] == 2


def test_channel_without_provider_backs_off_then_dies_and_can_be_resent(town, client):
    moment = now()
    with at(moment):
        notices.tell([town.clerk], "……", "", KEY, channel=Channel.SMS)
    waits = []
    for attempt in range(1, outbox.MAX_ATTEMPTS + 1):
        message = Outbox.objects.get()
        with at(message.not_before):
            counts = outbox.drain()
            assert outbox.drain() == {"sent": 0, "put_off": 0, "given_up": 0}  # 没到下一次之前不再试
        assert counts == {"sent": 0, "put_off": attempt < 8, "given_up": attempt == 8}
        again = Outbox.objects.get()
        waits.append(again.not_before - message.not_before)
    assert again.dead and again.attempts == 8 and again.last_error == "本系统没有配置短信渠道"
    assert all(longer == 2 * shorter for shorter, longer in zip(waits, waits[1:], strict=False))

    client.force_login(town.admin)
    page = client.get("/config/messages/").content.decode()
    assert "没有配置短信渠道" in page and "王晓岚" in page and "……" not in page
    assert client.post(f"/config/messages/{again.pk}/resend/").status_code == 302
    raised = Outbox.objects.get()
    assert not raised.dead and raised.attempts == 0
    assert AccountEvent.objects.filter(what="resent", by=town.admin, user=town.clerk).count() == 1
    client.force_login(town.clerk)
    assert client.get("/config/messages/").status_code == 403


def test_mail_goes_once_with_a_recognisable_id(town):
    town.clerk.email = "clerk@example.invalid"
    town.clerk.save()
    notices.tell([town.clerk, town.head], "有 1 件待签收。", "", KEY, channel=Channel.MAIL)
    counts = outbox.drain()
    assert counts == {"sent": 1, "put_off": 1, "given_up": 0}  # 主任没有邮箱
    assert [letter.to for letter in mail.outbox] == [["clerk@example.invalid"]]
    assert mail.outbox[0].extra_headers["Message-ID"].endswith("@fengqiao.invalid>")
    assert outbox.drain()["sent"] == 0
    assert len(mail.outbox) == 1


def test_channels_without_a_provider_say_so(town):
    message = Outbox(recipient=town.clerk, channel=Channel.WEBHOOK, text="……")
    with pytest.raises(NotConfigured, match="政务即时通讯"):
        carrier_for(Channel.WEBHOOK).send(message)
    with pytest.raises(NotConfigured, match="没有登记电子邮箱"):
        Mail().send(message)


def test_notices_page_reads_one_and_all(town, client):
    owe(town)
    owe(town, KEY + ":b")
    outbox.drain()
    assert client.login(username="clerk", password=PASSWORD)
    page = client.get("/notices/").content.decode()
    assert page.count("未读") >= 2
    first = town.clerk.notices.order_by("pk").first()
    answer = client.post("/notices/read/", {"notice": first.pk})
    assert answer["Location"] == "/cases/1/"
    assert town.clerk.notices.unread().count() == 1
    foreign = town.head.notices.first()
    assert client.post("/notices/read/", {"notice": foreign.pk}).status_code == 404
    client.post("/notices/read/", {"up_to": town.clerk.notices.newest_first().first().pk})
    assert town.clerk.notices.unread().count() == 0
    assert town.head.notices.unread().count() == 2


def test_a_reminder_is_acknowledged_once_and_by_its_own_reader(town, client):
    word = notices.Word([town.clerk, town.head], "有 1 件剩 3 天。", "/cases/1/", KEY, receipt=True)
    notices.tell_many([word])
    owe(town, KEY + ":plain")
    outbox.drain()
    client.force_login(town.clerk)
    page = client.get("/notices/").content.decode()
    assert page.count(">知悉</button>") == 1  # 普通消息不用知悉
    mine, plain = town.clerk.notices.get(receipt=True), town.clerk.notices.get(receipt=False)
    foreign = town.head.notices.get(receipt=True)
    with at(now()):
        moment = now()
        assert client.post(f"/notices/{mine.pk}/acknowledge/").status_code == 302
    with at(moment.replace(year=moment.year + 1)):
        client.post(f"/notices/{mine.pk}/acknowledge/")
    mine.refresh_from_db()
    assert mine.acknowledged_at == mine.read_at == moment  # 再点一次，时间不变
    page = client.get("/notices/").content.decode()
    assert "已知悉" in page and ">知悉</button>" not in page
    for other in (plain, foreign):
        assert client.post(f"/notices/{other.pk}/acknowledge/").status_code == 404
    assert town.head.notices.to_acknowledge().count() == 1
