"""登记台的要素与提示：把表上的内容交给 routing.guide.prompts，得出总是四行的一张卡，换入时高度不变。"""

from dataclasses import dataclass

from insight.places.neighbourhood import WINDOW, received_lately
from petitions.act.states import Channel
from petitions.intake.models import GROUP_VISIT
from routing.guide import pathways, prompts
from rulebook.books import rule_set_on, settings_of
from rulebook.timekeeping import today


@dataclass(frozen=True)
class Prompts:
    """The five elements and four lines, always as many; and the matter the text seems to be about."""

    elements: tuple[prompts.Element, ...]
    lines: tuple[tuple[str, prompts.Prompt], ...]
    guess: pathways.Guess | None


def prompted(user, found, data) -> Prompts:
    """What the form says so far, looked through; two queries, one more for a crowd.

    `found` is the comparison, `data` what was posted.
    """
    typed, held = found.typed, pathways.book()
    told = _told(typed, data)
    elements = prompts.elements(told, held.prompts)
    lines = (
        ("要素", prompts.missing(elements)),
        ("紧急", prompts.risk(told, held.prompts, urgent_group=_urgent_group(told))),
        ("人数", prompts.crowd(told, group=GROUP_VISIT)),
        ("属地", _around(user, held, typed.territory, found.categories)),
    )
    return Prompts(elements, lines, held.guess(typed.text))


def _told(typed, data) -> prompts.Told:
    is_visit = typed.channel == Channel.VISIT
    people = data.get("ppl", "").strip()
    own_claims = data.get("claims", "").replace("\r\n", "\n").strip()
    return prompts.Told(
        text=typed.text,
        claims=tuple(typed.claims),
        claims_typed=bool(own_claims) and own_claims != data.get("parsed", "").replace("\r\n", "\n").strip(),
        name=typed.name,
        address=typed.address,
        anonymous=bool(data.get("anon")) and not is_visit,
        people=int(people) if people.isdecimal() and len(people) <= LONGEST_NUMBER else 1,
        is_visit=is_visit,
        urgent=bool(data.get("urgent")),
        threat=bool(data.get("threat")),
    )


LONGEST_NUMBER = 5  # 位；再长的由录入项自己说


def _urgent_group(told: prompts.Told) -> int | None:
    """The city's threshold, asked for only where it can be reached: it is never below that of a group visit."""
    return settings_of(rule_set_on(today()))["urgent_group"] if told.people >= GROUP_VISIT else None


def _around(user, held: pathways.Book, territory: str, categories) -> prompts.Prompt:
    """The area chosen, and within it the category chosen or, failing that, the one proposed first."""
    option = next((one for one in categories if one.checked), next(iter(categories), None))
    category = int(option.value) if option and option.value.isdecimal() else None
    lately = received_lately(user, territory, category)
    label = option.label.rsplit(" › ", 1)[-1] if option else ""
    return prompts.around(held.areas.get(territory, ""), lately.count, lately.alike, days=WINDOW, label=label)
