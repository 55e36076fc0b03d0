"""How a message reaches a person: one class for each channel."""

import smtplib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from accounts.models import Channel, Notice, Outbox
from rulebook.timekeeping import now


class Undelivered(Exception):
    """This attempt failed; str() is a sentence without personal data, kept beside the message."""


class NotConfigured(Undelivered):
    """The channel has no provider here."""


class Carrier(ABC):
    """Carries messages over one channel, each on its own."""

    @abstractmethod
    def send(self, message: Outbox) -> None:
        """Deliver one message. Raises Undelivered."""

    def carry(self, messages: Iterable[Outbox]) -> dict[int, str]:
        """Deliver what can be delivered; the failures as {key: sentence}."""
        failures = {}
        for message in messages:
            try:
                self.send(message)
            except Undelivered as fault:
                failures[message.pk] = str(fault)
        return failures


class InApp(Carrier):
    """站内消息: a row beside the message, in the same transaction, so it is there exactly once."""

    def send(self, message: Outbox) -> None:
        self.carry([message])

    def carry(self, messages: Iterable[Outbox]) -> dict[int, str]:
        moment = now()
        Notice.objects.bulk_create(
            [Notice(user_id=row.recipient_id, outbox=row, text=row.text, url=row.url, at=moment) for row in messages],
            ignore_conflicts=True,
        )
        return {}


class Mail(Carrier):
    """电子邮件, through Django's mail settings. The message id is derived from the key: a repeat is recognisable."""

    def send(self, message: Outbox) -> None:
        if not message.recipient.email:
            raise NotConfigured("收件人没有登记电子邮箱")
        mark = sha256(message.dedupe_key.encode()).hexdigest()[:24]
        mail = EmailMessage(
            subject="信访办理平台提醒",
            body=message.text,
            to=[message.recipient.email],
            headers={"Message-ID": f"<{mark}@fengqiao.invalid>"},
        )
        try:
            mail.send()
        except (smtplib.SMTPException, OSError) as fault:
            raise Undelivered(f"邮件服务器没有收下（{type(fault).__name__}）") from fault


class Provided(Carrier):
    """A channel that needs a provider of the city: SMS gateway, instant messaging of the government network.

    A city adds a subclass and names it in settings.NOTICE_CARRIERS = {"sms": "dotted.Class"}.
    """

    def __init__(self, label: str):
        self.label = label

    def send(self, message: Outbox) -> None:
        raise NotConfigured(f"本系统没有配置{self.label}渠道")


def carrier_for(channel: str) -> Carrier:
    """The carrier of a channel: ours, or the one the city configured."""
    configured = getattr(settings, "NOTICE_CARRIERS", {}).get(channel)
    if configured:
        return import_string(configured)()
    if channel == Channel.IN_APP:
        return InApp()
    if channel == Channel.MAIL:
        return Mail()
    return Provided(Channel(channel).label)
