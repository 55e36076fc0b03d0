"""清点：走完之后各有多少、日志是否完好、灯是什么颜色。"""

from collections import Counter

from django.db.models import Count

from petitions.act.states import OPEN, STAGE, Channel, State
from petitions.models import Petition, PetitionEvent
from petitions.record.verification import verify
from rulebook.timekeeping import today
from supervision.board.board_figures import lamp

LAMPS = {"r": "红", "y": "黄", "g": "绿"}


def tally() -> dict:
    """Counts by state, stage, channel and lamp, log lines, letters, and every fault of the log as a sentence."""
    states = dict(Petition.objects.values_list("state").annotate(n=Count("pk")).order_by("state"))
    stages = Counter()
    for state, count in states.items():
        stages[STAGE[State(state)].label] += count
    day, lamps = today(), Counter()
    for rule_set, term, due in Petition.objects.filter(state__in=OPEN).values_list(
        "rule_set_id", "next_term", "next_due_on"
    ):
        lamps[LAMPS[lamp(rule_set, term, due, day)]] += 1
    channels = dict(Petition.objects.values_list("submission__channel").annotate(n=Count("pk")).order_by("-n"))
    return {
        "petitions": sum(states.values()),
        "states": {State(state).label: count for state, count in states.items()},
        "stages": dict(stages),
        "channels": {Channel(channel).label: count for channel, count in channels.items()},
        "lamps": dict(lamps),
        "log_lines": PetitionEvent.objects.count(),
        "faults": [f"{fault.petition} 第{fault.seq}行：{fault.sentence}" for fault in verify()],
    }
