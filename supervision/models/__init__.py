"""督办房间的名词：提醒阶梯、督办单、责任持有、秩序事件。"""

from supervision.models.card import CardGiven
from supervision.models.custody import Custody
from supervision.models.incident import IncidentStep, OrderIncident
from supervision.models.ladder import LadderRow, Reminder
from supervision.models.order import Ground, Order, OrderState

__all__ = [
    "CardGiven",
    "Custody",
    "Ground",
    "IncidentStep",
    "LadderRow",
    "Order",
    "OrderIncident",
    "OrderState",
    "Reminder",
]
