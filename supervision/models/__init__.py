"""督办房间的名词：提醒阶梯与提醒、督办单、约谈通报、责任持有、往日的数、质量评查、秩序事件等。"""

from supervision.models.call_in import CallIn, Commitment
from supervision.models.card import CardGiven
from supervision.models.circular import Circular
from supervision.models.conference import ConferenceItem
from supervision.models.custody import Custody
from supervision.models.day import DayFigures
from supervision.models.draft import LadderDraft, ReplayedCase, RoutingDraft
from supervision.models.evidence import EvidencePack
from supervision.models.hollow import CheckState, HollowCheck
from supervision.models.incident import IncidentStep, OrderIncident
from supervision.models.ladder import LadderRow, Reminder, Telling
from supervision.models.order import Ground, Order, OrderState
from supervision.models.outage import Outage
from supervision.models.proposal import Adoption, Proposal, Responsibility, ResponsibilityRule
from supervision.models.sampling import Answer, QualitySheet, Reading, SampledPetition, SamplePlan, Settlement
from supervision.models.step import SuggestedStep
from supervision.models.tally import BoardCount, BoardRow
from supervision.models.urging import Urging
from supervision.models.watch import Heartbeat
from supervision.models.year import YearFigure

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
