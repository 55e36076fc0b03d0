"""归档的规矩：卷里有什么、第几页、保管多久、档号怎样编（档案法第十三、十四条；分档待核，城市可改）。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from documents.files import attachment_store
from documents.letters import issuance as documents
from documents.models import Attachment, Letter
from petitions.act.states import Kind
from petitions.closing.models import Retention, Volume, VolumeItem
from petitions.intake.models import NumberCounter
from rulebook.books import settings_of
from rulebook.timekeeping import local_date, today

ARCHIVE_CLASS = "信访"
LONGEST_FIRST = (Retention.PERMANENT, Retention.THIRTY, Retention.TEN)
# 每件都有的纸件；归档时可以改写、增列
PAPERS = (("信访事项登记表", 1),)

# 案卷属于哪一类 → 怎样认出；各类的保管期限见城市规则 retention
GROUNDS = {
    "reviewed": lambda petition: bool(petition.proceedings.all()),
    "key": lambda petition: petition.key_case or petition.submission.urgent,
    "group": lambda petition: petition.submission.is_group,
    "report": lambda petition: petition.kind == Kind.REPORT,
    "opinion": lambda petition: petition.issued_at is not None,
    "other": lambda petition: True,
}


@dataclass(frozen=True)
class Piece:
    """One thing that lies in the volume; `pages` None where somebody must still count them, 0 where it has none."""

    title: str
    pages: int | None
    dated: date | None = None
    number: str = ""
    letter: Letter | None = None
    attachment: Attachment | None = None


def retention_of(petition) -> Retention:
    """The class the city's rules give the petition: of all that apply, the longest."""
    classes = settings_of(petition.rule_set)["retention"]
    given = {classes[ground] for ground, applies in GROUNDS.items() if applies(petition)}
    return next(one for one in LONGEST_FIRST if one.value in given)


def allowed(petition) -> list[Retention]:
    """The classes that may be chosen: the rules' own, or a longer one."""
    return list(LONGEST_FIRST[: LONGEST_FIRST.index(retention_of(petition)) + 1])


def kept(petition) -> list[Piece]:
    """Letters and materials of the petition by their days, letters first on one day."""
    letters = petition.petition_letters.select_related("letter__template").filter(letter__status="issued")
    pieces = [
        (local_date(link.letter.issued_at), 0, link.pk, _of_letter(link.letter)) for link in letters.order_by("pk")
    ]
    materials = petition.attachments.select_related("attachment").order_by("pk")
    pieces += [(local_date(row.attachment.at), 1, row.pk, _of_material(row)) for row in materials]
    return [piece for *_, piece in sorted(pieces, key=lambda row: row[:3])]


def _of_letter(letter) -> Piece:
    return Piece(
        letter.title, documents.pages_of(letter), local_date(letter.issued_at), letter.number or "", letter=letter
    )


def _of_material(row) -> Piece:
    attachment = row.attachment
    return Piece(row.title, attachment_store.pages_in(attachment), local_date(attachment.at), attachment=attachment)


def uncounted(petition) -> list[Piece]:
    """Materials whose pages cannot be read off the file."""
    materials = petition.attachments.select_related("attachment").order_by("pk")
    return [piece for piece in map(_of_material, materials) if piece.pages is None]


def unlawful_filing(
    petition, *, retention="", pages: Mapping[int, int] | None = None, papers: Sequence = PAPERS, **_
) -> str | None:
    """保管期限只能照规则或者更长；每件都要有页数。"""
    if retention and retention not in [one.value for one in allowed(petition)]:
        return f"保管期限不得短于城市规则所定的{retention_of(petition).label}"
    for piece in uncounted(petition):
        if not (pages or {}).get(piece.attachment.pk):
            return f"请填写材料“{piece.title}”的页数"
    if any(not title.strip() or count < 1 for title, count in papers):
        return "纸件须写明名称和页数"
    return None


def file_away(
    petition, by, *, retention="", pages: Mapping[int, int] | None = None, papers: Sequence = PAPERS, **_
) -> Volume:
    """The volume with its items in order, and its number, taken last: rolled back, it is given back."""
    counts = pages or {}
    pieces = [Piece(title, count) for title, count in papers] + kept(petition)
    items, first = [], 1
    for position, piece in enumerate(pieces, 1):
        count = counts.get(piece.attachment.pk, 0) if piece.pages is None else piece.pages
        items.append(
            VolumeItem(
                position=position,
                title=piece.title,
                number=piece.number,
                dated=piece.dated,
                pages=count,
                first_page=first,
                letter=piece.letter,
                attachment=piece.attachment,
            )
        )
        first += count
    volume = _numbered(petition, by, Retention(retention or retention_of(petition)), total=first - 1)
    for item in items:
        item.volume = volume
    VolumeItem.objects.bulk_create(items)
    return volume


def _numbered(petition, by, retention, *, total) -> Volume:
    organ, day = petition.organ.office, today()
    serial = NumberCounter.objects.take(f"archive:{organ.code}", day.year)
    return Volume.objects.create(
        petition=petition,
        organ=organ,
        year=day.year,
        serial=serial,
        number=f"{organ.code}-XF·{day.year}-{retention.value}-{serial:04}",
        retention=retention,
        pages=total,
        filed_on=day,
        filed_by=by.user,
    )
