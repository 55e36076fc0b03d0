"""一件来件里的人：本人、代表（联名人）、代理人。从录入项到 PartyFacts。"""

from dataclasses import dataclass

from petitions.intake.registration import REPRESENTATIVES_MAX, PartyFacts
from petitions.models import Party, Person
from petitions.parties.identity import Identity, examine, examine_code, phone_problem, tidy, tidy_name, tidy_phone
from rulebook.timekeeping import today

CITIZEN_CARD = "111"  # GA/T 517：居民身份证
ORGANISATION_CODE = Party.ORGANISATION_CODE
ROWS_SHOWN = REPRESENTATIVES_MAX - 1  # 首席代表就是第一位信访人
TOO_MANY = "多人走访应推选代表，代表人数不得超过五人：请减少代表，其余人计入来访人数（第二十条）"


@dataclass(frozen=True)
class Representative:
    """One further row of the table."""

    name: str = ""
    number: str = ""
    phone: str = ""
    interest: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.number or self.phone or self.interest)

    def problem(self) -> str:
        """What is wrong with the row, as a sentence without its number."""
        if not self.name:
            return "请填写姓名，或清空该行"
        identity = examine(self.number, today())
        return identity.problem or phone_problem(self.phone)

    def facts(self, role: str) -> PartyFacts:
        identity = examine(self.number, today())
        return PartyFacts(
            name=self.name,
            role=role,
            sex=identity.sex,
            birth_year=identity.born.year if identity.born else None,
            id_number=identity.number,
            id_status=Party.IdStatus.STATED if identity.number else Party.IdStatus.NONE,
            phone=self.phone,
            interest=self.interest[:60],
        )


def representatives(data) -> list[Representative]:
    """The rows typed, in order: the lists rep_nm, rep_id, rep_tel, rep_rel of the posted form, empty rows left out."""
    columns = [data.getlist(name) for name in ("rep_nm", "rep_id", "rep_tel", "rep_rel")]
    height = max((len(column) for column in columns), default=0)
    rows = []
    for at in range(height):
        name, number, phone, interest = ((column[at] if at < len(column) else "").strip() for column in columns)
        rows.append(Representative(tidy_name(name)[:120], tidy(number)[:40], tidy_phone(phone)[:40], interest[:60]))
    return [row for row in rows if not row.is_empty]


def faults(rows: list[Representative], *, is_visit: bool) -> list[str]:
    """Everything wrong with the table, as sentences."""
    said = [f"第 {at} 位：{problem}" for at, row in enumerate(rows, 2) if (problem := row.problem())]
    if is_visit and len(rows) > ROWS_SHOWN:
        said.insert(0, TOO_MANY)
    return said


def identity_of(told: dict) -> Identity:
    """The number of the petitioner as typed: of a citizen, of an organisation, or of a paper without a check sign."""
    if not told.get("org") and (told.get("idtype") or CITIZEN_CARD) != CITIZEN_CARD:
        return Identity(tidy(told["idno"]))
    return examine_code(told["idno"]) if told.get("org") else examine(told["idno"], today())


def parties(told: dict, rows: list[Representative]) -> list[PartyFacts]:
    """All parties of the submission, the petitioner first; none where the submission is anonymous."""
    if told["anon"]:
        return []
    identity = identity_of(told)
    organisation = bool(told["org"])
    lead = PartyFacts(
        name=told["nm"],
        kind=Person.Kind.ORGANISATION if organisation else Person.Kind.NATURAL,
        sex="" if organisation else (told["sex"] or identity.sex),
        birth_year=identity.born.year if identity.born else None,
        id_status=told["idst"] if identity.number else Party.IdStatus.NONE,
        id_type=ORGANISATION_CODE if organisation else told.get("idtype") or CITIZEN_CARD,
        origin=told.get("origin") or Party.Origin.MAINLAND,
        nationality=told.get("nation", ""),
        id_number=identity.number,
        phone=told["tel"] or told.get("callno", ""),
        address=told["addr"],
        delivery_address=told["deliver"],
        e_delivery=told["edelivery"],
        name_withheld=told["withheld"],
    )
    role = Party.Role.REPRESENTATIVE if told["channel"] == "visit" else Party.Role.JOINT
    found = [lead, *(row.facts(role) for row in rows)]
    if told["agent"]:
        agent = Representative(told["agent_nm"], tidy(told["agent_id"]), told["agent_tel"], told["agent_rel"])
        found.append(agent.facts(Party.Role.AGENT))
    return found
