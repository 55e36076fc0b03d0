"""甄别: one matter's facts → kind, branch, path, letters, clocks, remedy, what must not be done, and why. Pure.

It proposes; a person decides and records the decision (petitions.classify). docs/triage.md lists facts and answers.
"""

from rulebook.triage.advice import Advice
from rulebook.triage.decide import triage
from rulebook.triage.facts import BadFacts, Facts

__all__ = ["Advice", "BadFacts", "Facts", "triage"]
