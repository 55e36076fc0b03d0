"""督办房间的名词：提醒阶梯与提醒、督办单、约谈通报、责任持有、往日的数、质量评查、秩序事件等。"""

from supervision.board.models import BoardCount, BoardRow
from supervision.conference.models import ConferenceItem
from supervision.custody.models import Custody
from supervision.hollow.models import CheckState, HollowCheck
from supervision.incidents.models import IncidentStep, OrderIncident
from supervision.ladder.models import LadderRow, Reminder, Telling
from supervision.ladder.step import SuggestedStep
from supervision.orders.call_in.circular import Circular
from supervision.orders.call_in.models import CallIn, Commitment
from supervision.orders.card import CardGiven
from supervision.orders.evidence.models import EvidencePack
from supervision.orders.models import Ground, Order, OrderState
from supervision.proposals.models import Adoption, Proposal, Responsibility, ResponsibilityRule
from supervision.sampling.models import Answer, QualitySheet, Reading, SampledPetition, SamplePlan, Settlement
from supervision.sandbox.models import LadderDraft, ReplayedCase, RoutingDraft
from supervision.statistics.day_figures import DayFigures
from supervision.statistics.year_figures import YearFigure
from supervision.urging.models import Urging
from supervision.watch.models import Heartbeat
from supervision.watch.outage import Outage

__all__ = [
    "Adoption",
    "Answer",
    "BoardCount",
    "BoardRow",
    "CallIn",
    "CardGiven",
    "CheckState",
    "Circular",
    "Commitment",
    "ConferenceItem",
    "Custody",
    "DayFigures",
    "EvidencePack",
    "Ground",
    "Heartbeat",
    "HollowCheck",
    "IncidentStep",
    "LadderDraft",
    "LadderRow",
    "Order",
    "OrderIncident",
    "OrderState",
    "Outage",
    "Proposal",
    "QualitySheet",
    "Reading",
    "Reminder",
    "ReplayedCase",
    "Responsibility",
    "ResponsibilityRule",
    "RoutingDraft",
    "SamplePlan",
    "SampledPetition",
    "Settlement",
    "SuggestedStep",
    "Telling",
    "Urging",
    "YearFigure",
]
