"""做到了没有：哪一句写的是做到的事，哪一句只是打算；日期与办结日比。纯函数。"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from supervision.hollow import vocabulary
from supervision.hollow.closed_case import ClosedCase

_MONTH_DAY = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{4})年(?:(\d{1,2})月)?")
_BEFORE = re.compile(r"\s*(?:之?前|以前|以?内|起|届满|截止|到期)")
_FIGURE = re.compile(r"\d")
SHORT = 10  # signs: a day alone goes with what follows
_SPLIT = re.compile(r"[，。；;,！？\n]")


def clauses(text: str) -> list[str]:
    return [one for one in _SPLIT.split(text) if one]


@lru_cache(maxsize=1024)
def own(text: str) -> str:
    """The text without its formulas and the titles of laws, and without what it quotes."""
    return re.sub(r"《[^》]*》|“[^”]*”", "", vocabulary.FORMULAS.sub("", text))


def days_in(text: str, near: date) -> Iterator[tuple[date, bool]]:
    """The days of the text, each with whether it is one by which something is to be done; a day without a year is
    taken as the one nearest to `near`."""
    for match in _MONTH_DAY.finditer(text):
        year, month, day = match.group(1, 2, 3) if match[2] else match.group(4, 5, 6)
        years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
        told = [one for y in years if (one := _date(y, int(month), int(day)))]
        if told:
            nearest = min(told, key=lambda one: abs((one - near).days))
            yield nearest, _BEFORE.match(text, match.end()) is not None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def is_result(clause: str, received_on: date, closed_on: date) -> bool:
    """Whether a clause tells of something done on the case: a word of completion, neither planned, ordered, denied nor
    mere paperwork, and not of a day before the petition or after its closing."""
    if vocabulary.RESULT.search(clause) is None or vocabulary.PLAN.search(clause) or vocabulary.NOT.search(clause):
        return False
    if vocabulary.PAPERWORK.search(clause):
        return False
    if any(day < received_on or day > closed_on or until for day, until in days_in(clause, closed_on)):
        return False
    return not any(_is_old(match, received_on) for match in _MONTH.finditer(clause))


def _is_old(match: re.Match[str], received_on: date) -> bool:
    year, month = int(match[1]), int(match[2] or 12)
    return (year, month) < (received_on.year, received_on.month)


def says_done(case: ClosedCase, text: str) -> bool:
    """Whether an answer says that something was done, be it in one word."""
    return any(
        is_result(one, case.received_on, case.closed_on)
        or (vocabulary.DID.search(one) and not vocabulary.PLAN.search(one) and not vocabulary.PAPERWORK.search(one))
        for one in clauses(own(text))
    )


def is_dated_act(clause: str, received_on: date, closed_on: date) -> bool:
    """Whether a clause tells a day, while the case was open, on which something was done, in whatever words: no
    inquiry, talk, plan or paperwork."""
    days = list(days_in(clause, closed_on))
    if not days or any(
        pattern.search(clause) for pattern in (vocabulary.PLAN, vocabulary.NOT, vocabulary.PAPERWORK, vocabulary.TALKED)
    ):
        return False
    return all(received_on <= day <= closed_on and not until for day, until in days)


def acts(case: ClosedCase) -> bool:
    """Whether the facts tell of such an act."""
    told = clauses("，".join([case.own_facts, *(one.text for one in case.answers)]))
    joined = [one + "".join(told[at + 1 : at + 2]) if len(one) < SHORT else one for at, one in enumerate(told)]
    return any(is_dated_act(one, case.received_on, case.closed_on) for one in joined)


def results(case: ClosedCase, text: str) -> list[str]:
    """The clauses of the text that tell of something done."""
    return [one for one in clauses(own(text)) if is_result(one, case.received_on, case.closed_on)]


@lru_cache(maxsize=4096)
def is_seen(line: str) -> bool:
    """Whether a line of record or facts shows that it was looked at again, or that money or papers came to hand; what
    the one complained of hands in about itself is none."""
    if vocabulary.SELF_PROVED.search(line) or vocabulary.NOT_DONE.search(line) or vocabulary.NOT_SIGNED.search(line):
        return False
    return vocabulary.SEEN.search(line) is not None or vocabulary.RECEIPT.search(line) is not None


def proof(case: ClosedCase) -> int:
    """How much of the facts and the record shows something done or seen to be done: clauses and lines."""
    told = len(results(case, case.own_facts)) + sum(is_seen(one) for one in re.split("[。；]", case.own_facts))
    return told + sum(
        bool(results(case, line)) or (is_seen(line) and not vocabulary.PLAN.search(line)) for line in case.followups
    )


def is_promise(case: ClosedCase, answer: str) -> bool:
    """Whether an answer is all plan: what will be, may be or was promised, with nothing done and nothing found."""
    plain = own(answer)
    return vocabulary.VAGUE.search(plain) is not None and not says_done(case, answer) and not _FIGURE.search(plain)


def impossible(case: ClosedCase) -> date | None:
    """A day after the closing on which the reply says something was already done or found; None where there is none."""
    told = clauses(case.reply)
    for at, clause in enumerate(told):
        if len(clause) < SHORT:
            clause += "".join(told[at + 1 : at + 2])
        if vocabulary.PLAN.search(clause) or re.search(
            r"交付|到货|预[告计]|定为|有效|届满|到期|截止|期限|至|止|开学|起|前", clause
        ):
            continue
        for day, until in days_in(clause, case.closed_on):
            if (
                day > case.closed_on
                and not until
                and re.search(r"到|查|测|谈|认|修|拆|访|签|付|退|发|清|装|调|核", clause)
            ):
                return day
    return None


def looked(text: str) -> set[str]:
    """In what ways the matter was inquired into."""
    return {kind for kind, pattern in vocabulary.LOOKED.items() if pattern.search(text)}


def is_inquired(case: ClosedCase) -> bool:
    """Whether the facts tell a day of some inquiry, or the record has a line of one."""
    dated = (one for one in clauses(case.own_facts) if any(True for _ in days_in(one, case.closed_on)))
    return any(vocabulary.INQUIRED.search(one) for one in (*dated, *case.followups))


def was_contacted(followups: Iterable[str]) -> bool | None:
    """Whether the petitioner was spoken to by the record; False where it says they were not reached and never after,
    None where it says nothing."""
    lines = list(followups)
    missed = [at for at, line in enumerate(lines) if vocabulary.UNREACHED.search(line)]
    if missed and not any(vocabulary.REACHED.search(line) for line in lines[missed[-1] :]):
        return False
    return True if any(vocabulary.CONTACTED.search(line) for line in lines) else None
