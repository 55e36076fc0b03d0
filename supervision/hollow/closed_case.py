"""办结的一件：诉求、答复、评价、办结前后的记录，和同一单位平时怎样答复、怎样了结。不含信访人的任何信息。"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import comb

from insight.search.normal_form import normalise
from petitions.act.states import Finding
from rulebook.labelled import Labelled
from supervision.hollow import vocabulary as words

STRETCH = 6  # signs: so long a run of the same words is no chance
FOREIGN = 5  # signs: so long a piece of another's claims, met nowhere in one's own file, came with the copy
COPIED = 0.5  # of an answer that stands in one other reply
COMMON_IN = 2  # other replies of the organ that have it too
STOCK_IN = 3  # other replies that have a sentence: it is said of every case
LEAST_REPLIES = 3  # fewer say nothing of what the organ always writes
LEAST_BEFORE, LEAST_LATELY = 12, 5  # cases; below that a share is chance
UNLIKELY = 0.05  # of a share so high by chance


SENTENCE = re.compile(r"[^。；\n]+[。；\n]?")


class Ending(Labelled):
    """How a case ended."""

    OPINION = "opinion", "处理意见书"
    SIMPLE = "simple", "简易答复"
    LED_IN = "led_in", "导入法定途径"
    REDIRECTED = "redirected", "告知向有权机关提出"
    DECLINED = "declined", "不予受理、不再受理"
    SETTLED = "settled", "依协议办结"
    TERMINATED = "terminated", "终止"


OPINIONS = (Ending.OPINION, Ending.SIMPLE)
PROCEDURAL = (Ending.LED_IN, Ending.REDIRECTED, Ending.DECLINED, Ending.TERMINATED)


@dataclass(frozen=True)
class Answer:
    """To one claim, in the order of the claims; `finding` empty where only words were given."""

    finding: Finding | None
    text: str


@dataclass(frozen=True)
class Rated:
    """One rating; `words` why not content, in words."""

    dissatisfied: bool
    words: str = ""


@dataclass(frozen=True)
class Later:
    """A petition registered after the closing. `sure` 0–1 that it is the same matter, by the house's own likeness, or 1
    where somebody said so; `about` its key, for a link, 0 where there is none."""

    days_after: int  # 自然日
    same_petitioner: bool
    sure: float
    text: str = ""
    about: int = 0


@dataclass(frozen=True)
class Share:
    """So many of so many cases ended without going into the matter."""

    procedural: int = 0
    cases: int = 0

    @property
    def percent(self) -> float:
        return 100 * self.procedural / self.cases if self.cases else 0.0


@dataclass(frozen=True)
class Reply:
    """What another petitioner of the same organ asked and was answered; folded. `key` of that petition."""

    key: int
    claims: str
    text: str
    stretches: frozenset[str]

    @classmethod
    def of(cls, key: int, claims: Iterable[str], reply: str) -> "Reply":
        return cls(key, normalise("；".join(claims)), normalise(reply), frozenset(stretches(reply)))


@dataclass(frozen=True)
class Habits:
    """What the same organ writes and how it ends its cases otherwise.

    `replies`: its recent ones; `counts`: their runs of six signs and in how many they stand; `own`: the key of the
    case itself, whose reply may be among them.
    """

    replies: tuple[Reply, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    own: int = 0
    lately: Share = Share()
    before: Share = Share()

    def stock_share(self, text: str) -> float:
        """How much of the text, 0–1, stands word for word in at least two other replies; 0 with too few replies."""
        is_among = any(one.key == self.own for one in self.replies)
        if len(self.replies) - is_among < LEAST_REPLIES:
            return 0.0
        mine, least = stretches(text), COMMON_IN + is_among
        return sum(self.counts.get(one, 0) >= least for one in mine) / len(mine) if mine else 0.0

    def is_stock(self, sentence: str) -> bool:
        """Whether the sentence stands word for word in at least three other replies of the organ."""
        mine, least = stretches(sentence), STOCK_IN + any(one.key == self.own for one in self.replies)
        return bool(mine) and all(self.counts.get(one, 0) >= least for one in mine)

    def copied_from(self, text: str, sources: Iterable[str]) -> int:
        """The key of another petition whose reply the text repeats for the most part, with words of that petition's
        claims which nobody else was answered with and which stand in none of the text's own sources (claims, facts,
        record); 0 where there is none."""
        mine, known, folded = stretches(text), normalise("；".join(sources)), normalise(text)
        pieces = {folded[at : at + FOREIGN] for at in range(len(folded) - FOREIGN + 1)}
        for other in self.replies:
            if other.key == self.own or not mine or len(mine & other.stretches) < COPIED * len(mine):
                continue
            foreign = (one for one in pieces if one in other.claims and one not in known)
            if any(sum(one in reply.text for reply in self.replies) <= COMMON_IN for one in foreign):
                return other.key
        return 0

    def also_told(self, clause: str, names: Iterable[str]) -> int:
        """The key of another petition, of none of the places or firms named, whose reply has the clause; else 0."""
        folded, known = normalise(clause), list(names)
        others = (one for one in self.replies if one.key != self.own and folded in one.text)
        return next((one.key for one in others if not any(name in one.claims for name in known)), 0)

    def asks_of(self, name: str) -> bool:
        """Whether another petition of the organ is about a place of that name."""
        return any(name in one.claims for one in self.replies if one.key != self.own)

    @cached_property
    def is_unusual(self) -> bool:
        """Whether lately more ended without going into the matter than chance explains, by the organ's own measure."""
        before, lately = self.before, self.lately
        if before.cases < LEAST_BEFORE or lately.cases < LEAST_LATELY or lately.percent <= before.percent:
            return False
        return _chance_of_so_many(before, lately) < UNLIKELY


def which(numbers: Iterable[int]) -> str:
    return f"第 {'、'.join(map(str, numbers))} 项"


def stretches(text: str) -> set[str]:
    """Every run of six folded signs."""
    folded = normalise(text)
    return {folded[at : at + STRETCH] for at in range(len(folded) - STRETCH + 1)}


def counted(replies: Iterable[Reply]) -> Counter[str]:
    """In how many of the replies each run stands."""
    return Counter(one for reply in replies for one in reply.stretches)


def _chance_of_so_many(before: Share, lately: Share) -> float:
    """Fisher's exact test, one-sided: so many or more of them lately, if nothing had changed."""
    cases, hits = before.cases + lately.cases, before.procedural + lately.procedural
    most = min(hits, lately.cases)
    ways = (comb(hits, n) * comb(cases - hits, lately.cases - n) for n in range(lately.procedural, most + 1))
    return sum(ways) / comb(cases, lately.cases)


@dataclass(frozen=True)
class ClosedCase:
    """One closed case as the detector sees it."""

    ending: Ending
    received_on: date
    closed_on: date
    due_on: date | None
    claims: tuple[str, ...]
    facts: str = ""
    basis: str = ""
    answers: tuple[Answer, ...] = ()
    ratings: tuple[Rated, ...] = ()
    followups: tuple[str, ...] = ()  # 调查、听取意见、落实的记录
    executed: bool | None = None  # 落实任务：都落实了或者没有到期，是；逾期、拒不落实，否；没有任务，不知道
    on_paper: bool = False  # 案里有签字的协议、撤回申请，或者按格式发出的告知书
    later: tuple[Later, ...] = ()
    habits: Habits = Habits()

    @cached_property
    def was_shown(self) -> bool:
        """Whether what was found was put before the petitioner, be they content or not."""
        return words.SHOWN.search(self.record) is not None

    @property
    def is_procedural(self) -> bool:
        return self.ending in PROCEDURAL

    @cached_property
    def own_facts(self) -> str:
        """The facts without the sentences the organ writes in every case; a reply without facts has them in its
        answers."""
        found = self.facts or "".join(one.text for one in self.answers)
        told = [one for one in SENTENCE.findall(found) if not self.habits.is_stock(one)]
        return "".join(told)

    @cached_property
    def record(self) -> str:
        """All that is on file: facts, answers, and what was noted while handling it."""
        return "\n".join([self.reply, *self.followups])

    @cached_property
    def asked(self) -> str:
        return "\n".join(self.claims)

    @cached_property
    def reply(self) -> str:
        """All that was answered, facts first."""
        return "\n".join([self.facts, *(one.text for one in self.answers)])
