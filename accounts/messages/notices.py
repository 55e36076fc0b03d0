"""告知工作人员：消息与行为同一事务写进待发箱，事务成立后才叫醒发送；叫不醒也无妨，定时任务照样会发。"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError as BrokerUnreachable
from redis.exceptions import RedisError

from accounts.models import Channel, Outbox, User
from rulebook.timekeeping import now

log = logging.getLogger("fengqiao.notices")

TASK = "accounts.tasks.drain_outbox"
# 消息服务没有应答之后这么多秒内不再去叫：一次失败的连接最多要等一秒，不能让每个请求都等
REST_AFTER_FAILURE = 30.0
_silent_until = 0.0


def tell(
    recipients: Iterable[User | int],
    text: str,
    url: str,
    dedupe_key: str,
    channel: str = Channel.IN_APP,
    not_before: datetime | None = None,
) -> None:
    """Owe each recipient (a User or its key) the message once; the rows stand or fall with the caller's transaction.

    `dedupe_key` says what "once" means, together with the recipient and the channel: telling again under the same key
    writes nothing. `text` (≤ 300 characters) and `url` carry no name, number, phone or address of a petitioner.
    `not_before` is an aware moment of the house clock; without it the message is due at once.
    """
    tell_many([Word(recipients, text, url, dedupe_key, channel, not_before)])


@dataclass(frozen=True)
class Word:
    """One message to several people; see tell()."""

    recipients: Iterable[User | int]
    text: str
    url: str
    dedupe_key: str
    channel: str = Channel.IN_APP
    not_before: datetime | None = None
    receipt: bool = False  # 须点“知悉”

    def key_for(self, person: int) -> str:
        """Under which key the person is owed it."""
        key = f"{self.dedupe_key}:{person}"
        return key if self.channel == Channel.IN_APP else f"{key}:{self.channel}"


def tell_many(words: Iterable[Word]) -> None:
    """Owe many messages at once: as tell() each, in one statement."""
    moment = now()
    rows = [
        Outbox(
            dedupe_key=word.key_for(key),
            recipient_id=key,
            channel=word.channel,
            text=word.text,
            url=word.url,
            created_at=moment,
            not_before=word.not_before or moment,
            receipt=word.receipt,
        )
        for word in words
        for key in sorted({one if isinstance(one, int) else one.pk for one in word.recipients})
    ]
    if not rows:
        return
    Outbox.objects.bulk_create(rows, ignore_conflicts=True)
    if not any(entry[1] is wake for entry in connection.run_on_commit):
        transaction.on_commit(wake)


def wake() -> bool:
    """Ask a worker to drain the outbox now. False, with one warning in the log, where the broker does not answer."""
    global _silent_until
    if monotonic() < _silent_until:
        return False
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True, expires=60)
    except (BrokerUnreachable, RedisError, OSError) as fault:
        _silent_until = monotonic() + REST_AFTER_FAILURE
        log.warning("消息服务没有应答（%s），待发消息由定时任务补发", type(fault).__name__)
        return False
    return True
