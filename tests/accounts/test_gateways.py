"""邮件、短信、即时通讯：对方出错、拖延、重复应答，待发箱里仍是一行、一个幂等键，一条不丢。"""

import json

import pytest
from django.core import mail

from accounts.messages import notices, outbox
from accounts.messages.channels import carrier_for, idempotency_key
from accounts.messages.gateways import GovernmentChat, SmsGateway, signature
from accounts.models import Channel, Outbox
from rulebook.timekeeping import at, now
from tests.accounts.receivers import IMPATIENT, PATIENT, gateway, mail_server

KEY = "deadline:7:amber:2026-03-01"
TEXT = "有 1 件距书面告知期限还有 3 天。"
EXTERNAL = [Channel.MAIL, Channel.SMS, Channel.WEBHOOK]


def staff(town):
    """Three people with an address on every channel."""
    people = [town.clerk, town.head, town.deputy]
    for n, person in enumerate(people):
        person.email, person.phone = f"{person.username}@example.invalid", f"138 0000-000{n}"
        person.save()
    return people


@pytest.fixture
def open_to(settings):
    """Point every channel at the receiver."""

    def point(receiver, patience=PATIENT):
        settings.NOTICE_TIMEOUT = settings.EMAIL_TIMEOUT = patience
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", receiver.port
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = receiver.address, "token-of-the-city"
        settings.NOTICE_WEBHOOK_URL, settings.NOTICE_WEBHOOK_SECRET = receiver.address, "shared-secret"
        settings.STAFF_URL = "https://xf.example.invalid/"
        return receiver

    return point


def receiver_for(channel, *moods):
    return mail_server(*moods) if channel == Channel.MAIL else gateway(*moods)


def owe(people, channel, key=KEY):
    notices.tell(people, TEXT, "/cases/1/", key, channel=channel)


def drain_until_quiet():
    """Drain again and again, each time a day later, until nothing waits any more."""
    moment, rounds = now(), 0
    while Outbox.objects.filter(sent_at=None, dead=False).exists():
        with at(moment.replace(year=moment.year + 1 + rounds)):
            outbox.drain()
        rounds += 1
        assert rounds < 30, list(Outbox.objects.values_list("attempts", "last_error"))
    return rounds


@pytest.mark.parametrize("channel", EXTERNAL)
@pytest.mark.parametrize("mood", ["broken", "refuses", "error", "late", "mute", "away", "twice"])
def test_whatever_the_receiver_does_each_message_has_one_row_one_key_and_arrives(town, open_to, channel, mood):
    people = staff(town)
    with receiver_for(channel, mood) as receiver:
        open_to(receiver, IMPATIENT if mood == "late" else PATIENT)
        owe(people, channel)
        owe(people, channel)  # 再说一遍还是那一条
        drain_until_quiet()
    rows = list(Outbox.objects.order_by("pk"))
    assert [row.recipient_id for row in rows] == sorted(person.pk for person in people)
    assert all(row.sent_at and not row.dead for row in rows)
    assert set(receiver.keys()) == {idempotency_key(row) for row in rows}
    assert len(set(receiver.keys())) == 3
    if mood == "late":  # 对方收下了而我们等不及：用同一个键再来；机器忙时别的也可能等不及
        assert len(receiver.took) >= 4
    else:
        assert len(receiver.took) == (4 if mood == "mute" else 3)
    for key in set(receiver.keys()):
        said = {one.body.split("\n\n", 1)[-1] for one in receiver.took if one.key == key}
        assert len(said) == 1


@pytest.mark.parametrize("channel", EXTERNAL)
def test_a_crash_between_sending_and_book_keeping_repeats_under_the_same_key(town, open_to, channel, monkeypatch):
    person = staff(town)[0]
    carrier = type(carrier_for(channel))
    send = carrier.send

    def send_and_die(self, message):
        send(self, message)
        raise MemoryError

    with receiver_for(channel) as receiver:
        open_to(receiver)
        owe([person], channel)
        monkeypatch.setattr(carrier, "send", send_and_die)
        with pytest.raises(MemoryError):
            outbox.drain()
        assert Outbox.objects.get().sent_at is None
        monkeypatch.undo()
        assert outbox.drain()["sent"] == 1
        assert outbox.drain()["sent"] == 0
    assert len(receiver.took) == 2 and len(set(receiver.keys())) == 1


def test_a_silent_gateway_costs_one_attempt_and_holds_up_no_other_channel(town, open_to):
    people = staff(town)
    with gateway("away") as receiver:
        open_to(receiver)
        for channel in (Channel.SMS, Channel.WEBHOOK, Channel.IN_APP):
            owe(people, channel)
        assert outbox.drain() == {"sent": 6, "put_off": 1, "given_up": 0}  # 站内三条、即时通讯三条
        waiting = Outbox.objects.filter(channel=Channel.SMS).order_by("pk")
        assert [row.attempts for row in waiting] == [1, 0, 0]
        assert waiting[0].last_error == "短信网关没有应答（RemoteDisconnected）"
        assert outbox.drain() == {"sent": 2, "put_off": 0, "given_up": 0}


@pytest.mark.parametrize(
    ("channel", "mood", "sentence"),
    [
        (Channel.SMS, "broken", "短信网关暂时不收（HTTP 500）"),
        (Channel.SMS, "refuses", "短信网关拒收（HTTP 400）"),
        (Channel.WEBHOOK, "error", "政务即时通讯网关拒收（errcode 45009）"),
        (Channel.MAIL, "refuses", "邮件服务器没有收下（SMTPDataError）"),
        (Channel.MAIL, "away", "邮件服务器没有应答（SMTPServerDisconnected）"),
    ],
)
def test_what_went_wrong_is_a_sentence_for_the_administrator(town, open_to, channel, mood, sentence):
    with receiver_for(channel, mood) as receiver:
        open_to(receiver)
        owe(staff(town)[:1], channel)
        outbox.drain()
    assert Outbox.objects.get().last_error == sentence


def test_a_dead_letter_sent_again_keeps_its_key(town, open_to, client):
    person = staff(town)[0]
    owe([person], Channel.SMS)
    drain_until_quiet()
    dead = Outbox.objects.get()
    assert dead.dead and dead.last_error == "本系统没有配置短信渠道"
    client.force_login(town.admin)
    assert "没有配置短信渠道" in client.get("/config/messages/").content.decode()
    with gateway() as receiver:
        open_to(receiver)
        client.post(f"/config/messages/{dead.pk}/resend/")
        assert outbox.drain()["sent"] == 1
    assert receiver.keys() == [idempotency_key(dead)]


def test_the_text_message_carries_words_only_and_the_chat_is_signed(town, open_to):
    person = staff(town)[0]
    with gateway() as receiver:
        open_to(receiver)
        owe([person], Channel.SMS)
        owe([person], Channel.WEBHOOK)
        outbox.drain()
    sms, chat = receiver.took
    assert json.loads(sms.body) == {"phone": "13800000000", "text": TEXT}
    assert sms.headers["Authorization"] == "Bearer token-of-the-city"
    told = json.loads(chat.body)
    assert told == {"to": "clerk", "text": TEXT, "url": "https://xf.example.invalid/cases/1/"}
    assert chat.headers["X-Signature"] == signature("shared-secret", chat.headers["X-Timestamp"], told)
    assert chat.headers["X-Signature"] != signature("another", chat.headers["X-Timestamp"], told)


def test_the_letter_names_the_page_where_the_city_said_where_the_house_stands(town, settings):
    settings.STAFF_URL = "https://xf.example.invalid"
    owe(staff(town)[:1], Channel.MAIL)
    outbox.drain()
    assert mail.outbox[0].body == f"{TEXT}\nhttps://xf.example.invalid/cases/1/"


@pytest.mark.parametrize(
    ("carrier", "told", "sentence"),
    [
        (SmsGateway, {"SMS_GATEWAY_URL": ""}, "没有配置短信渠道"),
        (SmsGateway, {"SMS_GATEWAY_URL": "ftp://gateway.invalid/"}, "应以 http:// 或 https:// 开头"),
        (GovernmentChat, {"NOTICE_WEBHOOK_URL": "https://chat.invalid/"}, "没有配置政务即时通讯"),
    ],
)
def test_a_channel_half_configured_says_so(town, settings, carrier, told, sentence):
    for name, value in told.items():
        setattr(settings, name, value)
    with pytest.raises(Exception, match=sentence):
        carrier().send(Outbox(recipient=staff(town)[0], channel=carrier.channel, text=TEXT))


def test_an_office_line_takes_no_text_message(town, settings):
    settings.SMS_GATEWAY_URL = "https://gateway.invalid/"
    town.clerk.phone = "010-55500116"
    with pytest.raises(Exception, match="不是手机号码"):
        SmsGateway().send(Outbox(recipient=town.clerk, channel=Channel.SMS, text=TEXT))
