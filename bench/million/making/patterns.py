"""样子：真办过的一件，拆成可以填空的行。日子整周地挪，单位换成另一个区的同一个单位，别的一字不动。

A pattern is read off the log and the rows of one petition that was walked through the product's acts. Its rows become
texts with blanks: `%(petition)d`, `%(d739000)s` (a day, by its ordinal), `%(leg1)d`, `%(x2)d` (a letter, a service, an
approval: named by the log, not loaded). Deadlines are read off the moved log by the product's own clock.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from accounts.models import Organ, Post, User
from bench.million.making.bench_city import HOME
from petitions.act.states import OPEN
from petitions.models import Involvement, Leg, Petition, PetitionEvent
from petitions.record.ledger import happening
from petitions.record.models import SEALED, VERSION
from rulebook import books, clock
from rulebook.acts import Act
from rulebook.terms import Scope
from rulebook.timekeeping import BEIJING, today

LEG, OTHER = "leg", ("letter", "service", "pending")
# 明细里指着别的件、别的对象的，不照抄
FOREIGN = frozenset("matter into earlier split_from was scores siblings claim counted undoes".split())
ORGAN_FACTS = frozenset("to owed_by_organ suggested section".split())
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class District:
    """One district as the home district's double: which organ, person and post stands for which."""

    area: str
    organs: dict[int, int]
    users: dict[int, int]
    posts: dict[int, int]

    def organ(self, key: int | None) -> int | None:
        return self.organs.get(key, key)

    def user(self, key: int | None) -> int | None:
        return self.users.get(key, key)

    def post(self, key: int | None) -> int | None:
        return self.posts.get(key, key)


def districts() -> list[District]:
    """The home district first, then its copies in order."""
    organs = {organ.code: organ for organ in Organ.objects.all()}
    users = {user.username: user.pk for user in User.objects.all()}
    posts = {(post.organ_id, post.role_id, post.title): post for post in Post.objects.all()}
    home = [organ for organ in organs.values() if organ.territory.startswith(HOME) and not organ.code.startswith("B")]
    found = [District(HOME, {}, {}, {})]
    number = 1
    while f"B{number:02d}{home[0].code}" in organs:
        twins = {organ.pk: organs[f"B{number:02d}{organ.code}"] for organ in home}
        keys = {old: new.pk for old, new in twins.items()}
        found.append(
            District(
                area=next(iter(twins.values())).territory[: len(HOME)],
                organs=keys,
                users={
                    key: users[f"b{number:02d}{name}"] for name, key in users.items() if f"b{number:02d}{name}" in users
                },
                posts={
                    post.pk: posts[keys[organ], role, title].pk
                    for (organ, role, title), post in posts.items()
                    if organ in keys
                },
            )
        )
        number += 1
    return found


@dataclass
class Line:
    """One log line with blanks: what is sealed, and what COPY takes."""

    sealed: str
    row: str


@dataclass
class Pattern:
    """One life that is copied."""

    petition: Petition
    lines: list[PetitionEvent]
    legs: list[Leg]
    involvements: list[Involvement]
    keys: dict[tuple[str, int], str] = field(default_factory=dict)  # (leg, 7) → leg1
    days: set[int] = field(default_factory=set)
    pad_after: int = 0
    last_ordinal: int = 0
    read: dict[int, list[clock.Deadline]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.petition.state in OPEN

    @property
    def received(self) -> int:
        return self.petition.received_on.toordinal()

    @property
    def duration(self) -> int:
        """自然日 from receipt to the last line."""
        return self.last_ordinal - self.received

    # reading it off the log

    def name_blanks(self) -> None:
        for leg in self.legs:
            self.keys[LEG, leg.pk] = f"leg{leg.number}"
        for line in self.lines:
            for kind, key in line.scope.items():
                if kind in OTHER and (kind, key) not in self.keys:
                    self.keys[kind, key] = f"x{sum(1 for name in self.keys.values() if name[0] == 'x')}"
        self.last_ordinal = max(line.at.astimezone(BEIJING).toordinal() for line in self.lines)
        open_lines = [line.seq for line in self.lines if line.went_to in OPEN]
        self.pad_after = max(open_lines)

    def moment(self, value: datetime | None) -> str | None:
        if value is None:
            return None
        there = value.astimezone(UTC)
        return self.day(there.date()) + there.isoformat()[10:]

    def day(self, value: date | str | None) -> str | None:
        if value is None:
            return None
        ordinal = (date.fromisoformat(value) if isinstance(value, str) else value).toordinal()
        self.days.add(ordinal)
        return f"%(d{ordinal})s"

    def facts(self, line: PetitionEvent, district: District) -> dict:
        """The details with days to be filled in and keys of the other district."""
        told = {}
        for name, value in line.details.items():
            if isinstance(value, str) and _ISO_DAY.fullmatch(value):
                told[name] = self.day(value)
            elif name == "to" and line.act == Act.ALLOT:
                told[name] = district.user(value)
            elif name in ORGAN_FACTS and isinstance(value, int):
                told[name] = district.organ(value)
            else:
                told[name] = value.replace("%", "%%") if isinstance(value, str) else value
        return told

    def line(self, line: PetitionEvent, district: District) -> Line:
        scope = {kind: _Blank(self.keys[kind, key]) for kind, key in line.scope.items()}
        return self._line(
            {name: getattr(line, name) for name in SEALED} | {"scope": scope, "details": self.facts(line, district)},
            district,
        )

    def padding(self, district: District) -> Line:
        """内部备注: a line that moves nothing, so that a petition has as many as were asked for."""
        at = self.lines[self.pad_after - 1]
        told = {name: getattr(at, name) for name in SEALED}
        facts = {name: value for name, value in at.details.items() if name == "organ_kind"}
        told |= {"act": str(Act.NOTE), "scope": {}, "details": facts, "came_from": at.went_to, "text_hash": ""}
        return self._line(told, district)

    def _line(self, told: dict, district: District) -> Line:
        told = told | {
            "petition_id": _Blank("petition"),
            "seq": _Blank("seq"),
            "at": self.moment(told["at"]),
            "recorded_at": self.moment(told["recorded_at"]),
            "by_id": district.user(told["by_id"]),
            "by_organ_id": district.organ(told["by_organ_id"]),
            "by_post_id": district.post(told["by_post_id"]),
            "on_behalf_of_id": district.user(told["on_behalf_of_id"]),
            "holder_organ_id": district.organ(told["holder_organ_id"]),
            "holder_post_id": district.post(told["holder_post_id"]),
            "holder_user_id": district.user(told["holder_user_id"]),
        }
        row = [*told.values(), VERSION, *(_Blank(name, "s") for name in ("payload_hash", "prev_hash", "hash"))]
        return Line(sealed=_json(told), row=copied(row))

    # what the clock reads

    def deadlines(self, weeks: int) -> list[clock.Deadline]:
        """The clocks of the life moved by so many weeks, in the lines' own numbers and in the home district's keys."""
        if weeks not in self.read:
            self.read[weeks] = self._deadlines(weeks)
        return self.read[weeks]

    def _deadlines(self, weeks: int) -> list[clock.Deadline]:
        names = {name: number for number, name in enumerate(self.keys.values())}
        moved = []
        for line in self.lines:
            told = happening(0, line.act, line.at, line.seq, line.scope, line.details)
            scope = {kind: names[self.keys[kind, key]] for kind, key in line.scope.items()}
            moved.append(
                clock.Happening(
                    act=told.act,
                    at=date.fromordinal(told.at.toordinal() + 7 * weeks),
                    seq=told.seq,
                    scope_ids={"petition": 0, **scope},
                    facts={name: _moved(value, weeks) for name, value in told.facts.items()},
                )
            )
        terms = books.terms_of(self.petition.rule_set)
        return clock.deadlines(moved, terms, books.calendar_in_force(), today=today())

    def blank_of(self, reading: clock.Deadline) -> str:
        """The name of the blank that holds the key of what the clock runs on."""
        return "petition" if reading.term.scope is Scope.PETITION else list(self.keys.values())[reading.scope_id]

    def nearest(self, weeks: int) -> clock.Deadline | None:
        """The duty that falls due first, as the product stores it on the petition."""
        running = [r for r in self.deadlines(weeks) if not r.ended_how and str(r.term.kind) == "duty"]
        return min(running, key=lambda r: (r.due_on, r.term.code), default=None) if self.is_open else None


def _moved(value, weeks: int):
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return date.fromordinal(date.fromisoformat(value).toordinal() + 7 * weeks).isoformat()
    return value


def patterns(below: int) -> list[Pattern]:
    """Every walked life (its key is below that) that names nothing outside itself.

    Raises RuntimeError where no open or no closed one is.
    """
    found = []
    for petition in Petition.objects.filter(pk__lt=below).select_related("submission", "rule_set").order_by("pk"):
        pattern = Pattern(
            petition,
            list(petition.events.order_by("seq")),
            list(petition.legs.order_by("number")),
            list(petition.involvements.order_by("pk")),
        )
        if all(_stands_alone(line) for line in pattern.lines):
            pattern.name_blanks()
            found.append(pattern)
    if not {True, False} <= {pattern.is_open for pattern in found}:
        raise RuntimeError("样子里没有在办的或没有办结的")
    return found


def _stands_alone(line: PetitionEvent) -> bool:
    return line.scope.keys() <= {LEG, *OTHER} and not line.details.keys() & FOREIGN


# texts with blanks


class _Blank(str):
    """A place to be filled in, written without quotes."""

    def __new__(cls, name: str, how: str = "d") -> "_Blank":
        return super().__new__(cls, f"%({name}){how}")


def _json(told: dict) -> str:
    """As the product seals it (PetitionEvent.payload), with blanks left open."""
    text = json.dumps(_marked(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return re.sub(r'"\u0000([^"]*)"', r"\1", text.replace("\\u0000", "\u0000"))


def _marked(value):
    if isinstance(value, _Blank):
        return "\0" + value
    return {name: _marked(part) for name, part in value.items()} if isinstance(value, dict) else value


def copied(values: list) -> str:
    """One line of COPY text; blanks stay blanks."""
    return "\t".join(_cell(value) for value in values) + "\n"


def _cell(value) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, dict | list):
        value = _json(value) if isinstance(value, dict) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "t" if value else "f"
    return escaped(str(value))


def escaped(text: str) -> str:
    """As COPY wants a text."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
