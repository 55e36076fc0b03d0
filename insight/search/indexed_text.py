"""一批件各凭什么被找到：来件所说、答复、文号、地名、在谁那里、谁来信访。加密字段从不进来。"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from django.db.models import F

from accounts.privacy import mask_text
from documents.models import Letter
from insight.search import marks
from insight.search.normal_form import joined
from petitions.intake.category_pack import TERRITORY_KINDS
from petitions.models import (
    Claim,
    Involvement,
    Leg,
    Opinion,
    Party,
    Petition,
    PetitionAttachment,
    PetitionLetter,
    Place,
)

# 文书里真正答复的那几项；程序套话、称谓、查询办法不算
REPLIES = (
    "facts",
    "opinions",
    "reason",
    "way",
    "answer",
    "arrangement",
    "conclusion",
    "sameness",
    "decisions",
    "agreement",
    "handling",
    "execution",
    "outcome",
)
AREAS = [kind for level, kind in TERRITORY_KINDS.items() if level != "city"]  # 全市的名字哪件都有，等于没说
LONGEST_BESIDE = 50_000  # signs; with the LONGEST of the body the bigrams still fit one tsvector


class Piece(NamedTuple):
    """One text a petition is found by, masked as on the screen, and what it is called there. `brought`: it came with
    the petition; else it was answered, numbered or read off the gazetteer."""

    label: str
    text: str
    brought: bool


class Found(NamedTuple):
    """What one petition is found by, folded: what was brought, what stands beside it, and its marks."""

    body: str
    beside: str
    marks: list[str]


class Gathering:
    """The texts of a batch of petitions (submission loaded), read in eight queries however many they are."""

    def __init__(self, petitions: Iterable[Petition]):
        petitions = list(petitions)
        keys = [petition.pk for petition in petitions]
        self._claims: dict[int, list[str]] = defaultdict(list)
        self._told: dict[int, list[tuple[str, str]]] = defaultdict(list)
        self._read_claims(keys)
        self._read_opinions([petition.pk for petition in petitions if petition.issued_at])
        self._read_letters(keys)
        self._read_reports(keys)
        self._scanned: dict[int, list[str]] = defaultdict(list)
        self.scans = self._read_scans(keys)
        self._names = _names_of({petition.submission_id for petition in petitions})
        self._areas = _areas_of({petition.territory for petition in petitions if petition.territory})
        self._involved: dict[int, list[Involvement]] = defaultdict(list)
        for row in Involvement.objects.filter(petition__in=keys, until=None).select_related("organ"):
            self._involved[row.petition_id].append(row)

    def texts_of(self, petition: Petition) -> list[Piece]:
        """An excerpt's petition never by the original. Numbers of people inside a text are masked as on the screen, so
        that nobody finds a number out by asking."""
        shown = petition.shows_original
        said = ("原话", petition.submission.original) if shown else ("摘录", petition.excerpt)
        brought = [("概况", petition.title), said, *(("诉求", claim) for claim in self._claims[petition.pk])]
        brought += [("发生地", petition.place), ("涉及单位", petition.about_text)]
        beside = [*self._told[petition.pk], *(("地区", area) for area in self._areas.get(petition.territory, ()))]
        if shown:
            beside += [("外部编号", petition.submission.external_id)]
            beside += [("扫描件", text) for text in self._scanned[petition.pk]]
        return [
            Piece(label, mask_text(text), with_it)
            for with_it, pieces in ((True, brought), (False, beside))
            for label, text in pieces
            if text
        ]

    def of(self, petition: Petition) -> Found:
        """The same folded, with the names of those who petition and the number."""
        pieces, names = self.texts_of(petition), self._names[petition.submission_id]
        brought = [piece.text for piece in pieces if piece.brought]
        return Found(
            body=joined([*brought, *names, petition.number]),
            beside=joined([piece.text for piece in pieces if not piece.brought])[:LONGEST_BESIDE],
            marks=marks.of_document(petition.pk, petition.received_on.year, self._involved[petition.pk], names),
        )

    def _read_claims(self, keys: list[int]) -> None:
        rows = Claim.objects.filter(petition__in=keys).order_by("petition_id", "number")
        for petition_id, text, answer in rows.values_list("petition_id", "text", "answer"):
            self._claims[petition_id].append(text)
            self._told[petition_id].append(("答复", answer))

    def _read_opinions(self, issued: list[int]) -> None:
        """A draft is nobody's answer yet: only what was issued."""
        rows = Opinion.objects.filter(petition__in=issued, passed=True).order_by("petition_id", "version")
        for petition_id, facts, basis in rows.values_list("petition_id", "facts", "basis"):
            self._told[petition_id] += [("答复", facts), ("依据", basis)]

    def _read_letters(self, keys: list[int]) -> None:
        """Issued letters by number and answer; a letter more secret than the petition stays out."""
        rows = PetitionLetter.objects.filter(
            petition__in=keys, letter__status=Letter.Status.ISSUED, letter__secrecy__lte=F("petition__secrecy")
        ).order_by("petition_id", "letter_id")
        for petition_id, number, fields in rows.values_list("petition_id", "letter__number", "letter__fields"):
            answers = (("答复", text) for text in _answers(fields))
            self._told[petition_id] += [("文号", number or ""), *answers]

    def _read_reports(self, keys: list[int]) -> None:
        rows = Leg.objects.filter(petition__in=keys).exclude(report="", answer="").order_by("petition_id", "number")
        for petition_id, report, answer in rows.values_list("petition_id", "report", "answer"):
            self._told[petition_id] += [("办结报告", report), ("流转答复", answer)]

    def _read_scans(self, keys: list[int]) -> list[tuple[int, int]]:
        """The words beside the scans, a person's before the machine's. Returns which edition of each was read."""
        rows = PetitionAttachment.objects.filter(
            petition__in=keys, attachment__secrecy__lte=F("petition__secrecy"), attachment__transcript__isnull=False
        ).order_by("attachment")
        found = [(row.petition_id, row.attachment.transcript) for row in rows.select_related("attachment__transcript")]
        for petition_id, transcript in found:
            self._scanned[petition_id].append(transcript.words)
        return [(transcript.pk, transcript.edition) for _, transcript in found if not transcript.indexed]


def _answers(fields: dict) -> list[str]:
    """The words of a letter's answering fields: a text, a list of texts, or opinions with a text each."""
    found = []
    for name in REPLIES:
        value = fields.get(name) or []
        for part in [value] if isinstance(value, str) else value:
            found.append(part if isinstance(part, str) else part.get("text", ""))
    return found


def _names_of(submissions: set[int]) -> dict[int, list[str]]:
    """Names of the parties, not of those who asked that theirs be withheld."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Party.objects.filter(submission__in=submissions, name_withheld=False)
    for submission_id, name in rows.order_by("submission_id", "position").values_list("submission_id", "name"):
        found[submission_id].append(name)
    return found


def _areas_of(territories: set[str]) -> dict[str, list[str]]:
    """By the gazetteer, the names of the areas each territory lies in, the widest first."""
    wider = {territory: set(accumulate(territory)) for territory in territories}
    rows = Place.objects.filter(kind__in=AREAS, territory__in=set().union(*wider.values()))
    named = list(rows.order_by("territory", "pk").values_list("territory", "name"))
    return {territory: [name for code, name in named if code in parts] for territory, parts in wider.items()}
