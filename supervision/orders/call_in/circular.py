"""通报：把督办中发现的问题告诉一定范围的单位（第三十九条第三款）。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from supervision.orders.models import Order


class Circular(models.Model):
    """通报：正文不写信访人，不写检举控告；督办单只供有权的人从这里点过去。"""

    orders = models.ManyToManyField(Order, related_name="circulars", verbose_name="督办单")
    number = models.CharField("文号", max_length=60, unique=True)
    approved = models.CharField("批准", max_length=120)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="通报单位")
    told = models.ManyToManyField(Organ, related_name="+", verbose_name="通报范围")
    title = models.CharField("标题", max_length=100)
    text = models.TextField("正文")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="通报人")
    made_at = models.DateTimeField("通报时间")

    class Meta:
        verbose_name = "通报"

    def __str__(self):
        return self.number
