"""往日的数：一个单位、一天一行，夜里存下，以后不改。"""

from django.db import models

from accounts.models import Organ
from supervision.querysets import DayQuerySet


class DayFigures(models.Model):
    """What one office had in hand when a day ended, and what the day brought. Counts only, never of a report or of
    anything confidential (第三十条): the row is read by everybody who oversees the office.

    `open` counts red and amber too; `red` was overdue on the day itself.
    """

    day = models.DateField("日")
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="承办单位")
    open = models.PositiveIntegerField("在办", default=0)
    amber = models.PositiveIntegerField("黄灯", default=0)
    red = models.PositiveIntegerField("红灯", default=0)
    overdue_orders = models.PositiveIntegerField("督办反馈逾期", default=0)
    registered = models.PositiveIntegerField("当日登记", default=0)
    concluded = models.PositiveIntegerField("当日办结", default=0)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = "往日的数"
        constraints = [models.UniqueConstraint(fields=["day", "office"], name="one_row_per_office_and_day")]

    @property
    def share(self) -> float:
        """Percent of what was in hand that was overdue."""
        return 100 * self.red / self.open if self.open else 0.0
