"""Draining the outbox: due messages in batches, any number of workers at once, each message once."""

from datetime import timedelta
from time import monotonic

from django.db import transaction

from accounts.messages.channels import Undelivered, Unreachable, carrier_for
from accounts.models import AccountEvent, Channel, Outbox, User
from accounts.staff.account_log import record
from rulebook.timekeeping import now

BATCH = 100
# 外发渠道一次只拿一条：发出后、记账前断电，最多重发这一条
BATCH_OF = {Channel.IN_APP: BATCH}
MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)  # 此后每次加倍，八次约两小时
LONGEST = 120.0  # 秒，一轮最多这么久；剩下的下一轮接着发


def drain() -> dict[str, int]:
    """Send everything due now; how many were sent, put off and given up. Two drains at once share the work.

    A channel on which nobody answers is left alone until the next drain: one dead gateway may not hold up the others,
    nor use up the attempts of all that wait behind it. Nor may a slow one keep a worker from the sweep.
    """
    counts = {"sent": 0, "put_off": 0, "given_up": 0}
    until = monotonic() + LONGEST
    for channel in Channel.values:
        while found := _drain_batch(channel, counts):
            if found < BATCH_OF.get(channel, 1) or monotonic() > until:
                break
    return counts


def _drain_batch(channel: str, counts: dict[str, int]) -> int:
    """How many were looked at; 0 where there is nothing more to do on the channel now."""
    with transaction.atomic():
        messages = list(
            Outbox.objects.to_send(now())
            .filter(channel=channel)
            .select_related("recipient")
            .select_for_update(skip_locked=True, of=("self",))[: BATCH_OF.get(channel, 1)]
        )
        if not messages:
            return 0
        failures = carrier_for(channel).carry(messages)
        sent = [message.pk for message in messages if message.pk not in failures]
        Outbox.objects.filter(pk__in=sent).update(sent_at=now(), last_error="")
        counts["sent"] += len(sent)
        for message in messages:
            if message.pk in failures:
                counts["given_up" if _put_off(message, failures[message.pk]) else "put_off"] += 1
    return 0 if any(isinstance(fault, Unreachable) for fault in failures.values()) else len(messages)


def _put_off(message: Outbox, why: Undelivered) -> bool:
    """Note the failed attempt; whether that was the last one."""
    message.attempts += 1
    message.last_error = str(why)[:200]
    message.dead = message.attempts >= MAX_ATTEMPTS
    message.not_before = now() + FIRST_WAIT * 2 ** (message.attempts - 1)
    message.save(update_fields=["attempts", "last_error", "dead", "not_before"])
    return message.dead


@transaction.atomic
def resend(message: Outbox, *, by: User) -> None:
    """Give a dead letter a fresh start, with a line on who did so."""
    raised = Outbox.objects.filter(pk=message.pk, dead=True).update(
        dead=False, attempts=0, not_before=now(), last_error=""
    )
    if raised:
        record(AccountEvent.What.RESENT, message.recipient, by=by, outbox=message.pk)
