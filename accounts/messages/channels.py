"""How a message reaches a person: one class for each channel."""

import smtplib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from accounts.models import Notice, Outbox
from rulebook.timekeeping import now


class Undelivered(Exception):
    """This attempt failed; str() is a sentence without personal data, kept beside the message."""


class NotConfigured(Undelivered):
    """The channel has no provider here, or the recipient no address on it."""


class Unreachable(Undelivered):
    """Nobody took the call. Whether the message arrived is not known; those behind it are not tried now."""


class Carrier(ABC):
    """Carries messages over one channel, each on its own."""

    @abstractmethod
    def send(self, message: Outbox) -> None:
        """Deliver one message. Raises Undelivered."""

    def carry(self, messages: Iterable[Outbox]) -> dict[int, Undelivered]:
        """Deliver what can be delivered; the failures by key of the message."""
        failures: dict[int, Undelivered] = {}
        for message in messages:
            try:
                self.send(message)
            except Undelivered as fault:
                failures[message.pk] = fault
        return failures


def idempotency_key(message: Outbox) -> str:
    """The same for every attempt at the message and for no other: by it a receiver knows a repeat. 32 hex digits."""
    return sha256(message.dedupe_key.encode()).hexdigest()[:32]


def address_of(message: Outbox) -> str:
    """The message's page as a full address; empty where it has none, or the city did not say where the house stands."""
    return f"{settings.STAFF_URL.rstrip('/')}{message.url}" if settings.STAFF_URL and message.url else ""


class InApp(Carrier):
    """站内消息: a row beside the message, in the same transaction, so it is there exactly once."""

    def send(self, message: Outbox) -> None:
        self.carry([message])

    def carry(self, messages: Iterable[Outbox]) -> dict[int, Undelivered]:
        moment = now()
        rows = [
            Notice(
                user_id=message.recipient_id,
                outbox=message,
                text=message.text,
                url=message.url,
                at=moment,
                receipt=message.receipt,
            )
            for message in messages
        ]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        return {}


class Mail(Carrier):
    """电子邮件, through Django's mail settings. The message id is derived from the key: a repeat is recognisable."""

    def send(self, message: Outbox) -> None:
        if not settings.EMAIL_HOST:
            raise NotConfigured("本系统没有配置电子邮件渠道")
        if not message.recipient.email:
            raise NotConfigured("收件人没有登记电子邮箱")
        mark = idempotency_key(message)
        mail = EmailMessage(
            subject="信访办理平台提醒",
            body="\n".join(filter(None, (message.text, address_of(message)))),
            to=[message.recipient.email],
            headers={"Message-ID": f"<{mark}@fengqiao.invalid>", "Idempotency-Key": mark},
        )
        try:
            mail.send()
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as fault:
            raise Unreachable(f"邮件服务器没有应答（{type(fault).__name__}）") from fault
        except smtplib.SMTPException as fault:
            raise Undelivered(f"邮件服务器没有收下（{type(fault).__name__}）") from fault
        except OSError as fault:
            raise Unreachable(f"邮件服务器没有应答（{type(fault).__name__}）") from fault


def carrier_for(channel: str) -> Carrier:
    """The carrier of a channel, as settings.NOTICE_CARRIERS names it: a city may put its own class there."""
    return import_string(settings.NOTICE_CARRIERS[channel])()
