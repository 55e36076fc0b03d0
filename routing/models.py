"""交办房间的名词：分流规则、学到的判断、去向建议；人民建议和征集活动。"""

from routing.destination.models import (
    Promotion,
    PromptRule,
    RoutingProposal,
    RoutingRule,
    SorterVersion,
    Subject,
    Topic,
    TopicWay,
)
from routing.suggestions.models import Campaign, Contributor, Invitation, Outcome, Step, Suggestion, SuggestionStep

__all__ = [
    "Campaign",
    "Contributor",
    "Invitation",
    "Outcome",
    "Promotion",
    "PromptRule",
    "RoutingProposal",
    "RoutingRule",
    "SorterVersion",
    "Step",
    "Subject",
    "Suggestion",
    "SuggestionStep",
    "Topic",
    "TopicWay",
]
