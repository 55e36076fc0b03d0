"""登记台的人：开一张空表，填好，登记；一件接一件，每件之间歇一会儿。"""

import re
import time
from dataclasses import dataclass, field

from bench.door.visiting import Visitor
from bench.million.making.texts import letter
from petitions.parties.identity import check_sign

_FAULT = re.compile(r'class="errsum.*?</div>', re.S)
OF = 10_000  # 件：texts 里的来信按这么多件编
PAUSE = 0.5  # 秒


@dataclass
class Clerk:
    """One signed-in clerk; `category` chosen for every letter. `waits` in milliseconds, `errors` what went wrong."""

    visitor: Visitor
    category: str
    number: int = 100
    waits: dict[str, list[float]] = field(default_factory=lambda: {"open": [], "register": []})
    errors: list[str] = field(default_factory=list)

    def work(self, *, seconds: float = 0, letters: int = 0) -> None:
        """Register for so long, or so many."""
        until, last = time.perf_counter() + seconds, self.number + letters
        while self.number < last or time.perf_counter() < until:
            self._one()
            time.sleep(PAUSE)

    def forget(self) -> None:
        """Begin the counting anew."""
        self.waits = {"open": [], "register": []}

    def _one(self) -> None:
        said = letter(self.number, OF)
        self.number += 1
        page = self.visitor.get("/register/?ch=visit")
        self._note("open", page, 200)
        told = {
            "channel": "visit",
            "idno": _id_number(self.number),
            "idst": "stated",
            "nm": said.name,
            "sex": "女",
            "addr": said.address,
            "tel": said.phone,
            "ppl": "1",
            "aim": "appeal",
            "txt": said.text,
            "loc": "11019901001",
            "cat_other": self.category,
            "unit": "triage",
            "seen": "1",
            "do": "next",
        }
        self._note("register", self.visitor.post("/register/", **told), 302)

    def _note(self, what: str, answer, wanted: int) -> None:
        self.waits[what].append(answer.seconds * 1000)
        if answer.status != wanted:
            why = re.sub(r"<[^>]+>|\s+", " ", " ".join(_FAULT.findall(answer.body.decode())))
            self.errors.append(f"{what} {answer.status} {why[:100]}")


def _id_number(number: int) -> str:
    """An invented one with its right last sign."""
    body = f"110199{1940 + number % 60}{number // 60 % 12 + 1:02d}{number // 720 % 28 + 1:02d}{number * 2 % 998:03d}"
    return body + check_sign(body)
