"""回避：主持、听证、记录、调解的人，不能是办过本件的人、信访人，也不能与事项有利害关系（第二十八条第三款）。"""

import re

from rulebook.acts import Act

HANDLED = (
    Act.ACCEPT,
    Act.ACCEPT_SIMPLY,
    Act.INQUIRE,
    Act.DRAFT,
    Act.SUBMIT,
    Act.PASS,
    Act.SIGN,
    Act.ANSWER_SIMPLY,
)
REVIEWED = (Act.PROPOSE_REVIEW, Act.DECIDE_REVIEW)
NAMESAKE = "同名"
ASK_THEM = "请逐人询问与本事项、当事人有没有直接利害关系，如实填写后勾选（第二十八条）"


def names_of(line: str) -> list[str]:
    """The names of one line, apart by 、 or ，."""
    return [name.strip() for name in line.replace("，", "、").split("、") if name.strip()]


def bare(name: str) -> str:
    """A name without what stands in brackets after it; empty for a namesake, marked so by the clerk."""
    return "" if NAMESAKE in name else re.sub(r"[（(].*?[）)]", "", name).strip()


def declared(interests: str) -> dict[str, str]:
    """Who declared which interest, one a line: 姓名：关系."""
    found = {}
    for line in interests.splitlines():
        name, _, relation = line.replace(":", "：").partition("：")
        if name.strip():
            found[bare(name)] = relation.strip() or "有利害关系"
    return found


def refusal(noun, seats: dict[str, list[str]], *, interests="", asked=False, by_handlers=False) -> str | None:
    """Why one of those who are to sit may not, or None. `seats`: seat → names as typed; `interests`: see declared.

    `by_handlers`: those who handle the case may sit, as in a mediation the organ itself conducts.
    """
    petition, taken = noun.the_petition(), {}
    interested, parties = declared(interests), _parties(petition)
    handlers = set() if by_handlers else _handlers(noun, petition)
    for seat, names in seats.items():
        for name in map(bare, names):
            if not name:
                continue
            if name in taken:
                return f"{name}已是{taken[name]}，不能再作{seat}"
            taken[name] = seat
            if name in parties:
                return f"{name}是本件当事人，不能作{seat}；{_if_another(name)}"
            if name in interested:
                return f"{name}申报的利害关系：{interested[name]}，应当回避，请另定{seat}（第二十八条）"
            if name in handlers:
                return f"{name}办理过本件，应当回避，请另定{seat}（第二十八条）；{_if_another(name)}"
    return None if asked else ASK_THEM


def _if_another(name: str) -> str:
    return f"如是同名的另一人，请写成“{name}（{NAMESAKE}，单位）”"


def _parties(petition) -> set[str]:
    joined = [petition, *petition.merged.all()]
    return {party.name.strip() for one in joined for party in one.submission.parties.all()}


def _handlers(noun, petition) -> set[str]:
    """Whoever acted on the substance, here or in an earlier review, and the handler now."""
    found = {petition.handler.name} if petition.handler_id else set()
    here = noun.log_scope.get("proceeding")
    for line in petition.events.select_related("by"):
        if line.by is None:
            continue
        if line.act in HANDLED or (line.act in REVIEWED and line.scope.get("proceeding") != here):
            found.add(line.by.name)
    return found
