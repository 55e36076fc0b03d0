"""转人民建议征集的规矩：征集的建议要给别的单位看、可能公布，保密的不转；一件只转一次。"""

from petitions.act.guards import guard
from rulebook.acts import Act


@guard("保密的件不转人民建议征集：征集的建议要给别的单位看", article="第三十条")
def may_be_read_by_others(petition) -> bool:
    return petition.secrecy == 0 and petition.accused_organ_id is None


@guard("本件已经转人民建议征集", article="第二十九条")
def not_turned_yet(petition) -> bool:
    return number_of(petition) == ""


def number_of(petition) -> str:
    """The number of the suggestion that the petition was turned into; empty where it was not. Reads the log."""
    line = next((line for line in petition.events.all() if line.act == Act.TO_SUGGESTION), None)
    return line.details["suggestion"] if line else ""
