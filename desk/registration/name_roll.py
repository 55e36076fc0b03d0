"""名单：从表格复制的姓名、证件号、电话、住址，一人一行；逐行核对，有错的行带着错处留下，一行也不丢。"""

import re
from dataclasses import dataclass, field

from petitions.intake.late_entry.rules import LIST_MOST, ListedFacts
from petitions.parties.identity import examine, phone_problem, tidy, tidy_name, tidy_phone
from rulebook.timekeeping import today

LONGEST = 200  # 字；一栏
_NUMBER = re.compile(r"[\dXx*]{15,20}")
_PHONE = re.compile(r"[+(\d][\d\s()+-]{4,19}")  # 五位以上的数字都当作号码去核对，不悄悄算作住址
_SERIAL = re.compile(r"\d{1,4}[.、]?")
COLUMNS = {
    "name": ("姓名", "名字"),
    "id_number": ("证件号", "证件号码", "身份证", "身份证号", "身份证号码", "公民身份号码"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式"),
    "address": ("住址", "地址", "家庭住址", "现住址", "联系地址"),
}


@dataclass(frozen=True)
class Line:
    """One line of the list as it was pasted, what it says, and what is wrong with it (empty where nothing is)."""

    at: int  # 在名单里的位置，从 0 起，表头也算
    raw: str
    facts: ListedFacts | None = None
    problem: str = ""


@dataclass
class Roll:
    """The list as read. `header` is the raw first line where it names the columns."""

    header: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def people(self) -> list[ListedFacts]:
        return [line.facts for line in self.lines if line.facts is not None]

    @property
    def wrong(self) -> list[Line]:
        """The lines to put right, each shown beside what is wrong with it."""
        return [line for line in self.lines if line.problem]

    @property
    def text(self) -> str:
        """The lines in order, without those that stand apart to be put right."""
        good = [line.raw for line in self.lines if not line.problem]
        return "\n".join([self.header, *good] if self.header and good else good)


def read(data) -> Roll:
    """The list of a posted form: the pasted text (`roll`), and the lines put right (`roll_row` at `roll_at`)."""
    lines = (data.get("roll") or "").replace("\r\n", "\n").split("\n")
    put_right = zip(data.getlist("roll_at"), data.getlist("roll_row"), strict=False)
    for at, row in sorted((int(at), row) for at, row in put_right if at.isdecimal()):
        lines.insert(at, row)
    lines = [line.strip(" ") for line in lines if line.strip()]
    if not lines:
        return Roll()
    order = _header(lines[0])
    if order is None:
        return Roll("", _checked([(at, raw, _by_look(raw)) for at, raw in enumerate(lines)]))
    rows = [(at, raw, _by_header(raw, order)) for at, raw in enumerate(lines[1:], 1)]
    return Roll(lines[0], _checked(rows))


def _cells(raw: str) -> list[str]:
    if "\t" in raw:
        return [cell.strip() for cell in raw.split("\t")]
    if "," in raw or "，" in raw:
        return [cell.strip() for cell in re.split("[,，]", raw)]
    return raw.split()


def _header(raw: str) -> list[str] | None:
    """Which column each cell of a header names; None where the line is no header."""
    labels = [re.sub(r"\s", "", cell) for cell in _cells(raw)]
    if not any(label in COLUMNS["name"] for label in labels):
        return None
    return [next((name for name, words in COLUMNS.items() if label in words), "") for label in labels]


def _by_header(raw: str, order: list[str]) -> dict[str, str]:
    told = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(order, _cells(raw), strict=False):
        if name and not told[name]:
            told[name] = cell
    return told


def _by_look(raw: str) -> dict[str, str]:
    """Without a header: a running number in front is left out, the name comes first, numbers are known by their look,
    what remains is the address."""
    cells = _cells(raw)
    if len(cells) > 1 and _SERIAL.fullmatch(cells[0]):
        cells = cells[1:]
    told = dict.fromkeys(COLUMNS, "")
    rest = []
    for at, cell in enumerate(cells):
        if _NUMBER.fullmatch(tidy(cell)) and not told["id_number"]:
            told["id_number"] = cell
        elif _PHONE.fullmatch(cell) and not told["phone"]:
            told["phone"] = cell
        elif at == 0:
            told["name"] = cell
        elif cell:
            rest.append(cell)
    told["address"] = "，".join(rest)
    return told


def _checked(rows) -> list[Line]:
    """Every line with its facts or its problem; the second of two like lines is the wrong one."""
    found, known = [], {}
    for seen, (at, raw, told) in enumerate(rows, 1):
        facts = ListedFacts(
            tidy_name(told["name"]), tidy(told["id_number"]), tidy_phone(told["phone"]), told["address"]
        )
        key = facts.id_number or (facts.name, facts.phone, facts.address)
        problem = _problem(facts) or (f"与第 {known[key]} 人重复" if key in known else "")
        if not problem and seen > LIST_MOST:
            problem = f"名单最多 {LIST_MOST} 人，其余的名单请作为材料附上"
        known.setdefault(key, seen)
        found.append(Line(at, raw, None if problem else facts, problem))
    return found


def _problem(facts: ListedFacts) -> str:
    if not facts.name:
        return "没有姓名"
    if max(len(part) for part in (facts.name, facts.address)) > LONGEST:
        return f"一栏不超过 {LONGEST} 字，请核对各栏是否用制表符或逗号隔开"
    if _NUMBER.fullmatch(facts.name) or _PHONE.fullmatch(facts.name):
        return "姓名一栏是数字，请核对各栏的次序"
    return examine(facts.id_number, today()).problem or phone_problem(facts.phone)


def head_count(roll: Roll, standing_for: list[tuple[str, str]]) -> int:
    """How many people the list and the petitioner with the representatives are together; `standing_for` gives name and
    identity number of each. Somebody on both is counted once: by number, by name where one of the two has none."""
    others = 0
    for person in roll.people:
        same = any(
            person.id_number == number if person.id_number and number else person.name == name
            for name, number in standing_for
        )
        others += not same
    return others + len(standing_for)
