"""办结以后留在卷里的两样：四个到位的逐项记录（第二十七条），和归档的案卷（档案法第十三、十四条）。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from documents.models import Attachment, Letter
from petitions.handling.opinion.models import Opinion


class End(models.Model):
    """One of the four ends as it came out, or that it does not apply. Told anew after an opinion was made anew."""

    class Kind(models.TextChoices):
        SOLVED = "solved", "诉求合理的，解决问题到位"
        EXPLAINED = "explained", "诉求无理的，思想教育到位"
        HELPED = "helped", "生活困难的，帮扶救助到位"
        LAWFUL = "lawful", "行为违法的，依法处理到位"

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="ends")
    opinion = models.ForeignKey(Opinion, models.PROTECT, null=True, related_name="ends", verbose_name="处理意见")
    kind = models.CharField("到位", max_length=10, choices=Kind.choices)
    applies = models.BooleanField("涉及")
    words = models.TextField("情况", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "四个到位"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "opinion", "kind"], nulls_distinct=False, name="one_end_per_kind_and_opinion"
            ),
            models.CheckConstraint(
                condition=models.Q(applies=False) | ~models.Q(words=""), name="an_end_that_applies_says_how"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.in_words}"

    @property
    def in_words(self) -> str:
        return self.words if self.applies else "不涉及"


class Retention(models.TextChoices):
    """保管期限：三档由档案管理的规定来，哪类案卷用哪一档由城市规则定（rulebook.city.options）。"""

    PERMANENT = "Y", "永久"
    THIRTY = "D30", "30年"
    TEN = "D10", "10年"


class Volume(models.Model):
    """案卷：归档的一件，有档号、保管期限和目录；档号每单位每年从 1 起，不跳号。"""

    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="volumes")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="归档单位")
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("件号")
    number = models.CharField("档号", max_length=60, unique=True)
    retention = models.CharField("保管期限", max_length=4, choices=Retention.choices)
    pages = models.PositiveIntegerField("总页数")
    filed_on = models.DateField("归档日")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="归档目录")

    class Meta:
        verbose_name = "案卷"
        constraints = [
            models.UniqueConstraint(fields=["petition"], name="one_volume_per_petition"),
            models.UniqueConstraint(fields=["organ", "year", "serial"], name="one_volume_per_serial"),
        ]

    def __str__(self):
        return self.number


class VolumeItem(models.Model):
    """卷内文件：一份文书、一份材料或者一份纸件，在卷里的次序和页数。"""

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("题名", max_length=160)
    number = models.CharField("文号", max_length=60, blank=True)
    dated = models.DateField("日期", null=True)
    pages = models.PositiveSmallIntegerField("页数")
    first_page = models.PositiveIntegerField("起页")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "卷内文件"
        constraints = [
            models.UniqueConstraint(fields=["volume", "position"], name="one_item_per_position"),
        ]

    def __str__(self):
        return self.title

    @property
    def last_page(self) -> int:
        return self.first_page + self.pages - 1

    @property
    def in_words(self) -> str:
        """The line of the catalogue: title, number, and where in the volume it lies."""
        named = f"{self.title}（{self.number}）" if self.number else self.title
        if not self.pages:
            return f"{named}，电子，不计页"
        where = f"第{self.first_page}页" if self.pages == 1 else f"第{self.first_page}至{self.last_page}页"
        return f"{named}，{self.pages}页，{where}"
