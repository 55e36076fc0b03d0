"""起草页上的类案：找、对照、带入。填过的一个字不丢，带入的一句句看得见，保存仍由起草人点。"""

from dataclasses import dataclass, field
from typing import Any

from accounts.authority import may
from insight.precedents import Precedent, precedent, precedents
from routing.precedent.comparison import Comparison, compare
from rulebook.acts import Act

LISTED = "list"
NOT_FOUND = "没有编号为“{}”的已办结类案，或者您无权查看"
OVERTURNED = "{} 的意见已被{}，不能带入"


@dataclass
class Borrowing:
    """What the page shows of precedents: the list, one of them beside the draft, or why not."""

    rows: list[Precedent] | None = None
    comparison: Comparison | None = None
    refusal: str = ""
    taken: tuple[str, ...] = field(default_factory=tuple)  # 刚带入的段落


def is_asked(request) -> bool:
    """Whether the form was sent only to look for precedents; nothing is judged or saved then."""
    return "compare" in request.POST or "take" in request.POST


def typed(data) -> dict[str, Any]:
    """Everything that stands in the form, unjudged."""
    return {name: data[name] for name in data if name not in ("csrfmiddlewaretoken", "seq", "compare", "take")}


def asked(request, petition, form, make) -> tuple[Any, Borrowing]:
    """The form, with the parts that were taken over, and what to show beside it.

    `make` makes the form anew. `compare` holds a number, or `list`; `take` a number and a part.
    """
    number, _, part = request.POST.get("take", "").partition(" ")
    wanted = number or request.POST.get("compare", "") or request.GET.get("like", "")
    if not wanted:
        return form, Borrowing()
    if wanted == LISTED:
        return form, Borrowing(rows=precedents(request.user, petition))
    one = precedent(request.user, petition, wanted)
    if one is None:
        return form, Borrowing(refusal=NOT_FOUND.format(wanted[:44]))
    if not one.may_be_carried:
        return form, Borrowing(refusal=OVERTURNED.format(one.petition.number, one.reviewed))
    values = {bound.name: bound.value() or "" for bound in form}
    found = compare(petition, one, values)
    if not number:
        return form, Borrowing(comparison=found)
    changed = {name: words for name, words in found.taken(part).items() if words != values.get(name)}
    form = make(initial=values | changed | ({"lent": one.petition.number} if changed else {}))
    labels = tuple(row.label for row in found.parts if row.name in changed)
    return form, Borrowing(comparison=compare(petition, one, values | changed), taken=labels)


def may_borrow(user, petition) -> bool:
    """Whether the user may write the opinion of this petition, and so look at others beside it."""
    return may(user, Act.DRAFT, petition) and not petition.secrecy
