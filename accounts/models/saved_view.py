"""已存视图：一个人给一组清单筛选起的名字。"""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A name for a query string of the case list. The query holds filters only, never an identity or phone number."""

    MOST = 6  # 个；再多一排放不下

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="用户", db_index=False
    )
    name = models.CharField("名称", max_length=12)
    query = models.CharField("筛选条件", max_length=400)

    class Meta:
        verbose_name = "已存视图"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_view_per_name")]

    def __str__(self):
        return self.name
