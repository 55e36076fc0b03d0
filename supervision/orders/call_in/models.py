"""约谈：信访工作联席会议（第三十九条第三款）或者信访部门（督办的一种方式）找责任单位谈一次，谈出的承诺逐项跟到底。"""

from django.conf import settings
from django.db import models

from accounts.models import Organ
from accounts.privacy import EncryptedTextField
from supervision.orders.models import Order


class CallIn(models.Model):
    """One interview of the responsible organ about one or several orders. It names a post, never a private person."""

    class Basis(models.TextChoices):
        CONFERENCE = "39", "信访工作联席会议约谈（第三十九条第三款）"
        OFFICE = "40", "信访部门约谈督办（第四十条第一款）"

    class Called(models.TextChoices):
        HEAD = "head", "主要负责人"
        DEPUTY = "deputy", "分管负责人"
        CHIEF = "chief", "承办科室负责人"

    orders = models.ManyToManyField(Order, related_name="call_ins", verbose_name="督办单")
    basis = models.CharField("依据", max_length=2, choices=Basis.choices)
    approved = models.CharField("批准", max_length=120, blank=True)
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="约谈单位")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="被约谈单位")
    called = models.CharField("被约谈职务", max_length=8, choices=Called.choices)
    held_at = models.DateTimeField("约谈时间")
    place = models.CharField("地点", max_length=120)
    topic = models.CharField("事由", max_length=200)
    minutes = EncryptedTextField("谈话要点")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    made_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "约谈"

    def __str__(self):
        return f"约谈{self.organ.short_name}{self.get_called_display()}"


class Commitment(models.Model):
    """约谈中承诺的一件事：到哪天办完，办没办。"""

    call_in = models.ForeignKey(CallIn, models.PROTECT, related_name="commitments", verbose_name="约谈")
    text = models.CharField("承诺", max_length=300)
    due_on = models.DateField("完成期限")
    done_on = models.DateField("完成日", null=True)
    how = models.TextField("履行情况", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "约谈承诺"

    def is_late(self, today) -> bool:
        """Done after its day, or its day has passed and it is not done."""
        return (self.done_on or today) > self.due_on
