"""登记人本人可登记并移交检举控告（rules §8.1）。"""

from petitions.act.states import Kind
from tests.cast import registered


def report(original, **told):
    """A 检举控告 registered by clerk1, who may see it until it is handed over."""
    return registered(original=original, letters_too=False, kind=Kind.REPORT, **told)
