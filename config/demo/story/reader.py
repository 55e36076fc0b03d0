"""读演示件：petitions.csv 里每行是一个人的一件事，和它该走到的地方。只读文件，不碰数据库。"""

import csv
import random
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

ID_PREFIX = "110199"  # 虚构的行政区划：所有演示证件号都以此开头
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# 不再受理须有前案：前案比本件早这么多天收到（自然日）
EARLIER_BY = 300
SMALL, FIRST = 40, 160  # 件；测试用的小城，和第一次启动时一分钟内能用的城


class UnknownStory(ValueError):
    """A row asks for an end nobody can walk to; the message names row and story."""


@dataclass(frozen=True, kw_only=True)
class Tale:
    """One row. Days count 自然日: `days_ago` back from today, the rest forward from receipt; None where not told."""

    id: str
    story: str
    channel: str
    organ: str
    handler: str
    days_ago: int
    forward_after: int | None
    accept_after: int | None
    done_after: int | None
    extend_days: int | None
    kind: str
    path: str
    category: str
    place: str
    territory: str
    text: str
    claims: tuple[str, ...]
    about: str = ""
    accused: str = ""
    accused_organ: str = ""
    report_claims: tuple[int, ...] = ()
    people_count: int = 1
    is_organisation: bool = False
    name: str = ""
    sex: str = ""
    birth: date | None = None
    address: str = ""
    phone: str = ""
    representatives: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)
    repeat_of: str = ""
    group_of: str = ""
    earlier: str = ""

    @property
    def dice(self) -> random.Random:
        """The row's own dice: the same row walks the same way on every load of the same day."""
        return random.Random(f"fengqiao:{self.id}")

    @property
    def goes_on(self) -> bool:
        """Whether the registering organ hands it on."""
        return self.forward_after is not None and self.handler != self.organ


def read(folder: Path, stories) -> list[Tale]:
    """Every row in the order it was received, with the earlier case each 不再受理 refers to. Raises UnknownStory."""
    with (folder / "demo" / "petitions.csv").open(encoding="utf-8-sig", newline="") as source:
        tales = [_tale(row) for row in csv.DictReader(source)]
    for tale in tales:
        if tale.story not in stories:
            raise UnknownStory(f"{tale.id} 的走向“{tale.story}”没有人会走")
    found = []
    for tale in tales:
        if tale.story == "not_again":
            before = _earlier_case(tale)
            found.append(before)
            tale = replace(tale, earlier=before.id)
        found.append(tale)
    return sorted(found, key=lambda tale: (-tale.days_ago, tale.id))


def some(tales: list[Tale], wanted: int = SMALL) -> list[Tale]:
    """A smaller city: every story at least once, with the cases those rows lean on, then more up to the number: of a
    small city the newest, of a larger one by lot over all days, offices and ends, the same on every load."""
    by_id = {tale.id: tale for tale in tales}
    chosen: dict[str, Tale] = {}

    def take(tale: Tale) -> None:
        for other in (tale.repeat_of, tale.group_of, tale.earlier):
            if other and other not in chosen:
                take(by_id[other])
        chosen[tale.id] = tale

    for story in sorted({tale.story for tale in tales}):
        take(next(tale for tale in tales if tale.story == story))
    for kind in ("suggestion", "inquiry"):
        take(next(tale for tale in tales if tale.kind == kind and tale.story == "closed"))
    for tale in tales:
        if tale.people_count >= 5 and tale.goes_on and "urgent" in tale.flags:
            take(tale)
            break
    rest = tales[::-1]
    if wanted > SMALL:
        random.Random("fengqiao:first").shuffle(rest)
    for tale in rest:
        if len(chosen) >= wanted:
            break
        take(tale)
    return sorted(chosen.values(), key=lambda tale: (-tale.days_ago, tale.id))


def _tale(row: dict[str, str]) -> Tale:
    return Tale(
        id=row["id"],
        story=row["story"],
        channel=row["channel"],
        organ=row["organ_code"],
        handler=row["handler_code"],
        days_ago=int(row["days_ago_received"]),
        forward_after=_number(row["forward_after"]),
        accept_after=_number(row["accept_after"]),
        done_after=_number(row["done_after"]),
        extend_days=_number(row["extend_days"]),
        kind=row["kind"],
        path=row["path"],
        category=row["category_code"],
        place=row["place"],
        territory=row["territory_code"],
        text=row["text"],
        claims=tuple(_parts(row["claims"])) or ("表达意愿，没有写明具体诉求",),
        about=row["about_organ"],
        accused=row["accused"],
        accused_organ=row["accused_organ"],
        report_claims=tuple(int(part) for part in _parts(row["report_claims"])),
        people_count=int(row["people_count"] or 1),
        is_organisation=row["petitioner_kind"] == "organisation",
        name=row["petitioner_name"],
        sex=row["sex"],
        birth=date.fromisoformat(row["birth"]) if row["birth"] else None,
        address=row["address"],
        phone=row["phone"],
        representatives=tuple(name for name in _parts(row["representatives"]) if name != row["petitioner_name"]),
        flags=frozenset(_parts(row["flags"])),
        repeat_of=row["repeat_of"],
        group_of=row["group_of"],
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _earlier_case(tale: Tale) -> Tale:
    """The case that was handled, reviewed and rechecked before: the same person, claims and organ."""
    return replace(
        tale,
        id=f"{tale.id}-0",
        story="rechecked",
        days_ago=tale.days_ago + EARLIER_BY,
        forward_after=2 if tale.forward_after is not None else None,
        accept_after=5,
        done_after=45,
        path="31-6",
        text=f"我反映的是{tale.place}的事。请求：{'；'.join(tale.claims)}。请调查核实，给我书面答复。",
    )


def id_number(name: str, birth: date, sex: str) -> str:
    """An invented citizen number with a right check sign: the same person always has the same one."""
    dice = random.Random(f"fengqiao:{name}:{birth}")
    serial = dice.randrange(10, 499) * 2 + (sex == "男")
    body = f"{ID_PREFIX}{birth:%Y%m%d}{serial:03d}"
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


class Phrases:
    """What officials write: replies by category, and sentences by what they are for."""

    def __init__(self, folder: Path):
        with (folder / "demo" / "replies.csv").open(encoding="utf-8-sig", newline="") as source:
            self.replies = list(csv.DictReader(source))
        self.snippets: dict[str, list[str]] = {}
        with (folder / "demo" / "snippets.csv").open(encoding="utf-8-sig", newline="") as source:
            for row in csv.DictReader(source):
                self.snippets.setdefault(row["kind"], []).append(row["text"])

    def say(self, kind: str, dice: random.Random) -> str:
        return dice.choice(self.snippets[kind])

    def reply_to(self, category: str, dice: random.Random) -> dict[str, str]:
        fitting = [row for row in self.replies if category in row["category_codes"].split(";")]
        return dice.choice(fitting or [row for row in self.replies if not row["category_codes"]])
