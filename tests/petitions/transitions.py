"""转移表：哪个行为把哪个对象从哪个状态带到哪个状态，逐行可读（transitions.csv），与代码两边对照。

The table is read by people in review: one row for an act in one state. `python3 run.py manage shell -c "from
tests.petitions import transitions; transitions.write()"` rewrites it from the code, and the diff shows which road was
opened or closed; whether it may be is for the reviewer.
"""

import csv
from pathlib import Path
from typing import NamedTuple

from petitions.act.decorator import acts_of
from petitions.models import Execution, Hearing, Leg, Mediation, PartyRequest, Petition, Proceeding, Service
from rulebook.acts import Act
from supervision.models import ConferenceItem, Order

TABLE = Path(__file__).with_name("transitions.csv")
HEAD = ["noun", "act", "from", "to", "对象", "行为", "从", "到"]
STAYS = "状态不变"


class Edge(NamedTuple):
    """One road; `target` equals `source` where the act leaves the state as it is."""

    noun: str
    act: str
    source: str
    target: str


# every model with a state machine of acts, by its name
MODELS = (Petition, Leg, Service, Proceeding, Hearing, Mediation, Execution, PartyRequest, Order, ConferenceItem)
NOUNS = {model.__name__: model for model in MODELS}


def moves_of(model) -> dict:
    """Act → its method on the model, in the order they are written."""
    return {str(move.act): move for move in acts_of(model)}


def targets(road, source: str) -> list[str]:
    """Where a django-fsm road leads from a state."""
    if road.target is None:
        return [source]
    allowed = getattr(road.target, "allowed_states", None)
    return [str(state) for state in allowed] if allowed else [str(road.target)]


def from_code() -> list[Edge]:
    """Every road the code allows: each state of each noun asked of each of its acts."""
    edges = []
    for name, model in NOUNS.items():
        for act, move in moves_of(model).items():
            for source, _ in model._meta.get_field("state").choices:
                road = move._django_fsm.get_transition(source)
                if road is not None:
                    edges += [Edge(name, act, str(source), target) for target in targets(road, str(source))]
    return edges


def read() -> list[Edge]:
    """The checked-in table."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        return [Edge(*row[:4]) for row in list(csv.reader(source))[1:]]


def rows() -> list[list[str]]:
    """The table with the words a lawyer reads beside the codes."""
    found = []
    for edge in from_code():
        model = NOUNS[edge.noun]
        labels = dict(model._meta.get_field("state").choices)
        to = STAYS if edge.target == edge.source else str(labels[edge.target])
        words = [str(model._meta.verbose_name), Act(edge.act).label, str(labels[edge.source]), to]
        found.append([*edge, *words])
    return found


def write() -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([HEAD, *rows()])
