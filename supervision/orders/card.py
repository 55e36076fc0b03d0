"""一份督办单成为黄牌、红牌的一次。"""

from django.conf import settings
from django.db import models

from documents.models import Letter
from rulebook.timekeeping import now
from supervision.orders.models import Order
from supervision.querysets import CardQuerySet


class CardGiven(models.Model):
    """黄牌或红牌：下发时就是，或者后来升级；一份督办单每种至多一次。"""

    order = models.ForeignKey(Order, models.PROTECT, related_name="cards", verbose_name="督办单")
    card = models.CharField("牌", max_length=8, choices=Order.Card.choices[1:])
    given_at = models.DateTimeField("时间", default=now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="督办人"
    )  # 空：系统自动下发
    reason = models.TextField("升级理由", blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", verbose_name="督办函")

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "牌"
        constraints = [models.UniqueConstraint(fields=["order", "card"], name="each_card_once")]
        indexes = [models.Index(fields=["given_at"], name="cards_by_time")]
