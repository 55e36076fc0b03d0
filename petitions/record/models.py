"""办理日志：只增不改、前后相链。状态、期限、责任持有时长都从这里读出。"""

import hashlib
import json
import secrets
from datetime import UTC, datetime

from django.conf import settings
from django.db import models

from accounts.models import Organ, Post
from accounts.privacy import EncryptedTextField
from petitions.act.states import ActorKind
from rulebook.acts import Act

VERSION = 1
GENESIS = "0" * 64
# What the payload hash covers, in this order; a new version may add, never take away.
SEALED = (
    "petition_id",
    "seq",
    "act",
    "actor_kind",
    "by_id",
    "by_organ_id",
    "by_post_id",
    "on_behalf_of_id",
    "at",
    "recorded_at",
    "scope",
    "came_from",
    "went_to",
    "holder_organ_id",
    "holder_post_id",
    "holder_user_id",
    "waiting_for",
    "details",
    "backfilled",
    "text_hash",
)


class EventQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("seq")

    def of_act(self, *acts):
        return self.filter(act__in=acts)

    def update(self, **fields):
        raise TypeError("the log is append-only")

    def delete(self):
        raise TypeError("the log is append-only")


class PetitionEvent(models.Model):
    """One line of a petition's log. Database triggers refuse UPDATE, DELETE and TRUNCATE."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField("序号")
    version = models.PositiveSmallIntegerField("格式版本", default=VERSION)
    act = models.CharField("行为", max_length=30, choices=Act.choices)
    actor_kind = models.CharField("行为人类别", max_length=10, choices=ActorKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    by_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    by_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("录入时间")
    scope = models.JSONField("所及对象", default=dict)
    came_from = models.CharField("原状态", max_length=20, blank=True)
    went_to = models.CharField("新状态", max_length=20)
    holder_organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    holder_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    holder_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    waiting_for = models.CharField("等待", max_length=40, blank=True)
    details = models.JSONField("明细", default=dict)
    backfilled = models.BooleanField("补录", default=False)
    text_hash = models.CharField("说明散列", max_length=64, blank=True)
    payload_hash = models.CharField("内容散列", max_length=64)
    prev_hash = models.CharField("前一行", max_length=64)
    hash = models.CharField("本行", max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "办理日志"
        constraints = [models.UniqueConstraint(fields=["petition", "seq"], name="one_event_per_seq")]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("the log is append-only")
        super().save(*args, **kwargs)

    def payload(self) -> bytes:
        """Canonical JSON of everything sealed, behind a version byte."""
        body = {}
        for name in SEALED:
            value = getattr(self, name)
            body[name] = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return bytes([self.version]) + text.encode()

    def seal(self, prev_hash: str) -> None:
        """Chain this line to the one before. The chain runs over the payload's hash, so a payload that is lawfully
        destroyed later leaves the chain whole."""
        self.payload_hash = hashlib.sha256(self.payload()).hexdigest()
        self.prev_hash = prev_hash
        self.hash = link(prev_hash, self.payload_hash)


def link(prev_hash: str, payload_hash: str) -> str:
    return hashlib.sha256(f"{prev_hash}:{payload_hash}".encode()).hexdigest()


class EventText(models.Model):
    """说明文字放在旁表：日志行只留加盐散列，依法销毁文字不破坏日志链。

    Notes, reminders, instructions, reports and what petitioners said of the handling name people, so the text is sealed
    at rest. The hash is of the salt and the plain text: another key changes nothing in the log.
    """

    event = models.OneToOneField(PetitionEvent, models.PROTECT, primary_key=True, related_name="text")
    salt = models.CharField(max_length=32)
    body = EncryptedTextField("说明")

    class Meta:
        verbose_name = "日志说明"

    @staticmethod
    def fresh_salt() -> str:
        return secrets.token_hex(16)

    @staticmethod
    def hash_of(salt: str, body: str) -> str:
        return hashlib.sha256(f"{salt}:{body}".encode()).hexdigest()


class LogAnchor(models.Model):
    """每日锚定：当日零时全部信访件日志的末行摘要。删去整件或末行即与锚不符。"""

    day = models.DateField("日期", unique=True)
    petitions = models.PositiveIntegerField("件数")
    lines = models.PositiveBigIntegerField("行数")
    last_event_id = models.PositiveBigIntegerField("末行键")
    digest = models.CharField("摘要", max_length=64)
    prev_digest = models.CharField("前一锚", max_length=64, blank=True)
    made_at = models.DateTimeField("锚定时间")

    class Meta:
        verbose_name = "日志锚"
