"""账户变动与敏感查看的记录：只增不改。"""

from django.conf import settings
from django.db import models

from accounts.querysets import AccountEventQuerySet


class AccountEvent(models.Model):
    """What was done to an account or with a privilege. Database triggers refuse UPDATE, DELETE and TRUNCATE."""

    class What(models.TextChoices):
        CREATED = "created", "新建用户"
        CHANGED = "changed", "修改用户"
        DISABLED = "disabled", "停用用户"
        ENABLED = "enabled", "启用用户"
        RESET = "reset", "重置密码"
        PASSWORD = "password", "本人改密码"
        APPOINTED = "appointed", "任职变动"
        DELEGATED = "delegated", "设置代理"
        IMPORTED = "imported", "批量导入"
        SIGNED_IN = "signed_in", "登录"
        LOCKED = "locked", "多次失败锁定"
        RESENT = "resent", "重发消息"
        TOKEN_GIVEN = "token_given", "取得接口令牌"
        TOKEN_ENDED = "token_ended", "作废接口令牌"
        EXPORTED = "exported", "导出清单"
        EXPORT_ASKED = "export_asked", "报请导出个人信息"
        EXPORT_ALLOWED = "export_allowed", "批准导出个人信息"
        EXPORT_REFUSED = "export_refused", "不批准导出个人信息"

    what = models.CharField("事项", max_length=20, choices=What.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="account_events", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField("时间")
    details = models.JSONField("明细", default=dict)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        verbose_name = "账户记录"
        indexes = [models.Index(fields=["user", "-at"], name="account_event_user")]
