"""灯：照各件自己的规则集转黄（rulebook.city.options.amber_days），既能看一件，也能筛一片。"""

from datetime import date, timedelta

from django.db.models import Q

from rulebook.models import RuleSet
from rulebook.terms import NATIONAL_TERMS, Kind
from supervision.board.board_figures import amber, lamp

COLOURS = (("r", "红灯 超期"), ("y", "黄灯 临期"), ("g", "绿灯"))
DUTIES = tuple(term.code for term in NATIONAL_TERMS if term.kind is Kind.DUTY and term.is_folded)


def of_row(petition, day: date) -> tuple[str, int] | None:
    """The lamp of a row and 自然日 left (negative: overdue); None where no duty is running."""
    if petition.next_due_on is None:
        return None
    colour = lamp(petition.rule_set_id, petition.next_term, petition.next_due_on, day)
    return colour, (petition.next_due_on - day).days


def near(day: date) -> Q:
    """The petitions under an amber lamp: not overdue, within the days their own rule set gives for that term."""
    reach: dict[tuple[str, int], list[int]] = {}
    for rule_set_id in RuleSet.objects.exclude(status=RuleSet.Status.DRAFT).values_list("pk", flat=True):
        for code in DUTIES:
            reach.setdefault((code, amber(rule_set_id, code)), []).append(rule_set_id)
    found = Q(pk__in=[])
    for (code, days), rule_sets in reach.items():
        last = day + timedelta(days=days)
        found |= Q(next_term=code, next_due_on__range=(day, last), rule_set_id__in=rule_sets)
    return found


def under(colour: str, day: date, amber_ones: Q | None = None) -> Q:
    """The petitions under that lamp (r, y or g). `amber_ones` as `near` answered, where it was asked already."""
    if colour == "r":
        return Q(next_due_on__lt=day)
    amber_ones = near(day) if amber_ones is None else amber_ones
    return amber_ones if colour == "y" else Q(next_due_on__gte=day) & ~amber_ones
