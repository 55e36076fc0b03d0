"""已存视图：一个人给一张清单上的一组筛选起的名字。"""

from django.conf import settings
from django.db import models

from accounts.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """A name for a query string of one list. The query holds filters only, never an identity or phone number."""

    MOST = 6  # 个；再多一排放不下

    class Place(models.TextChoices):
        CASES = "cases", "信访件"
        BOARD = "board", "督查督办"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="用户", db_index=False
    )
    place = models.CharField("清单", max_length=6, choices=Place.choices, default=Place.CASES)
    name = models.CharField("名称", max_length=12)
    query = models.CharField("筛选条件", max_length=400)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "已存视图"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "place", "name"], name="one_view_per_name")]

    def __str__(self):
        return self.name
