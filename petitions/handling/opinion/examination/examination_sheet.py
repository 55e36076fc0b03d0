"""审核的两头：意见稿与卷宗所知，和审核得出的提示。"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from rulebook.statute.statutes import StatuteBook

FACTS, BASIS, DIFFERENCE = "事实和理由", "法律法规依据", "与原意见的差异"


class Severity(models.TextChoices):
    """必须改 holds the draft back; 请核对 is let stand by the checker with a reason."""

    MUST = "must", "必须改"
    ASK = "ask", "请核对"


@dataclass(frozen=True)
class Remark:
    """One thing found. `place` part of the paper, `sentence` what to do, `reason` the article or rule behind it.

    No words of the petition and nobody's name or number stand in it: it is stored beside the log.
    """

    code: str
    severity: Severity
    place: str
    sentence: str
    reason: str

    @property
    def key(self) -> str:
        """What a tick or a reason is given to: another text or place makes another key."""
        said = f"{self.code}|{self.place}|{self.sentence}"
        return f"{self.code}_{hashlib.sha256(said.encode()).hexdigest()[:10]}"


def must(code: str, place: str, sentence: str, reason: str) -> Remark:
    return Remark(code, Severity.MUST, place, sentence, reason)


def ask(code: str, place: str, sentence: str, reason: str) -> Remark:
    return Remark(code, Severity.ASK, place, sentence, reason)


@dataclass(frozen=True)
class Answer:
    """To one claim: the outcome word (petitions.act.states.Finding) and the text."""

    finding: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A draft opinion as it lies on the desk."""

    facts: str
    basis: str
    answers: Mapping[int, Answer]
    difference: str = ""

    def parts(self) -> list[tuple[str, str]]:
        """(place, text) of every part that goes into the letter."""
        answers = [(answer_to(number), one.text) for number, one in sorted(self.answers.items())]
        return [(FACTS, self.facts), *answers, (BASIS, self.basis), (DIFFERENCE, self.difference)]

    @property
    def substance(self) -> str:
        """Facts and answers: what an opinion says on the matter."""
        return "\n".join([self.facts, *(one.text for _, one in sorted(self.answers.items()))])

    @property
    def outcomes(self) -> dict[int, str]:
        return {number: one.finding for number, one in self.answers.items()}


def answer_to(number: int) -> str:
    return f"第 {number} 项处理意见"


@dataclass(frozen=True)
class Who:
    """Somebody of this file. Numbers as given; `withheld` where they asked that their name be kept from others."""

    name: str
    id_number: str = ""
    phone: str = ""
    withheld: bool = False


@dataclass(frozen=True)
class Earlier:
    """An earlier opinion of this file: `quashed` by a review, else returned by the check. `same` marks the very draft
    that was returned and sent again as it was."""

    version: int
    sheet: Sheet
    quashed: bool
    same: bool = False


@dataclass(frozen=True)
class Other:
    """An opinion of another file of the same organ."""

    number: str
    substance: str


@dataclass(frozen=True)
class Limits:
    """City settings: least lengths in characters, likeness in per cent."""

    facts_least: int = 15
    answer_least: int = 6
    copied_percent: int = 90
    alike_percent: int = 95


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """What the file knows that the draft must agree with."""

    number: str
    path: str
    claims: Mapping[int, str]
    told: str  # 信访人的原话
    received_on: date
    accepted_on: date | None
    today: date
    reviewers: tuple[str, ...]  # 复查机关的全称和简称
    statutes: StatuteBook
    parties: tuple[Who, ...] = ()
    strangers: tuple[str, ...] = ()  # 意见稿里出现的、别的件的信访人姓名
    linked: tuple[str, ...] = ()  # 本案引用得到的其他件：主件、并入的件、前案
    earlier: tuple[Earlier, ...] = ()
    others: tuple[Other, ...] = ()
    limits: Limits = field(default_factory=Limits)
