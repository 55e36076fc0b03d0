"""关系：谁以何种身份牵涉这件事。权限从这里判断，不从状态猜。"""

from datetime import date

from django.conf import settings
from django.db import models

from accounts.models import Organ, Post, Relation


class Involvement(models.Model):
    """An organ (a post, a person) is involved in a petition in one way from one moment to another."""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="involvements", db_index=False)
    kind = models.CharField("关系", max_length=12, choices=Relation.choices)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="岗位", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员", db_index=False
    )
    since = models.DateTimeField("起")
    until = models.DateTimeField("止", null=True)
    # 随件的状态走（petitions.act.decorator）：在办的件百里只有一两件，队列只翻它们的关系，不翻几年的旧件
    open = models.BooleanField("件在办", default=True)

    class Meta:
        verbose_name = "关系"
        indexes = [
            models.Index(fields=["petition", "kind"], name="involved_now", condition=models.Q(until=None)),
            models.Index(fields=["organ", "kind", "petition"], name="involved_organ", condition=models.Q(until=None)),
            models.Index(
                fields=["organ", "petition"], name="open_involved_organ", condition=models.Q(until=None, open=True)
            ),
            # 职权问的都在索引里，不必去翻那一行
            models.Index(
                fields=["petition"],
                include=["organ", "kind", "post", "user"],
                name="open_involvement",
                condition=models.Q(until=None, open=True),
            ),
            models.Index(
                fields=["user", "petition"],
                name="involved_user",
                condition=models.Q(until=None, user__isnull=False),
            ),
        ]


class Matter(models.Model):
    """事项组：同一争议的多件。并案指向它，不销毁任何一件。"""

    title = models.CharField("名称", max_length=120)
    created_at = models.DateTimeField("建立时间")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "事项组"


class Category(models.Model):
    """内容分类三级树。停用的分类留在旧件上，不再供选。"""

    code = models.CharField("代码", max_length=12, unique=True)
    level1 = models.CharField("一级", max_length=40)
    level2 = models.CharField("二级", max_length=40, blank=True)
    level3 = models.CharField("三级", max_length=40, blank=True)
    keywords = models.TextField("关键词", blank=True)
    valid_from = models.DateField("起用日", default=date(2022, 5, 1))
    valid_to = models.DateField("停用日", null=True, blank=True)

    class Meta:
        verbose_name = "内容分类"

    def __str__(self):
        return " › ".join(part for part in (self.level1, self.level2, self.level3) if part)


class Place(models.Model):
    """地名表：把“哪里的事”对到辖区。"""

    name = models.CharField("地名", max_length=60)
    kind = models.CharField("类别", max_length=20, blank=True)
    territory = models.CharField("辖区代码", max_length=20, db_index=True)

    class Meta:
        verbose_name = "地名"
        constraints = [models.UniqueConstraint(fields=["name", "territory"], name="one_place_per_territory")]
