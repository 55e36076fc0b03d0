"""一行怎么成为一件：逐栏核对，全对的成为 Intake，不对的逐列说明理由。"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Organ
from desk.bulk_import.cell_values import READERS, Misread
from desk.bulk_import.columns import FIELDS, LONGEST, YES_OR_NO
from desk.bulk_import.lookups import Known
from desk.bulk_import.mapping import FieldMap
from desk.registration import claim_lines, submitted_parties
from petitions.act.states import Channel
from petitions.intake.registration import REPRESENTATIVES_MAX, Intake, PartyFacts
from petitions.models import Party, Person
from petitions.parties.identity import Identity, examine, examine_code, phone_problem, tidy, tidy_name, tidy_phone
from rulebook.timekeeping import today

REQUIRED = ("channel", "received_on", "kind", "text")
FLAGS_OF_SUBMISSION = tuple(name for name in YES_OR_NO if name not in ("e_delivery", "name_withheld"))
WORDS_OF_SUBMISSION = ("litigation", "addressee", "call_record")
PERSON_COLUMNS = "姓名/证件号/电话/与事项关系"
SEXES_OPPOSED = {("男", "女"), ("女", "男")}


@dataclass(frozen=True)
class Reason:
    """Why a row is refused: the column as the file calls it ("" for the row as a whole) and a sentence."""

    column: str
    sentence: str

    def __str__(self) -> str:
        return f"【{self.column}】{self.sentence}" if self.column else self.sentence


class Rows:
    """Reads rows with one map, for one registrar's office."""

    def __init__(self, field_map: FieldMap, organ: Organ):
        self.field_map, self.organ, self.known = field_map, organ, Known()

    def read(self, cells: dict[str, str]) -> tuple[Intake | None, list[Reason]]:
        """The intake without an external number yet, or every reason at once."""
        row = _Row(self.field_map.read(cells), self.known, self.organ)
        intake = row.intake()
        if row.faults:
            return None, [Reason(self.field_map.column_of(name), sentence) for name, sentence in row.faults]
        return intake, []


class _Row:
    def __init__(self, told: dict[str, str], known: Known, organ: Organ):
        self.told, self.known, self.desk = told, known, organ
        self.faults: list[tuple[str, str]] = []
        self.read: dict[str, Any] = {}

    def fault(self, name: str, sentence: str) -> None:
        self.faults.append((name, sentence))

    def _try(self, name: str, reader, *args):
        try:
            return reader(*args)
        except Misread as misread:
            self.fault(name, str(misread))
        return None

    def intake(self) -> Intake:
        """Meaningful only where no fault was found."""
        self._lengths()
        for name, reader in READERS.items():
            self.read[name] = self._try(name, reader, self.told[name], FIELDS[name])
        self._required()
        self._order_of_days()
        organ = self._try("organ", self.known.organ, self.told["organ"]) or self.desk
        category = self._try("category", self.known.category, self.told["category"])
        territory = self._try("territory", self.known.territory, self.told["territory"])
        accused_organ = self._try("accused_organ", self.known.organ, self.told["accused_organ"])
        parties = self._parties()
        told, read = self.told, self.read
        return Intake(
            organ=organ,
            channel=read["channel"] or "",
            original=told["text"],
            received_on=read["received_on"] or today(),
            kind=read["kind"] or "",
            claims=claim_lines.lines(told["claims"].replace("；", "\n")) or claim_lines.split(told["text"]),
            parties=parties,
            title=told["title"],
            category=category,
            place=told["place"],
            territory=territory or "",
            about_organ=self.known.organ_if_known(told["about"]),
            about_text=told["about"],
            accused_organ=accused_organ,
            accused_text=told["accused"],
            facts=self._facts(len(parties)),
        )

    def _lengths(self) -> None:
        for name, most in LONGEST.items():
            if len(self.told[name]) > most:
                self.fault(name, f"超过 {most} 字")

    def _required(self) -> None:
        for name in REQUIRED:
            misread = any(name == faulty for faulty, _ in self.faults)
            if not self.told[name] and not misread:
                self.fault(name, f"{FIELDS[name]}没有填写")

    def _order_of_days(self) -> None:
        received: date | None = self.read["received_on"]
        for name in ("petition_date", "posted_on"):
            if received and self.read[name] and self.read[name] > received:
                self.fault(name, f"{FIELDS[name]}晚于收到日，请核对")

    def _facts(self, named: int) -> dict[str, Any]:
        facts = {name: self.read[name] for name in FLAGS_OF_SUBMISSION if self.told[name]}
        facts |= {name: self.told[name] for name in WORDS_OF_SUBMISSION}
        facts |= {name: self.read[name] for name in ("petition_date", "posted_on", "involved_count")}
        facts["people_count"] = self.read["people_count"] or max(named, 1)
        return facts

    # 人

    def _parties(self) -> list[PartyFacts]:
        name = tidy_name(self.told["name"])
        if self.read["anonymous"]:
            if name:
                self.fault("name", "写了匿名又有姓名，请清空其中一项")
            return []
        if not name:
            self.fault("name", "没有填写姓名（名称）；确系匿名的，匿名一栏写“是”")
            return []
        further = self._further("representatives")
        if self.read["channel"] == Channel.VISIT and len(further) >= REPRESENTATIVES_MAX:
            self.fault("representatives", submitted_parties.TOO_MANY)
        counted = self.read["people_count"]
        if counted and counted < len(further) + 1:
            self.fault("people_count", f"信访人数不能少于已写明的 {len(further) + 1} 人")
        role = Party.Role.REPRESENTATIVE if self.read["channel"] == Channel.VISIT else Party.Role.JOINT
        found = [self._lead(name), *(row.facts(role) for row in further)]
        return [*found, *(row.facts(Party.Role.AGENT) for row in self._further("agent"))]

    def _lead(self, name: str) -> PartyFacts:
        told, read = self.told, self.read
        is_organisation = read["party_kind"] == Person.Kind.ORGANISATION
        identity = self._identity(is_organisation)
        phone = tidy_phone(told["phone"])
        if problem := phone_problem(phone):
            self.fault("phone", problem)
        if (identity.sex, read["sex"]) in SEXES_OPPOSED:
            self.fault("sex", f"证件号显示性别为{identity.sex}，请核对")
        return PartyFacts(
            name=name,
            kind=read["party_kind"] or Person.Kind.NATURAL,
            sex="" if is_organisation else (read["sex"] or identity.sex),
            birth_year=identity.born.year if identity.born else read["birth_year"],
            id_status=read["id_status"] or (Party.IdStatus.STATED if identity.number else Party.IdStatus.NONE),
            id_type=told["id_type"]
            or (submitted_parties.ORGANISATION_CODE if is_organisation else submitted_parties.CITIZEN_CARD),
            id_number=identity.number,
            phone=phone,
            address=told["address"],
            delivery_address=told["delivery_address"],
            e_delivery=bool(read["e_delivery"]),
            name_withheld=bool(read["name_withheld"]),
            interest=told["interest"],
        )

    def _identity(self, is_organisation: bool) -> Identity:
        """Citizens' cards and credit codes are checked; other kinds of paper are kept as written."""
        number, kind = self.told["id_number"], self.told["id_type"]
        if kind not in ("", submitted_parties.CITIZEN_CARD, submitted_parties.ORGANISATION_CODE):
            if len(kind) > 10 or len(number) > 40:
                self.fault("id_type", "证件类型不超过 10 字，证件号不超过 40 字")
            return Identity(tidy(number))
        identity = examine_code(number) if is_organisation else examine(number, today())
        if identity.problem and self.read["id_status"] != Party.IdStatus.MISMATCH:
            self.fault("id_number", identity.problem)
        return identity

    def _further(self, name: str) -> list[submitted_parties.Representative]:
        """People written in one cell: apart by ；or a new line, the parts of each apart by /."""
        rows = []
        cell = self.told[name].replace(";", "\n").replace("；", "\n")
        for at, line in enumerate((line.strip() for line in cell.splitlines() if line.strip()), 1):
            parts = [part.strip() for part in line.replace("／", "/").split("/")]
            if len(parts) > 4:
                self.fault(name, f"第 {at} 人应写作 {PERSON_COLUMNS}")
                continue
            who, number, phone, interest = [*parts, *[""] * (4 - len(parts))]
            row = submitted_parties.Representative(
                tidy_name(who)[:120], tidy(number)[:40], tidy_phone(phone)[:40], interest[:60]
            )
            if problem := row.problem():
                self.fault(name, f"第 {at} 人：{problem}")
            rows.append(row)
        return rows
