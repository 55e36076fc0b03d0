"""判重评测的来件库：放在内存里，候选、比对、把握都走产品自己的路。"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from insight.duplicates.candidates import anchors, worth_comparing
from insight.duplicates.judgement import Judgement
from insight.duplicates.matter_account import Rarity, Telling
from insight.duplicates.pair_comparison import Asking, Compared

OWN = 20  # the petitioner's own, newest first, as the desk finds them by exact keys


@dataclass(frozen=True)
class Message:
    id: str
    title: str
    body: str
    at: str  # sortable as written
    user: str

    @classmethod
    def of(cls, row: dict[str, str]) -> "Message":
        return cls(row["id"], row["title"], row["body"], row["submitted_at"], row["user"])

    @property
    def day(self) -> date:
        return date.fromisoformat(self.at[:10].replace("/", "-"))

    def telling(self) -> Telling:
        return Telling.of(self.title, self.body, self.day)


class Corpus:
    """Messages to be found, by number in the order given."""

    def __init__(self, messages: list[Message], judgement: Judgement):
        self.messages, self.judgement = messages, judgement
        self.tellings = [message.telling() for message in messages]
        self.number = {message.id: at for at, message in enumerate(messages)}
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._of_user: dict[str, list[int]] = defaultdict(list)
        for at, telling in enumerate(self.tellings):
            for gram in telling.grams:
                self._postings[gram].append(at)
            if messages[at].user:
                self._of_user[messages[at].user].append(at)
        self.frequencies = {gram: len(found) for gram, found in self._postings.items()}
        self.rarity = Rarity(self.frequencies, len(messages))

    def hits(self, asked: int, allowed: Callable[[int], bool]) -> list[tuple[float, int]]:
        """(How sure, number) of the messages that may be the same matter as the asked one, in the product's order."""
        asking, found = self._compared(asked, allowed)
        user = self.messages[asked].user
        judged = []
        for other in found:
            compared = self.compare(asking, other, bool(user) and user == self.messages[other].user)
            sure = self.judgement.probability(compared.scores)
            judged.append((self.judgement.standing(sure, compared.likeness), -other, sure))
        return [(sure, -other) for _, other, sure in sorted(judged, reverse=True)]

    def sure(self, asking: Asking, other: int, same_person: bool) -> float:
        return self.judgement.probability(self.compare(asking, other, same_person).scores)

    def compare(self, asking: Asking, other: int, same_person: bool) -> Compared:
        return asking.against(self.tellings[other], same_person=same_person)

    def same_person(self, one: int, other: int) -> bool:
        return bool(self.messages[one].user) and self.messages[one].user == self.messages[other].user

    def asking(self, asked: int) -> Asking:
        return Asking(self.tellings[asked], self.rarity)

    def shortlist(self, asked: int, allowed: Callable[[int], bool]) -> list[int]:
        """What the product would go through one by one."""
        return self._compared(asked, allowed)[1]

    def _compared(self, asked: int, allowed: Callable[[int], bool]) -> tuple[Asking, list[int]]:
        asking = self.asking(asked)
        shared: Counter[int] = Counter()
        chosen = anchors(self.tellings[asked], self.frequencies, known_in=2)
        for gram in chosen.grams:
            shared.update(at for at in self._postings[gram] if at != asked and allowed(at))
        held = (at for at, grams in shared.items() if grams >= chosen.least)
        most = sorted(held, key=lambda at: (-shared[at], -at))[: chosen.most]
        found = [at for at, _ in worth_comparing(asking, ((at, self.tellings[at]) for at in most))]
        own = [at for at in self._of_user.get(self.messages[asked].user, ()) if at != asked and allowed(at)]
        return asking, list(dict.fromkeys([*found, *own[-OWN:]]))
