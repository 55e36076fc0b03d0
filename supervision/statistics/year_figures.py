"""年度数据：一年的件数，按表、行、列存下；公开时再隐去小的数。"""

from django.db import models

from supervision.querysets import YearQuerySet


class YearFigure(models.Model):
    """One number of one year, counted up to and including `until`. Never of a report or of anything confidential
    (第三十条). The numbers stand here as they are; `supervision.statistics.yearly` hides small ones for the public."""

    class Table(models.TextChoices):
        RECEIVED = "received", "登记的信访事项"  # 行：区代码；列：信访形式
        CATEGORY = "category", "内容分类"  # 行：一级分类
        CONCLUDED = "concluded", "办结期限"  # 行：按期、逾期
        RATED = "rated", "满意度评价"  # 行：评价；列：评价对象

    year = models.PositiveSmallIntegerField("年度")
    until = models.DateField("截至")
    table = models.CharField("表", max_length=10, choices=Table.choices)
    row = models.CharField("行", max_length=40)
    column = models.CharField("列", max_length=40, blank=True)
    n = models.PositiveIntegerField("件数")

    objects = YearQuerySet.as_manager()

    class Meta:
        verbose_name = "年度数据"
        constraints = [
            models.UniqueConstraint(fields=["year", "table", "row", "column"], name="one_number_a_year_and_place")
        ]

    def __str__(self):
        return f"{self.year} {self.table} {self.row} {self.column}"
