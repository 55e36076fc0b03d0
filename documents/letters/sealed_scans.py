"""盖章件：纸质文书打印、盖章、扫描收回，和它照的正式文本放在一起。"""

from django.db import transaction

from documents.files import attachment_store
from documents.letters import issuance
from documents.letters.impediments import FileRefused, LetterRefused
from documents.models import Attachment, Letter, LetterPrint, SealedCopy
from rulebook import timekeeping

SCANS = ("application/pdf", "image/jpeg", "image/png")
# 文号里常见的别的写法：方括号、圆括号、全角空格
_SAME = str.maketrans({"[": "〔", "]": "〕", "［": "〔", "］": "〕", "(": "〔", ")": "〕", "（": "〔", "）": "〕"})


def number_on(letter: Letter) -> str:
    """What stands on the paper to tell it by: its number, or the case number where it has none."""
    return letter.number or letter.about


def alike(told: str, number: str) -> bool:
    """Whether a number read off paper is this one, whatever brackets and spaces were typed."""
    return _plain(told) == _plain(number)


def _plain(number: str) -> str:
    return "".join(number.split()).translate(_SAME).upper()


@transaction.atomic
def keep(letter: Letter, file, *, number: str, by) -> SealedCopy:
    """Keep the scan of a stamped letter beside its frozen text.

    `number` is what the clerk read off the paper. Raises LetterRefused where the letter was never printed or the
    number is another letter's, FileRefused where the file is no scan, the unstamped text itself, or kept already.
    """
    if letter.status != Letter.Status.ISSUED:
        raise LetterRefused(f"《{letter.title}》{letter.get_status_display()}，没有盖章件")
    if not letter.prints.exclude(kind=LetterPrint.Kind.EDITABLE).exists():
        raise LetterRefused("还没有登记打印原件：请先登记并打印，盖章以后再扫描收回")
    if not alike(number, number_on(letter)):
        raise LetterRefused(f"纸上的文号“{number.strip()}”与本文书“{number_on(letter)}”不符，请核对是不是扫错了一份")
    issuance.pdf_of(letter)
    letter.refresh_from_db(fields=["pdf_hash"])
    kept = attachment_store.receive(file, by=by, kind=Attachment.Kind.OTHER, secrecy=letter.secrecy)
    try:
        _refuse_file(kept, letter)
    except FileRefused:
        kept.file.delete(save=False)  # 不收的不留
        raise
    return SealedCopy.objects.create(
        letter=letter, attachment=kept, pdf_hash=letter.pdf_hash, number=number.strip(), at=timekeeping.now(), by=by
    )


def _refuse_file(kept: Attachment, letter: Letter) -> None:
    if kept.media_type not in SCANS:
        raise FileRefused("盖章件应当是扫描的 PDF 或者图片（JPEG、PNG）")
    if kept.sha256 == letter.pdf_hash:
        raise FileRefused("这是系统里的正式文本，没有盖章；请扫描盖章后的纸质件")
    other = SealedCopy.objects.filter(attachment__sha256=kept.sha256).select_related("letter").first()
    if other is not None:
        raise FileRefused(f"同一份扫描件已经收存在{number_on(other.letter)}，请核对")
