"""接口令牌：一个程序替一个人进来用的钥匙。只存它的散列，写明能做什么、到哪一天为止。"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.querysets import ApiTokenQuerySet


class ApiToken(models.Model):
    """Whoever holds the key acts as `user`, within `scopes` and before `expires_at`, and never beyond what the user
    may. The key itself is shown once and not kept."""

    class Scope(models.TextChoices):
        READ = "read", "查看"
        REGISTER = "register", "登记"
        ACT = "act", "办理"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField("末四位", max_length=4)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), verbose_name="可以")
    created_at = models.DateTimeField("取得时间")
    expires_at = models.DateTimeField("到期时间")
    used_on = models.DateField("最近使用", null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "接口令牌"

    @property
    def scope_labels(self) -> list[str]:
        """查看、登记、办理: in that order."""
        return [scope.label for scope in self.Scope if scope in self.scopes]
