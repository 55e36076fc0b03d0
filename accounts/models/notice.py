"""告知工作人员：待发箱与站内消息。待发箱与行为写在同一事务里，消息服务断开不影响已办成的事。"""

from django.conf import settings
from django.db import models

from accounts.querysets import NoticeQuerySet, OutboxQuerySet


class Channel(models.TextChoices):
    IN_APP = "in_app", "站内消息"
    MAIL = "mail", "电子邮件"
    SMS = "sms", "短信"
    WEBHOOK = "webhook", "政务即时通讯"


class Outbox(models.Model):
    """A message that must reach someone exactly once; `dedupe_key` says what "once" means."""

    dedupe_key = models.CharField("去重键", max_length=120, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="收件人")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices, default=Channel.IN_APP)
    text = models.CharField("内容", max_length=300)
    url = models.CharField("链接", max_length=200, blank=True)
    created_at = models.DateTimeField("写入时间")
    not_before = models.DateTimeField("不早于")
    receipt = models.BooleanField("须知悉", default=False)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True)
    dead = models.BooleanField("已放弃", default=False)
    last_error = models.CharField("最近一次失败", max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "待发消息"
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="outbox_to_send", condition=models.Q(sent_at=None, dead=False)
            ),
            models.Index(fields=["id"], name="outbox_dead", condition=models.Q(dead=True)),
        ]


class Notice(models.Model):
    """站内消息。"""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="收件人")
    outbox = models.OneToOneField(Outbox, models.PROTECT, related_name="notice", verbose_name="来源")
    text = models.CharField("内容", max_length=300)
    url = models.CharField("链接", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    receipt = models.BooleanField("须知悉", default=False)
    acknowledged_at = models.DateTimeField("知悉时间", null=True)
    read_at = models.DateTimeField("已读时间", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "站内消息"
        indexes = [models.Index(fields=["user", "-at"], name="notice_unread", condition=models.Q(read_at=None))]
